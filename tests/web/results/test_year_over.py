"""A year that is over: its results stay as they were, until a lead opens it again."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from tests.web.results.scene import (
    MARK,
    YEAR,
    address,
    edit,
    enrol,
    give,
    person,
    save,
    signed_in,
)

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Enrolment, Pupil, SchoolClass
from hornbook.web.results import earlier, locks
from hornbook.web.results.actions import Sheet
from hornbook.web.results.locking import Part, unlock
from hornbook.web.results.models import Lock, Result
from hornbook.web.schools.models import School

AUTUMN = datetime(YEAR, 10, 5, 9, tzinfo=UTC)
OVER = (
    "2025/26 is over, so its results stay as they are. An assessment lead can unlock "
    "them."
)


@pytest.fixture
def ada(school: School) -> Pupil:
    """A pupil of last year's Year 1, with a mark, who is in Year 2 now."""
    pupil = enrol(school, "Byrne", "1", class_name="Hazel")
    give(pupil, MARK, "12")
    Enrolment.objects.create(
        pupil=pupil,
        academic_year=YEAR + 1,
        nc_year="2",
        school_class=SchoolClass.objects.create(
            school=school, academic_year=YEAR + 1, name="Hazel"
        ),
    )
    return pupil


@pytest.fixture
def teacher(school: School, ada: Pupil) -> Client:
    """The teacher of Hazel, last year and this."""
    user = person("teacher", school, "Tess Teacher")
    for each in SchoolClass.objects.filter(name="Hazel"):
        each.teachers.add(user)
    return signed_in(user)


def typed(client: Client, school: School, pupil: Pupil, value: str) -> tuple[str, str]:
    held = Result.objects.get(pupil=pupil, current=True)
    answer = save(client, school, [edit(pupil, MARK, value, held.pk)])
    [cell] = answer["cells"]
    return cell["state"], cell.get("reason", "")


def press(client: Client, school: School, name: str) -> None:
    answer = client.post(address(f"results:{name}", school, "phonics", YEAR))
    assert answer.status_code == 302


def grid(client: Client, school: School) -> str:
    return client.get(address("results:grid", school, "phonics", YEAR)).content.decode()


@time_machine.travel(AUTUMN)
def test_a_teacher_changes_nothing_of_a_year_that_is_over(
    school: School, teacher: Client, ada: Pupil
) -> None:
    assert typed(teacher, school, ada, "31") == ("closed", OVER)

    assert OVER in grid(teacher, school)
    assert Result.objects.get().value == "12"


@time_machine.travel(AUTUMN)
def test_nor_does_a_lead_by_a_slip_until_it_is_unlocked(
    school: School, lead: Client, teacher: Client, ada: Pupil
) -> None:
    assert typed(lead, school, ada, "31") == ("closed", OVER)

    press(lead, school, "unlock")

    assert typed(teacher, school, ada, "31") == ("saved", "")
    said = "This year is over. Lee Lead unlocked its results on 5 October 2026"
    for page in (grid(lead, school), grid(teacher, school)):
        assert said in page
        assert OVER not in page


@time_machine.travel(AUTUMN)
def test_opening_a_year_that_is_over_is_written_down(
    school: School, lead: Client, ada: Pupil
) -> None:
    for _ in range(2):
        press(lead, school, "unlock")

    event = Event.objects.get(action="grid unlocked")
    assert event.subject == "Phonics screening check, 2025/26"
    page = lead.get(address("results:cohort", school, "phonics", YEAR))
    assert (
        "locked by the end of 2025/26, 1 September 2026, 00:00; unlocked by Lee Lead"
        in " ".join(page.content.decode().split())
    )


@time_machine.travel(AUTUMN)
def test_a_year_opened_again_is_closed_by_signing_it_off(
    school: School, lead: Client, teacher: Client, ada: Pupil
) -> None:
    press(lead, school, "unlock")

    press(lead, school, "lock")

    state, why = typed(teacher, school, ada, "31")
    assert state == "closed"
    assert why.startswith("Locked by Lee Lead on 5 October 2026.")


def test_what_was_unlocked_while_the_year_ran_does_not_open_it_when_it_is_over(
    school: School, ada: Pupil
) -> None:
    user = person("lead", school, "Una Lock")
    with time_machine.travel(datetime(YEAR, 6, 15, tzinfo=UTC)):
        in_june = signed_in(user)
        press(in_june, school, "lock")
        press(in_june, school, "unlock")
        assert typed(in_june, school, ada, "13") == ("saved", "")

    with time_machine.travel(AUTUMN):
        assert typed(signed_in(user), school, ada, "31") == ("closed", OVER)


@time_machine.travel(datetime(YEAR, 7, 20, tzinfo=UTC))
def test_moving_up_in_july_does_not_close_the_year_that_still_runs(
    school: School, teacher: Client, ada: Pupil
) -> None:
    assert typed(teacher, school, ada, "31") == ("saved", "")


@time_machine.travel(AUTUMN)
def test_a_school_that_has_not_moved_up_goes_on_with_its_year(
    school: School, lead: Client
) -> None:
    ben = enrol(school, "Cole", "1")
    give(ben, MARK, "9")

    assert typed(lead, school, ben, "10") == ("saved", "")


@time_machine.travel(AUTUMN)
def test_the_end_of_a_year_stops_no_file(school: School, ada: Pupil) -> None:
    assert locks.standing(school, YEAR).year_over is not None
    assert locks.locked(school, YEAR) == frozenset()


@time_machine.travel(AUTUMN)
def test_a_joiner_s_results_of_earlier_years_can_be_typed_in(
    school: School, ada: Pupil
) -> None:
    joiner = enrol(school, "Cole", "2", year=YEAR + 1)
    [sitting] = (
        each
        for each in earlier.sittings(joiner, AcademicYear(YEAR + 1))
        if (each.collection.code, each.calendar_year) == ("phonics", YEAR)
        and each.usual
    )

    assert earlier.member(sitting, joiner).locked == ""


@time_machine.travel(AUTUMN)
def test_a_class_by_itself_is_not_opened_where_the_year_is_over(
    school: School, ada: Pupil
) -> None:
    book = rulebook(AcademicYear(YEAR))
    sheet = Sheet(school=school, book=book, collection=book.collections["phonics"])
    hazel = SchoolClass.objects.get(academic_year=YEAR, name="Hazel")

    unlock(part=Part(sheet, hazel), by=person("lead", school))

    assert not Lock.objects.exists()
    assert locks.standing(school, YEAR).why("phonics", "Hazel") == OVER
