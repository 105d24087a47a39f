"""One pupil at a time: big targets, and nothing typed is lost when the network goes."""

import re

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect
from tests.browser.axe import faults
from tests.browser.conftest import Answering, Desk, Other, sign_in
from tests.browser.hand import Hand
from tests.browser.school import YEAR, make_person

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.results import locking
from hornbook.web.results.actions import Sheet
from hornbook.web.results.locking import Part
from hornbook.web.results.models import Result

pytestmark = pytest.mark.browser

PATIENCE = 15_000
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('hornbook.kept'))"


def open_page(desk: Desk, collection: str) -> Page:
    page = desk.context.pages[0]
    page.goto(address(desk, collection))
    page.wait_for_selector("#one:not([hidden])")
    return page


def close_without_the_network(page: Page) -> None:
    """Close a page so that what it sends as it goes is not sent either.

    The browser gives a page that closes the network back, while it sends its last.
    """
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    page.close()


def address(desk: Desk, collection: str) -> str:
    grid = f"/schools/{desk.school.laestab}/grid/{collection}/{YEAR}/"
    return f"{desk.address}{grid}one/"


def stands(item: str) -> list[str]:
    rows = Result.objects.current().filter(item=item, year=YEAR)
    return list(rows.order_by("pupil__surname").values_list("value", flat=True))


def saved(page: Page) -> None:
    expect(page.locator("#one-status")).to_have_attribute(
        "data-state", "saved", timeout=PATIENCE
    )


def mark(page: Page, value: str) -> None:
    page.get_by_label("Mark out of").fill(value)
    page.keyboard.press("Tab")


def test_marks_are_entered_pupil_by_pupil(desk: Desk) -> None:
    page = open_page(desk, "phonics")
    names = []

    for value in ("31", "12"):
        names.append(page.locator("#one-name").inner_text())
        mark(page, value)
        page.get_by_role("button", name="Next →").first.click()
    saved(page)

    assert len(set(names)) == 2
    assert stands("phonics.mark") == ["31", "12"]
    assert page.evaluate(KEPT) == []


def test_a_profile_is_entered_by_keys_alone(desk: Desk) -> None:
    page = open_page(desk, "eyfsp")
    page.locator("#one-form [type=radio]").first.focus()

    for _ in range(17):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
    saved(page)

    assert Result.objects.current().filter(year=YEAR, item__startswith="eyfsp").count()
    assert page.locator("#one-form [type=radio]:checked").count() == 17


def test_nothing_is_lost_when_the_network_goes_and_all_is_saved_when_it_is_back(
    desk: Desk,
) -> None:
    page = open_page(desk, "phonics")
    desk.context.set_offline(True)

    mark(page, "31")
    page.get_by_role("button", name="Next →").first.click()
    mark(page, "12")

    status = page.locator("#one-status")
    expect(status).to_contain_text("2 values are not saved yet")
    expect(status).to_contain_text("Phonics mark: 31")
    expect(status).to_contain_text("kept in this browser")
    assert stands("phonics.mark") == []
    desk.context.set_offline(False)
    saved(page)
    assert stands("phonics.mark") == ["31", "12"]
    assert page.evaluate(KEPT) == []


def test_what_was_typed_survives_the_page_being_closed(desk: Desk) -> None:
    page = open_page(desk, "phonics")
    desk.context.set_offline(True)
    page.get_by_label("Mark out of").type("31")

    close_without_the_network(page)
    desk.context.set_offline(False)
    desk.context.new_page()
    again = open_page(desk, "phonics")

    saved(again)
    assert stands("phonics.mark") == ["31"]
    assert again.get_by_label("Mark out of").input_value() == "31"


def test_what_somebody_else_entered_meanwhile_is_shown_beside_it(
    desk: Desk, other: Other
) -> None:
    grid: Hand = desk.open("phonics")
    other_first = grid.cell(0, 0).get_attribute("data-pupil")
    page = open_page(desk, "phonics")
    desk.context.set_offline(True)
    mark(page, "31")
    Result.objects.create(
        pupil_id=int(other_first or 0),
        item="phonics.mark",
        year=YEAR,
        value="29",
        by=other.person,
        by_name="Sam Lee",
        source="grid",
    )

    desk.context.set_offline(False)

    why = page.locator("[data-why]").first
    both = re.compile(r"Sam Lee put 29 here at .+\. You put 31\.")
    expect(why).to_contain_text(both, timeout=PATIENCE)
    page.get_by_role("button", name="Keep theirs: 29").press("Enter")
    expect(page.get_by_label("Mark out of")).to_be_focused()
    saved(page)
    assert page.get_by_label("Mark out of").input_value() == "29"


def test_reading_opens_with_writing_below_the_key_stage_without_the_network(
    desk: Desk,
) -> None:
    page = open_page(desk, "ks2-teacher-assessment")
    writing, reading = fields(page)
    expect(reading.locator("[value=PK2]")).to_be_disabled()
    expect(reading).to_contain_text("Only for pupils below the standard")
    desk.context.set_offline(True)

    writing.get_by_role("radio", name="PK3").check()
    reading.locator("[value=PK2]").check()
    desk.context.set_offline(False)
    saved(page)

    assert stands("ks2-teacher-assessment.reading") == ["PK2"]


def test_what_was_kept_for_a_cell_that_is_closed_now_is_shown_and_can_be_cleared(
    desk: Desk, answering: Answering
) -> None:
    page = open_page(desk, "ks2-teacher-assessment")
    writing, reading = fields(page)
    pupil = int(page.locator("#one-which").input_value())
    writing.get_by_role("radio", name="PK3").check()
    saved(page)
    desk.context.set_offline(True)
    reading.locator("[value=PK2]").check()
    close_without_the_network(page)
    answering.wait_until_idle()
    Result.objects.create(
        pupil_id=pupil,
        item="ks2-tests.reading-outcome",
        year=YEAR,
        value="AS",
        by_name="Sam Lee",
        source="grid",
    )
    desk.context.set_offline(False)
    desk.context.new_page()

    again = open_page(desk, "ks2-teacher-assessment")

    _, reading = fields(again)
    expect(reading.locator("[data-why]")).to_contain_text(
        "The outcome of the reading test is AS.", timeout=PATIENCE
    )
    expect(reading.locator("[value=PK2]")).to_be_checked()
    reading.locator("[value='']").check()
    saved(again)
    assert stands("ks2-teacher-assessment.reading") == []


def fields(page: Page) -> tuple[Locator, Locator]:
    """Writing and reading of the teacher assessment."""
    item = "ks2-teacher-assessment"
    writing = page.locator(f"fieldset[data-item='{item}.writing']")
    return writing, page.locator(f"fieldset[data-item='{item}.reading']")


def test_a_refused_value_says_why_and_stays(desk: Desk) -> None:
    page = open_page(desk, "phonics")

    mark(page, "41")

    expect(page.locator("[data-why]").first).to_contain_text("from 0 to 40")
    assert page.get_by_label("Mark out of").input_value() == "41"
    mark(page, "40")
    saved(page)


def test_a_mark_that_cannot_be_is_refused_before_the_network_is_back(
    desk: Desk,
) -> None:
    page = open_page(desk, "phonics")
    desk.context.set_offline(True)

    mark(page, "31")
    mark(page, "55")

    why = page.locator("[data-why]").first
    expect(why).to_contain_text("Phonics mark is 55. It must be a whole number from 0")
    desk.context.set_offline(False)
    expect(page.locator("#one-status")).to_contain_text(
        "1 value is not saved yet", timeout=PATIENCE
    )
    assert page.get_by_label("Mark out of").input_value() == "55"
    mark(page, "35")
    saved(page)
    assert stands("phonics.mark") == ["35"]


def test_what_is_being_typed_when_the_answer_comes_stays_kept(desk: Desk) -> None:
    page = open_page(desk, "phonics")
    on_their_way: list[Route] = []
    page.route("**/save/", lambda route: on_their_way.append(route), times=1)
    mark(page, "31")
    page.get_by_label("Mark out of").fill("12")

    with page.expect_response("**/save/"):
        on_their_way[0].continue_()
    # The answer has been read by then.
    page.wait_for_timeout(300)

    assert stands("phonics.mark") == ["31"]
    assert len(page.evaluate(KEPT)) == 1
    expect(page.locator("#one-status")).to_have_text("1 value is not saved yet.")
    page.keyboard.press("Tab")
    saved(page)
    assert stands("phonics.mark") == ["12"]


@pytest.mark.parametrize("collection", ["eyfsp", "ks2-teacher-assessment"])
def test_nothing_moves_under_a_finger_while_a_value_is_on_its_way(
    desk: Desk, collection: str
) -> None:
    page = open_page(desk, collection)
    on_their_way: list[Route] = []
    page.route("**/save/", lambda route: on_their_way.append(route), times=1)
    field = page.locator("fieldset[data-item]").last
    before = field.bounding_box()

    page.locator("fieldset[data-item] [type=radio]").first.check()

    expect(page.locator("#one-status")).to_have_text("1 value is not saved yet.")
    during = field.bounding_box()
    while not on_their_way:
        page.wait_for_timeout(50)
    on_their_way[0].continue_()
    saved(page)
    assert during == before
    assert field.bounding_box() == before


def test_what_is_not_saved_leads_to_its_pupil_and_is_sent_again_once_unlocked(
    desk: Desk,
) -> None:
    page = open_page(desk, "phonics")
    name = page.locator("#one-name").inner_text()
    book = rulebook(AcademicYear(YEAR))
    sheet = Sheet(school=desk.school, book=book, collection=book.collections["phonics"])
    lead = make_person(desk.school, "Una Lock")
    locking.lock(part=Part(sheet, None), by=lead)
    mark(page, "31")
    expect(page.locator("[data-why]").first).to_contain_text("by Una Lock")
    page.get_by_role("button", name="Next →").first.click()
    locking.unlock(part=Part(sheet, None), by=lead)

    page.get_by_role("button", name=f"{name}, Phonics mark: 31").click()
    page.get_by_role("button", name="Try again", exact=True).click()
    saved(page)

    assert page.locator("#one-name").inner_text() == name
    assert stands("phonics.mark") == ["31"]


def test_a_score_that_its_mark_does_not_give_is_told_and_left_alone(
    desk: Desk,
) -> None:
    page = open_page(desk, "ks2-tests")
    of_mark, of_score, of_outcome = (
        page.locator(f"fieldset[data-item='ks2-tests.reading-{what}']")
        for what in ("mark", "score", "outcome")
    )
    told = of_score.locator("[data-follows]")
    of_mark.locator("[data-typed]").fill("40")
    expect(told).to_contain_text(re.compile(r"gives \d+ for 40\. Nothing is entered"))
    assert stands("ks2-tests.reading-score") == []

    told.get_by_role("button").click()
    expect(of_score.locator("[data-typed]")).to_be_focused()
    of_outcome.get_by_role("button", name="Enter AS").click()
    expect(of_outcome.locator("[value=AS]")).to_be_focused()
    saved(page)
    [score] = stands("ks2-tests.reading-score")
    assert (told.inner_text(), stands("ks2-tests.reading-outcome")) == ("", ["AS"])

    of_mark.locator("[data-typed]").fill("10")
    page.keyboard.press("Tab")
    words = re.compile(rf"gives \d+ for 10\. {score} is entered\. Look at both")
    expect(told).to_have_text(words)
    saved(page)
    page.reload()
    expect(told).to_have_text(words)
    assert faults(page) == []
    of_score.locator("[data-typed]").fill("99")
    page.keyboard.press("Tab")
    expect(of_outcome.locator("[data-follows]")).to_have_text(
        re.compile(r"The scaled score is 99, not 100 or more\. AS is entered\.")
    )
    saved(page)
    assert stands("ks2-tests.reading-outcome") == ["AS"]


def test_signing_out_clears_what_the_browser_kept_and_asks_first(desk: Desk) -> None:
    page = open_page(desk, "phonics")
    page.route("**/save/", lambda route: route.abort())
    mark(page, "31")
    expect(page.locator("#one-status")).to_contain_text("not saved yet")
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.on("dialog", agree)

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/login/**")

    assert "1 value has not been saved" in asked[0]
    assert page.evaluate(KEPT) == []


def test_another_person_who_signs_in_finds_nothing_of_the_first(
    desk: Desk, answering: Answering
) -> None:
    page = open_page(desk, "phonics")
    desk.context.set_offline(True)
    page.get_by_label("Mark out of").type("31")
    close_without_the_network(page)
    desk.context.set_offline(False)
    answering.wait_until_idle()

    sign_in(desk.context, make_person(desk.school, "Sam Second"), desk.address)
    desk.context.new_page()
    again = open_page(desk, "phonics")

    assert again.get_by_label("Mark out of").input_value() == ""
    assert again.evaluate(KEPT) == []
    assert stands("phonics.mark") == []


@pytest.mark.parametrize("collection", ["phonics", "eyfsp", "ks2-teacher-assessment"])
def test_every_target_is_large_enough_and_axe_finds_nothing(
    desk: Desk, collection: str
) -> None:
    page = open_page(desk, collection)
    page.set_viewport_size({"width": 820, "height": 1100})

    small = page.evaluate(
        """() => [...document.querySelectorAll(
            '#one :is(button, select, input[type=text], label.one-choice)')]
            .filter((one) => one.checkVisibility())
            .map((one) => one.getBoundingClientRect())
            .filter(({ width, height }) => width < 44 || height < 44).length"""
    )

    assert small == 0
    assert faults(page) == []


def test_a_page_that_is_locked_as_a_whole_says_why_once(desk: Desk) -> None:
    book = rulebook(AcademicYear(YEAR))
    sheet = Sheet(school=desk.school, book=book, collection=book.collections["eyfsp"])
    locking.lock(part=Part(sheet, None), by=make_person(desk.school, "Una Lock"))

    page = open_page(desk, "eyfsp")

    said = page.get_by_text("Locked by Una Lock").filter(visible=True)
    expect(said).to_have_count(1)
    expect(page.locator("#one-form [type=radio]").first).to_be_disabled()
