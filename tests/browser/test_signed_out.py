"""Signed out while the grid stands open: said so, and what was typed comes back."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desk, Held, sign_in
from tests.browser.hand import Hand
from tests.browser.school import PASSWORD

pytestmark = pytest.mark.browser
# Within about five seconds, and some patience with a busy machine.
SOON = 8_000


def test_signed_out_elsewhere_is_told_apart_from_a_network_that_has_gone(
    phonics: Hand,
) -> None:
    phonics.page.context.clear_cookies()

    notice = phonics.page.locator("#grid-notice")
    expect(notice).to_contain_text("You have been signed out.", timeout=SOON)
    expect(notice).not_to_contain_text("network")
    phonics.said("You have been signed out.")


def test_what_was_typed_is_there_after_signing_in_again_from_the_grid(
    desk: Desk, held: Held
) -> None:
    phonics = desk.open("phonics")
    phonics.put(1, 0, "41")
    desk.context.clear_cookies()
    phonics.go(0, 0)
    phonics.press("3", "1", "Enter")
    status = phonics.page.locator("#grid-saved")

    status.get_by_role("link", name="Sign in again").click()
    phonics.page.get_by_label("E-mail address").fill(desk.person.email)
    phonics.page.get_by_label("Password").fill(PASSWORD)
    phonics.page.get_by_role("button", name="Sign in").click()
    phonics.page.wait_for_selector("#grid[data-ready]")

    phonics.settle()
    assert held(phonics, 0, 0) == "31"
    assert (phonics.text(1, 0), phonics.state(1, 0)) == ("41", "refused")


def test_signing_in_again_in_another_tab_saves_what_waits_by_itself(
    desk: Desk, held: Held
) -> None:
    phonics = desk.open("phonics")
    desk.context.clear_cookies()
    phonics.go(0, 0)
    phonics.press("3", "1", "Enter")
    notice = phonics.page.locator("#grid-notice")
    expect(notice).to_contain_text("You have been signed out.", timeout=SOON)

    sign_in(desk.context, desk.person, desk.address)

    expect(notice).to_be_hidden(timeout=SOON)
    phonics.settle()
    assert held(phonics, 0, 0) == "31"


def test_a_value_that_was_refused_comes_back_with_its_reason_after_a_reload(
    phonics: Hand,
) -> None:
    phonics.put(0, 0, "41")
    why = phonics.why(0, 0)

    phonics.page.reload()
    phonics.page.wait_for_selector("#grid[data-ready]")
    phonics.settle()

    assert (phonics.text(0, 0), phonics.why(0, 0)) == ("41", why)


def test_nothing_of_it_is_kept_once_the_person_signs_out(
    desk: Desk, phonics: Hand
) -> None:
    phonics.put(0, 0, "41")
    page = phonics.page
    page.on("dialog", lambda dialog: dialog.accept())

    page.locator("form[data-sign-out] button").click()
    page.wait_for_url("**/accounts/**")

    kept = page.evaluate("Object.keys(localStorage)")
    assert [name for name in kept if "kept" in name] == []
