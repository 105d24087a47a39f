"""The page of codes, by keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.browser.axe import faults
from tests.browser.conftest import Desk, sign_in
from tests.browser.school import make_person
from tests.browser.test_pages import wide

from hornbook.records import Combination, Result
from hornbook.rulebook.mapping import held, meanings
from hornbook.web.codes.actions import note_met
from hornbook.web.codes.queries import mapping_file
from hornbook.web.schools.models import Role

pytestmark = pytest.mark.browser
UNKNOWN = Combination("KS2", "MAT", "TT", "MAT", "QQ")
SCORE = Combination("KS2", "ENG", "TT", "REA", "NS")


@pytest.fixture
def page(desk: Desk) -> Page:
    """The page, as the administrator of the only school sees it after a file."""
    values = [Result(UNKNOWN, "2026", "104"), Result(SCORE, "2026", "101")]
    note_met(school=desk.school, results=values)
    person = make_person(desk.school, "Ann Administrator", Role.ADMINISTRATOR)
    sign_in(desk.context, person, desk.address)
    page = desk.context.pages[0]
    page.goto(desk.address + reverse("codes:list"))
    return page


def test_what_codes_stand_for_is_chosen_and_saved_by_keyboard(page: Page) -> None:
    assert faults(page) == []
    assert wide(page) == []
    page.get_by_label("KS2 MAT TT MAT QQ stands for").focus()

    page.keyboard.type("Maths")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Files go by this from now on")).to_be_visible()
    assert meanings(held(mapping_file())) == {UNKNOWN: "ks2-tests.maths-mark"}
    assert faults(page) == []
