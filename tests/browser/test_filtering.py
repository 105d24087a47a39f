"""The filters of the grid: who is shown, why nobody is, and what is kept of them."""

import pytest
from playwright.sync_api import expect
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
