"""A governor asks for everything that the reports have, by its address."""

import io
from collections.abc import Iterator

import openpyxl
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.reporting.test_pages import YEAR

from hornbook.rulebook.groups import groupings
from hornbook.rulebook.letters import letters
from hornbook.rulebook.measures import conversions, reports
from hornbook.web.pupils.models import Pupil
from hornbook.web.reporting.documents import FORMS
from hornbook.web.reporting.lists import WHICH

CHOSEN = (
    "",
    "?for=school",
    "?by=sex&together=class&target=75",
    "?measure=gld&by=class",
)


def of_totals(school: str) -> Iterator[str]:
    """The addresses at which a governor is answered."""
    yield reverse("reporting:index", args=[school])
    yield reverse("reporting:figures", args=[school, YEAR])
    yield reverse("reporting:scales", args=[school, YEAR])
    yield reverse("reporting:governors", args=[school, YEAR])
    for form in FORMS:
        yield reverse("reporting:governors_file", args=[school, YEAR, form])
        yield reverse("reporting:headlines_file", args=[school, YEAR, form])
    for code in reports():
        yield reverse("reporting:report", args=[school, code, YEAR])
        for form in ("csv", "xlsx"):
            yield reverse("reporting:report_file", args=[school, code, YEAR, form])


def of_pupils(school: str) -> Iterator[str]:
    """The addresses at which single pupils are told of."""
    for which in WHICH:
        yield reverse("reporting:pupils", args=[school, "gld", YEAR, which])
        taken = [school, "gld", YEAR, which, "csv"]
        yield reverse("reporting:pupils_file", args=taken)
        for group in groupings():
            where = reverse("reporting:pupils", args=[school, "gld", YEAR, which])
            yield f"{where}?by={group}&group=F"
    for code in conversions():
        yield reverse("reporting:cell", args=[school, code, YEAR]) + "?before=&now="
        yield reverse("reporting:cell_file", args=[school, code, YEAR, "csv"])
    for code in letters():
        yield reverse("reporting:letters", args=[school, code, YEAR])
        yield reverse("reporting:letter_file", args=[school, code, YEAR])
    yield reverse("reporting:data", args=[school])


def said(answer: HttpResponse) -> str:
    """What stands in an answer; a workbook is opened."""
    if "spreadsheet" in answer["Content-Type"]:
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        rows = (row for sheet in book for row in sheet.rows)
        return "\n".join(str(cell.value) for row in rows for cell in row)
    return answer.content.decode("utf-8", "replace")


def get(client: Client, address: str) -> HttpResponse:
    answer = client.get(address)
    assert isinstance(answer, HttpResponse)
    return answer


def test_no_address_with_totals_tells_a_governor_a_name_a_upn_or_a_class(
    reported: Town, signed_in: SignedIn
) -> None:
    gwen = signed_in(reported.gwen)
    upns = list(Pupil.objects.values_list("upn", flat=True)[:60])

    for address in of_totals(reported.elm.laestab):
        for chosen in CHOSEN:
            answer = get(gwen, address + chosen)

            words = said(answer)
            assert answer.status_code == 200, address
            assert "Surname" not in words, address
            assert "Forename" not in words, address
            assert "Class R" not in words, address
            assert not [upn for upn in upns if upn in words], address


def test_every_address_of_single_pupils_is_closed_to_a_governor(
    reported: Town, signed_in: SignedIn
) -> None:
    gwen = signed_in(reported.gwen)

    for address in of_pupils(reported.elm.laestab):
        assert gwen.get(address).status_code == 403, address
    for table, form in (("results", "csv"), ("measures", "parquet")):
        where = reverse("reporting:take_out", args=[reported.elm.laestab, table, form])
        assert gwen.post(where, {"year": YEAR}).status_code == 403
