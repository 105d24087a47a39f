from datetime import date

import pytest

from hornbook.findings import Finding, Subject
from hornbook.identifiers import AcademicYear
from hornbook.inspection.held import check_beside, check_pupils, check_tests
from hornbook.records import Pupil, Result, School
from hornbook.rulebook.load import rulebook

YEAR = AcademicYear(2026)
SCHOOL = School(la="926", estab="2155", urn="123456", name="Larkfield Primary School")
ADA = Pupil(
    upn="B801200005001",
    surname="Byrne",
    forename="Ada",
    dob="2020-02-03",
    sex="F",
    nc_year="1",
)
GRACE = Pupil(
    upn="R201100018042",
    surname="Hall",
    forename="Grace",
    dob="2019-02-03",
    sex="F",
    nc_year="2",
)


def phonics(value: str, year: int = 2026) -> Result:
    combination = rulebook(YEAR).item("phonics.mark").combination_for(value)
    assert combination is not None
    return Result(combination, str(year), value)


def reading(value: str) -> Result:
    combination = rulebook(YEAR).item("ks1.reading").combination_for(value)
    assert combination is not None
    return Result(combination, "2026", value)


def check(
    *pupils: Pupil,
    recipient: str = "la",
    school: School = SCHOOL,
    expected: tuple[Pupil, ...] | None = None,
) -> list[tuple[str, object]]:
    found = findings(*pupils, recipient=recipient, school=school, expected=expected)
    return [(finding.code, finding.key) for finding in found]


def findings(
    *pupils: Pupil,
    recipient: str = "la",
    school: School = SCHOOL,
    expected: tuple[Pupil, ...] | None = None,
    today: date = date(2026, 6, 20),
) -> tuple[Finding, ...]:
    return check_pupils(
        enumerate(pupils, start=1),
        collection="phonics",
        year=YEAR,
        recipient=rulebook(YEAR).collections["phonics"].recipient(recipient),
        school=school,
        today=today,
        expected=expected,
    )


def test_a_file_made_after_its_year_is_asked_about_beforehand() -> None:
    pupil = ADA.with_results((phonics("34"),))

    found = findings(pupil, today=date(2026, 10, 1))

    said = [one.message for one in found if one.code == "H07"]
    assert len(said) == 1
    assert "2025, but a file made now is made in 2026/27" in said[0]
    assert "H07" not in {one.code for one in findings(pupil, today=date(2026, 8, 31))}


def test_a_complete_return_has_no_findings() -> None:
    assert not check(
        ADA.with_results((phonics("34"),)), GRACE.with_results((phonics("A"),))
    )


def test_a_finding_carries_the_key_of_its_pupil() -> None:
    finding, *_ = findings(ADA, GRACE.with_results((phonics("34"),)))

    assert (finding.code, finding.key, finding.pupil) == ("C01", 1, "Ada Byrne")
    assert finding.line is None


def test_a_pupil_who_met_the_standard_before_need_not_be_checked_again() -> None:
    ada = ADA.with_results((phonics("34"),))

    assert ("C05", 2) not in check(ada, GRACE.with_results((phonics("34", 2025),)))
    assert ("C05", 2) in check(ada, GRACE.with_results((phonics("20", 2025),)))


def test_results_of_another_collection_are_left_out_of_the_check() -> None:
    grace = GRACE.with_results((phonics("34"), reading("XYZ")))

    assert not check(ADA.with_results((phonics("34"),)), grace)


def test_a_school_without_its_numbers_is_told_so() -> None:
    found = check(school=School(la="926"), recipient="mis")

    assert {code for code, _ in found} == {"C07"}


def test_pupils_are_held_against_a_list() -> None:
    ada = ADA.with_results((phonics("34"),))

    found = check(ada, recipient="mis", expected=(ADA, GRACE))

    assert {code for code, _ in found} == {"C02", "C06"}


def test_data_for_the_schools_own_system_is_no_return() -> None:
    ada = ADA.with_results((phonics("34"),))

    assert [code for code, _ in check(ada)] == ["R25"]
    assert not check(ada, recipient="mis")


AT_ODDS = (
    "Reading scaled score is 101, but Reading test mark is 25. 25 marks give 100 in "
    "2025/26. The table of that year is not confirmed."
)
READING = ("ks2-tests.reading-mark", "ks2-tests.reading-score")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {(READING[0], 2026): "25", (READING[1], 2026): "101"},
            [AT_ODDS],
        ),
        ({(READING[0], 2026): "25", (READING[1], 2026): "100"}, []),
        # One is of another year: they are not held against one another.
        ({(READING[0], 2025): "25", (READING[1], 2026): "101"}, []),
        ({(READING[0], 2016): "25", (READING[1], 2016): "101"}, []),
        ({("phonics.mark", 2026): "25"}, []),
    ],
)
def test_results_of_tests_are_held_against_one_another_however_they_came(
    values: dict[tuple[str, int], str], said: list[str]
) -> None:
    found = check_tests(values, Subject(pupil="Ada Byrne", key=1))

    assert [finding.message for finding in found] == said
    assert {finding.pupil for finding in found} <= {"Ada Byrne"}


def test_a_table_that_the_school_wrote_down_is_held_against_too() -> None:
    values = {(READING[0], 2027): "25", (READING[1], 2027): "101"}
    own = {2027: {READING[1]: {25: "100"}}}

    [found] = check_tests(values, own_scales=own)

    assert "25 marks give 100 in 2026/27" in found.message
    assert "one that the school wrote down" in found.message
    assert check_tests(values) == ()


TA = "ks2-teacher-assessment"


@pytest.mark.parametrize(
    ("test", "value", "asked"),
    [
        ("reading-outcome", "AS", True),
        ("reading-score", "104", True),
        ("reading-outcome", "B", False),
        ("maths-outcome", "AS", False),
    ],
)
def test_a_teacher_assessment_beside_a_test_that_speaks_against_it_is_a_query(
    test: str, value: str, asked: bool
) -> None:
    values = {(f"{TA}.reading", 2026): "PK4", (f"ks2-tests.{test}", 2026): value}

    found = check_beside(values, Subject(pupil="Ada Byrne"))

    assert [(one.code, one.severity.value, one.pupil) for one in found] == (
        [("R30", "query", "Ada Byrne")] if asked else []
    )


def test_a_test_of_another_year_speaks_against_nothing() -> None:
    values = {(f"{TA}.reading", 2026): "PK4", ("ks2-tests.reading-outcome", 2025): "AS"}

    assert check_beside(values) == ()
