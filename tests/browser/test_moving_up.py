"""A school moves up into its next year, by keyboard alone, and takes it back."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from tests.browser.axe import faults
from tests.browser.conftest import Desk
from tests.browser.school import YEAR

from hornbook.web.pupils.models import Enrolment

pytestmark = pytest.mark.browser
_FAR = 60


def tab_to(page: Page, wanted: Locator) -> None:
    """Go on with Tab until the focus is there."""
    for _ in range(_FAR):
        if wanted.evaluate("(found) => found === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {wanted}")


def press(page: Page, button: str) -> None:
    """Press a button by keyboard, and wait for the page that comes."""
    tab_to(page, page.get_by_role("button", name=button))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def groups(surname: str) -> list[str]:
    """The year groups of the new year of those with one surname."""
    found = Enrolment.objects.filter(academic_year=YEAR + 1, pupil__surname=surname)
    return sorted(found.values_list("nc_year", flat=True))


def test_a_school_moves_up_and_back_without_a_mouse(desk: Desk) -> None:
    page = desk.context.pages[0]
    where = reverse("pupils:move_up", args=[desk.school.laestab])
    page.goto(f"{desk.address}{where}?from={YEAR}")

    tab_to(page, page.get_by_label("Robins becomes"))
    page.keyboard.press("Control+A")
    page.keyboard.type("Larks")
    tab_to(page, page.locator("summary", has_text="Reception: 6 pupils"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Barnes, Ben Robins", exact=True))
    page.keyboard.type("Stays")
    press(page, "Show what this would do")

    shown = page.get_by_role("main")
    expect(shown).to_contain_text("Barnes, Ben stays in Reception, without a class yet")
    expect(shown).to_contain_text("11 move up")
    assert faults(page) == []

    press(page, f"Move the school up into {YEAR}/{YEAR - 1999}")

    expect(page.get_by_role("main")).to_contain_text("Larks")
    assert groups("Barnes") == ["2", "R"]
    assert groups("Abbott") == ["1", "2"]

    page.goto(f"{desk.address}{where}?from={YEAR}")
    press(page, f"Take the move into {YEAR}/{YEAR - 1999} back")

    expect(page.get_by_role("main")).to_contain_text("has been taken back")
    assert groups("Abbott") == []
