import json
from pathlib import Path

import pytest
from tests.inspection.files import ctf, pupil, second, sound
from typer.testing import CliRunner, Result

from hornbook.main import build


def run(*arguments: str) -> Result:
    return CliRunner().invoke(build(arguments), arguments)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.xml"
    path.write_bytes(sound())
    return path


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "new.xml"
    pupils = [pupil("35", surname=" Byrne"), second(upn="", forename="Mary")]
    path.write_bytes(ctf(pupils, version="26.0"))
    return path


def test_files_that_are_the_same_end_with_0(old: Path) -> None:
    done = run("compare", str(old), str(old))

    assert done.exit_code == 0
    assert "2 and 2 pupils. Nothing differs in what was compared." in done.output
    assert "Not compared:" in done.output


def test_files_that_differ_end_with_1_and_are_told_to_people(
    old: Path, new: Path
) -> None:
    done = run("compare", str(old), str(new))

    said = " ".join(done.output.split())
    assert done.exit_code == 1
    assert "1 added, 1 gone, 1 changed; 1 result and 1 value of the header" in said
    assert "Added Mary Byrne, no UPN, born 2019-02-03" in said
    assert "Gone Grace Byrne, R201100018042, born 2019-02-03" in said
    assert "surname: “ Byrne”, Byrne before" in said
    assert "Phonics mark 2026: 35, 34 before" in said
    assert "Header CTFversion: 26.0, 25.0 before" in said


def test_blank_and_absent_are_told_apart(old: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    blank = sound().replace(b"<URN>123456</URN>", b"<URN></URN>")
    other.write_bytes(blank.replace(b"<Locale>ENG</Locale>", b""))

    said = " ".join(run("compare", str(old), str(other)).output.split())

    assert "SourceSchool/URN: blank, 123456 before" in said
    assert "Phonics mark 2026: locale: not there now, ENG before" in said
    back = " ".join(run("compare", str(other), str(old)).output.split())
    assert "locale: ENG, not there before" in back


def test_json_is_one_object(old: Path, new: Path) -> None:
    done = run("compare", str(old), str(new), "--format", "json")

    report = json.loads(done.output)
    assert done.exit_code == 1
    assert {"hornbook", "added", "removed", "changed", "header"} <= set(report)
    assert report["header"] == {"CTFversion": ["25.0", "26.0"]}
    assert report["removed"] == ["R201100018042"]
    assert report["added"] == []
    assert report["added_pupils"][0]["pupil"] == "Mary Byrne"
    assert report["changed"][0]["results"][0]["new"] == "35"


def test_a_file_that_cannot_be_read_ends_with_2(old: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.xml"
    empty.write_bytes(b"")

    done = run("compare", str(old), str(empty))

    assert done.exit_code == 2
    assert "empty.xml: This is an empty file" in done.output


def test_a_file_that_is_not_there_is_misuse(old: Path) -> None:
    assert run("compare", str(old), "nowhere.xml").exit_code == 2
    assert run("compare", str(old)).exit_code == 2
