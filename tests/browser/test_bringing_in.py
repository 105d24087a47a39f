"""Every kind of file, dropped on the one page, in a real browser."""

import io
import zipfile
from collections.abc import Callable
from typing import Final

import pytest
from openpyxl import Workbook
from playwright.sync_api import FilePayload, Page, expect
from tests.browser.axe import faults
from tests.browser.conftest import Desk
from tests.browser.test_pages import wide
from tests.web.transfers.mis import GIAP, Child, ctf, phonics

from hornbook.web.pupils.models import Pupil
from hornbook.web.results.models import Result

pytestmark = pytest.mark.browser

HERE: Final = "<LEA>881</LEA><Estab>2001</Estab>"
MTC: Final = ("KS2", "2024", "MAT", "TT", "MTC", "MT", "23")
READING: Final = ("KS2", "2026", "ENG", "TT", "REA", "NS", "104")
SERVICE: Final = "Multiplication Tables Check"


def children(nc_year: str, *results: tuple[str, ...]) -> list[Child]:
    """The pupils of a year group, as a file would state them."""
    return [
        Child(
            each.upn,
            surname=each.surname.upper(),
            forename=each.forename.upper(),
            dob=each.dob.isoformat(),
            sex=each.sex,
            nc_year="",
            results=results,
        )
        for each in Pupil.objects.filter(enrolments__nc_year=nc_year)
    ]


def of_the_service() -> bytes:
    file = children("6", MTC)
    return ctf(*file, source=HERE, to=HERE, qualifier="partial", supplier=SERVICE)


def of_the_past() -> bytes:
    file = children("2", phonics("20", "2025"))
    made = ctf(*file, source=GIAP, to=GIAP, qualifier="partial", supplier="GIAP")
    return b"\xef\xbb\xbf" + made


def of_the_portal() -> bytes:
    file = children("6", READING)
    return ctf(*file, source=HERE, to=HERE, qualifier="partial", supplier="NCA Portal")


def of_the_mis() -> bytes:
    file = children("1", phonics("33"))
    return ctf(*file, source=HERE, to=HERE, qualifier="partial", supplier="SIMS")


def workbook() -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(("UPN", "Phonics mark"))
    for child in children("1"):
        book.active.append((child.upn, 32))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def register() -> bytes:
    rows = [f"{one.upn};{one.surname};{one.forename};Y" for one in children("R")]
    return "\n".join(["UPN;Surname;Forename;Ever 6", *rows]).encode()


def packed() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("9092001_MTC.xml", of_the_service())
    return held.getvalue()


KINDS: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "part of a MIS": (of_the_mis, "A CTF of part of the school from SIMS"),
    "the tables check": (of_the_service, "Results of the multiplication tables check"),
    "earlier results": (of_the_past, "Results of earlier years"),
    "the portal's results": (of_the_portal, "Key stage 2 results, downloaded"),
    "a workbook of results": (workbook, "A spreadsheet of results"),
    "a list of pupils": (register, "A spreadsheet of pupils"),
    "a zip": (packed, "Results of the multiplication tables check"),
}


def choose(desk: Desk, content: bytes) -> Page:
    page = desk.context.pages[0]
    page.goto(f"{desk.address}/schools/8812001/bring-in/")
    file = FilePayload(name="what came.bin", mimeType="", buffer=content)
    page.get_by_label("Choose a file").set_input_files(file)
    page.get_by_role("button", name="Show what would change").click()
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_told_what_it_is_shown_brought_in_and_taken_back(
    desk: Desk, kind: str
) -> None:
    make, words = KINDS[kind]
    names = list(Pupil.objects.order_by("pk").values_list("surname", flat=True))

    page = choose(desk, make())
    expect(page.locator(".plan-facts")).to_contain_text(words)
    assert faults(page) == []
    assert not wide(page)
    page.get_by_role("button", name="Bring this in").click()
    expect(page.get_by_text("Brought in:")).to_be_visible()

    # No name in capitals has taken the place of one that was written well.
    after = list(Pupil.objects.order_by("pk").values_list("surname", flat=True))
    assert after == names
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Everything is as it was before.")).to_be_visible()


def test_an_original_of_the_dfe_is_downloaded_as_it_came(desk: Desk) -> None:
    page = choose(desk, of_the_service())
    page.get_by_role("button", name="Bring this in").click()
    page.get_by_role("link", name="what came.bin").click()

    with page.expect_download() as saved:
        page.get_by_role("link", name="Download what came.bin").click()

    assert saved.value.path().read_bytes() == of_the_service()


def test_a_sheet_comes_back_with_what_to_correct(desk: Desk) -> None:
    page = choose(desk, workbook())
    page.get_by_role("link", name="Change the year, or what the columns are").click()
    assert faults(page) == []
    page.get_by_label("Phonics mark").select_option("mtc.mark")
    page.get_by_role("button", name="Read the sheet like this").click()

    expect(page.get_by_role("heading", name="To correct: 2")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download the sheet with what to correct").click()
    assert saved.value.suggested_filename.endswith(".xlsx")
    assert not Result.objects.filter(item="mtc.mark").exists()


def test_names_alone_are_looked_at_before_they_are_brought_in(desk: Desk) -> None:
    rows = [f'"{one.forename} {one.surname}",32' for one in children("1")]
    sheet = "\n".join(["Name,Phonics mark", *rows, "Ada Nobody,20"]).encode()

    page = choose(desk, sheet)
    expect(page.get_by_role("heading", name="Known by name alone")).to_be_visible()
    assert faults(page) == []
    assert not wide(page)
    page.get_by_role("button", name="Bring this in").click()
    error = page.get_by_text("Look at whom each name means, then tick")
    expect(error.first).to_be_visible()
    page.get_by_label("I have looked: each of these is the right pupil").check()
    page.get_by_role("button", name="Bring this in").click()

    expect(page.get_by_text("Brought in:")).to_be_visible()
    assert Result.objects.filter(value="32").count() == len(rows)
