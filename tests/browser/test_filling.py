"""Filling, and taking things back: every action is one step, and one request."""

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.conftest import Desk, Held, Requests
from tests.browser.hand import Hand

from hornbook.web.results.models import Result

pytestmark = pytest.mark.browser


def test_ctrl_d_fills_down(eyfsp: Hand, held: Held) -> None:
    eyfsp.go(0, 0)
    eyfsp.paste("1\t2")
    eyfsp.go(0, 0)
    eyfsp.press("Shift+ArrowRight", "Shift+ArrowDown", "Shift+ArrowDown")

    eyfsp.press("Control+d")

    eyfsp.settle()
    assert eyfsp.texts(0, 0, 3, 2) == [["1", "2"]] * 3
    assert held(eyfsp, 2, 1) == "2"


def test_ctrl_d_in_one_cell_takes_the_value_above(eyfsp: Hand) -> None:
    eyfsp.put(0, 0, "2")
    eyfsp.go(1, 0)

    eyfsp.press("Control+d")

    assert eyfsp.text(1, 0) == "2"


def test_ctrl_r_fills_right(eyfsp: Hand) -> None:
    eyfsp.put(0, 0, "2")
    eyfsp.go(0, 0)
    eyfsp.press("Shift+End", "Shift+ArrowRight", "Shift+ArrowRight")

    eyfsp.press("Control+r")

    assert eyfsp.texts(0, 0, 1, 3) == [["2", "2", "2"]]


def test_ctrl_enter_puts_what_is_typed_into_the_range(
    eyfsp: Hand, held: Held, requests: Requests
) -> None:
    eyfsp.go(1, 1)
    eyfsp.press("Shift+ArrowDown", "Shift+ArrowRight")

    eyfsp.type("2")
    eyfsp.press("Control+Enter")

    eyfsp.settle()
    assert eyfsp.texts(1, 1, 2, 2) == [["2", "2"], ["2", "2"]]
    assert held(eyfsp, 2, 2) == "2"
    assert [len(sent["edits"]) for sent in requests] == [4]


@pytest.mark.parametrize(
    ("to", "filled"),
    [
        pytest.param((3, 0), [["1", ""], ["2", ""], ["1", ""], ["2", ""]], id="down"),
        pytest.param((0, 1), [["1", "1"], ["2", "2"], ["", ""], ["", ""]], id="across"),
    ],
)
def test_the_fill_handle_repeats_the_block(
    eyfsp: Hand, to: tuple[int, int], filled: list[list[str]]
) -> None:
    eyfsp.go(0, 0)
    eyfsp.paste("1\r\n2\r\n")

    eyfsp.drag(eyfsp.page.locator(".grid-handle"), eyfsp.cell(*to))

    eyfsp.settle()
    assert eyfsp.texts(0, 0, 4, 2) == filled


def test_a_typed_value_is_undone_and_redone_through_the_server(
    eyfsp: Hand, held: Held, requests: Requests
) -> None:
    eyfsp.put(0, 0, "1")
    eyfsp.put(0, 0, "2")

    eyfsp.press("Control+z")
    eyfsp.settle()
    undone = (eyfsp.text(0, 0), held(eyfsp, 0, 0))
    eyfsp.press("Control+y")
    eyfsp.settle()

    assert undone == ("1", "1")
    assert (eyfsp.text(0, 0), held(eyfsp, 0, 0)) == ("2", "2")
    assert [sent["source"] for sent in requests] == ["grid", "grid", "undo", "undo"]
    assert eyfsp.focus == (0, 0)


def test_a_paste_is_undone_in_one_step(
    eyfsp: Hand, held: Held, requests: Requests
) -> None:
    eyfsp.put(0, 0, "A")
    eyfsp.go(0, 0)
    eyfsp.paste("1\t2\r\n2\t1\r\n")

    eyfsp.press("Control+z")
    eyfsp.settle()
    undone = eyfsp.texts(0, 0, 2, 2)
    eyfsp.press("Control+Shift+z")
    eyfsp.settle()

    assert undone == [["A", ""], ["", ""]]
    assert eyfsp.texts(0, 0, 2, 2) == [["1", "2"], ["2", "1"]]
    assert held(eyfsp, 1, 1) == "1"
    assert [len(sent["edits"]) for sent in requests] == [1, 4, 4, 4]


def test_a_cleared_range_is_undone_in_one_step(eyfsp: Hand, held: Held) -> None:
    eyfsp.go(0, 0)
    eyfsp.paste("1\t2\r\n2\t1\r\n")
    eyfsp.press("Delete")
    eyfsp.settle()

    eyfsp.press("Control+z")

    eyfsp.settle()
    assert eyfsp.texts(0, 0, 2, 2) == [["1", "2"], ["2", "1"]]
    assert held(eyfsp, 1, 0) == "2"


def test_a_normalised_value_is_undone_and_redone(writing: Hand, held: Held) -> None:
    writing.put(0, 0, "exs")
    writing.put(0, 0, "pk 1")

    writing.press("Control+z")
    writing.settle()
    undone = held(writing, 0, 0)
    writing.press("Control+y")
    writing.settle()

    assert undone == "EXS"
    assert held(writing, 0, 0) == "PK1"


def test_a_refused_value_is_undone(phonics: Hand, held: Held) -> None:
    phonics.put(0, 0, "30")
    phonics.put(0, 0, "41")

    phonics.press("Control+z")

    assert phonics.text(0, 0) == "30"
    assert phonics.state(0, 0) == ""
    assert held(phonics, 0, 0) == "30"


def test_undo_before_the_server_has_answered_ends_as_it_began(
    eyfsp: Hand, held: Held
) -> None:
    eyfsp.go(0, 0)
    for key in ("1", "Enter", "2", "Enter", "Control+z", "Control+z", "Control+y"):
        eyfsp.press(key)

    eyfsp.settle()

    assert eyfsp.column()[:2] == ["1", ""]
    assert (held(eyfsp, 0, 0), held(eyfsp, 1, 0)) == ("1", "")


def test_nothing_to_undo_is_said(eyfsp: Hand) -> None:
    eyfsp.go(0, 0)

    eyfsp.press("Control+z")

    eyfsp.said("There is nothing to undo.")


def test_the_buttons_undo_and_redo(eyfsp: Hand) -> None:
    eyfsp.put(0, 0, "2")

    eyfsp.page.locator("#grid-undo").click()
    eyfsp.settle()
    undone = eyfsp.text(0, 0)
    eyfsp.page.locator("#grid-redo").click()
    eyfsp.settle()

    assert undone == ""
    assert eyfsp.text(0, 0) == "2"
    assert eyfsp.focus == (0, 0)


def test_undoing_brings_back_what_its_being_cleared_has_closed(
    desk: Desk, held: Held
) -> None:
    writing = desk.open("ks2-teacher-assessment")
    place = {
        name: writing.page.locator(f"#grid tbody tr td[data-item$={name}]").first
        for name in ("writing", "reading")
    }
    put(writing, place["writing"], "PK3")
    put(writing, place["reading"], "PK3")
    put(writing, place["writing"], "EXS")
    place["reading"].click()
    writing.press("Delete")
    writing.settle()
    expect(place["reading"]).to_have_attribute("aria-readonly", "true")

    writing.press("Control+z")
    writing.settle()

    expect(place["reading"]).to_have_text("PK3")
    pupil = int(place["reading"].get_attribute("data-pupil") or 0)
    stands = Result.objects.current().filter(pupil=pupil, item__endswith=".reading")
    assert [row.value for row in stands] == ["PK3"]


def put(hand: Hand, cell: Locator, value: str) -> None:
    cell.click()
    hand.type(value)
    hand.press("Enter")
    hand.settle()


def test_a_mark_is_never_filled_in_as_the_likely_one(phonics: Hand) -> None:
    phonics.go(0, 0)
    phonics.enter("31", "31")
    phonics.go(0, 0)

    phonics.press("ContextMenu")
    menu = phonics.page.get_by_role("menu")
    expect(menu).not_to_contain_text("Put 31 in")
    menu.get_by_text("Fill this column").click()

    expect(menu).to_contain_text("still blank")
    expect(menu).not_to_contain_text("the commonest")
