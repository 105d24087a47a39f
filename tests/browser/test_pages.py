"""Every page: axe finds nothing, and nothing is wider than the window."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from tests.browser.axe import faults
from tests.browser.conftest import Desk, sign_in
from tests.browser.school import YEAR, make_person

from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Pupil, SchoolClass
from hornbook.web.returns.models import Batch, BatchSchool
from hornbook.web.schools.models import Role

pytestmark = pytest.mark.browser

LAESTAB = "8812001"
OF_THE_SCHOOL = [
    ("schools:home", []),
    ("schools:people", []),
    ("schools:invite", []),
    ("schools:settings", []),
    ("pupils:list", []),
    ("pupils:add", []),
    ("pupils:classes", []),
    ("pupils:place", []),
    ("pupils:move_up", []),
    ("transfers:list", []),
    ("results:cohort", ["phonics", YEAR]),
    ("results:cohort", ["ks2-tests", YEAR]),
    ("results:events", []),
    ("returns:list", []),
    ("returns:preflight", ["phonics", YEAR, "la"]),
    ("returns:choose", ["phonics", YEAR, "la"]),
    ("returns:report", ["eyfsp", YEAR]),
    ("returns:recipient", ["la"]),
    ("returns:recipient", ["sta"]),
    ("results:grid", ["eyfsp", YEAR]),
    ("results:one", ["eyfsp", YEAR]),
    ("results:one", ["ks2-tests", YEAR]),
    ("results:blank", ["eyfsp", YEAR]),
    ("results:filled", ["phonics", YEAR]),
    ("results:grid", ["ks1", YEAR]),
    ("results:grid", ["mtc", YEAR]),
    ("results:grid", ["ks2-teacher-assessment", YEAR]),
    ("results:grid", ["ks2-tests", YEAR]),
]
OF_THE_SITE = [
    ("site:about", []),
    ("site:rules", []),
    ("site:rule", ["R02"]),
    ("site:guides", []),
    ("site:guide", ["arbor"]),
    ("site:news", [YEAR]),
    ("site:quick_start", [YEAR]),
    ("returns:several", []),
    ("accounts:account", []),
    ("account_change_password", []),
]
OF_A_PUPIL = ["pupils:detail", "pupils:edit", "results:earlier"]
WIDTHS = [1280, 820, 640]


def wide(page: Page) -> list[int]:
    """The widths of window at which the page has to be scrolled sideways."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found


def look(desk: Desk, address: str) -> None:
    page = desk.context.pages[0]
    answer = page.goto(desk.address + address)
    assert answer
    assert answer.ok
    assert faults(page) == []
    assert wide(page) == []


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Signed in as somebody who may see every page."""
    person = make_person(desk.school, "Ann Administrator", Role.ADMINISTRATOR)
    sign_in(desk.context, person, desk.address)
    return desk


@pytest.mark.parametrize(
    ("name", "rest"), OF_THE_SCHOOL, ids=lambda part: str(part).strip("[]")
)
def test_a_page_of_the_school(office: Desk, name: str, rest: list[object]) -> None:
    look(office, reverse(name, args=[LAESTAB, *rest]))


@pytest.mark.parametrize(
    ("name", "rest"), OF_THE_SITE, ids=lambda part: str(part).strip("[]")
)
def test_a_page_of_the_site(office: Desk, name: str, rest: list[object]) -> None:
    look(office, reverse(name, args=rest))


@pytest.mark.parametrize("name", OF_A_PUPIL)
def test_a_page_of_a_pupil(office: Desk, name: str) -> None:
    look(office, reverse(name, args=[LAESTAB, Pupil.objects.earliest("pk").pk]))


def test_the_page_of_results_of_an_earlier_year(office: Desk) -> None:
    pupil = Pupil.objects.latest("pk")
    page = office.context.pages[0]
    page.goto(office.address + reverse("results:earlier", args=[LAESTAB, pupil.pk]))
    link = page.locator("main a[href*='/earlier/']").first.get_attribute("href")

    assert link
    look(office, link)


def test_the_page_of_a_class(office: Desk) -> None:
    look(
        office,
        reverse("pupils:class", args=[LAESTAB, SchoolClass.objects.earliest("pk").pk]),
    )


@pytest.mark.parametrize("collection", ["eyfsp", "ks2-tests"])
@pytest.mark.parametrize("width", [1280, 820])
def test_a_list_of_many_columns_shows_what_is_still_needed(
    office: Desk, collection: str, width: int
) -> None:
    page = office.context.pages[0]
    page.set_viewport_size({"width": width, "height": 800})
    where = reverse("returns:report", args=[LAESTAB, collection, YEAR])
    page.goto(office.address + where)

    last = page.get_by_role("columnheader", name="Still needed").bounding_box()
    seen = page.locator("main .hb-scroll").bounding_box()

    assert last
    assert seen
    assert last["x"] + last["width"] <= seen["x"] + seen["width"]


def test_the_page_of_a_batch(office: Desk) -> None:
    person = User.objects.get(name="Ann Administrator")
    batch = Batch.objects.create(
        collection="phonics", academic_year=YEAR, recipient="la", by=person
    )
    BatchSchool.objects.create(batch=batch, school=office.school, why_not="One error")

    look(office, reverse("returns:batch", args=[batch.pk]))


def test_the_sign_in_page(desk: Desk) -> None:
    desk.context.clear_cookies()

    look(desk, reverse("account_login"))
