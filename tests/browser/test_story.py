"""The main job from end to end, as a school does it, in a browser."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page, expect
from tests.browser import mis
from tests.browser.conftest import Desk
from tests.browser.hand import Hand
from tests.browser.school import PASSWORD, YEAR

from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result

pytestmark = pytest.mark.browser


# When a school makes this return: the week after the check.
JUNE = dt.datetime(YEAR, 6, 17, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def desk(desk: Desk) -> Iterator[Desk]:
    """The school in June before it has any pupils, and nobody signed in."""
    Result.objects.all().delete()
    Enrolment.objects.all().delete()
    Pupil.objects.all().delete()
    desk.context.clear_cookies()
    with time_machine.travel(JUNE):
        yield desk


def sign_in(desk: Desk) -> Page:
    page = desk.context.pages[0]
    page.goto(desk.address)
    page.get_by_label("E-mail address").fill(desk.person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Bring in")).to_be_visible()
    return page


def bring_in(page: Page, name: str, content: bytes) -> None:
    """Choose the file, and come to its plan."""
    page.get_by_role("link", name="Bring in").click()
    page.get_by_label("Choose a file").set_input_files(
        {"name": name, "mimeType": "text/xml", "buffer": content}
    )
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()


def approve(page: Page) -> None:
    page.get_by_role("button", name="Bring this in").click()
    expect(page.get_by_role("heading", name="Brought in before")).to_be_visible()


def upns_after(page: Page, heading: str) -> list[str]:
    """The pupils listed in one part of the plan."""
    part = page.locator(f"#{heading} ~ *").locator("[data-upn]")
    return [str(found.get_attribute("data-upn")) for found in part.all()]


def counts(page: Page) -> dict[str, int]:
    """The line of the plan that counts."""
    items = page.locator(".plan-counts li").all_inner_texts()
    return {
        words: int(number) for number, words in (item.split(None, 1) for item in items)
    }


def rows(page: Page) -> dict[str, dict[str, tuple[str, str]]]:
    """The changes the plan shows: by UPN, then field, from what to what."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for row in page.locator("table tr[data-upn]").all():
        field, old, new = row.locator("td").all_inner_texts()
        found.setdefault(str(row.get_attribute("data-upn")), {})[field] = (old, new)
    return found


def open_grid(page: Page) -> Hand:
    page.get_by_role("link", name="Open the grid").first.click()
    page.wait_for_selector("#grid[data-ready]")
    return Hand(page)


def to_the_return(desk: Desk, page: Page) -> None:
    school = desk.school.laestab
    page.goto(f"{desk.address}/schools/{school}/returns/phonics/{YEAR}/la/")


def test_from_the_mis_to_a_clean_file_and_back(desk: Desk, tmp_path: Path) -> None:
    held, different = mis.first(), mis.second()
    page = sign_in(desk)

    bring_in(page, "8812001_CTF_8812001_001.xml", mis.ctf(held))
    assert counts(page)["new"] == len(held)
    assert "never stored" in page.inner_text("main")
    approve(page)

    bring_in(page, "8812001_CTF_8812001_002.xml", mis.ctf(different[0]))
    sees_exactly_the_differences(page, different[1])
    approve(page)

    to_the_return(desk, page)
    enters_the_class(open_grid(page))
    to_the_return(desk, page)
    mends_what_is_missing(page)
    to_the_return(desk, page)
    checks_clean(makes_the_file(page, tmp_path))

    takes_the_second_file_back(page, different[1])


def sees_exactly_the_differences(page: Page, now: mis.Differences) -> None:
    assert counts(page)["new"] == 1
    assert counts(page)["not in the file"] == 1
    assert rows(page) == {
        now.renamed.upn: {"Surname": ("Abbott", "Abbott-Reed")},
        now.free_meals.upn: {"Free school meals": ("nothing", "Yes")},
        now.permanent.upn: {"UPN": (now.permanent.former_upn, now.permanent.upn)},
    }
    assert upns_after(page, "new")[:1] == [now.joined.upn]
    assert now.gone.upn in upns_after(page, "missing")


def enters_the_class(phonics: Hand) -> None:
    """Three by keyboard, the rest of Year 1 by pasting; one refused, one forgotten."""
    phonics.go(0, 0)
    phonics.enter("34", "41", "l")
    assert [phonics.state(row, 0) for row in range(3)] == ["saved", "refused", "saved"]
    phonics.go(1, 0)
    phonics.enter("14")
    phonics.go(3, 0)
    phonics.paste("29\r\n40\r\n0\r\n31\r\n\r\n")
    assert phonics.column()[:8] == ["34", "14", "L", "29", "40", "0", "31", ""]
    assert "Met the standard in Year 1" in str(
        phonics.page.locator("td[data-closed]").first.get_attribute("data-closed")
    )


def mends_what_is_missing(page: Page) -> None:
    """Each pupil named in the return leads to the cell to fill in."""
    wanting = page.locator(".returns-people a[href*='#c-']")
    expect(wanting.first).to_be_visible()
    addresses = [str(link.get_attribute("href")) for link in wanting.all()]
    for address in dict.fromkeys(addresses):
        page.locator(f"a[href='{address}']").first.click()
        page.wait_for_selector("#grid[data-ready]")
        assert page.evaluate("document.activeElement.id") == address.split("#")[1]
        Hand(page).enter("33")
        page.go_back()


def makes_the_file(page: Page, folder: Path) -> Path:
    expect(page.locator("main")).not_to_contain_text("Errors:")
    page.get_by_role("button", name="Make the file").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "8812001_PHO_881LLLL_001.xml"
    return path


def checks_clean(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hornbook.main", "check", "--format", "json", str(path)],
        capture_output=True,
        check=False,
        text=True,
    )
    report = json.loads(done.stdout)
    files = report.get("files", [report])
    assert [finding["code"] for file in files for finding in file["findings"]] == []
    assert done.returncode == 0
    assert "Secretname" not in path.read_text(encoding="utf-8")


def takes_the_second_file_back(page: Page, now: mis.Differences) -> None:
    page.get_by_role("link", name="Bring in").click()
    page.get_by_role("button", name="Take it back 8812001_CTF_8812001_002.xml").click()
    expect(page.locator("main")).to_contain_text("Everything is as it was before.")
    assert not Pupil.objects.filter(upn=now.joined.upn).exists()
    assert Pupil.objects.get(upn=now.renamed.upn).surname == "Abbott"
    assert Result.objects.current().filter(item="phonics.mark", value="34").exists()
