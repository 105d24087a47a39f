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


def test_marks_alone_are_one_entry_each_with_its_own() -> None:
    found = keys(BOOK.collections["ks2-tests"].items)

    assert [key.titles for key in found] == [
        "Reading scaled score, GPS scaled score and Maths scaled score",
        "Reading outcome, GPS outcome and Maths outcome",
        "A mark alone",
    ]
    assert found[-1].each == (
        ("Reading test mark", "0 to 50"),
        ("GPS test mark", "0 to 70"),
        ("Maths test mark", "0 to 110"),
    )
    assert found[0].marks == "A score from 80 to 120"


def test_one_mark_alone_is_said_by_its_title() -> None:
    marks = [item for item in BOOK.collections["ks2-tests"].items if item.marks]
    only = [item for item in marks if not item.entered][:1]

    assert keys(only) == (Key("Reading test mark", "A mark from 0 to 50", ()),)
