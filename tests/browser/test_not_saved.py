"""Values that were not taken: leaving warns, totals leave them out, clashes end."""

import re

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.axe import faults
from tests.browser.conftest import Held, Other
from tests.browser.hand import Hand

pytestmark = pytest.mark.browser


def clash(phonics: Hand, other: Other) -> Locator:
    """Two values for the first cell, which then has the focus."""
    other(phonics, 0, 0, "30")
    phonics.put(0, 0, "34")
    phonics.go(0, 0)
    return phonics.page.get_by_role("group", name="Sam Lee put 30 here")


@pytest.mark.parametrize("state", ["refused", "conflict"])
def test_leaving_with_a_value_that_was_not_taken_is_warned_of(
    phonics: Hand, other: Other, state: str
) -> None:
    if state == "conflict":
        other(phonics, 0, 0, "30")
    phonics.put(0, 0, "34" if state == "conflict" else "41")
    assert phonics.state(0, 0) == state

    with phonics.page.expect_event("dialog") as asked:
        phonics.page.close(run_before_unload=True)

    assert asked.value.type == "beforeunload"
    with phonics.page.expect_event("close"):
        asked.value.accept()


def test_leaving_is_not_asked_about_once_the_value_is_put_right(phonics: Hand) -> None:
    phonics.put(0, 0, "41")
    phonics.put(0, 0, "31")
    asked: list[str] = []
    phonics.page.on("dialog", lambda dialog: asked.append(dialog.type))

    phonics.page.reload()
    phonics.page.wait_for_selector("#grid[data-ready]")

    assert asked == []


def test_a_total_counts_what_stands_and_says_what_is_not_counted(
    phonics: Hand, other: Other
) -> None:
    phonics.put(0, 0, "31")
    phonics.put(0, 0, "41")
    phonics.put(1, 0, "42")
    other(phonics, 3, 0, "30")
    phonics.put(3, 0, "34")

    total = phonics.page.locator("[data-total]").first
    expect(total).to_have_text("2")
    expect(total).to_have_attribute("title", re.compile("a mark: 2"))
    expect(total).to_have_attribute("title", re.compile("3 not saved are not counted$"))


def test_a_clash_is_settled_beside_its_cell_by_keys(
    phonics: Hand, held: Held, other: Other
) -> None:
    choices = clash(phonics, other)
    expect(choices).to_be_visible()
    expect(choices).to_contain_text("You put 34.")

    phonics.press("Space", "ArrowDown", "Enter")
    phonics.settle()

    assert held(phonics, 0, 0) == "34"
    assert phonics.focus == (0, 0)
    expect(choices).to_be_hidden()


def test_a_clash_is_settled_beside_its_cell_by_mouse(
    phonics: Hand, held: Held, other: Other
) -> None:
    choices = clash(phonics, other)

    choices.get_by_role("button", name="Keep theirs: 30").click()

    assert (phonics.text(0, 0), held(phonics, 0, 0)) == ("30", "30")
    assert phonics.focus == (0, 0)


def test_escape_leaves_the_choices_of_a_clash_and_keeps_both_values(
    phonics: Hand, other: Other
) -> None:
    choices = clash(phonics, other)

    phonics.press("Space", "Tab", "Escape")

    assert phonics.focus == (0, 0)
    assert (phonics.text(0, 0), phonics.state(0, 0)) == ("34", "conflict")
    phonics.press("ArrowDown")
    expect(choices).to_be_hidden()


def test_axe_finds_nothing_with_a_clash_open(phonics: Hand, other: Other) -> None:
    clash(phonics, other)

    assert faults(phonics.page) == []
