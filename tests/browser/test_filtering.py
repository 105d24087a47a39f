"""The filters of the grid: who is shown, why nobody is, and what is kept of them."""

import json

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desk, Held
from tests.browser.hand import Hand

pytestmark = pytest.mark.browser


def test_the_filter_that_leaves_nobody_is_named_and_cleared(eyfsp: Hand) -> None:
    eyfsp.page.locator("select[name=class]").select_option("Robins")
    eyfsp.page.get_by_label("Value", exact=True).fill(">2")

    nobody = eyfsp.page.locator("#grid-none")
    expect(nobody).to_contain_text("No pupil is shown because of Value “>2”.")
    nobody.get_by_role("button", name="Clear Value “>2”").click()

    expect(nobody).to_be_hidden()
    assert len(eyfsp.names()) == 4
    expect(eyfsp.page.get_by_label("Value", exact=True)).to_be_focused()


def test_every_filter_can_be_cleared_where_no_one_alone_is_the_cause(
    eyfsp: Hand,
) -> None:
    eyfsp.page.get_by_label("Find a pupil").fill("zzzz")
    eyfsp.page.get_by_label("Value", exact=True).fill(">2")

    nobody = eyfsp.page.locator("#grid-none")
    expect(nobody).to_contain_text("no one of the filters alone is the cause")
    nobody.get_by_role("button", name="Show every pupil").click()

    expect(nobody).to_be_hidden()
    assert len(eyfsp.names()) == 6


def reopened(hand: Hand) -> None:
    hand.page.reload()
    hand.page.wait_for_selector("#grid[data-ready]")


def test_the_filter_and_the_order_are_there_again_after_a_reload(eyfsp: Hand) -> None:
    eyfsp.put(0, 0, "2")
    eyfsp.put(1, 0, "1")
    eyfsp.page.locator("select[name=class]").select_option("Robins")
    eyfsp.page.get_by_label("Value", exact=True).fill("1 2")
    eyfsp.go(0, 0)
    eyfsp.press("ContextMenu")
    eyfsp.page.get_by_role("menuitem", name="Sort…").click()
    eyfsp.page.get_by_role("menuitem", name="Sort, lowest first").click()
    before = eyfsp.names()

    reopened(eyfsp)

    assert eyfsp.column() == ["1", "2"]
    assert eyfsp.names() == before
    assert eyfsp.page.locator("select[name=class]").input_value() == "Robins"


@pytest.mark.parametrize("box", ["Find a pupil", "Value"])
def test_a_name_that_is_looked_for_is_in_no_address(eyfsp: Hand, box: str) -> None:
    asked: list[str] = []
    eyfsp.page.on("request", lambda request: asked.append(request.url))

    eyfsp.page.get_by_label(box, exact=True).fill("abbott")
    reopened(eyfsp)

    assert not [address for address in asked if "abbott" in address.lower()]
    assert "abbott" not in eyfsp.page.url.lower()
    if box == "Find a pupil":
        assert len(eyfsp.names()) == 1


def test_one_pupil_at_a_time_goes_through_the_same_pupils_and_back(desk: Desk) -> None:
    eyfsp = desk.open("eyfsp")
    eyfsp.page.locator("select[name=class]").select_option("Wrens")
    shown = eyfsp.names()

    eyfsp.page.get_by_role("link", name="One pupil at a time").click()
    which = eyfsp.page.locator("#one-which")
    expect(which.locator("option")).to_have_text(shown)
    eyfsp.page.get_by_role("link", name="Back to the grid").click()
    eyfsp.page.wait_for_selector("#grid[data-ready]")

    assert eyfsp.names() == shown


def test_the_page_of_one_pupil_has_a_filter_by_class_of_its_own(desk: Desk) -> None:
    page = desk.open("eyfsp").page
    page.get_by_role("link", name="One pupil at a time").click()

    page.get_by_label("Class").select_option("Robins")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_role("main")).to_contain_text("4 of 6 pupils")
    page.get_by_role("link", name="Every pupil").click()
    expect(page.locator("#one-which").locator("option")).to_have_count(6)


def pasted_by_name(hand: Hand) -> None:
    """Values for a pupil who is shown and for one whom the class filter hides."""
    robin, wren = hand.names()[0], hand.names()[5]
    hand.page.locator("select[name=class]").select_option("Robins")
    hand.go(0, 0)
    goal = hand.page.locator("#grid [data-column]").first.get_attribute("title")
    text = f"Pupil\t{goal}\r\n{robin}\t2\r\n{wren}\t1\r\n"
    hand.page.evaluate(f"navigator.clipboard.writeText({json.dumps(text)})")
    hand.press("Control+v")
    dialog = hand.page.locator("#grid-paste")
    expect(dialog).to_contain_text("for 1 pupil whom the filter hides: Foster, Finn.")


def test_a_paste_leaves_pupils_whom_a_filter_hides_and_names_them(
    eyfsp: Hand, held: Held
) -> None:
    pasted_by_name(eyfsp)

    eyfsp.page.get_by_role("button", name="Paste 1 value").click()
    eyfsp.said("saved.")

    eyfsp.page.locator("select[name=class]").select_option("")
    assert (held(eyfsp, 0, 0), held(eyfsp, 5, 0)) == ("2", "")


def test_a_paste_reaches_hidden_pupils_where_a_person_says_so(
    eyfsp: Hand, held: Held
) -> None:
    pasted_by_name(eyfsp)

    eyfsp.page.get_by_label("All: 2 values").check()
    eyfsp.page.get_by_role("button", name="Paste 2 values").click()
    eyfsp.said("2 cells saved.")

    eyfsp.page.locator("select[name=class]").select_option("")
    assert (held(eyfsp, 0, 0), held(eyfsp, 5, 0)) == ("2", "1")
