"""What changed from year to year, in a school's words."""

import re

import pytest

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import UnknownYear, years
from hornbook.rulebook.news import news


def told(ends: int, title: str) -> tuple[str, ...]:
    return next(one.sentences for one in news(AcademicYear(ends)) if one.title == title)


@pytest.mark.parametrize(
    ("ends", "title", "sentence"),
    [
        (2024, "Common Transfer File", "Files are of version 23.0 (before: 22.0)."),
        (
            2024,
            "Common Transfer File",
            "A pupil's sex stands in the file as Sex (before: Gender).",
        ),
        (
            2024,
            "Phonics screening check",
            (
                "The DfE changed in 2024 how it works out the percentage at the end of "
                "Year 2: England's figures before and after may not be compared."
            ),
        ),
        (
            2026,
            "Phonics screening check",
            "Phonics mark that meets the standard: 31 (before: 32).",
        ),
        (
            2027,
            "Phonics screening check",
            "Phonics mark that meets the standard: not published yet (before: 31).",
        ),
        (
            2026,
            "Phonics screening check",
            (
                "Check week: 8 June 2026 to 12 June 2026 "
                "(before: 9 June 2025 to 13 June 2025)."
            ),
        ),
        (
            2024,
            "Key stage 1 assessment",
            "It is optional now: nothing is collected.",
        ),
        (
            2024,
            "Multiplication tables check",
            "The code NAA, School could not give the check, is new.",
        ),
        (
            2025,
            "Multiplication tables check",
            "A file for your own MIS has in its name: MTC (before: KS2).",
        ),
        (
            2026,
            "Key stage 2 teacher assessment",
            (
                "It goes to: Standards and Testing Agency, NCA Portal (before: "
                "Standards and Testing Agency, Primary Assessment Gateway)."
            ),
        ),
        (2024, "Key stage 1 assessment", "There is no deadline."),
        (
            2027,
            "Key stage 2 teacher assessment",
            "Deadline: 25 June 2027 (before: 26 June 2026). Expected.",
        ),
        (
            2027,
            "Common Transfer File",
            "No specification of version 26 was found: taken to be as 25.",
        ),
        (
            2023,
            "Phonics screening check",
            "The check of autumn 2021 is over.",
        ),
    ],
)
def test_a_change_is_told_as_a_school_would_say_it(
    ends: int, title: str, sentence: str
) -> None:
    assert sentence in told(ends, title)


@pytest.mark.parametrize("year", years()[1:], ids=str)
def test_no_change_of_any_year_is_told_in_the_rulebooks_own_terms(
    year: AcademicYear,
) -> None:
    for group in news(year):
        for sentence in group.sentences:
            assert not re.search(r"\[|_|->|None|\d{4}-\d\d-\d\d", sentence), sentence
            assert sentence.endswith((".", "!")), sentence
        assert len(group.sentences) == len(set(group.sentences))


def test_the_first_year_has_none_before_it() -> None:
    with pytest.raises(UnknownYear):
        news(years()[0])
