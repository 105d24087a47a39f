import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.inspection.files import NAME, ctf, pupil, second, sound
from typer.testing import CliRunner, Result

from hornbook.main import build


def run(*arguments: str) -> Result:
    return CliRunner().invoke(build(arguments), arguments)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_bytes(sound())
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / NAME.replace("001", "002")
    pupils = [pupil("41", forename="=Ada"), *(second("0") for _ in range(7))]
    path.write_bytes(ctf(pupils))
    return path


def test_a_sound_file_ends_with_0(good: Path) -> None:
    done = run("check", str(good))

    assert done.exit_code == 0
    assert "No errors found in what was checked." in done.output
    assert "Not checked:" in done.output
    assert "2 pupils · Phonics screening check · made by TestMIS · CTF 25.0" in (
        " ".join(done.output.split())
    )


def test_errors_end_with_1_and_are_grouped_for_people(bad: Path) -> None:
    done = run("check", str(bad))

    said = " ".join(done.output.split())
    assert done.exit_code == 1
    assert "ERROR P03 (DfE 1520), 6 times" in said
    assert "and 1 more (--show all prints them)" in said
    assert "line 21, =Ada Byrne B801200005001: Phonics mark is 41." in said
    assert "QUERY R07, 7 times" in said


def test_what_helps_one_pupil_is_said_beside_the_pupil(tmp_path: Path) -> None:
    path = tmp_path / NAME
    wrong = [pupil("34", upn="A801200005001"), second("20", upn="B201100018042")]
    path.write_bytes(ctf(wrong))

    said = " ".join(run("check", str(path)).output.split())

    assert "It may be B801200005001" in said
    assert "It may be R201100018042" in said
    assert said.count("What to do: Compare the UPN with the pupil's record") == 1


def test_all_findings_are_printed_when_asked_for(bad: Path) -> None:
    done = run("check", str(bad), "--show", "all")

    assert "more (--show all" not in done.output
    assert done.output.count("Was the check taken?") == 7


def test_a_file_that_cannot_be_read_ends_with_2(tmp_path: Path, good: Path) -> None:
    empty = tmp_path / "empty.xml"
    empty.write_bytes(b"")

    done = run("check", str(good), str(empty))

    assert done.exit_code == 2
    assert "ERROR F01" in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "nowhere.xml"],
        ["check", ".", "--to", "nobody"],
        ["check", ".", "--year", "soon"],
        ["check", ".", "--format", "pictures"],
        ["rules", "X99"],
        ["serf"],
    ],
)
def test_misuse_ends_with_2_and_a_reason(arguments: list[str]) -> None:
    done = run(*arguments)

    assert done.exit_code == 2
    assert "Usage" in done.output


def test_json_is_one_object_for_all_files(good: Path, bad: Path) -> None:
    done = run("check", str(good), str(bad), "--format", "json")

    report = json.loads(done.output)
    assert set(report) == {"hornbook", "files"}
    assert [file["name"] for file in report["files"]] == [good.name, bad.name]
    found = {one["code"]: one for one in report["files"][1]["findings"]}
    assert (found["R02"]["line"], found["R02"]["severity"]) == (21, "error")


def test_csv_is_a_row_a_finding_and_safe_to_open(bad: Path) -> None:
    done = run("check", str(bad), "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(done.output)))
    assert [row["code"] for row in rows[:2]] == ["P13", "R02"]
    assert rows[0]["file"] == bad.name
    assert {row["pupil"] for row in rows} == {"'=Ada Byrne", "Grace Byrne"}


def test_whom_and_which_year_it_is_for_can_be_said(tmp_path: Path) -> None:
    one_year = tmp_path / NAME
    one_year.write_bytes(ctf([pupil("34")]))

    assert "R25" in run("check", str(one_year)).output
    assert "R25" not in run("check", str(one_year), "--to", "mis").output
    assert "R20" in run("check", str(one_year), "--year", "2025").output


def test_a_folder_without_files_finds_nothing(tmp_path: Path) -> None:
    done = run("check", str(tmp_path))

    assert done.exit_code == 0
    assert "There is no file to check here." in done.output


def test_a_file_without_results_is_said_to_have_none(tmp_path: Path) -> None:
    path = tmp_path / "9092155_CTF_9092999_001.xml"
    path.write_bytes(ctf([pupil()], estab="2999"))

    assert "1 pupil · no results" in " ".join(run("check", str(path)).output.split())


def test_names_survive_a_pipe_whatever_the_machine_speaks(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(ctf([pupil("41", surname="Šimić"), second("20")]))

    done = subprocess.run(
        [sys.executable, "-m", "hornbook.main", "check", str(path)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )

    assert done.returncode == 1
    assert "Ada Šimić" in done.stdout.decode("utf-8")


def test_the_command_itself_never_loads_the_web_framework(good: Path) -> None:
    script = (
        "import sys; from hornbook.main import main\n"
        "try:\n    main()\n"
        "finally:\n    print('django' in sys.modules, file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, "check", str(good)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0
    assert done.stderr.strip() == "False"


def listing(folder: Path, *rows: str) -> str:
    path = folder / "list.csv"
    path.write_text("\n".join(["UPN,Surname,Forename,DOB", *rows]), encoding="utf-8")
    return str(path)


def test_a_file_is_held_against_a_list(good: Path, tmp_path: Path) -> None:
    pupils = listing(
        tmp_path,
        "R201100018042,Byrne,Grace,03/02/2019",
        "D801200005012,Byrne,Ada,03/02/2020",
        "V801200005024,Bird,Bo,03/02/2020",
    )

    done = run("check", str(good), "--pupils", pupils, "--format", "json")

    [file] = json.loads(done.stdout)["files"]
    found = {(one["code"], one["upn"]) for one in file["findings"]}
    assert ("C02", "D801200005012") in found
    assert ("C03", "B801200005001") in found
    [unexpected] = [one for one in file["findings"] if one["code"] == "C03"]
    assert "The list has D801200005012" in unexpected["remedy"]
    assert file["not_checked"] == []


def test_a_ctf_is_a_list_too(good: Path) -> None:
    done = run("check", str(good), "--pupils", str(good))

    assert done.exit_code == 0
    assert "no list of pupils" not in done.output


def test_a_list_without_pupils_is_refused(good: Path, tmp_path: Path) -> None:
    done = run(
        "check", str(good), "--pupils", listing(tmp_path, "C801,Byrne,Ada,1/1/1")
    )

    assert done.exit_code == 2
    assert "Row 2" in done.output
    assert "no pupil that can be used" in done.output


def test_a_broken_ctf_is_no_list(good: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.xml"
    cut.write_bytes(sound()[:-20])

    done = run("check", str(good), "--pupils", str(cut))

    assert done.exit_code == 2
    assert "not a whole Common Transfer File" in done.output


def test_of_a_file_that_is_none_only_what_it_is_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"%PDF-1.7")

    done = run("check", str(path))

    assert done.exit_code == 2
    assert "This is a PDF, not a Common Transfer File." in done.output
    assert "made by" not in done.output
    assert "Not checked" not in done.output
