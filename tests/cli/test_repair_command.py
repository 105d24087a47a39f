import json
import zipfile
from pathlib import Path

import pytest
from tests.inspection.files import NAME, ctf, pupil, second, sound
from typer.testing import CliRunner, Result

from hornbook.cli import repair as command
from hornbook.inspection.repair import offers
from hornbook.main import build

STALE = sound().replace(b">25.0<", b">21.0<").replace(b"Sex>", b"Gender>")
SWAPPED = {"upn": "C801200005001"}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(build(arguments), arguments)


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_bytes(STALE)
    return path


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    """A file with two wrong UPNs."""
    path = tmp_path / NAME
    wrong = [pupil("34", **SWAPPED), second("20", upn="T201100018042")]
    path.write_bytes(ctf(wrong))
    return path


def test_a_refused_file_comes_out_good_under_its_name(stale: Path) -> None:
    done = run("repair", str(stale))

    saved = stale.parent / "repaired" / NAME
    assert done.exit_code == 0
    assert saved.read_bytes() == sound()
    assert stale.read_bytes() == STALE
    assert "Put right 2 times: P10" in done.output
    assert "No errors found in what was checked." in done.output


def test_the_report_for_machines_says_what_was_done(
    stale: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"

    done = run("repair", str(stale), "--output-dir", str(folder), "--format", "json")

    [file] = json.loads(done.output)["files"]
    assert file["written"] == str(folder / NAME)
    assert file["repairs"] == [
        {"code": "H01", "count": 1, "safe": True},
        {"code": "P10", "count": 2, "safe": True},
    ]
    assert (file["errors"], file["findings"]) == (0, [])


def test_what_is_not_safe_waits_for_a_word(slip: Path) -> None:
    left = run("repair", str(slip))
    made = run(
        "repair", str(slip), "--yes", "p02", "--output-dir", str(slip.parent / "b")
    )

    assert left.exit_code == 1
    assert "Nothing was put right." in left.output
    assert made.exit_code == 0
    assert (slip.parent / "b" / NAME).read_bytes() == sound()


def test_what_must_be_typed_is_given_with_the_code(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(sound().replace(b"<URN>123456<", b"<URN>1<"))

    done = run("repair", str(path), "--yes", "H09=123456")

    assert done.exit_code == 0
    assert (tmp_path / "repaired" / NAME).read_bytes() == sound()


def test_a_code_without_a_repair_is_refused(stale: Path) -> None:
    done = run("repair", str(stale), "--yes", "P01")

    assert done.exit_code == 2
    assert "P01 is not a rule with a repair" in done.output


def test_nothing_is_overwritten(stale: Path) -> None:
    there = stale.parent / "repaired" / NAME
    there.parent.mkdir()
    there.write_bytes(b"somebody's")

    done = run("repair", str(stale))

    assert done.exit_code == 2
    assert there.read_bytes() == b"somebody's"
    assert "nothing is overwritten" in " ".join(done.output.split())


def test_the_same_file_again_is_no_clash(stale: Path) -> None:
    run("repair", str(stale))

    again = run("repair", str(stale))

    assert again.exit_code == 0


def test_each_file_of_a_zip_comes_out(tmp_path: Path) -> None:
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/stale.xml", STALE)
        archive.writestr("not.xml", b"UPN,Surname\n")

    done = run("repair", str(path), "--format", "json")

    stale, other = json.loads(done.output)["files"]
    assert done.exit_code == 2
    assert Path(stale["written"]).name == NAME
    assert (other["written"], other["findings"][0]["code"]) == (None, "F01")


def test_a_folder_that_cannot_be_written_is_told(stale: Path) -> None:
    (stale.parent / "repaired").mkdir()
    (stale.parent / "repaired" / NAME).mkdir()

    done = run("repair", str(stale))

    assert done.exit_code == 2
    assert "Not saved" in done.output


@pytest.mark.parametrize(
    ("keys", "numbers"),
    [(["a"], {0: (0, ""), 1: (0, "")}), (["s"], {}), (["", "9", "2"], {1: (1, "")})],
)
def test_a_person_is_asked_one_by_one(
    slip: Path,
    keys: list[str],
    numbers: dict[int, tuple[int, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with slip.open("rb") as stream:
        offered = offers(stream, NAME)
    said = iter(keys)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(said))

    chosen = command.asked(command.told([]), offered)

    assert chosen.picks == numbers


def test_a_person_may_type_the_right_upn(
    slip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with slip.open("rb") as stream:
        offered = offers(stream, NAME)
    typing = str(len(offered.offers[0].choices))
    said = iter([typing, "B801200005001", ""])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(said))

    beforehand = command.asked(command.told(["P02=X", "R12"]), offered)
    typed = command.asked(command.told([]), offered)

    assert (beforehand.picks, beforehand.codes) == ({}, frozenset({"R12"}))
    assert typed.picks == {0: (int(typing) - 1, "B801200005001")}


def test_a_wrong_upn_is_taken_from_the_list(slip: Path) -> None:
    listed = slip.parent / "list.csv"
    listed.write_text(
        "Name,DOB,UPN\n"
        '"Byrne, Ada",3 Feb 2020,D801200005012\n'
        '"Byrne, Grace",3 Feb 2019,R201100018042\n'
    )

    done = run("repair", str(slip), "--yes", "P02", "--pupils", str(listed))

    assert done.exit_code == 0
    saved = (slip.parent / "repaired" / NAME).read_bytes()
    assert saved == sound().replace(b"B801200005001", b"D801200005012")


def test_results_are_left_out_only_where_that_was_said(tmp_path: Path) -> None:
    path = tmp_path / NAME
    own = sound().replace(b">CHK<", b">OWN<").replace(b">PHO<", b">OUR<")
    path.write_bytes(own)

    kept = run("repair", str(path), "--yes", "R01", "--output-dir", str(tmp_path / "a"))
    gone = run(
        "repair", str(path), "--yes", "r01=drop", "--output-dir", str(tmp_path / "b")
    )

    assert (tmp_path / "a" / NAME).read_bytes() == own
    assert "Nothing was put right." in kept.output
    assert "Put right 2 times: R01" in gone.output
    assert b"OWN" not in (tmp_path / "b" / NAME).read_bytes()
