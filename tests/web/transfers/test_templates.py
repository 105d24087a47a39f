"""Templates to be filled in: whom they hold, and what comes of bringing them in."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import YEAR, Town, pupil

from hornbook.identifiers import AcademicYear
from hornbook.sheets.results import ResultsSheet, read_results
from hornbook.web.pupils.models import Enrolment
from hornbook.web.results.models import Result, Source
from hornbook.web.transfers.template_queries import offered

NOW = AcademicYear(YEAR)


def record(child: Any, item: str, year: int, value: str) -> None:
    Result.objects.create(
        pupil=child, item=item, year=year, value=value, source=Source.GRID
    )


def address(town: Town, collection: str = "phonics", year: int = YEAR) -> str:
    return reverse("transfers:template", args=[town.elm.laestab, collection, year])


def downloaded(client: Client, where: str) -> bytes:
    response = client.get(where)
    assert response.status_code == 200
    return response.getvalue()


def read(content: bytes) -> ResultsSheet:
    return read_results(io.BytesIO(content), "template.xlsx", year=NOW)


@pytest.fixture
def olive(town: Town, signed_in: SignedIn) -> Client:
    return signed_in(town.olive)


def test_a_template_holds_the_year_group_with_what_stands(
    town: Town, olive: Client
) -> None:
    record(town.wren, "phonics.mark", YEAR, "34")

    sheet = read(downloaded(olive, address(town)))

    assert [
        (each.pupil.surname, each.class_name, dict(each.values))
        for each in sheet.pupils
    ] == [
        ("Robin", "Robins", {}),
        ("Wren", "Wrens", {("phonics.mark", YEAR): "34"}),
    ]
    assert sheet.pupils[1].pupil.upn == town.wren.upn
    assert sheet.faults == ()


def test_a_template_of_one_class_holds_that_class(town: Town, olive: Client) -> None:
    response = olive.get(address(town), {"class": "Wrens"})

    sheet = read(response.getvalue())
    assert [each.pupil.surname for each in sheet.pupils] == ["Wren"]
    assert 'filename="phonics-2026-27-wrens.xlsx"' in response["Content-Disposition"]


@pytest.mark.parametrize(
    "where",
    [
        lambda town: address(town) + "?class=Owls",
        lambda town: address(town, year=1999),
        lambda town: address(town, "nonsense"),
    ],
)
def test_what_there_is_not_is_not_found(
    where: Callable[[Town], str], town: Town, olive: Client
) -> None:
    assert olive.get(where(town)).status_code == 404


def test_a_template_of_a_year_before_has_those_who_have_joined_since(
    town: Town, olive: Client
) -> None:
    leaver = pupil(town.elm, "Gone", 7)
    Enrolment.objects.filter(pupil=leaver).update(left_on=date(2026, 10, 1))
    Enrolment.objects.filter(pupil__in=[town.wren, town.robin]).update(nc_year="2")
    Enrolment.objects.create(pupil=town.robin, academic_year=YEAR - 1, nc_year="1")
    record(town.wren, "phonics.mark", YEAR - 1, "30")

    sheet = read(downloaded(olive, address(town, year=YEAR - 1)))

    assert [
        (each.pupil.surname, each.pupil.nc_year, dict(each.values))
        for each in sheet.pupils
    ] == [
        ("Robin", "1", {}),
        ("Wren", "1", {("phonics.mark", YEAR - 1): "30"}),
    ]


def test_a_template_is_empty_where_there_is_nobody(town: Town, olive: Client) -> None:
    content = downloaded(olive, address(town, "ks2-tests"))

    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.max_row == 1
    assert sheet["H1"].value == "KS2 tests: Reading test mark"


def test_a_template_takes_as_many_queries_whoever_is_in_it(
    town: Town, olive: Client, django_assert_num_queries: Any
) -> None:
    before = address(town, year=YEAR - 1)
    olive.get(before)
    Enrolment.objects.update(nc_year="2")
    with CaptureQueriesContext(connection) as asked:
        few = read(downloaded(olive, before))

    for number in range(30, 60):
        pupil(town.elm, "Many", number)
    Enrolment.objects.update(nc_year="2")

    with django_assert_num_queries(len(asked)):
        many = read(downloaded(olive, before))
    assert (len(few.pupils), len(many.pupils)) == (2, 32)


def test_the_links_are_to_every_collection_class_and_year(
    town: Town, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        templates = offered(town.olive, town.elm, NOW)

    page = render_to_string(
        "transfers/_templates.html",
        {"school": town.elm, "year": NOW, "templates": templates},
    )

    assert [each.classes for each in templates if each.classes] == [("Robins", "Wrens")]
    assert f'href="{address(town)}?class=Wrens"' in page
    assert f'href="{address(town, "ks2-tests", 2022)}"' in page
