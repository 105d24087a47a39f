import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.identifiers import AcademicYear
from hornbook.records import Combination
from hornbook.rulebook import load
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Item

BOOK = rulebook(AcademicYear(2026))
ITEMS = [
    item
    for year in years()
    for collection in rulebook(year).collections.values()
    for item in collection.items
]


@pytest.mark.parametrize(
    ("item", "typed", "read"),
    [
        ("phonics.mark", " 34 ", "34"),
        ("phonics.mark", "007", "7"),
        ("phonics.mark", "40.0", "40"),
        ("phonics.mark", "a", "A"),
        ("phonics.mark", "disapplied", "D"),
        ("ks2-teacher-assessment.writing", "pk 1", "PK1"),
        ("ks2-teacher-assessment.writing", "PKS1", "PK1"),
        ("ks2-teacher-assessment.writing", "exs", "EXS"),
        ("ks2-teacher-assessment.writing", "Greater depth", "GDS"),
        ("ks2-tests.reading-outcome", "T", "U"),
        ("ks2-teacher-assessment.writing", "Pre-key stage standard 4", "PK4"),
        ("ks2-teacher-assessment.writing", "PK-6", "PK6"),
        ("eyfsp.E01", "expected", "2"),
        ("eyfsp.E01", "2.0", "2"),
        ("eyfsp.E01", "Exempt", "A"),
        ("mtc.mark", "naa", "NAA"),
    ],
)
def test_usual_spellings_are_taken(item: str, typed: str, read: str) -> None:
    assert BOOK.item(item).read(typed) == read


@pytest.mark.parametrize(
    ("item", "typed", "words"),
    [
        ("phonics.mark", "41", "whole number from 0 to 40, or A, D, L or Q"),
        ("phonics.mark", "12.5", "Phonics mark is 12.5"),
        ("phonics.mark", "Wa", "It must be"),
        ("eyfsp.E01", "3", "1, 2 or A"),
        ("ks2-teacher-assessment.writing", "PK7", "It must be GDS"),
        ("ks2-teacher-assessment.reading", "EXS", "PK6"),
        ("mtc.mark", "26", "0 to 25"),
        ("eyfsp.E01", "absent", "1, 2 or A"),
        ("eyfsp.E01", "1?", "1, 2 or A"),
        ("ks2-teacher-assessment.writing", "EXS+", "must be GDS"),
        ("ks2-teacher-assessment.writing", "m", "M, Missing, is set by the DfE"),
        ("ks2-teacher-assessment.reading", "left", "L, Left the school, is set by"),
        ("phonics.mark", "  ", "Phonics mark is blank. It must be"),
    ],
)
def test_what_is_not_allowed_is_refused_in_words(
    item: str, typed: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        BOOK.item(item).read(typed)


def test_a_long_text_is_cut_where_it_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Phonics mark is x{40}…"):
        BOOK.item("phonics.mark").read("x" * 4000)


def test_absence_was_a_reason_for_a_in_the_profile_until_2023() -> None:
    assert rulebook(AcademicYear(2022)).item("eyfsp.E01").read("absent") == "A"


def test_a_code_of_the_dfe_is_allowed_but_not_entered() -> None:
    writing = BOOK.item("ks2-teacher-assessment.writing")

    assert writing.allows("Q")
    assert "Q" not in {outcome.code for outcome in writing.entered}


def test_results_that_come_from_the_dfe_are_entered_as_they_came() -> None:
    assert BOOK.item("mtc.mark").read("not able to administer") == "NAA"
    assert BOOK.item("ks2-tests.maths-outcome").read("as") == "AS"
    assert BOOK.item("ks2-tests.maths-score").read("n") == "N"


@pytest.mark.parametrize(
    ("item", "value", "nearest"),
    [
        ("ks2-teacher-assessment.writing", "PK7", "PK6"),
        ("ks1.writing", "PK5", "PK4"),
        ("ks2-teacher-assessment.science", "WTS", None),
        ("phonics.mark", "41", None),
        ("ks2-teacher-assessment.writing", "gd", "GDS"),
    ],
)
def test_the_nearest_code_is_one_a_school_may_enter(
    item: str, value: str, nearest: str | None
) -> None:
    assert BOOK.item(item).nearest(value) == nearest


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("34", "34 of 40"), ("wt", "Did not meet the standard"), ("41", "")],
)
def test_a_value_has_its_meaning_in_words(value: str, meaning: str) -> None:
    assert BOOK.item("phonics.mark").meaning(value) == meaning


def test_the_nearest_code_is_offered_with_its_meaning() -> None:
    with pytest.raises(ValueError, match="Did you mean EXS, Expected standard"):
        BOOK.item("ks2-teacher-assessment.science").read("EXX")


@given(st.sampled_from(ITEMS), st.data())
def test_every_value_that_may_be_entered_is_read_as_itself(
    item: Item, data: st.DataObject
) -> None:
    codes = [outcome.code for outcome in item.entered]
    marks = range(item.marks.lowest, item.marks.highest + 1) if item.marks else ()
    value = data.draw(st.sampled_from([*codes, *map(str, marks)]))

    assert item.read(value) == value
    assert item.allows(value)
    assert item.meaning(value)


@given(st.sampled_from(ITEMS), st.text(max_size=6))
def test_reading_twice_is_reading_once(item: Item, text: str) -> None:
    try:
        once = item.read(text)
    except ValueError:
        return
    assert item.read(once) == once


def test_a_mark_and_a_code_travel_under_their_own_codes() -> None:
    item = BOOK.item("phonics.mark")

    assert item.combination_for("34") == Combination("KS1", "PHO", "TT", "CHK", "NM")
    assert item.combination_for("A") == Combination("KS1", "PHO", "TT", "CHK", "NY")


@pytest.mark.parametrize(
    ("item", "value", "exported"),
    [
        ("phonics.mark", "34", True),
        ("phonics.mark", "Q", True),
        ("phonics.mark", "Wa", False),
        ("phonics.mark", "", False),
        ("ks2-tests.reading-score", "104", False),
        ("ks1.reading-test-mark", "20", False),
    ],
)
def test_outcomes_worked_out_and_unknown_codes_are_not_exported(
    item: str, value: str, exported: bool
) -> None:
    assert BOOK.item(item).exported(value) is exported


@pytest.mark.parametrize("code", ["PK1", "PK4", "EM"])
def test_science_takes_what_guidance_lists_and_marks_it_as_queried(code: str) -> None:
    for name in ("ks1.science", "ks2-teacher-assessment.science"):
        outcome = BOOK.item(name).outcome(code)

        assert outcome is not None
        assert outcome.queried
    assert not BOOK.item("ks2-teacher-assessment.science").allows("PK7")


def test_year_2_is_closed_where_the_standard_was_met_in_year_1() -> None:
    phonics = BOOK.collections["phonics"]
    item = phonics.item("mark")

    assert phonics.closed(item, "2", {"mark": "32"}, {}) == (
        "Met the standard in Year 1 with 32."
    )
    assert phonics.closed(item, "2", {"mark": "31"}, {}) is None
    assert phonics.closed(item, "2", {"mark": "A"}, {}) is None
    assert phonics.closed(item, "2", {}, {}) is None
    assert phonics.closed(item, "1", {"mark": "40"}, {}) is None


@pytest.mark.parametrize(
    ("nc_year", "earlier", "must"),
    [
        ("1", {}, True),
        ("2", {}, True),
        ("2", {"mark": "31"}, True),
        ("2", {"mark": "Q"}, True),
        ("2", {"mark": "32"}, False),
        ("2", {"mark": "Wa"}, False),
        ("3", {}, False),
    ],
)
def test_who_must_have_a_phonics_result(
    nc_year: str, earlier: dict[str, str], must: bool
) -> None:
    assert BOOK.collections["phonics"].must_have_result(nc_year, earlier) is must


def test_what_is_missing_is_only_what_is_required() -> None:
    ks2 = BOOK.collections["ks2-teacher-assessment"]

    missing = ks2.missing({"writing": "EXS"}, "6", {}, {})

    assert [item.code for item in missing] == ["science"]
    assert ks2.missing({}, "5", {}, {}) == ()


def test_optional_tests_alone_do_not_begin_the_teacher_assessment() -> None:
    assert (
        BOOK.collections["ks1"].missing({"reading-test-mark": "28"}, "2", {}, {}) == ()
    )


def test_a_pupil_who_needs_no_second_check_misses_nothing() -> None:
    phonics = BOOK.collections["phonics"]

    assert phonics.missing({}, "2", {"mark": "33"}, {}) == ()
    assert [item.code for item in phonics.missing({}, "2", {"mark": "D"}, {})] == [
        "mark"
    ]


def test_an_optional_collection_misses_nothing_until_it_is_begun() -> None:
    ks1 = BOOK.collections["ks1"]

    assert ks1.missing({}, "2", {}, {}) == ()
    assert [item.code for item in ks1.missing({"reading": "EXS"}, "2", {}, {})] == [
        "writing",
        "maths",
        "science",
    ]


def _reading_closed(**stands: str) -> str | None:
    """Why the teacher assessment of reading is closed, given what else stands."""
    ks2 = BOOK.collections["ks2-teacher-assessment"]
    names = {
        "outcome": "ks2-tests.reading-outcome",
        "score": "ks2-tests.reading-score",
        "mark": "ks2-tests.reading-mark",
        "maths": "ks2-tests.maths-outcome",
        "writing": "ks2-teacher-assessment.writing",
    }
    found = {names[name]: value for name, value in stands.items()}
    return ks2.closed(ks2.item("reading"), "6", {}, found)


def test_reading_is_assessed_only_for_pupils_below_its_test() -> None:
    assert _reading_closed(outcome="B") is None
    assert _reading_closed(outcome="J") is None
    assert _reading_closed(writing="PK4") is None
    assert (_reading_closed() or "").startswith("Only for pupils below the standard")
    assert _reading_closed(writing="EXS") == _reading_closed()
    assert _reading_closed(maths="B") == _reading_closed()


@pytest.mark.parametrize(
    ("stands", "says"),
    [
        ({"outcome": "AS", "writing": "PK4"}, "The outcome of the reading test is AS."),
        ({"outcome": "U"}, "The outcome of the reading test is U."),
        ({"score": "N"}, "The scaled score of the reading test is N."),
        ({"mark": "12", "writing": "EM"}, "The mark of the reading test is 12."),
    ],
)
def test_a_result_of_the_test_closes_its_teacher_assessment(
    stands: dict[str, str], says: str
) -> None:
    assert (_reading_closed(**stands) or "").endswith(says)


def test_a_pupil_below_the_test_must_have_a_teacher_assessment_of_it() -> None:
    ks2 = BOOK.collections["ks2-teacher-assessment"]
    both = {"writing": "PK4", "science": "HNM"}

    below = ks2.missing(both, "6", {}, {"ks2-tests.reading-outcome": "B"})

    assert [item.code for item in below] == ["reading"]
    assert ks2.missing(both, "6", {}, {"ks2-tests.reading-outcome": "J"}) == ()
    assert ks2.missing({**both, "reading": "PK4"}, "6", {}, {}) == ()


@pytest.mark.parametrize(
    ("calendar_year", "said"),
    [(2021, "autumn 2021"), (2022, "2021/22"), (1999, "1998/99")],
)
def test_a_year_of_results_is_said_as_schools_say_it(
    calendar_year: int, said: str
) -> None:
    phonics = load.nearest(AcademicYear(calendar_year)).collections["phonics"]

    assert phonics.when(calendar_year) == said
