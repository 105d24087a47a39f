"""Every collection from incomplete to accepted, as a school does it, in a browser."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect
from tests.browser.axe import faults
from tests.browser.conftest import Desk
from tests.browser.hand import Hand
from tests.browser.school import NAMES, YEAR, Group, add
from tests.web.results.scene import make_school

from hornbook.rulebook.load import rulebook, years
from hornbook.web.accounts.models import User
from hornbook.web.commands.worker import KINDS
from hornbook.web.jobs.worker import Worker
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result, Source
from hornbook.web.returns.models import Batch
from hornbook.web.schools.models import LocalAuthority, Membership, Role, School

pytestmark = pytest.mark.browser

# The clock stands still only for the server's part: after every check of the year.
JUNE = dt.datetime(YEAR, 6, 24, 10, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Story:
    """One collection: to whom, what is right, what is first sent, and who is in it."""

    collection: str
    recipient: str
    nc_years: tuple[str, ...]
    wrong: str
    right: str
    name: str
    values: Mapping[str, str]


STORIES = [
    Story(
        "eyfsp",
        "la",
        ("R",),
        "1",
        "2",
        "8812001_FSP_881LLLL_{}.xml",
        {f"E{number:02}": "2" for number in range(1, 18)},
    ),
    Story(
        "phonics",
        "la",
        ("1", "2"),
        "33",
        "34",
        "8812001_PHO_881LLLL_{}.xml",
        {"mark": "33"},
    ),
    Story(
        "ks1",
        "la",
        ("2",),
        "WTS",
        "EXS",
        "8812001_KS1_881LLLL_{}.xml",
        {"reading": "EXS", "writing": "EXS", "maths": "GDS", "science": "HNM"},
    ),
    Story(
        "mtc", "la", ("4",), "20", "21", "8812001_MTC_881LLLL_{}.xml", {"mark": "25"}
    ),
    Story(
        "ks2-teacher-assessment",
        "sta",
        ("6",),
        "WTS",
        "EXS",
        "8812001_KS2_NAALLLL_{}.xml",
        {"writing": "EXS", "science": "EXS"},
    ),
]


@pytest.fixture
def june(desk: Desk) -> Iterator[Desk]:
    with time_machine.travel(JUNE):
        yield desk


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.collection)
def test_from_incomplete_to_accepted(june: Desk, story: Story, tmp_path: Path) -> None:
    page = june.context.pages[0]
    last = fill_all_but_one(june, story)

    chase(june, page, story)
    first = make(june, page, story, "001")
    assert value_in(download(page, tmp_path, first), last, story) == story.wrong
    send(page, "PORTAL-1")
    refuse(page, last)
    mend(june, page, story)
    second = make_again(page, story, "002")
    assert value_in(download(page, tmp_path, second), last, story) == story.right
    send(page, "PORTAL-2")
    accept(page)

    page.goto(f"{june.address}/schools/{june.school.laestab}/?year={YEAR}")
    row = row_of(page, story)
    expect(row).to_contain_text("Accepted")
    expect(row).to_contain_text("Nothing is left to do")


def fill_all_but_one(desk: Desk, story: Story) -> Pupil:
    """Everything is entered but the first item of the pupil who comes last."""
    if story.nc_years == ("4",):
        add(desk.school, Group("4", "Jays", NAMES[:3]))
    rows = Enrolment.objects.filter(nc_year__in=story.nc_years).order_by("pk")
    pupils = [row.pupil for row in rows if not row.pupil.results.exists()]
    for pupil in pupils:
        for code, value in story.values.items():
            Result.objects.create(
                pupil=pupil,
                item=f"{story.collection}.{code}",
                year=YEAR,
                value=value,
                by_name="Lee Lead",
                source=Source.GRID,
            )
    last = pupils[-1]
    code = next(iter(story.values))
    Result.objects.filter(pupil=last, item=f"{story.collection}.{code}").delete()
    return last


def to_the_return(desk: Desk, page: Page, story: Story) -> None:
    page.goto(
        f"{desk.address}/schools/{desk.school.laestab}/returns/{story.collection}/"
        f"{YEAR}/{story.recipient}/"
    )


def row_of(page: Page, story: Story) -> Locator:
    book = rulebook(next(year for year in years() if year.ends == YEAR))
    title = book.collections[story.collection].title
    return page.locator(".hb-collections tr").filter(has_text=title).first


def chase(desk: Desk, page: Page, story: Story) -> None:
    """More details names who lacks something, and leads to the cell."""
    to_the_return(desk, page, story)
    page.get_by_role("link", name="More details").click()
    expect(page.locator(".returns-lead")).to_contain_text("still lack")
    assert faults(page) == []
    page.locator(".returns-value--missing a").first.click()
    page.wait_for_selector("#grid[data-ready]")
    Hand(page).enter(story.wrong)


def make(desk: Desk, page: Page, story: Story, number: str) -> str:
    to_the_return(desk, page, story)
    for _ in range(page.locator(".returns-group--query").count()):
        accept_a_query(page)
    expect(page.locator(".returns-lead")).to_contain_text("all complete")
    return make_again(page, story, number)


def accept_a_query(page: Page) -> None:
    """Key stage 1 is optional, which Hornbook asks about."""
    page.locator("summary").filter(has_text="Accept: it is right").first.click()
    page.get_by_label("Why it is right").first.fill("Our authority asks for it")
    page.get_by_role("button", name="Accept").first.click()
    expect(page.locator(".returns-accepted").first).to_contain_text("Lee Lead")
    assert faults(page) == []


def make_again(page: Page, story: Story, number: str) -> str:
    page.get_by_role("button", name="Make the file").click()
    name = story.name.format(number)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert faults(page) == []
    return name


def download(page: Page, folder: Path, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == name
    return path.read_bytes()


def value_in(content: bytes, pupil: Pupil, story: Story) -> str | None:
    """The first result of a pupil, as a plain reader finds it."""
    found = next(
        one
        for one in ET.fromstring(content).iter("Pupil")
        if one.findtext("UPN") == pupil.upn
    )
    results = [one.text for one in found.iter("Result")]
    assert len(results) == len(story.values)
    return results[0]


def send(page: Page, receipt: str) -> None:
    page.get_by_label("Receipt reference").fill(receipt)
    page.get_by_role("button", name="It was sent").click()
    expect(page.locator("main")).to_contain_text(f"Receipt {receipt}")


def refuse(page: Page, pupil: Pupil) -> None:
    page.get_by_label("Refused").check()
    words = f"Dear office,\n{pupil.upn}: this is not a valid result"
    page.get_by_label("Its words").fill(words)
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator(".returns-told")).to_contain_text("R02")
    assert faults(page) == []


def mend(desk: Desk, page: Page, story: Story) -> None:
    """From the words to the cell, and back to the return."""
    page.locator(".returns-told a[href*='#c-']").first.click()
    page.wait_for_selector("#grid[data-ready]")
    Hand(page).enter(story.right)
    page.go_back()
    page.get_by_role("link", name="Check and make a new file").first.click()


def accept(page: Page) -> None:
    page.get_by_label("Accepted").check()
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator(".hb-top")).to_contain_text("Accepted")


@pytest.mark.parametrize("year", years(), ids=str)
def test_the_quick_start_is_two_sides_of_paper(desk: Desk, year: object) -> None:
    page = desk.context.pages[0]
    ends = str(year)[:2] + str(year)[-2:]
    page.goto(f"{desk.address}/help/quick-start/{ends}/")

    sheets = page.pdf(format="A4").count(b"/Type /Page\n")

    assert sheets == 2


def test_an_officer_says_it_once_and_has_the_returns_of_several_schools_made(
    june: Desk,
) -> None:
    page = june.context.pages[0]
    fill_all_but_one(june, STORIES[1])
    essex = LocalAuthority.objects.create(number="881", name="Essex")
    make_school("Beech Lane Primary School", "3010")
    School.objects.update(authority=essex)
    lead = User.objects.get(name="Lee Lead")
    Membership.objects.create(user=lead, role=Role.OFFICE, authority=essex)

    page.goto(f"{june.address}/returns/?year={YEAR}")
    page.get_by_role("link", name="How Essex wants its files").click()
    assert faults(page) == []
    page.locator("#id_contact").fill("Data team, 01632 960456")
    page.get_by_role("button", name="Save").click()
    page.goto(
        f"{june.address}/schools/{june.school.laestab}/recipients/la/?year={YEAR}"
    )
    expect(page.locator("main")).to_contain_text("what Essex has written down")
    assert faults(page) == []

    page.goto(f"{june.address}/returns/?year={YEAR}")
    page.get_by_label("Return").select_option("phonics la")
    page.get_by_role("button", name="Make the files").click()
    page.goto(f"{june.address}/returns/{Batch.objects.get().pk}/")
    expect(page.locator("main")).to_contain_text("2 schools still to come")
    assert faults(page) == []
    page.get_by_role("button", name="Stop: make no more").click()
    Worker(KINDS).do_all()
    page.get_by_role("link", name="Returns of several schools").click()
    page.get_by_role(
        "link", name="Phonics screening check 2025/26: Local authority"
    ).click()
    expect(page.locator("main")).to_contain_text("Lee Lead stopped it")
    assert faults(page) == []
