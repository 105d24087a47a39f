"""Results of earlier years, typed in for one pupil: what opens while one types."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from tests.browser.axe import faults
from tests.browser.conftest import Desk, sign_in
from tests.browser.school import YEAR

from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result

pytestmark = pytest.mark.browser

TA = "ks2-teacher-assessment"
BEFORE = YEAR - 1
ONLY = re.compile("^Only for pupils below the standard of the reading test")


@pytest.fixture
def joiner(desk: Desk) -> Pupil:
    """In Year 6 this year, and in no grid of the year before."""
    return Enrolment.objects.filter(nc_year="6").earliest("pk").pupil


@pytest.fixture
def address(desk: Desk, joiner: Pupil) -> str:
    where = [desk.school.laestab, joiner.pk, TA, BEFORE]
    return desk.address + reverse("results:enter_earlier", args=where)


@pytest.fixture
def bare(desk: Desk, chromium: Browser) -> Iterator[Page]:
    """A browser without scripts."""
    context = chromium.new_context(java_script_enabled=False)
    sign_in(context, desk.person, desk.address)
    yield context.new_page()
    context.close()


def stands(joiner: Pupil) -> dict[str, str]:
    rows = Result.objects.current().filter(pupil=joiner, year=BEFORE)
    return {
        item.partition(".")[2]: value
        for item, value in rows.values_list("item", "value")
    }


def test_reading_and_maths_open_and_close_with_writing_and_are_saved_with_it(
    desk: Desk, joiner: Pupil, address: str
) -> None:
    page = desk.context.pages[0]
    page.goto(address)
    reading, maths = page.locator("[name=reading]"), page.locator("[name=maths]")
    words = page.locator("#id_reading_helptext")
    expect(reading).to_be_disabled()
    expect(words).to_have_text(ONLY)

    page.locator("[name=writing]").select_option("PK3")
    expect(reading).to_be_enabled()
    expect(words).to_have_text("")
    expect(maths).to_be_enabled()
    page.locator("[name=writing]").select_option("EXS")
    expect(maths).to_be_disabled()
    page.locator("[name=writing]").select_option("PK3")
    reading.select_option("PK2")
    assert faults(page) == []
    page.get_by_role("button", name="Save the results").click()

    page.wait_for_url(f"**/{joiner.pk}/")
    assert stands(joiner) == {"writing": "PK3", "reading": "PK2"}


def test_what_writing_no_longer_opens_says_so_and_closes_once_it_is_cleared(
    desk: Desk, address: str
) -> None:
    page = desk.context.pages[0]
    page.goto(address)
    reading, words = (
        page.locator("[name=reading]"),
        page.locator("#id_reading_helptext"),
    )
    page.locator("[name=writing]").select_option("PK3")
    reading.select_option("PK2")

    page.locator("[name=writing]").select_option("EXS")
    expect(words).to_have_text(re.compile("Writing is EXS. Clear it, or correct"))
    expect(reading).to_be_enabled()
    page.get_by_role("button", name="Save the results").click()
    expect(page.get_by_role("alert")).to_contain_text("Only for pupils below")
    expect(words).to_have_text(re.compile("Writing is EXS. Clear it, or correct"))

    reading.focus()
    reading.select_option("")
    expect(reading).to_be_focused()
    page.keyboard.press("Tab")
    expect(reading).to_be_disabled()
    expect(words).to_have_text(ONLY)


def test_without_scripts_writing_is_saved_first(
    joiner: Pupil, address: str, bare: Page
) -> None:
    bare.goto(address)
    expect(bare.locator("[name=reading]")).to_be_disabled()
    bare.locator("[name=writing]").select_option("PK3")
    bare.get_by_role("button", name="Save the results").click()
    bare.wait_for_url(f"**/{joiner.pk}/")

    bare.goto(address)
    bare.locator("[name=reading]").select_option("PK2")
    bare.get_by_role("button", name="Save the results").click()
    bare.wait_for_url(f"**/{joiner.pk}/")

    assert stands(joiner) == {"writing": "PK3", "reading": "PK2"}
