"""What opens over the grid, at every width: nothing for axe to find, nothing too small.

A window of 640 by 400 is one of 1280 by 800 at a zoom of 200%.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.axe import faults
from tests.browser.hand import Hand

pytestmark = pytest.mark.browser

SIZES = [(1280, 800), (820, 1100), (640, 400)]
TOO_SMALL = """() => [...document.querySelectorAll(
    '.grid-page :is(a, button, select, input, summary, [role=option], [role=menuitem])'
)].map((one) => one.type === 'checkbox' ? one.closest('label') : one)
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => [one.textContent.trim() || one.name, one.getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 24 || height < 24)
    .map(([words]) => words)"""
OUTSIDE = """() => [...document.querySelectorAll('.grid-popup, dialog[open]')]
    .filter((one) => one.checkVisibility())
    .map((one) => one.getBoundingClientRect())
    .filter(({ left, top, right, bottom }) =>
        left < 0 || top < 0 || right > innerWidth || bottom > innerHeight).length"""


def the_list(hand: Hand) -> None:
    hand.go(0, 0)
    hand.press("Alt+ArrowDown")
    expect(hand.page.locator("[role=listbox]")).to_be_visible()


def the_menu_of_a_cell(hand: Hand) -> None:
    hand.go(0, 0)
    hand.press("ContextMenu")
    expect(hand.page.locator("[role=menu]")).to_be_visible()


def the_menu_of_a_column(hand: Hand) -> None:
    hand.page.locator(".grid-head .grid-filler").first.click()
    expect(hand.page.locator("[role=menu]")).to_be_visible()


def the_menu_of_all(hand: Hand) -> None:
    hand.page.get_by_role("button", name="Fill…").click()
    expect(hand.page.locator("[role=menu]")).to_be_visible()


def the_history(hand: Hand) -> None:
    hand.put(0, 0, "31")
    hand.put(0, 0, "32")
    hand.go(0, 0)
    hand.press("ContextMenu", "End", "Enter")
    dialog = hand.page.locator("#grid-history")
    expect(dialog.get_by_role("button", name="Put back").first).to_be_visible()


def a_paste(hand: Hand) -> None:
    hand.go(0, 0)
    hand.page.evaluate("navigator.clipboard.writeText('41\\nnonsense\\n30\\n31')")
    hand.press("Control+v")
    expect(hand.page.locator("#grid-paste")).to_be_visible()


def the_keys(hand: Hand) -> None:
    hand.page.get_by_text("Keys", exact=True).click()
    expect(hand.page.get_by_text("give up what you typed")).to_be_visible()


def the_years(hand: Hand) -> None:
    hand.page.locator(".grid-years summary", has_text="other years").click()
    expect(hand.page.get_by_role("link", name="2024/25")).to_be_visible()


def what_is_wrong(hand: Hand) -> None:
    hand.put(0, 0, "41")
    expect(hand.page.locator("#grid-problems")).to_be_visible()


def why_a_cell_is_closed(hand: Hand) -> None:
    hand.go(2, 0)
    expect(hand.page.locator("#grid-note")).to_contain_text("Met the standard")


@pytest.mark.parametrize(
    "open_it",
    [
        *(the_list, the_menu_of_a_cell, the_menu_of_a_column, the_menu_of_all),
        *(the_history, a_paste, the_keys, the_years, what_is_wrong),
        why_a_cell_is_closed,
    ],
    ids=lambda one: one.__name__,
)
def test_what_opens_can_be_used_at_every_width(
    phonics: Hand, open_it: Callable[[Hand], None]
) -> None:
    page = phonics.page
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.reload()
        page.wait_for_selector("#grid[data-ready]")
        open_it(phonics)

        assert (width, faults(page)) == (width, [])
        assert (width, page.evaluate(TOO_SMALL)) == (width, [])
        assert (width, page.evaluate(OUTSIDE)) == (width, 0)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
