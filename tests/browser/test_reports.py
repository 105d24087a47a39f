"""Reports in a real browser: axe, widths, paper, and from a number to its pupils."""

from pathlib import Path
from typing import Final

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.browser.axe import faults
from tests.browser.conftest import Desk
from tests.browser.test_pages import WIDTHS
from tests.web.reporting.school import fill

pytestmark = pytest.mark.browser

YEAR = 2026
ADDRESSES: Final[list[tuple[str, list[object]]]] = [
    ("reporting:index", []),
    ("reporting:report", ["eyfsp", YEAR]),
    ("reporting:report", ["phonics", YEAR]),
    ("reporting:report", ["ks2", YEAR]),
    ("reporting:governors", [YEAR]),
    ("reporting:letters", ["phonics", YEAR]),
    ("reporting:commentary", ["ks2", YEAR]),
    ("reporting:comments", ["ks2", YEAR]),
    ("reporting:pupils", ["gld", YEAR, "met"]),
    ("reporting:figures", [YEAR]),
    ("reporting:scales", [YEAR]),
    ("reporting:data", []),
]


@pytest.fixture
def page(desk: Desk) -> Page:
    """A browser at a school with six years of results."""
    fill(desk.school, 30)
    return desk.context.pages[0]


def go(desk: Desk, page: Page, name: str, *parts: object) -> None:
    page.goto(desk.address + reverse(name, args=[desk.school.laestab, *parts]))


def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    desk: Desk, page: Page
) -> None:
    for name, parts in ADDRESSES:
        go(desk, page, name, *parts)
        for details in page.locator("details").all():
            details.evaluate("one => one.open = true")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")

            assert wide <= width, (name, parts, width)
        assert faults(page) == [], (name, parts)


def test_from_a_number_to_its_pupils_to_a_pupil_by_keyboard(
    desk: Desk, page: Page
) -> None:
    go(desk, page, "reporting:report", "phonics", YEAR)

    link = page.get_by_role("link", name="did not meet Met the phonics").first
    count = int((link.inner_text()).split()[0])
    link.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("did not meet it")
    assert page.locator("tbody tr").count() == count


def test_choosing_a_group_and_a_percentage(desk: Desk, page: Page) -> None:
    go(desk, page, "reporting:report", "phonics", YEAR)

    page.locator("select[name=by]").select_option("sen")
    page.get_by_label("What if").fill("100")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_text("For 100%").first).to_be_visible()
    expect(page.get_by_text("by SEN").first).to_be_visible()


def test_a_picture_says_in_words_what_it_shows(desk: Desk, page: Page) -> None:
    go(desk, page, "reporting:report", "mtc", YEAR)

    pictures = page.get_by_role("img")

    assert pictures.count() >= 4
    for picture in pictures.all():
        assert len(picture.get_attribute("aria-label") or "") > 20
    expect(page.get_by_role("img", name="England 37").first).to_be_visible()


def test_on_paper_the_pictures_stand_and_the_forms_go(
    desk: Desk, page: Page, tmp_path: Path
) -> None:
    go(desk, page, "reporting:report", "phonics", YEAR)

    page.emulate_media(media="print")

    assert page.get_by_role("button", name="Show").count() == 0
    assert page.locator("svg.hb-picture").first.is_visible()
    paper = page.pdf(path=tmp_path / "paper.pdf")
    assert paper.startswith(b"%PDF")
