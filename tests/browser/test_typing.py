"""Typing: what each key does to a value, and what becomes of one that is refused."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Held
from tests.browser.hand import Hand

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("before", "keys", "after", "end"),
    [
        pytest.param(
            "2", ["1", "Enter"], "1", (2, 1), id="a key replaces what is there"
        ),
        pytest.param("", ["2", "Enter"], "2", (2, 1), id="Enter commits and goes down"),
        pytest.param(
            "",
            ["2", "Shift+Enter"],
            "2",
            (0, 1),
            id="Shift and Enter commits and goes up",
        ),
        pytest.param("", ["2", "ArrowRight"], "2", (1, 2), id="Right commits"),
        pytest.param("", ["2", "ArrowLeft"], "2", (1, 0), id="Left commits"),
        pytest.param("", ["2", "ArrowDown"], "2", (2, 1), id="Down commits"),
        pytest.param("", ["2", "ArrowUp"], "2", (0, 1), id="Up commits"),
        pytest.param("", ["2", "Tab"], "2", (1, 2), id="Tab commits and goes on"),
        pytest.param(
            "",
            ["2", "Shift+Tab"],
            "2",
            (1, 0),
            id="Shift and Tab commits and goes back",
        ),
        pytest.param("2", ["1", "Escape"], "2", (1, 1), id="Escape gives up"),
        pytest.param(
            "2", ["F2", "Escape"], "2", (1, 1), id="Escape gives up an amendment"
        ),
        pytest.param("2", ["Delete"], "", (1, 1), id="Delete clears"),
        pytest.param("2", ["Backspace"], "", (1, 1), id="Backspace clears"),
        pytest.param(
            "2",
            ["F2", "Backspace", "1", "Enter"],
            "1",
            (2, 1),
            id="F2 edits what is there",
        ),
    ],
)
def test_a_key_changes_the_value(
    eyfsp: Hand,
    held: Held,
    before: str,
    keys: list[str],
    after: str,
    end: tuple[int, int],
) -> None:
    if before:
        eyfsp.put(1, 1, before)
    eyfsp.go(1, 1)

    eyfsp.press(*keys)

    eyfsp.settle()
    assert eyfsp.text(1, 1) == after
    assert eyfsp.focus == end
    assert held(eyfsp, 1, 1) == after


def test_a_whole_word_is_typed(writing: Hand, held: Held) -> None:
    writing.go(0, 0)

    writing.enter("WTS", "EXS")

    assert writing.column()[:2] == ["WTS", "EXS"]
    assert held(writing, 1, 0) == "EXS"


def test_f2_adds_to_what_is_there_and_arrows_move_in_it(
    phonics: Hand, held: Held
) -> None:
    phonics.put(0, 0, "3")
    phonics.go(0, 0)

    phonics.press("F2")
    phonics.type("4")
    phonics.press("ArrowLeft", "ArrowLeft", "Delete", "Enter")

    phonics.settle()
    assert held(phonics, 0, 0) == "4"


def test_the_usual_spellings_are_taken(writing: Hand, held: Held) -> None:
    writing.go(0, 0)

    writing.enter("exs", "pk 1", "PKS2")

    assert writing.column()[:3] == ["EXS", "PK1", "PK2"]
    assert held(writing, 1, 0) == "PK1"


@pytest.mark.parametrize("key", ["Delete", "Backspace"])
def test_a_range_is_cleared_at_once_but_never_a_closed_cell(
    phonics: Hand, held: Held, key: str
) -> None:
    phonics.go(0, 0)
    phonics.enter("20", "21")
    phonics.go(0, 0)
    phonics.press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown")

    phonics.press(key)

    phonics.settle()
    assert phonics.column()[:2] == ["", ""]
    assert held(phonics, 0, 0) == ""
    phonics.said("Met the standard in Year 1")


@pytest.mark.parametrize("key", ["3", "F2", "Alt+ArrowDown", "Delete"])
def test_a_closed_cell_is_not_written_in_and_says_why(phonics: Hand, key: str) -> None:
    phonics.go(1, 0)
    phonics.press("ArrowDown")

    phonics.press(key)

    phonics.said("Met the standard in Year 1")
    assert phonics.focus == (2, 0)
    assert phonics.page.locator(".grid-editor").count() == 0
    expect(phonics.page.locator("#grid-note")).to_contain_text(
        "Met the standard in Year 1"
    )


def test_a_refused_value_stays_is_marked_and_the_reason_is_said(
    phonics: Hand, held: Held
) -> None:
    phonics.put(0, 0, "41")

    cell = phonics.cell(0, 0)
    assert phonics.text(0, 0) == "41"
    assert phonics.state(0, 0) == "refused"
    assert cell.get_attribute("aria-invalid") == "true"
    assert "It must be a whole number from 0 to 40" in phonics.why(0, 0)
    assert held(phonics, 0, 0) == ""
    phonics.said("not saved")
    phonics.said("It must be a whole number from 0 to 40")


def test_the_reason_is_seen_beside_the_cell_and_under_the_grid(phonics: Hand) -> None:
    phonics.put(0, 0, "41")

    phonics.go(0, 0)

    expect(phonics.page.locator("#grid-note")).to_contain_text("from 0 to 40")
    expect(phonics.page.locator("#grid-problems")).to_contain_text(
        "1 value was not saved"
    )


def test_a_refused_value_is_found_from_the_line_under_the_grid(phonics: Hand) -> None:
    phonics.put(0, 0, "41")

    phonics.page.locator("#grid-problems button").first.click()

    assert phonics.focus == (0, 0)


def test_escape_puts_back_what_was_saved_before_a_refused_value(phonics: Hand) -> None:
    phonics.put(0, 0, "30")
    phonics.put(0, 0, "41")
    phonics.go(0, 0)

    phonics.press("Escape")

    assert phonics.text(0, 0) == "30"
    assert phonics.state(0, 0) == ""
    expect(phonics.page.locator("#grid-problems")).to_be_hidden()


def test_a_right_value_after_a_refused_one_takes_the_mark_away(phonics: Hand) -> None:
    phonics.put(0, 0, "41")

    phonics.put(0, 0, "14")

    assert phonics.state(0, 0) == "saved"
    assert phonics.cell(0, 0).get_attribute("aria-invalid") is None
    assert phonics.cell(0, 0).get_attribute("aria-describedby") is None
