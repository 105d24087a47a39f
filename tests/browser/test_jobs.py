"""The page of a job keeps up by itself, and leads on to the result."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from tests.browser.axe import faults
from tests.browser.conftest import Desk, sign_in
from tests.browser.school import YEAR
from tests.browser.test_pages import wide

from hornbook.identifiers import AcademicYear
from hornbook.web.jobs import actions
from hornbook.web.jobs.kinds import Kind, Tell
from hornbook.web.jobs.models import Job
from hornbook.web.returns import batches
from hornbook.web.returns.models import Batch, BatchSchool
from hornbook.web.schools.permissions import Permission

pytestmark = pytest.mark.browser


def _work(job: Job, tell: Tell) -> str:
    return reverse("site:about")


COUNTING = Kind(
    code="count", title="Bringing in mis.xml", needs=Permission.BRING_IN, work=_work
)


def begin(desk: Desk) -> str:
    """The address of a job that waits."""
    job = actions.start(
        kind=COUNTING,
        school=desk.school,
        by=desk.person,
        about="one",
        back=reverse("transfers:list", args=[desk.school.laestab]),
    )
    return desk.address + reverse("jobs:job", args=[desk.school.laestab, job.pk])


def taken() -> Job:
    job = actions.take()
    assert job is not None
    return job


@pytest.fixture
def page(desk: Desk) -> Page:
    return desk.context.pages[0]


def test_it_says_how_far_it_is_and_goes_on_to_the_result(
    desk: Desk, page: Page
) -> None:
    page.goto(begin(desk))
    expect(page.get_by_text("Waiting for its turn.")).to_be_visible()

    job = taken()
    actions.keep(job=job, done=120, total=420, words="Reading pupils")

    expect(page.get_by_role("status")).to_have_text("Reading pupils")
    expect(page.get_by_text("120 of 420")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "120")
    assert faults(page) == []
    assert wide(page) == []
    actions.finish(job=job, result=reverse("site:about"))
    page.wait_for_url(desk.address + reverse("site:about"))


def test_it_says_why_it_was_not_done_and_leads_back(desk: Desk, page: Page) -> None:
    page.goto(begin(desk))

    actions.fail(job=taken(), error="The plan has changed since you looked at it.")

    expect(page.get_by_role("alert")).to_contain_text("The plan has changed")
    assert faults(page) == []
    page.get_by_role("button", name="Go back").click()
    page.wait_for_url("**/bring-in/")


def test_without_script_it_looks_again_by_itself(desk: Desk, chromium: Browser) -> None:
    plain = chromium.new_context(java_script_enabled=False)
    sign_in(plain, desk.person, desk.address)
    page = plain.new_page()
    page.goto(begin(desk))

    actions.finish(job=taken(), result=reverse("site:about"))

    page.wait_for_url(desk.address + reverse("site:about"))
    plain.close()


def test_the_page_of_several_returns_fills_in_by_itself(desk: Desk, page: Page) -> None:
    batches.make_later(
        schools=[desk.school],
        collection="phonics",
        year=AcademicYear(YEAR),
        recipient="la",
        by=desk.person,
    )
    batch = Batch.objects.get()
    page.goto(desk.address + reverse("returns:batch", args=[batch.pk]))
    stop = page.get_by_role("button", name="Stop: make no more")
    stop.focus()
    job = taken()

    BatchSchool.objects.update(done=True, why_not="Two errors")

    cell = page.locator("tbody td").first
    expect(cell).to_contain_text("Two errors")
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")
    expect(stop).to_be_focused()
    assert faults(page) == []
    actions.finish(job=job, result=page.url.removeprefix(desk.address))
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.locator("script[src*='job']")).to_have_count(0)
