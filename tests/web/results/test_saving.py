"""Cells saved: what becomes of an edit, and what is written."""

import json

import pytest
from django.test import Client
from tests.web.results.scene import (
    MARK,
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

from hornbook.web.audit.models import Event
from hornbook.web.results.models import Result
from hornbook.web.schools.models import School


def test_a_mark_is_saved_as_a_new_row_that_says_who(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")

    answer = save(lead, school, [edit(ada, MARK, " 34 ")])

    row = Result.objects.get()
    assert (row.value, row.year, row.by_name, row.source) == (
        "34",
        YEAR,
        "Lee Lead",
        "grid",
    )
    assert answer["cells"] == [
        {
            "pupil": ada.pk,
            "item": MARK,
            "value": "34",
            "version": row.pk,
            "state": "saved",
        }
    ]
    assert answer["missing"] == {str(ada.pk): ""}


def test_a_change_keeps_the_old_row_behind_the_new_one(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    old = give(ada, MARK, "12")

    save(lead, school, [edit(ada, MARK, "13", old.pk)], source="paste")

    new = Result.objects.current().get()
    old.refresh_from_db()
    assert (new.value, new.replaces, new.source) == ("13", old, "paste")
    assert (old.value, old.current) == ("12", False)


def test_clearing_a_cell_writes_an_empty_row_and_the_pupil_lacks_it(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    old = give(ada, MARK, "12")

    answer = save(lead, school, [edit(ada, MARK, "", old.pk)], source="undo")

    assert Result.objects.current().get().value == ""
    assert answer["cells"][0]["state"] == "saved"
    assert answer["missing"] == {str(ada.pk): "Mark or code"}


def test_clearing_an_empty_cell_writes_nothing(school: School, lead: Client) -> None:
    ada = enrol(school, "Byrne", "1")

    answer = save(lead, school, [edit(ada, MARK, "  ")])

    assert answer["cells"][0]["state"] == "same"
    assert answer["cells"][0]["version"] is None
    assert not Result.objects.exists()


def test_a_value_outside_the_range_is_refused_and_the_good_ones_are_saved(
    school: School, lead: Client
) -> None:
    ada, ben = enrol(school, "Byrne", "1"), enrol(school, "Cole", "1")

    answer = save(lead, school, [edit(ada, MARK, "41"), edit(ben, MARK, "a")])

    refused, saved = answer["cells"]
    assert refused["state"] == "refused"
    assert "It must be a whole number from 0 to 40" in refused["reason"]
    assert (saved["state"], saved["value"]) == ("saved", "A")
    assert Result.objects.get().pupil == ben


@pytest.mark.parametrize(
    ("typed", "kept"), [("pk 1", "PK1"), ("PKS1", "PK1"), ("exs", "EXS")]
)
def test_the_usual_spellings_are_taken(
    school: School, lead: Client, typed: str, kept: str
) -> None:
    ada = enrol(school, "Byrne", "6")
    item = "ks2-teacher-assessment.writing"

    save(lead, school, [edit(ada, item, typed)], collection="ks2-teacher-assessment")

    assert Result.objects.get().value == kept


def test_an_outcome_that_is_worked_out_cannot_be_typed(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")

    answer = save(lead, school, [edit(ada, MARK, "Wa")])

    assert answer["cells"][0]["state"] == "refused"


def test_a_code_of_the_dfe_may_stay_but_cannot_be_typed(
    school: School, lead: Client
) -> None:
    writing = "ks2-teacher-assessment.writing"
    ada, ben = enrol(school, "Byrne", "6"), enrol(school, "Cole", "6")
    give(ada, writing, "Q")

    answer = save(
        lead,
        school,
        [edit(ada, writing, "Q"), edit(ben, writing, "Q")],
        collection="ks2-teacher-assessment",
    )

    assert [cell["state"] for cell in answer["cells"]] == ["same", "refused"]
    assert "is set by the DfE" in answer["cells"][1]["reason"]


def test_a_cell_of_a_pupil_who_met_the_standard_is_closed(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "2")
    give(ada, MARK, "34", YEAR - 1)

    answer = save(lead, school, [edit(ada, MARK, "36")])

    assert answer["cells"][0]["state"] == "closed"
    assert answer["cells"][0]["reason"] == "Met the standard in Year 1 with 34."
    assert Result.objects.filter(year=YEAR).count() == 0


def test_a_wrong_value_in_a_closed_cell_can_be_cleared_and_it_closes(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "2")
    give(ada, MARK, "34", YEAR - 1)
    wrong = give(ada, MARK, "20")

    answer = save(lead, school, [edit(ada, MARK, "", wrong.pk)])

    assert answer["cells"][0]["state"] == "saved"
    assert answer["closed"] == [
        {
            "pupil": ada.pk,
            "item": MARK,
            "reason": "Met the standard in Year 1 with 34.",
            "aside": "",
        }
    ]


def test_the_second_of_two_people_is_told_the_others_value(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    other = signed_in(person("lead", school, "Olu Other"))
    save(other, school, [edit(ada, MARK, "20")])

    answer = save(lead, school, [edit(ada, MARK, "30")])

    cell = answer["cells"][0]
    assert (cell["state"], cell["value"], cell["theirs"]) == ("conflict", "30", "20")
    assert cell["by"] == "Olu Other"
    assert cell["at"]
    assert cell["version"] == Result.objects.current().get().pk
    assert Result.objects.get().value == "20"


def test_choosing_ones_own_value_after_a_conflict_is_saved(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    theirs = give(ada, MARK, "20")
    cell = save(lead, school, [edit(ada, MARK, "30")])["cells"][0]

    save(lead, school, [edit(ada, MARK, "30", cell["version"])])

    assert Result.objects.current().get().replaces == theirs


def test_an_answer_that_was_lost_is_the_same_when_sent_again(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    first = save(lead, school, [edit(ada, MARK, "30")])["cells"][0]

    again = save(lead, school, [edit(ada, MARK, "30")])["cells"][0]

    assert (again["state"], again["version"]) == ("same", first["version"])
    assert Result.objects.count() == 1


def test_an_event_says_what_stood_there_before_and_after(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    old = give(ada, MARK, "12")

    save(lead, school, [edit(ada, MARK, "13", old.pk)])

    event = Event.objects.get(action="results entered")
    assert event.detail["cells"] == [[ada.pk, MARK, "12", "13"]]
    assert (event.laestab, event.by_name) == (school.laestab, "Lee Lead")


def test_a_save_that_changes_nothing_leaves_no_event(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")

    save(lead, school, [edit(ada, MARK, "99")])

    assert not Event.objects.filter(action="results entered").exists()


def test_a_pupil_of_another_year_group_is_refused(school: School, lead: Client) -> None:
    ada = enrol(school, "Byrne", "5")

    answer = save(lead, school, [edit(ada, MARK, "30")])

    assert answer["cells"][0]["state"] == "refused"
    assert not Result.objects.exists()


def test_a_pupil_of_another_school_is_refused(school: School, lead: Client) -> None:
    far = enrol(make_school("Far Primary School", "2156"), "Byrne", "1")

    answer = save(lead, school, [edit(far, MARK, "30")])

    assert answer["cells"][0]["state"] == "refused"
    assert not Result.objects.exists()


def test_an_item_of_another_collection_is_refused(school: School, lead: Client) -> None:
    ada = enrol(school, "Byrne", "1")

    answer = save(lead, school, [edit(ada, "eyfsp.E01", "2")])

    assert answer["cells"][0]["state"] == "refused"


def test_a_past_year_is_edited_by_that_years_rules(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "2", year=2023)

    save(
        lead,
        school,
        [
            edit(ada, "ks1.reading-test-mark", "40"),
            edit(ada, "ks1.reading-test-score", "115"),
        ],
        collection="ks1",
        year=2023,
    )

    assert set(Result.objects.values_list("item", "year", "value")) == {
        ("ks1.reading-test-mark", 2023, "40"),
        ("ks1.reading-test-score", 2023, "115"),
    }


ONE = '{"source": "grid", "edits": [%s]}'


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '{"source": "grid"}',
        '{"source": "transfer", "edits": []}',
        ONE % "1",
        ONE % '{"pupil": "1", "item": "a", "value": "b"}',
        ONE % '{"pupil": 1, "item": "a", "value": 3}',
        ONE % '{"pupil": 1, "item": "a", "value": "3", "base": true}',
    ],
)
def test_what_is_no_list_of_edits_is_not_taken(
    school: School, lead: Client, body: str
) -> None:
    response = lead.post(
        address("results:save", school, "phonics", YEAR),
        body,
        content_type="application/json",
    )

    assert response.status_code == 400
    assert response.json()["error"]


def test_more_cells_than_a_year_group_has_are_not_taken(
    school: School, lead: Client
) -> None:
    one = {"pupil": 1, "item": MARK, "value": "3", "base": None}

    response = lead.post(
        address("results:save", school, "phonics", YEAR),
        json.dumps({"source": "paste", "edits": [one] * 5001}),
        content_type="application/json",
    )

    assert response.status_code == 400
    assert response.json()["error"] == "Paste at most 5,000 cells at a time."


def test_what_somebody_else_typed_is_not_saved_under_ones_own_name(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    sent = {"source": "grid", "person": 0, "edits": [edit(ada, MARK, "32")]}

    response = lead.post(
        address("results:save", school, "phonics", YEAR),
        json.dumps(sent),
        content_type="application/json",
    )

    assert response.status_code == 403
    assert "not saved under your name" in response.json()["error"]
    assert not Result.objects.exists()
