"""The check of the autumn of 2021, which was returned on its own."""

from datetime import UTC, datetime

import pytest
import time_machine
from tests.web.results.scene import address, enrol, give, person, signed_in
from tests.web.returns.reader import read

from hornbook.identifiers import AcademicYear
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.queries import Sight
from hornbook.web.returns import actions, queries
from hornbook.web.returns.outgoing import Going
from hornbook.web.schools.models import School

pytestmark = pytest.mark.django_db

AUTUMN = "phonics-autumn"


@pytest.fixture
def met(school: School) -> Pupil:
    """A pupil of Year 2 who met the standard in the autumn."""
    pupil = enrol(school, "Met", "2", year=2022)
    give(pupil, "phonics.mark", "38", 2021)
    return pupil


@pytest.fixture
def again(school: School) -> Pupil:
    """One who did not, and was checked again in the summer."""
    pupil = enrol(school, "Again", "2", year=2022)
    give(pupil, "phonics.mark", "20", 2021)
    give(pupil, "phonics.mark", "33", 2022)
    return pupil


def going(school: School, recipient: str = "la") -> Going:
    return queries.going(school, AUTUMN, AcademicYear(2022), recipient)


def test_it_holds_what_year_2_had_in_the_autumn_and_nothing_of_the_summer(
    school: School,
    met: Pupil,
    again: Pupil,
    time_machine: time_machine.TimeMachineFixture,
) -> None:
    time_machine.move_to(datetime(2021, 12, 10, 10, 0, tzinfo=UTC))
    give(enrol(school, "First", "1", year=2022), "phonics.mark", "35", 2022)

    (made,) = actions.make(
        sight=Sight.whole(school), going=going(school), by=None, known_errors=0
    )

    plain = read(actions.content_of(made))
    assert made.name == "9262155_PHO_926LLLL_001.xml"
    assert plain.header["CTFversion"] == "21.0"
    assert {(one[0], one[6], one[7]) for one in plain.results} == {
        (met.upn, "2021", "38"),
        (again.upn, "2021", "20"),
    }
    assert made.checked["errors"] == 0
    assert made.checked["queries"] == 0


def test_the_two_returns_of_the_year_are_numbered_through_and_kept_apart(
    school: School, met: Pupil, again: Pupil
) -> None:
    sight = Sight.whole(school)
    summer = queries.going(school, "phonics", AcademicYear(2022), "la")

    (first,) = actions.make(sight=sight, going=going(school), by=None, known_errors=0)
    (second,) = actions.make(sight=sight, going=summer, by=None, known_errors=0)

    assert [first.sequence, second.sequence] == [1, 2]
    assert [first.collection, second.collection] == [AUTUMN, "phonics"]
    assert queries.preflight(sight, going(school)).results == 2


def test_a_pupil_of_year_2_without_a_result_is_an_error(
    school: School, met: Pupil
) -> None:
    enrol(school, "Missing", "2", year=2022)

    ready = queries.preflight(Sight.whole(school), going(school))

    assert [group.code for group in ready.error_groups] == ["C01"]
    assert ready.error_groups[0].affected[0].member is not None


def test_from_the_list_of_returns_to_the_page_on_which_a_result_is_entered(
    school: School, met: Pupil
) -> None:
    missing = enrol(school, "Missing", "2", year=2022)
    office = signed_in(person("lead", school))

    index = office.get(address("returns:list", school) + "?year=2022").content.decode()
    preflight = office.get(address("returns:preflight", school, AUTUMN, 2022, "la"))

    page = preflight.content.decode()
    assert "Autumn phonics screening check" in index
    assert "17 December 2021" in index
    assert "2 pupils of Year 2, 1 complete, 1 error, 1 query." in page
    assert "Not confirmed" in page
    cell = f"/schools/9262155/pupils/{missing.pk}/earlier/phonics/2021/"
    assert cell in page
    office.post(cell, {"mark": "31"})
    again = office.get(address("returns:preflight", school, AUTUMN, 2022, "la"))
    assert "2 pupils of Year 2, 2 complete, 1 query." in again.content.decode()


def test_other_years_have_no_return_of_the_autumn(school: School) -> None:
    office = signed_in(person("office", school))

    answer = office.get(address("returns:preflight", school, AUTUMN, 2023, "la"))

    assert answer.status_code == 404
    with pytest.raises(LookupError, match="There are eyfsp, phonics, ks1"):
        queries.going(school, AUTUMN, AcademicYear(2023), "la")
