"""Cells that are wanted of some pupils only: reading and maths beside their tests."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.web.results.scene import (
    YEAR,
    address,
    edit,
    enrol,
    give,
    make_school,
    person,
    save,
    signed_in,
)

from hornbook.web.pupils.models import Pupil
from hornbook.web.results.models import Result
from hornbook.web.schools.models import School

pytestmark = pytest.mark.django_db

TA = "ks2-teacher-assessment"
READING = f"{TA}.reading"
WRITING = f"{TA}.writing"
OUTCOME = "ks2-tests.reading-outcome"


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def lead(school: School) -> Client:
    return signed_in(person("lead", school))


@pytest.fixture
def ada(school: School) -> Pupil:
    return enrol(school, "Byrne", "6", class_name="Owls")


def stands(pupil: Pupil, item: str) -> str:
    rows = Result.objects.current().filter(pupil=pupil, item=item, year=YEAR)
    return "".join(rows.values_list("value", flat=True))


def opened(client: Client, school: School, name: str = "results:grid") -> Any:
    return client.get(address(name, school, TA, YEAR)).context["grid"]


def cell(client: Client, school: School, item: str = READING) -> Any:
    [row] = opened(client, school).rows
    return next(one for one in row.cells if one.item == item)


def test_reading_is_refused_for_a_pupil_who_sits_the_test(
    school: School, lead: Client, ada: Pupil
) -> None:
    give(ada, OUTCOME, "AS")

    answer = save(lead, school, [edit(ada, READING, "PK4")], collection=TA)

    assert answer["cells"][0]["state"] == "closed"
    assert answer["cells"][0]["reason"].endswith(
        "The outcome of the reading test is AS."
    )
    assert stands(ada, READING) == ""


def test_reading_opens_and_is_missing_for_a_pupil_below_the_test(
    school: School, lead: Client, ada: Pupil
) -> None:
    give(ada, OUTCOME, "B")
    before = opened(lead, school).rows[0]

    answer = save(lead, school, [edit(ada, READING, "PK4")], collection=TA)

    assert before.missing == "Writing; Science; Reading"
    assert answer["cells"][0]["state"] == "saved"
    assert answer["missing"] == {str(ada.pk): "Writing; Science"}


def test_writing_below_the_key_stage_opens_reading_in_the_same_paste(
    school: School, lead: Client, ada: Pupil
) -> None:
    pasted = [edit(ada, READING, "PK4"), edit(ada, WRITING, "PK3")]

    saved = save(lead, school, pasted, collection=TA, source="paste")

    assert {one["state"] for one in saved["cells"]} == {"saved"}
    assert (stands(ada, WRITING), stands(ada, READING)) == ("PK3", "PK4")


def test_clearing_writing_closes_what_it_opened(
    school: School, lead: Client, ada: Pupil
) -> None:
    writing = give(ada, WRITING, "PK3")

    answer = save(lead, school, [edit(ada, WRITING, "", writing.pk)], collection=TA)
    again = save(lead, school, [edit(ada, READING, "PK4")], collection=TA)

    closed = {one["item"]: one["reason"] for one in answer["closed"]}
    assert closed[READING].startswith("Only for pupils below the standard")
    assert again["cells"][0]["state"] == "closed"


def test_the_preview_of_a_paste_gives_the_same_reason(
    school: School, lead: Client, ada: Pupil
) -> None:
    pasted = [edit(ada, READING, "PK4"), edit(ada, WRITING, "EXS")]

    response = lead.post(
        address("results:preview", school, TA, YEAR),
        json.dumps({"source": "paste", "edits": pasted}),
        content_type="application/json",
    )

    [refused] = response.json()["not_taken"]
    assert refused["item"] == READING
    assert refused["reason"].startswith("Only for pupils below the standard")


def test_a_value_that_stands_where_the_test_was_sat_is_shown_and_can_be_cleared(
    school: School, lead: Client, ada: Pupil
) -> None:
    wrong = give(ada, READING, "PK4")
    give(ada, OUTCOME, "NS")
    shown = cell(lead, school)

    answer = save(lead, school, [edit(ada, READING, "", wrong.pk)], collection=TA)

    assert (shown.value, shown.closed) == ("PK4", None)
    assert shown.aside.endswith(
        "The outcome of the reading test is NS. Clear it, or correct the other result."
    )
    assert answer["cells"][0]["state"] == "saved"
    [now] = answer["closed"]
    assert now["reason"].endswith("The outcome of the reading test is NS.")
    assert now["aside"] == ""


def test_a_value_that_no_test_contradicts_is_left_in_peace(
    school: School, lead: Client, ada: Pupil
) -> None:
    give(ada, READING, "PK4")

    assert (cell(lead, school).closed, cell(lead, school).aside) == (None, "")


def test_a_value_that_writing_no_longer_opens_is_struck_through(
    school: School, lead: Client, ada: Pupil
) -> None:
    give(ada, READING, "PK4")
    give(ada, WRITING, "EXS")

    assert cell(lead, school).aside.endswith(
        "Writing is EXS. Clear it, or correct the other result."
    )


def test_the_outcome_of_the_test_decides_whatever_writing_is(
    school: School, lead: Client, ada: Pupil
) -> None:
    give(ada, READING, "PK4")
    give(ada, WRITING, "EXS")
    give(ada, OUTCOME, "B")

    assert cell(lead, school).aside == ""


def test_whoever_has_the_grid_open_hears_of_the_test(
    school: School, lead: Client, ada: Pupil
) -> None:
    page = lead.get(address("results:grid", school, TA, YEAR)).context["grid"]
    save(lead, school, [edit(ada, OUTCOME, "B")], collection="ks2-tests")

    url = address("results:changes", school, TA, YEAR)
    news = lead.get(url, {"since": page.data["changes"]["since"]}).json()

    assert news["cells"] == []
    assert news["beside"] == {str(ada.pk): {OUTCOME: "B"}}
    assert {"pupil": ada.pk, "item": READING, "reason": None, "aside": ""} in (
        news["closed"]
    )


def test_a_return_asks_for_what_is_missing_and_for_what_is_too_much(
    school: School, lead: Client, ada: Pupil
) -> None:
    give(ada, WRITING, "PK3")
    give(ada, f"{TA}.science", "HNM")
    give(ada, f"{TA}.maths", "PK3")
    give(ada, OUTCOME, "B")
    give(ada, "ks2-tests.maths-outcome", "AS")

    page = lead.get(address("returns:preflight", school, TA, YEAR, "sta"))

    words = " ".join(page.content.decode().split())
    assert "Reading teacher assessment is missing." in words
    assert "The outcome of the maths test is AS." in words
