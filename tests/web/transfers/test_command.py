"""`hornbook import`: the page's plan for scripts."""

import json
import zipfile
from pathlib import Path

import pytest
from tests.web.people import Town
from tests.web.transfers.conftest import rows
from tests.web.transfers.mis import NAME, OAK, Child, ctf, phonics, renamed, upn
from typer import Typer
from typer.testing import CliRunner, Result

from hornbook.web.audit.models import Event
from hornbook.web.commands import import_
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.models import Result as Held
from hornbook.web.transfers.models import Transfer

ADA = Child(upn(11), results=(phonics("34", "2025"), phonics("41", "2024")))
GRACE = Child(upn(12), forename="Grace", dob="2019-12-24")

app = Typer()
import_.register(app)


@app.callback()
def main() -> None:
    """Several commands, so that each is called by its name."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_bytes(ctf(ADA, GRACE))
    return path


def run(file: Path, *options: str) -> Result:
    return CliRunner().invoke(
        app, ["import", str(file), "--school", "9262155", *options]
    )


def test_the_plan_is_printed_and_nothing_is_written(town: Town, file: Path) -> None:
    before, events = rows(), Event.objects.count()

    done = run(file)

    assert done.exit_code == 0
    assert "Pupils: 2 new" in done.output
    assert "Left out on purpose: contacts (2)" in done.output
    assert "Not recorded: values that Phonics mark cannot have (1)" in done.output
    assert rows() == before
    assert (Transfer.objects.count(), Event.objects.count()) == (0, events)


def test_a_joiner_whose_results_come_from_another_school_is_added(
    town: Town, file: Path
) -> None:
    file.write_bytes(ctf(ADA, source=OAK, qualifier="partial"))

    done = run(file, "--format", "json")

    said = json.loads(done.output)
    assert (said["update"], said["new"]) == ("both", [ADA.upn])
    assert said["results"]["new"] == 1


def test_a_sheet_that_says_the_year_of_its_results_is_of_that_year(
    town: Town, file: Path
) -> None:
    run(file, "--apply", "--sure")
    sheet = file.with_name("results.csv")
    sheet.write_text(
        f"UPN,Surname,Forename,Academic year,Phonics mark\n"
        f"{ADA.upn},Byrne,Ada,2021/22,30\n",
        encoding="utf-8",
    )

    done = run(sheet, "--apply", "--sure")

    assert "School year: 2021/22" in done.output
    stored = Held.objects.filter(pupil__upn=ADA.upn, value="30")
    assert [one.year for one in stored] == [2022]


def test_the_plan_for_machines_has_its_keys(town: Town, file: Path) -> None:
    plan = json.loads(run(file, "--format", "json").stdout)

    assert sorted(plan["new"]) == sorted([ADA.upn, GRACE.upn])
    assert plan["missing"] == []
    assert plan["unsure"] == []
    assert plan["changed"] == []
    assert plan["unchanged"] == 0
    assert plan["results"] == {"new": 1, "same": 0, "different": 0}
    assert plan["left_out"]["contacts"] == 2
    assert len(plan["digest"]) == 64


def test_with_apply_it_is_written(town: Town, file: Path) -> None:
    assert run(file, "--apply", "--sure").exit_code == 0
    file.write_bytes(ctf(renamed(ADA, "Lovell"), GRACE))

    done = run(file, "--apply")

    assert "Surname: Byrne -> Lovell" in done.output
    assert Pupil.objects.get(upn=ADA.upn).surname == "Lovell"
    assert Transfer.objects.filter(applied_at__isnull=False).count() == 2
    assert Event.objects.filter(action="transfer applied", by=None).count() == 2


def test_what_it_is_for_can_be_said(town: Town, file: Path) -> None:
    plan = json.loads(run(file, "--update", "assessments", "--format", "json").stdout)

    assert plan["new"] == []
    assert sorted(plan["not_known"]) == sorted([ADA.upn, GRACE.upn])


def test_the_unsure_are_named(town: Town, file: Path) -> None:
    run(file, "--apply", "--sure")
    file.write_bytes(ctf(ADA, Child(GRACE.upn, forename="Grace", dob="2019-12-25")))

    assert "Unsure: Grace Byrne. The UPN is the same" in run(file).output


def test_a_file_that_cannot_be_brought_in_is_refused(town: Town, file: Path) -> None:
    file.write_bytes(ctf(ADA)[:500])

    done = run(file, "--apply")

    assert done.exit_code == 1
    assert "cut short" in done.output
    assert not Transfer.objects.exists()


def test_a_school_that_is_not_there_is_told(db: None, file: Path) -> None:
    done = run(file)

    assert done.exit_code == 1
    assert "no school with the number 9262155" in done.output


def test_a_file_of_few_known_pupils_is_written_only_if_somebody_is_sure(
    town: Town, file: Path
) -> None:
    before = rows()

    done = run(file, "--apply")

    assert done.exit_code == 1
    assert "Only 0 of the 2 pupils in this file are known here." in done.output
    assert "--sure" in done.output
    assert rows() == before


def test_a_zip_of_several_is_taken_in_the_order_they_were_made(
    town: Town, tmp_path: Path
) -> None:
    file = tmp_path / "files.zip"
    with zipfile.ZipFile(file, "w") as archive:
        later = ctf(renamed(ADA, "Lovell"), made="2026-06-01T09:30:00")
        archive.writestr("a.xml", later)
        archive.writestr("b.xml", ctf(ADA))
        archive.writestr("readme.txt", "Files of June")

    done = run(file, "--apply", "--sure", "--format", "json")

    said = json.loads(done.stdout)
    assert [plan["name"] for plan in said["files"]] == ["b.xml", "a.xml"]
    assert [refused["name"] for refused in said["refused"]] == ["readme.txt"]
    assert Pupil.objects.get(upn=ADA.upn).surname == "Lovell"
