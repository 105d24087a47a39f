"""Choosing a code: the list, the menu, a finger held down, a click that goes round."""

import json

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Held
from tests.browser.hand import Hand

pytestmark = pytest.mark.browser


def options(page: Page) -> list[str]:
    return page.locator("[role=option] b").all_inner_texts()


def test_alt_and_down_opens_the_list_of_codes_with_their_meanings(
    writing: Hand,
) -> None:
    writing.go(0, 0)

    writing.press("Alt+ArrowDown")

    expect(writing.page.locator("[role=listbox]")).to_be_focused()
    assert {"EXS", "WTS", "GDS"} <= set(options(writing.page))
    assert (
        "greater depth" in writing.page.locator("[role=listbox]").inner_text().lower()
    )


def test_the_list_differs_from_cell_to_cell(writing: Hand) -> None:
    writing.go(0, 0)
    writing.press("Alt+ArrowDown")
    first = options(writing.page)
    writing.press("Escape", "ArrowRight", "Alt+ArrowDown")

    assert options(writing.page) != first


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        pytest.param(["ArrowDown", "Enter"], 1, id="arrows"),
        pytest.param(["End", "ArrowUp", "Enter"], -2, id="End and back"),
        pytest.param(["Space"], 0, id="Space takes it"),
    ],
)
def test_a_code_is_picked_by_keys(
    writing: Hand, held: Held, keys: list[str], value: int
) -> None:
    writing.go(0, 0)
    writing.press("Alt+ArrowDown")
    expected = options(writing.page)[value]

    writing.press(*keys)

    writing.settle()
    assert writing.text(0, 0) == expected
    assert held(writing, 0, 0) == expected
    assert writing.focus == (0, 0)


def test_typing_in_the_list_finds_the_code(writing: Hand) -> None:
    writing.go(0, 0)
    writing.press("Alt+ArrowDown")

    writing.type("pk3")
    writing.press("Enter")

    writing.settle()
    assert writing.text(0, 0) == "PK3"


def test_escape_leaves_the_list_and_the_cell_as_they_were(writing: Hand) -> None:
    writing.go(0, 0)
    writing.press("Alt+ArrowDown")

    writing.press("ArrowDown", "Escape")

    expect(writing.page.locator("[role=listbox]")).to_be_hidden()
    assert writing.text(0, 0) == ""
    assert writing.focus == (0, 0)


def test_the_list_can_walk_down_the_class(writing: Hand) -> None:
    writing.go(0, 0)
    writing.press("Alt+ArrowDown")
    writing.page.get_by_label("Stay open and go down the class").check()
    writing.page.locator("[role=listbox]").focus()

    writing.type("exs")
    writing.press("Enter")
    writing.type("wts")
    writing.press("Enter", "Escape")

    writing.settle()
    assert writing.column()[:3] == ["EXS", "WTS", ""]
    assert writing.focus == (2, 0)


def test_the_walk_down_the_class_is_begun_and_done_by_keys_alone(
    writing: Hand,
) -> None:
    writing.go(0, 0)
    writing.press("Alt+ArrowDown", "Tab")
    expect(writing.page.get_by_label("Stay open and go down")).to_be_focused()

    writing.press("Space", "ArrowDown", "Enter", "ArrowDown", "Enter")
    writing.press("Shift+Tab", "Shift+Tab", "Escape")
    writing.settle()

    assert writing.column()[:2] == [second_code(writing)] * 2
    assert writing.focus == (2, 0)


def test_the_mouse_opens_the_list_and_picks(writing: Hand) -> None:
    writing.go(0, 0)

    writing.page.locator(".grid-opener").click()
    writing.page.locator("[role=option]", has_text="EXS").click()

    writing.settle()
    assert writing.text(0, 0) == "EXS"


def test_a_double_click_opens_the_list_of_codes(writing: Hand) -> None:
    writing.cell(1, 0).dblclick()

    expect(writing.page.locator("[role=listbox]")).to_be_focused()


def test_a_double_click_on_a_mark_edits_it(phonics: Hand) -> None:
    phonics.put(0, 0, "3")

    phonics.cell(0, 0).dblclick()
    phonics.type("1")
    phonics.press("Enter")

    phonics.settle()
    assert phonics.text(0, 0) == "31"


def test_right_click_opens_the_menu_and_sets(writing: Hand, held: Held) -> None:
    writing.cell(1, 0).click(button="right")

    writing.page.locator("[role=menuitem]", has_text="EXS").click()

    writing.settle()
    assert held(writing, 1, 0) == "EXS"
    assert writing.focus == (1, 0)


def test_right_click_in_a_block_clears_the_block(eyfsp: Hand, held: Held) -> None:
    eyfsp.go(0, 0)
    eyfsp.paste("1\t2\r\n2\t1\r\n")

    eyfsp.cell(1, 1).click(button="right")
    eyfsp.page.locator("[role=menuitem]", has_text="Clear").click()

    eyfsp.settle()
    assert eyfsp.texts(0, 0, 2, 2) == [["", ""], ["", ""]]
    assert held(eyfsp, 0, 0) == ""


@pytest.mark.parametrize("key", ["ContextMenu", "Shift+F10"])
def test_the_menu_key_opens_the_menu_and_keys_work_it(eyfsp: Hand, key: str) -> None:
    eyfsp.go(0, 0)

    eyfsp.press(key, "ArrowDown", "Enter")

    eyfsp.settle()
    assert eyfsp.text(0, 0) == "2"
    assert eyfsp.focus == (0, 0)


def test_the_menu_fills_what_is_still_blank_in_the_column(eyfsp: Hand) -> None:
    eyfsp.put(0, 0, "1")
    eyfsp.put(2, 0, "2")
    eyfsp.go(2, 0)

    eyfsp.press("ContextMenu")
    eyfsp.page.locator("[role=menuitem]", has_text="still blank in this column").click()

    eyfsp.settle()
    assert eyfsp.column() == ["1", "2", "2", "2", "2", "2"]


def test_the_menu_shows_the_history_of_a_cell(phonics: Hand) -> None:
    phonics.put(0, 0, "12")
    phonics.put(0, 0, "21")
    phonics.go(0, 0)

    phonics.press("ContextMenu", "End", "Enter")

    dialog = phonics.page.locator("#grid-history")
    expect(dialog).to_contain_text("21")
    phonics.press("Escape")
    expect(dialog).to_be_hidden()
    assert phonics.focus == (0, 0)


@pytest.mark.parametrize("finger", [{"has_touch": True}], ids=["touch screen"])
def test_a_finger_held_down_opens_the_menu(eyfsp: Hand, finger: object) -> None:
    box = eyfsp.cell(1, 1).bounding_box()
    assert box
    point = {"x": box["x"] + 10, "y": box["y"] + 10}
    glass = eyfsp.page.context.new_cdp_session(eyfsp.page)

    glass.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]}
    )

    expect(eyfsp.page.locator("[role=menu]")).to_be_visible()
    glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(eyfsp.page.locator("[role=menu]")).to_be_visible()


@pytest.mark.parametrize("finger", [{"has_touch": True}], ids=["touch screen"])
def test_a_second_tap_opens_the_list(eyfsp: Hand, finger: object) -> None:
    eyfsp.cell(1, 1).tap()
    eyfsp.cell(1, 1).tap()

    expect(eyfsp.page.locator("[role=listbox]")).to_be_visible()


def test_clicks_go_round_the_codes_when_asked_to(eyfsp: Hand, held: Held) -> None:
    eyfsp.page.get_by_label("Click to change code").check()

    eyfsp.go(0, 0)
    eyfsp.go(0, 0)
    eyfsp.go(1, 0)

    eyfsp.settle()
    assert eyfsp.column()[:3] == ["2", "1", ""]
    assert held(eyfsp, 0, 0) == "2"


def second_code(hand: Hand) -> str:
    """What one step down the list takes, by the codes of the first column."""
    data = json.loads(hand.page.locator("#grid-data").text_content() or "")
    return str(data["items"][0]["values"][1]["code"])
