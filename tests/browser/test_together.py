"""Several people at one grid: each sees what others enter, a clash shows both."""

import re

import pytest
from playwright.sync_api import Route, expect
from tests.browser.conftest import Held, Other
from tests.browser.hand import Hand

pytestmark = pytest.mark.browser
# Within about five seconds, and some patience with a busy machine.
SOON = 8_000


def test_what_somebody_else_enters_appears_by_itself(
    phonics: Hand, other: Other
) -> None:
    other(phonics, 1, 0, "27")

    expect(phonics.cell(1, 0)).to_have_text("27", timeout=SOON)

    assert phonics.state(1, 0) == "theirs"
    assert "Sam Lee put 27 here at" in phonics.why(1, 0)
    phonics.said("Sam Lee entered")


def test_a_value_that_came_from_somebody_else_can_be_changed_at_once(
    phonics: Hand, other: Other, held: Held
) -> None:
    other(phonics, 0, 0, "27")
    expect(phonics.cell(0, 0)).to_have_text("27", timeout=SOON)

    phonics.put(0, 0, "28")

    assert held(phonics, 0, 0) == "28"
    assert phonics.state(0, 0) == "saved"


def test_typing_is_not_disturbed_and_ends_in_a_clash_that_shows_both(
    phonics: Hand, other: Other, held: Held
) -> None:
    phonics.go(0, 0)
    phonics.type("3")
    other(phonics, 0, 0, "27")
    other(phonics, 1, 0, "11")
    expect(phonics.cell(1, 0)).to_have_text("11", timeout=SOON)

    phonics.type("4")
    phonics.press("Enter")
    phonics.settle()

    assert phonics.text(0, 0) == "34"
    assert re.search(r"Sam Lee put 27 here .*You put 34\.", phonics.why(0, 0))
    assert held(phonics, 0, 0) == "27"


def test_what_is_typed_over_a_value_on_its_way_clashes_as_that_does(
    phonics: Hand, other: Other, held: Held
) -> None:
    on_their_way: list[Route] = []
    phonics.page.route("**/save/", lambda route: on_their_way.append(route), times=1)
    phonics.go(0, 0)
    phonics.press("3", "1", "Enter")
    phonics.go(0, 0)
    phonics.press("3", "2", "Enter")
    other(phonics, 0, 0, "27")

    on_their_way[0].continue_()
    phonics.settle()

    assert (phonics.text(0, 0), phonics.state(0, 0)) == ("32", "conflict")
    assert re.search(r"Sam Lee put 27 here .*You put 32\.", phonics.why(0, 0))
    assert held(phonics, 0, 0) == "27"


def test_without_a_network_it_is_said_that_others_are_not_heard(phonics: Hand) -> None:
    phonics.page.context.set_offline(True)

    notice = phonics.page.locator("#grid-notice")
    expect(notice).to_contain_text("does not arrive now", timeout=SOON)

    phonics.page.context.set_offline(False)
    expect(notice).to_be_hidden(timeout=SOON)
