"""The commands that make schools and people, and those of backups."""

import re
from pathlib import Path

import pytest
import typer
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings
from tests.web.people import Town
from typer.testing import CliRunner, Result

from hornbook.web.accounts import actions as accounts
from hornbook.web.accounts.models import User
from hornbook.web.audit.models import Event
from hornbook.web.commands import database, register
from hornbook.web.schools.models import Membership, Role, School


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HORNBOOK_HOME", str(tmp_path / "home"))


def run(*words: str) -> Result:
    """What a command prints."""
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, words)


def link_in(printed: str) -> str:
    """The path of the link that was printed."""
    found = re.search(r"http://127\.0\.0\.1:\d+(/join/\S+)", printed)
    assert found is not None, printed
    return found[1]


BEECH = ("school", "add", "926/3002", "--name", "Beech Hill School", "--urn", "123457")
A_HEAD = ("user", "add", "a@example.invalid", "--name", "A", "--role", "head")


def test_a_school_is_added_with_its_administrator(db: None) -> None:
    done = run(*BEECH, "--admin-email", "Anna@example.invalid", "--admin-name", "Anna")

    assert done.exit_code == 0
    school = School.objects.get()
    assert (school.laestab, school.urn) == ("9263002", "123457")
    assert Membership.objects.get().role == Role.ADMINISTRATOR
    assert Client().get(link_in(done.stdout)).status_code == 200
    assert Event.objects.order_by("pk")[0].by_name == "The command line"


def test_a_school_may_stand_below_a_trust_or_an_authority(db: None) -> None:
    run(*BEECH, "--trust", "Harbour Trust")
    run("school", "add", "9263003", "--name", "Ash", "--authority", "926")

    first, second = School.objects.order_by("estab")
    assert str(first.trust) == "Harbour Trust"
    assert str(second.authority) == "Norfolk"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("school", "add", "12", "--name", "x"), "A DfE number is 3 digits"),
        (("school", "add", "000/1234", "--name", "x"), "No local authority has"),
        ((*BEECH[:-1], "12"), "A URN is 6 digits"),
        ((*BEECH, "--authority", "000"), "No local authority has"),
        ((*BEECH, "--authority", "926", "--trust", "x"), "not both"),
        (("school", "add", "926/2155", "--name", "x"), "already"),
        (("user", "reset", "nobody@example.invalid"), "Nobody signs in with"),
        (("user", "forget-second-step", "nobody@example.invalid"), "Nobody signs in"),
        (A_HEAD, "Say over what"),
        ((*A_HEAD, "--school", "926/9999"), "There is no school"),
    ],
)
def test_what_cannot_be_is_said(town: Town, words: tuple[str, ...], said: str) -> None:
    done = run(*words)

    assert done.exit_code != 0
    assert said in " ".join(re.sub(r"[│\n]", " ", done.output).split())
    assert School.objects.count() == 2


def test_schools_are_listed(town: Town) -> None:
    School.objects.filter(estab="3001").update(demo=True)

    assert run("school", "list").stdout.splitlines() == [
        "9262155  Elm Road Primary School",
        "9093001  Oak Lane School (demonstration)",
    ]


@pytest.mark.parametrize(
    "over",
    [
        ("--school", "926/2155"),
        ("--trust", "Harbour Trust"),
        ("--authority", "926"),
    ],
)
def test_a_person_is_added_over_one_thing(town: Town, over: tuple[str, str]) -> None:
    new = ("user", "add", "new@example.invalid", "--name", "New", "--role", "office")

    done = run(*new, *over)

    user = User.objects.get(email="new@example.invalid")
    assert School.objects.seen_by(user).get() == town.elm
    assert link_in(done.stdout)


def test_who_can_sign_in_already_needs_no_link(town: Town) -> None:
    done = run(
        *("user", "add", "bob@example.invalid", "--name", "Bob", "--role", "head"),
        *("--school", "926/2155"),
    )

    assert "signs in as before" in done.stdout


def test_an_installer_is_made_of_a_new_person_or_an_old_one(town: Town) -> None:
    new = run("user", "add-installer", "new@example.invalid", "--name", "New")
    old = run("user", "add-installer", "bob@example.invalid", "--name", "Bob")

    assert link_in(new.stdout)
    assert "signs in as before" in old.stdout
    assert User.objects.filter(is_staff=True).count() == 3


def test_a_forgotten_password_is_reset(town: Town) -> None:
    done = run("user", "reset", "Bob@example.invalid")

    assert Client().get(link_in(done.stdout)).status_code == 200


def test_behind_a_proxy_the_link_is_https(town: Town, settings: Settings) -> None:
    settings.HORNBOOK_HTTPS = True
    settings.ALLOWED_HOSTS = ["hornbook.school.example"]

    done = run("user", "reset", "bob@example.invalid")

    assert "https://hornbook.school.example/join/" in done.stdout


def test_a_lost_telephone_is_forgotten(town: Town) -> None:
    done = run("user", "forget-second-step", "bob@example.invalid")

    assert "with the password alone" in done.stdout
    assert Event.objects.get().action == "second factor removed"


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_made_and_restored(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "monday.zip"

    made = run("backup", str(file))
    refused = run("restore", str(file))
    done = run("restore", str(file), "--replace")

    assert "2 schools, 3 pupils, 0 results, 10 people" in made.stdout
    assert "It also holds the key" in made.stdout
    assert refused.exit_code == 1
    assert "add --replace" in refused.output
    assert "Restored 2 schools" in done.stdout
    assert len(list((tmp_path / "home" / "backups").iterdir())) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_no_backup_is_refused(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "monday.zip"
    file.write_bytes(b"no")

    over = run("backup", str(file))
    done = run("restore", str(file))

    assert "is there already" in over.output
    assert "Nothing was changed." in done.output


@pytest.mark.django_db(transaction=True)
def test_a_backup_comes_before_a_migration(town: Town, tmp_path: Path) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("audit", "0001_initial")
    with connection.schema_editor() as editor:
        editor.delete_model(Event)

    try:
        done = run("school", "list")
    finally:
        recorder.record_applied("audit", "0001_initial")

    assert "A backup was made first" in done.stderr
    assert "A backup was made first" not in done.stdout
    assert len(list((tmp_path / "home" / "backups").glob("before-*.zip"))) == 1
    assert Event.objects.count() == 0


def test_a_database_of_a_later_version_stops_every_command(town: Town) -> None:
    MigrationRecorder(connection).record_applied("pupils", "0099_later")

    done = run("school", "list")

    assert done.exit_code == 1
    assert "made by a later version" in done.output


def test_links_of_the_command_line_are_the_same_as_of_the_page(town: Town) -> None:
    link = accounts.reset(by=None, user=town.bob)

    assert link.path.startswith("/join/")
    assert database.stop("x").exit_code == 1
