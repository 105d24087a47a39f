from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hornbook.cli.rulebook import app
from hornbook.identifiers import AcademicYear
from hornbook.rulebook.describe import changes_page, collection_page
from hornbook.rulebook.load import RulebookError, folder, rulebook
from hornbook.rulebook.pages import main


def printed(*arguments: str) -> str:
    return CliRunner().invoke(app, arguments).output


def test_changes_are_a_line_each() -> None:
    lines = printed("changes", "2025-26", "2026-27").splitlines()

    assert "phonics.item[mark].marks.expected: 31 -> nothing" in lines
    assert "ctf.version: 25.0 -> 26.0" in lines


def test_one_year_is_compared_with_the_one_before() -> None:
    assert printed("changes", "2026") == printed("changes", "2024/25", "2025/26")
    assert "phonics.item[mark].marks.expected: 32 -> 31" in printed("changes", "2026")


def test_a_fact_that_is_true_or_false_is_said_as_yes_or_no() -> None:
    assert "ks1.statutory: yes -> no" in printed("changes", "2024")


def test_what_may_not_be_compared_from_a_year_on_is_of_that_year_alone() -> None:
    redefined = "phonics.measure[phonics-year-2].break: nothing -> The DfE changed"

    assert redefined in printed("changes", "2024")
    assert redefined in printed("changes", "2023", "2026")
    assert redefined not in printed("changes", "2025")


def test_what_has_no_code_is_named_by_what_tells_it_apart() -> None:
    assert "phonics.other_term[2021]: there -> gone" in printed("changes", "2023")


def test_only_what_a_file_states_is_compared() -> None:
    for year in ("2023", "2024", "2025", "2026", "2027"):
        assert "spellings" not in printed("changes", year)


def test_a_code_that_came_is_new() -> None:
    assert "mtc.item[mark].outcome[NAA]: not there -> new" in printed("changes", "2024")


@pytest.mark.parametrize("year", ["2026", "2025/26", "2025-26"])
def test_a_year_is_shown_with_its_doubts(year: str) -> None:
    shown = printed("show", year)

    assert "31 meets the standard" in shown
    assert "(not confirmed)" in shown


def test_a_collection_without_a_deadline_shows_none() -> None:
    mtc = rulebook(AcademicYear(2026)).collections["mtc"]

    assert "Deadline" in collection_page(mtc)
    assert "Deadline" not in collection_page(
        replace(mtc, deadline=None, deadline_note="")
    )


def test_one_collection_is_shown_alone() -> None:
    shown = printed("show", "2026", "mtc")

    assert "Multiplication tables check" in shown
    assert "Phonics" not in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "2016"), "no rulebook for 2015/16"),
        (("show", "summer"), "2026 or 2025/26"),
        (("show", "2026", "ks9"), "no collection ks9"),
        (("new", "2025-26"), "has a folder already"),
        (("new", "soon"), "2026 or 2025/26"),
    ],
)
def test_what_is_not_there_is_said_in_words(
    arguments: tuple[str, ...], words: str
) -> None:
    done = CliRunner().invoke(app, arguments, env={"COLUMNS": "200"})

    assert done.exit_code == 2
    assert words in done.output


def test_a_new_year_waits_to_be_checked(tmp_path: Path) -> None:
    printed("new", "2027-28", "--into", str(tmp_path))

    made = (tmp_path / "2027-28" / "phonics.toml").read_text()
    assert 'checked_on = ""' in made
    assert made.startswith("# Phonics screening check, 2027/28.")
    with pytest.raises(RulebookError, match="checked_on must be a day"):
        folder(tmp_path / "2027-28")


def test_the_pages_are_written_and_then_found_to_be_up_to_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check"], tmp_path) == 1
    assert "2025-26.md" in capsys.readouterr().err
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0

    (tmp_path / "changes.md").write_text("Nothing changed.")
    assert main(["--check"], tmp_path) == 1
    assert "changes.md" in capsys.readouterr().err


def test_the_page_of_changes_is_newest_first() -> None:
    page = changes_page()

    assert page.index("2025/26 to 2026/27") < page.index("2021/22 to 2022/23")
