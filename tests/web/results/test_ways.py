"""Other ways into the same results: a preview, one pupil at a time, sheets of paper."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.results.scene import (
    YEAR,
    address,
    edit,
    enrol,
    give,
    person,
    signed_in,
)

from hornbook.web.results.models import Result
from hornbook.web.schools.models import School

PAGES = ("results:one", "results:blank", "results:filled")


@pytest.fixture
def lead(school: School) -> Client:
    return signed_in(person("lead", school))


def look(client: Client, school: School, edits: list[dict[str, Any]]) -> Any:
    response = client.post(
        address("results:preview", school, "phonics", YEAR),
        json.dumps({"source": "paste", "edits": edits}),
        content_type="application/json",
    )
    assert response.status_code == 200
    return response.json()["not_taken"]


def test_a_preview_names_what_would_not_be_taken_and_saves_nothing(
    school: School, lead: Client
) -> None:
    first, met = enrol(school, "Byrne", "1"), enrol(school, "Young", "2")
    give(met, "phonics.mark", "34", YEAR - 1)
    before = Result.objects.count()

    found = look(
        lead,
        school,
        [edit(first, "phonics.mark", "41"), edit(met, "phonics.mark", "20")],
    )

    assert [one["value"] for one in found] == ["41", "20"]
    assert "from 0 to 40" in found[0]["reason"]
    assert found[1]["reason"] == "Met the standard in Year 1 with 34."
    assert Result.objects.count() == before


def test_a_preview_names_what_somebody_else_has_entered(
    school: School, lead: Client
) -> None:
    pupil = enrol(school, "Byrne", "1")
    give(pupil, "phonics.mark", "30")

    found = look(lead, school, [edit(pupil, "phonics.mark", "20")])

    assert found[0]["reason"] == "Somebody else has put 30."


def test_a_preview_of_good_values_is_empty(school: School, lead: Client) -> None:
    pupil = enrol(school, "Byrne", "1")

    assert look(lead, school, [edit(pupil, "phonics.mark", " absent ")]) == []


def test_a_preview_of_what_is_no_edit_is_refused(school: School, lead: Client) -> None:
    response = lead.post(
        address("results:preview", school, "phonics", YEAR),
        "[]",
        content_type="application/json",
    )

    assert response.status_code == 400
    assert response.json()["error"] == "These are not edits that the grid sent."


def test_the_year_1_result_stands_beside_the_year_2_cell(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Young", "2"), "phonics.mark", "28", YEAR - 1)
    enrol(school, "Zane", "2")
    enrol(school, "Byrne", "1")

    grid = lead.get(address("results:grid", school, "phonics", YEAR)).context["grid"]

    assert grid.earlier_title == "Year 1"
    assert [row.earlier for row in grid.rows] == ["", "28", "no result"]


def test_without_year_2_there_is_no_such_column(school: School, lead: Client) -> None:
    enrol(school, "Byrne", "1")

    grid = lead.get(address("results:grid", school, "phonics", YEAR)).context["grid"]

    assert grid.earlier_title == ""


def test_a_sheet_of_paper_holds_one_class_and_only_what_it_is_asked_for(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1", class_name="Kites"), "phonics.mark", "39")
    enrol(school, "Young", "1", class_name="Owls")

    blank = lead.get(address("results:blank", school, "phonics", YEAR))
    filled = lead.get(
        address("results:filled", school, "phonics", YEAR), {"class": "Kites"}
    )

    assert [one.class_name for one in blank.context["sheets"]] == ["Kites", "Owls"]
    assert "<td>39</td>" not in blank.content.decode()
    assert "<td>39</td>" in filled.content.decode()
    assert "Young" not in filled.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_the_number_of_queries_does_not_grow_with_the_cohort(
    school: School, lead: Client, name: str
) -> None:
    enrol(school, "First", "R", class_name="Wrens")
    lead.get(address(name, school, "eyfsp", YEAR))

    with CaptureQueriesContext(connection) as few:
        lead.get(address(name, school, "eyfsp", YEAR))
    for number in range(20):
        enrol(school, f"Pupil{number}", "R", class_name="Wrens")
    with CaptureQueriesContext(connection) as many:
        lead.get(address(name, school, "eyfsp", YEAR))

    assert len(many) == len(few)


@pytest.mark.parametrize("name", PAGES)
def test_a_collection_without_pupils_says_so(
    school: School, lead: Client, name: str
) -> None:
    page = lead.get(address(name, school, "mtc", YEAR)).content.decode()

    said = ("There is no pupil to print.", "Nobody is in this grid in 2025/26 yet")
    assert any(words in page for words in said)


def test_one_pupil_at_a_time_says_by_what_the_pupils_are_chosen(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "1", class_name="Hazel")
    enrol(school, "Young", "1", class_name="Birch")
    where = address("results:one", school, "phonics", YEAR)

    by_class = lead.get(where, {"class": "Hazel"}).content.decode()
    by_value = lead.get(where, {"class": "Hazel", "value": ">3"}).content.decode()

    assert "1 of 2 pupils, as the grid is filtered." in by_class
    assert "as the grid is filtered, but for the value." in by_value
