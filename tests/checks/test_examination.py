from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import pupils

import hornbook.checks  # noqa: F401  (fills the register)
from hornbook.checks import examine
from hornbook.checks.cases import Context, Place
from hornbook.checks.examine import Examination
from hornbook.findings import Finding
from hornbook.identifiers import AcademicYear
from hornbook.records import Combination, Pupil, Result

TODAY = date(2026, 11, 24)
MARK = Combination("KS1", "PHO", "TT", "CHK", "NM")


def examined(*looked_at: Pupil, purpose: str = "return") -> Examination:
    examination = Examination(
        Context(purpose=purpose, year=AcademicYear(2026), today=TODAY)
    )
    for pupil in looked_at:
        examination.look_at(pupil)
    return examination


class At:
    """A place in a file."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.column = 7


class Lines:
    """Says on which lines a pupil stands."""

    def place(self, element: str) -> Place | None:
        return {"Pupil": At(10), "UPN": At(11)}.get(element)

    def result_place(self, index: int) -> Place | None:
        return At(20 + index)


@given(st.lists(pupils, max_size=4), st.sampled_from(("return", "mis", "transfer")))
def test_whatever_a_source_states_ends_in_findings_people_can_read(
    stated: list[Pupil], purpose: str
) -> None:
    found = examined(*stated, purpose=purpose).finish()

    for finding in found:
        assert finding.message
        assert finding.remedy
        assert finding.as_json()["code"] == finding.code


@given(st.lists(pupils, max_size=4))
def test_a_pass_counts_every_pupil_and_result(stated: list[Pupil]) -> None:
    tally = examined(*stated).tally

    assert tally.pupils == len(stated)
    assert tally.results == sum(len(pupil.results) for pupil in stated)


def test_a_finding_stands_where_the_value_stands() -> None:
    examination = Examination(Context(purpose="transfer", today=TODAY))
    pupil = Pupil(
        upn="A801200005001",
        sex="F",
        forename="Ada",
        surname="Byrne",
        dob="2020-01-01",
        results=(Result(MARK, "2026", "34"), Result(MARK, "2026", "41")),
    )

    examination.look_at(pupil, where=Lines())

    places = {finding.code: finding.line for finding in examination.finish()}
    assert places == {"P02": 11, "R02": 21, "R10": 21}


def test_a_finding_about_what_is_missing_stands_at_the_pupil() -> None:
    examination = Examination(Context(purpose="transfer", today=TODAY))

    examination.look_at(Pupil(upn="B801200005001"), where=Lines())

    assert {finding.line for finding in examination.finish()} == {10}


def test_a_rule_about_the_whole_file_stands_at_the_first_result() -> None:
    examination = Examination(Context(year=AcademicYear(2026), today=TODAY))
    pupil = Pupil(
        upn="B801200005001",
        sex="F",
        forename="Ada",
        surname="Byrne",
        dob="2020-01-01",
        nc_year="1",
        results=(Result(MARK, "2026", "34"),),
    )

    examination.look_at(pupil, where=Lines())

    (finding,) = examination.finish()
    assert (finding.code, finding.line, finding.upn) == ("R25", 20, None)


def test_the_same_result_is_judged_once_however_often_it_stands() -> None:
    result = Result(MARK, "2026", "41")
    stated = [Pupil(upn=str(number), results=(result,)) for number in range(3)]

    found = examined(*stated, purpose="transfer").finish()

    assert [finding.code for finding in found].count("R02") == 3


def test_results_beyond_number_are_not_all_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(examine, "_MOST_REMEMBERED", 2)
    results = tuple(Result(MARK, "2026", str(mark)) for mark in range(1, 8))
    stated = [
        Pupil(upn=str(number), results=(one,)) for number, one in enumerate(results)
    ]

    tally = examined(*stated, purpose="transfer").tally

    assert tally.results == len(results)


def codes_of(found: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in found]


def test_what_was_not_judged_is_counted() -> None:
    old = Result(MARK, "2016", "99")
    goal = Result(Combination("EYF", "COM", "FA", "G01", "FD"), "2021", "3")
    test = Result(Combination("KS2", "ENG", "TT", "REA", "SC"), "2026", "100")
    levels = Result(Combination("KS1", "ENG", "TA", "REA", "NL"), "2010", "2C")
    target = Result(MARK, "2026", "30", "T")

    examination = examined(
        Pupil(results=(old, goal, test, levels, target)), purpose="transfer"
    )

    assert codes_of(examination.finish()).count("R02") == 0
    assert sum(examination.tally.unjudged.values()) == 5
    assert examination.tally.other_contents == {"phonics", "eyfsp", "ks2-tests"}
