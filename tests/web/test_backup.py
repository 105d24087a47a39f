"""Backup and restore: everything comes back, or nothing is touched."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings
from tests.web.people import YEAR, Town, make_town, person

from hornbook.web import vault
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.audit.models import Event
from hornbook.web.backup import making, restoring, rows
from hornbook.web.reporting.models import (
    Commentary,
    KeptReport,
    Letterhead,
    OwnFigure,
    OwnScale,
)
from hornbook.web.results.models import Result, Source
from hornbook.web.returns.models import MadeFile
from hornbook.web.schools.models import School

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled(transactional_db: None) -> Town:
    """A town with a result that replaced another, a made file and an event."""
    town = make_town()
    first = Result.objects.create(
        pupil=town.wren,
        item="phonics.mark",
        year=YEAR,
        value="12",
        by_name="Bob",
        source=Source.GRID,
        current=False,
    )
    Result.objects.create(
        pupil=town.wren,
        item="phonics.mark",
        year=YEAR,
        value="13",
        by=town.bob,
        by_name="Bob",
        source=Source.PASTE,
        replaces=first,
    )
    MadeFile.objects.create(
        school=town.elm,
        collection="phonics",
        academic_year=YEAR,
        recipient="la",
        name="9262155_PHO_926LLLL_001.xml",
        sequence=1,
        sha256="0" * 64,
        size=3,
        content=vault.seal(b"the very bytes"),
        pupils=1,
        results=1,
        errors=0,
        queries=0,
        made_by_name="Alice",
    )
    record(by=town.alice, action="file made", detail={"pupils": [1, None, "é"]})
    return town


def held() -> dict[str, list[Any]]:
    """Every row of every table."""
    return {rows.label(model): list(rows.read(model)) for model in rows.tables()}


@pytest.fixture
def backup(filled: Town, tmp_path: Path) -> Path:
    path = tmp_path / "all.zip"
    making.make(path)
    return path


def empty() -> None:
    """As a new installation is."""
    tables = rows.tables()
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for model in reversed(tables):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608, SLF001


def test_everything_comes_back_with_its_keys_and_times(backup: Path) -> None:
    before = held()
    empty()

    counts = restoring.restore(backup)

    assert held() == before
    assert (counts["schools.school"], counts["pupils.pupil"]) == (2, 3)
    assert before["results.result"][1]["replaces_id"] is not None


def test_letters_comments_figures_and_kept_reports_come_back(
    filled: Town, tmp_path: Path
) -> None:
    Letterhead.objects.create(school=filled.elm, letter="ks2", heading="Elm Road")
    own = {"school": filled.elm, "academic_year": YEAR}
    OwnFigure.objects.create(**own, measure="gld", value="69.1", release="first")
    OwnScale.objects.create(**own, item="ks2-tests.gps-score", scores={"35": "100"})
    Commentary.objects.create(
        pupil=filled.wren, academic_year=YEAR, letter="ks2", text="Reads “far” more."
    )
    KeptReport.objects.create(
        school=filled.elm,
        user=filled.henry,
        name="Mine",
        report="mtc",
        choices="by=sex",
    )
    every = list(apps.get_app_config("reporting").get_models())
    before = {model: list(model._default_manager.values()) for model in every}  # noqa: SLF001
    # A model that has no row here would be proved of nothing.
    assert all(before.values())
    making.make(tmp_path / "own.zip")
    for model in every:
        model._default_manager.all().delete()  # noqa: SLF001

    restoring.replace(tmp_path / "own.zip")

    after = {model: list(model._default_manager.values()) for model in every}  # noqa: SLF001
    assert after == before
    assert Commentary.objects.get().text == "Reads “far” more."


def test_on_another_machine_what_was_encrypted_can_be_read(
    backup: Path, settings: Settings, tmp_path: Path
) -> None:
    empty()
    settings.HORNBOOK_HOME = tmp_path / "elsewhere"
    vault.key()

    restoring.restore(backup)

    assert vault.unseal(MadeFile.objects.get().content) == b"the very bytes"
    assert (settings.HORNBOOK_HOME / "key.before-1").exists()


def test_new_rows_are_numbered_after_those_restored(backup: Path) -> None:
    empty()
    restoring.restore(backup)

    new = person("New")

    assert new.pk == max(User.objects.values_list("pk", flat=True))


def test_replacing_leaves_nothing_of_what_was_there(backup: Path) -> None:
    before = held()
    School.objects.create(name="Later School", la="926", estab="9999")
    Event.objects.all().delete()

    restoring.replace(backup)

    assert held() == before


def test_a_database_that_holds_something_is_left_alone(
    backup: Path, filled: Town
) -> None:
    before = held()

    with pytest.raises(restoring.NotEmpty):
        restoring.restore(backup)

    assert held() == before


def test_a_file_that_is_there_is_not_written_over(backup: Path) -> None:
    with pytest.raises(FileExistsError, match="is there already"):
        making.make(backup)


def test_the_mapping_travels_too(
    filled: Town, settings: Settings, tmp_path: Path
) -> None:
    mapping = Path(settings.HORNBOOK_HOME) / making.MAPPING
    mapping.parent.mkdir(exist_ok=True)
    mapping.write_text("[ks2-tests]\n", encoding="utf-8")
    making.make(tmp_path / "all.zip")
    mapping.unlink()

    restoring.replace(tmp_path / "all.zip")

    assert mapping.read_text(encoding="utf-8") == "[ks2-tests]\n"


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def no_zip(path: Path) -> None:
    path.write_bytes(b"not a backup")


def one_byte_other(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[200] ^= 0xFF
    path.write_bytes(content)


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """The same zip with other parts."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def without_pupils(path: Path) -> None:
    rewritten(path, lambda parts: parts.__delitem__("rows/pupils.pupil.jsonl"))


def with_a_stranger(path: Path) -> None:
    rewritten(path, lambda parts: parts.update({"extra.txt": b"x"}))


def with_another_name(path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        name = "rows/pupils.pupil.jsonl"
        parts[name] = parts[name].replace(b"Wren", b"Wron")

    rewritten(path, change)


def of_another_version(path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        manifest["migrations"]["pupils"].append("0099_later")
        parts["manifest.json"] = json.dumps(manifest).encode()

    rewritten(path, change)


def of_another_kind(path: Path) -> None:
    rewritten(path, lambda parts: parts.update({"manifest.json": b'{"format": 9}'}))


def with_a_broken_list(path: Path) -> None:
    rewritten(path, lambda parts: parts.update({"manifest.json": b"{"}))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (no_zip, "is no backup of Hornbook's"),
        (cut_short, "is no backup of Hornbook's"),
        (one_byte_other, "damaged"),
        (without_pupils, "Parts of the backup are missing"),
        (with_a_stranger, "or are not its own"),
        (with_another_name, "is not as it was written"),
        (of_another_version, "keeps things in another way"),
        (of_another_kind, "a kind that this version does not know"),
        (with_a_broken_list, "list of its parts is damaged"),
    ],
)
def test_a_damaged_backup_is_refused_and_nothing_is_touched(
    backup: Path, damage: Callable[[Path], None], said: str
) -> None:
    before = held()
    damage(backup)

    with pytest.raises(restoring.Refused, match=said):
        restoring.replace(backup)

    assert held() == before


def forged(path: Path, table: str, old: bytes, new: bytes) -> None:
    """Other rows, with a manifest that agrees with them."""

    def change(parts: dict[str, bytes]) -> None:
        name = f"rows/{table}.jsonl"
        parts[name] = parts[name].replace(old, new)
        manifest = json.loads(parts["manifest.json"])
        for part in manifest["parts"]:
            if part["name"] == name:
                part["sha256"] = hashlib.sha256(parts[name]).hexdigest()
                part["lines"] = len(parts[name].splitlines())
        parts["manifest.json"] = json.dumps(manifest).encode()

    rewritten(path, change)


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("pupils.pupil", b'"dob": "2021-01-15"', b'"dob": "some day"'),
        ("pupils.pupil", b'"surname"', b'"family_name"'),
        ("pupils.pupil", b"}\n", b"\n"),
        ("results.result", b'"pupil_id": ', b'"pupil_id": 99'),
        ("schools.school", b'"estab": "3001"', b'"estab": "2155", "la": "926"'),
    ],
)
def test_rows_that_do_not_fit_are_refused_and_nothing_is_touched(
    backup: Path, table: str, old: bytes, new: bytes
) -> None:
    before = held()
    forged(backup, table, old, new)

    with pytest.raises(restoring.Refused):
        restoring.replace(backup)

    assert held() == before


def test_a_key_that_is_set_must_be_the_backups(
    backup: Path, settings: Settings
) -> None:
    settings.HORNBOOK_KEY = "another"

    with pytest.raises(restoring.Refused, match="HORNBOOK_KEY is not the key"):
        restoring.replace(backup)


def test_a_key_that_is_set_and_right_is_not_written_down(
    backup: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.HORNBOOK_KEY = vault.key()
    settings.HORNBOOK_HOME = tmp_path / "elsewhere"

    restoring.replace(backup)

    assert not vault.key_file().exists()


def test_a_backup_that_fails_leaves_no_file(
    filled: Town, settings: Settings, tmp_path: Path
) -> None:
    shutil.rmtree(settings.HORNBOOK_HOME, ignore_errors=True)
    (tmp_path / "home").write_text("no folder", encoding="utf-8")

    with pytest.raises(OSError, match="home"):
        making.make(tmp_path / "all.zip")

    assert not list(tmp_path.glob("all.zip*"))


def test_a_database_of_a_later_version_is_not_touched(filled: Town) -> None:
    MigrationRecorder(connection).record_applied("pupils", "0099_later")

    try:
        with pytest.raises(rows.LaterDatabase, match="later version"):
            rows.tables()
    finally:
        MigrationRecorder(connection).record_unapplied("pupils", "0099_later")
