"""What may be entered, said once, and shorter on paper."""

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.results.legend import Key, keys

BOOK = rulebook(AcademicYear(2026))


def test_codes_that_are_counted_through_are_one_on_paper() -> None:
    writing = keys(BOOK.collections["ks2-teacher-assessment"].items)[0]

    assert ("PK6 to PK1", "Pre-key stage standard 6 to 1") in writing.in_short
    assert [code for code, _ in writing.in_short][:4] == [
        "GDS",
        "EXS",
        "WTS",
        "PK6 to PK1",
    ]
    assert len(writing.values) - len(writing.in_short) == 5


def test_two_are_no_run_and_bare_numbers_are_none() -> None:
    two = (("PK2", "Standard 2"), ("PK1", "Standard 1"))
    bare = (("1", "Level 1"), ("2", "Level 2"), ("3", "Level 3"))

    assert Key("Reading", "", two).in_short == two
    assert Key("Reading", "", bare).in_short == bare
