"""A lead locks while a teacher's grid stands open: what was typed is kept, and why."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect
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
# Within about five seconds, and some patience with a busy machine.
SOON = 8_000


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


@pytest.mark.parametrize("class_name", ["", "Kites"])
def test_a_lock_hatches_the_open_grid_at_once_and_says_who(
    desk: Desk, lead: User, teacher: Hand, class_name: str
) -> None:
    locking.lock(part=part(desk.school, class_name), by=lead)

    banner = teacher.page.locator("#grid-lock")
    expect(banner).to_contain_text("ocked by Una Lock on", timeout=SOON)
    expect(teacher.cell(0, 0)).to_have_attribute("aria-readonly", "true")
    teacher.go(0, 0)
    teacher.press("3")
    teacher.said("An assessment lead can unlock it.")
    assert teacher.text(0, 0) == ""


def test_what_was_being_typed_when_the_lock_came_stays_and_can_be_tried_again(
    desk: Desk, lead: User, teacher: Hand, held: Held
) -> None:
    teacher.go(0, 0)
    teacher.type("31")
    locking.lock(part=part(desk.school), by=lead)
    expect(teacher.cell(0, 0)).to_have_attribute("data-state", "refused", timeout=SOON)
    assert teacher.text(0, 0) == "31"

    locking.unlock(part=part(desk.school), by=lead)
    banner = teacher.page.locator("#grid-lock")
    expect(banner).to_contain_text(
        "Unlocked by Una Lock. 1 value that you typed is not saved.", timeout=SOON
    )
    banner.get_by_role("button", name="Try again").click()
    teacher.settle()

    assert held(teacher, 0, 0) == "31"
    expect(teacher.cell(1, 0)).not_to_have_attribute("aria-readonly", "true")


def test_a_grid_that_was_opened_locked_fills_and_undoes_once_it_is_unlocked(
    desk: Desk, lead: User, held: Held
) -> None:
    locking.lock(part=part(desk.school), by=lead)
    phonics = desk.open("phonics")
    tools = phonics.page.locator("#grid-filter")
    expect(tools.get_by_role("button", name="Fill…")).to_be_hidden()
    expect(tools.get_by_role("button", name="Undo")).to_be_hidden()

    locking.unlock(part=part(desk.school), by=lead)
    banner = phonics.page.locator("#grid-lock")
    expect(banner).to_have_text("Unlocked by Una Lock.", timeout=SOON)
    tools.get_by_role("button", name="Fill…").click()
    phonics.page.get_by_role("menuitem", name="Absent").click()
    phonics.settle()
    assert held(phonics, 0, 0) == "A"
    tools.get_by_role("button", name="Undo").click()
    phonics.settle()

    assert held(phonics, 0, 0) == ""


def test_what_fills_and_undoes_goes_with_a_lock_that_comes(
    desk: Desk, lead: User, teacher: Hand, held: Held
) -> None:
    tools = teacher.page.locator("#grid-filter")
    tools.get_by_role("button", name="Fill…").click()
    menu = teacher.page.get_by_role("menu")
    expect(menu).to_be_visible()

    # Theirs is the only class of the grid.
    locking.lock(part=part(desk.school, "Kites"), by=lead)

    expect(tools.get_by_role("button", name="Fill…")).to_be_hidden(timeout=SOON)
    expect(tools.get_by_role("button", name="Undo")).to_be_hidden()
    expect(menu).to_be_hidden()
    expect(teacher.page.locator(".grid-handle")).to_be_hidden()
    assert teacher.focus == (0, 0)
    locking.unlock(part=part(desk.school, "Kites"), by=lead)
    expect(tools.get_by_role("button", name="Fill…")).to_be_visible(timeout=SOON)


def test_a_teacher_whose_class_is_locked_reads_why_when_the_grid_is_opened(
    desk: Desk, lead: User, teacher: Hand
) -> None:
    locking.lock(part=part(desk.school, "Kites"), by=lead)

    desk.open("phonics")

    banner = teacher.page.locator("#grid-lock")
    expect(banner).to_contain_text("Kites is locked by Una Lock")
    fill = teacher.page.get_by_role("button", name="Fill…")
    expect(fill).to_be_hidden()


FOOT = """() => {
    const box = document.querySelector('.grid-box');
    const most = parseFloat(getComputedStyle(box).maxHeight);
    return innerHeight - box.getBoundingClientRect().top - most;
}"""


def test_the_foot_of_a_long_grid_stays_in_the_window_with_the_reason_above_it(
    desk: Desk, lead: User
) -> None:
    desk.context.pages[0].set_viewport_size({"width": 1280, "height": 900})
    before = desk.open("phonics").page.evaluate(FOOT)

    locking.lock(part=part(desk.school), by=lead)
    after = desk.open("phonics").page.evaluate(FOOT)

    assert before >= 0
    assert after >= 0


@pytest.fixture
def una(desk: Desk, lead: User, chromium: Browser) -> Iterator[Hand]:
    """Another lead with the same grid open, in a browser of her own."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.new_page()
    sign_in(context, lead, desk.address)
    yield replace(desk, person=lead, context=context).open("eyfsp")
    context.close()


def test_signing_off_offers_what_another_lead_has_left_to_do(
    desk: Desk, una: Hand
) -> None:
    eyfsp = desk.open("eyfsp")
    mine, hers = (hand.page.locator("#grid-signing") for hand in (eyfsp, una))
    mine.locator("summary").click()
    mine.get_by_role("button", name="Sign off Robins").focus()
    hers.locator("summary").click()

    hers.get_by_role("button", name="Sign off Robins").click()
    unlock = mine.get_by_role("button", name="Unlock Robins")
    expect(unlock).to_be_visible(timeout=SOON)
    expect(mine.get_by_role("button", name="Sign off Wrens")).to_be_visible()
    expect(mine.locator("summary")).to_be_focused()

    unlock.click()
    hers.locator("summary").click()
    expect(hers.get_by_role("button", name="Sign off Robins")).to_be_visible(
        timeout=SOON
    )
    hers.get_by_role("button", name="Sign off and lock the grid").click()
    expect(mine.locator("summary")).to_have_text("Signed off", timeout=SOON)
    mine.locator("summary").click()
    mine.get_by_role("button", name="Unlock the grid").click()
    expect(hers.locator("summary")).to_have_text("Sign off", timeout=SOON)
