"""The years' tables of marks and scaled scores."""

from pathlib import Path

import pytest

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.describe import rulebook_page
from hornbook.rulebook.items import Scale
from hornbook.rulebook.load import YEARS, collection_from, rulebook, years
from hornbook.rulebook.scales import FILE


def scale(ends: int, test: str) -> Scale:
    found = rulebook(AcademicYear(ends)).item(f"ks2-tests.{test}-score").scale
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("ends", "test", "mark", "score"),
    [
        (2026, "reading", 0, "N"),
        (2026, "reading", 2, "N"),
        (2026, "reading", 3, "81"),
        (2026, "reading", 39, "110"),
        (2026, "gps", 34, "100"),
        (2026, "gps", 70, "120"),
        (2026, "maths", 55, "99"),
        (2026, "maths", 94, "110"),
        (2025, "reading", 47, "119"),
        (2025, "gps", 54, "110"),
        (2024, "reading", 40, "110"),
        (2024, "gps", 53, "110"),
    ],
)
def test_what_a_mark_gives(ends: int, test: str, mark: int, score: str) -> None:
    assert scale(ends, test).scores[mark] == score


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (2022, (29, 35, 58)),
        (2023, (24, 36, 56)),
        (2024, (27, 35, 54)),
        (2025, (28, 35, 58)),
        (2026, (25, 34, 56)),
    ],
)
def test_the_first_mark_that_gives_100(
    ends: int, expected: tuple[int, int, int]
) -> None:
    book = rulebook(AcademicYear(ends))

    for test, mark in zip(("reading", "gps", "maths"), expected, strict=True):
        marks = book.item(f"ks2-tests.{test}-mark").marks
        assert marks is not None
        assert marks.expected == mark
        scores = scale(ends, test).scores
        assert scores[mark] == "100"
        assert int(scores.get(mark - 1, "99")) < 100


def test_what_is_not_known_is_said_on_the_page_of_the_year() -> None:
    pages = {year.ends: rulebook_page(year) for year in years()}

    assert "not for every mark: Maths scaled score." in pages[2025]
    assert (
        "Not held"
        not in pages[2026]
        .partition("Key stage 2 tests")[2]
        .partition("## National figures")[0]
    )
    assert "| 110 | 39 | 55 | 94 to 95 |" in pages[2026]
    assert "Reading scaled score, GPS scaled score, Maths scaled score." in pages[2027]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("reading-score,9,9,88", "reading-score has 9 twice"),
        ("reading-score,51,51,120", "out of range"),
        ("gps-score,60,60,121", "out of range"),
        ("gps-score,60,60,99", "falls as the marks rise"),
        ("spelling-score,1,1,80", "has no spelling-score"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused(
    tmp_path: Path, row: str, words: str
) -> None:
    toml = (YEARS / "2025-26" / "ks2-tests.toml").read_text(encoding="utf-8")
    (tmp_path / "ks2-tests.toml").write_text(toml, encoding="utf-8")
    head = "item,from,to,score\nreading-score,0,9,N\ngps-score,34,36,100\n"
    (tmp_path / FILE).write_text(f"{head}{row}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=words):
        collection_from(tmp_path / "ks2-tests.toml")
