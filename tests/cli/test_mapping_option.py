"""Results of tests, checked by what an administrator wrote of their codes."""

from pathlib import Path

import pytest
from tests.inspection.files import RESULT, ctf, pupil
from typer.testing import CliRunner, Result

from hornbook.main import build

ENTRY = """\
[{item}]
stage = "KS2"
subject = "ENG"
method = "TT"
component = "REA"
qualifier = "{qualifier}"
"""
MAPPING = ENTRY.format(item="ks2-tests.reading-score", qualifier="NS") + ENTRY.format(
    item="ks2-tests.reading-outcome", qualifier="NC"
)
WRONG = "Reading outcome is AS, but Reading scaled score is 99."


def run(*arguments: str) -> Result:
    return CliRunner().invoke(build(arguments), arguments)


def said(done: Result) -> str:
    return " ".join(done.output.split())


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A file from the portal in which a score and an outcome do not agree."""
    path = tmp_path / "9092155_KS2_9092155_001.xml"
    texts = [
        RESULT.format(year="2026", value=value)
        .replace("PHO", "ENG")
        .replace("CHK", "REA")
        .replace(">NM<", f">{qualifier}<")
        for qualifier, value in (("NS", "99"), ("NC", "AS"))
    ]
    whole = pupil("0", dob="2015-02-03", nc_year="6").replace("KS1", "KS2")
    whole = whole.replace(RESULT.format(year="2026", value="0"), "".join(texts))
    path.write_bytes(ctf([whole], la="909", estab="2155"))
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "codes.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def test_without_it_results_of_tests_are_said_not_to_be_checked(results: Path) -> None:
    done = run("check", str(results))

    assert "it is not confirmed what these codes stand for" in said(done)
    assert WRONG not in said(done)


def test_with_it_they_are_held_against_one_another(
    results: Path, mapping: Path
) -> None:
    done = run("check", str(results), "--mapping", str(mapping))

    assert WRONG in said(done)
    assert "not confirmed what these codes" not in said(done)


def test_the_one_of_the_data_folder_needs_not_be_named(
    results: Path, mapping: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mapping.rename(tmp_path / "ctf-mapping.toml")
    monkeypatch.setenv("HORNBOOK_HOME", str(tmp_path))

    assert WRONG in said(run("check", str(results)))


def test_a_repair_goes_by_it_too(results: Path, mapping: Path) -> None:
    done = run("repair", str(results), "--mapping", str(mapping), "--yes", "R17")

    assert "Put right once: R17" in said(done)
    (repaired,) = (results.parent / "repaired").iterdir()
    assert "<Result>NS</Result>" in repaired.read_text(encoding="utf-8")


def test_one_that_cannot_be_read_is_named_before_anything_is_checked(
    results: Path, mapping: Path
) -> None:
    mapping.write_text("[ks2-tests\n")

    done = run("check", str(results), "--mapping", str(mapping))

    assert done.exit_code == 2
    assert "codes.toml" in done.output
    assert "R17" not in done.output
