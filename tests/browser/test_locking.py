"""A lead locks while a teacher's grid stands open: what was typed is kept, and why."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desk, Held, sign_in
from tests.browser.hand import Hand
from tests.browser.school import YEAR, make_person

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import SchoolClass
from hornbook.web.results import locking
from hornbook.web.results.actions import Sheet
from hornbook.web.results.locking import Part
from hornbook.web.schools.models import Role, School

pytestmark = pytest.mark.browser


@pytest.fixture
def lead(desk: Desk) -> User:
    return make_person(desk.school, "Una Lock")


@pytest.fixture
def teacher(desk: Desk) -> Hand:
    """The teacher of the Kites, with their phonics grid open."""
    person = make_person(desk.school, "Tess Teacher", Role.TEACHER)
    SchoolClass.objects.get(name="Kites").teachers.add(person)
    sign_in(desk.context, person, desk.address)
    return desk.open("phonics")


def part(school: School, class_name: str = "") -> Part:
    book = rulebook(AcademicYear(YEAR))
    sheet = Sheet(school=school, book=book, collection=book.collections["phonics"])
    return Part(sheet, SchoolClass.objects.filter(name=class_name).first())


@pytest.mark.parametrize("class_name", ["", "Kites"])
def test_what_is_typed_into_a_grid_that_was_locked_stays_with_the_reason(
    desk: Desk, lead: User, teacher: Hand, held: Held, class_name: str
) -> None:
    locking.lock(part=part(desk.school, class_name), by=lead)

    teacher.go(0, 0)
    teacher.type("31")
    teacher.press("Enter")

    expect(teacher.cell(0, 0)).to_have_attribute("data-state", "refused")
    assert teacher.text(0, 0) == "31"
    assert "locked by Una Lock" in teacher.why(0, 0).replace("Locked", "locked")
    assert held(teacher, 0, 0) == ""


def test_what_was_typed_is_saved_once_the_grid_is_unlocked(
    desk: Desk, lead: User, teacher: Hand, held: Held
) -> None:
    locking.lock(part=part(desk.school), by=lead)
    teacher.go(0, 0)
    teacher.type("31")
    teacher.press("Enter")
    expect(teacher.cell(0, 0)).to_have_attribute("data-state", "refused")

    locking.unlock(part=part(desk.school), by=lead)
    teacher.go(0, 0)
    teacher.type("31")
    teacher.press("Enter")
    teacher.settle()

    assert held(teacher, 0, 0) == "31"


def test_the_open_grid_says_that_it_was_locked_and_who_can_unlock_it(
    desk: Desk, lead: User, teacher: Hand
) -> None:
    locking.lock(part=part(desk.school), by=lead)

    main = teacher.page.get_by_role("main")
    expect(main).to_contain_text("Locked by Una Lock")
    expect(main).to_contain_text("An assessment lead can unlock it.")
