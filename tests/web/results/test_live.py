"""What a grid that stands open is told of others."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.results.scene import (
    MARK,
    YEAR,
    address,
    edit,
    enrol,
    give,
    person,
    save,
    signed_in,
)

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.audit.actions import record
from hornbook.web.results.actions import Sheet
from hornbook.web.results.locking import Part, lock, unlock
from hornbook.web.schools.models import School


@pytest.fixture
def other(school: School) -> Client:
    return signed_in(person("lead", school, "Olu Other"))


def opened(client: Client, school: School) -> str:
    """Since when a page that is opened now asks."""
    page = client.get(address("results:grid", school, "phonics", YEAR))
    since: str = page.context["grid"].data["changes"]["since"]
    return since


def asked(client: Client, school: School, since: str) -> dict[str, Any]:
    response = client.get(
        address("results:changes", school, "phonics", YEAR), {"since": since}
    )
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def test_what_another_person_enters_is_told_with_who_and_what_is_still_missing(
    school: School, lead: Client, other: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    enrol(school, "Cole", "1")
    since = opened(lead, school)

    saved = save(other, school, [edit(ada, MARK, "34")])

    answer = asked(lead, school, since)
    [cell] = answer["cells"]
    assert (cell["pupil"], cell["item"], cell["value"]) == (ada.pk, MARK, "34")
    assert (cell["version"], cell["by"]) == (saved["cells"][0]["version"], "Olu Other")
    assert answer["missing"] == {str(ada.pk): ""}
    assert answer["closed"] == [
        {"pupil": ada.pk, "item": MARK, "reason": None, "aside": ""}
    ]
    assert answer["reload"] == ""


def test_a_teacher_is_told_nothing_of_another_class(
    school: School, other: Client
) -> None:
    ada = enrol(school, "Byrne", "1", class_name="Hazel")
    teacher = signed_in(person("teacher", school, "Tess Teacher"))
    since = opened(teacher, school)

    save(other, school, [edit(ada, MARK, "34")])

    assert asked(teacher, school, since)["cells"] == []


def whole(school: School, collection: str = "phonics") -> Part:
    book = rulebook(AcademicYear(YEAR))
    sheet = Sheet(school=school, book=book, collection=book.collections[collection])
    return Part(sheet, None)


def test_a_lock_is_told_with_who_and_every_cell_that_it_closes(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    since = opened(lead, school)

    lock(part=whole(school), by=person("lead", school, "Una Lock"))

    answer = asked(lead, school, since)
    assert answer["reload"] == ""
    assert answer["locks"]["told"].startswith("Locked by Una Lock on ")
    assert answer["locks"]["grid"] == answer["locks"]["told"]
    [cell] = [one for one in answer["closed"] if one["pupil"] == ada.pk]
    assert cell["reason"] == answer["locks"]["told"]


def test_an_unlocking_is_told_with_who_and_opens_the_cells(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    una = person("lead", school, "Una Lock")
    lock(part=whole(school), by=una)
    since = opened(lead, school)

    unlock(part=whole(school), by=una)

    answer = asked(lead, school, since)
    assert answer["locks"] == {
        "told": "Unlocked by Una Lock.",
        "grid": "",
        "pupils": {str(ada.pk): ""},
    }
    assert [cell["reason"] for cell in answer["closed"]] == [None]


def test_an_unlocking_opens_nothing_to_somebody_who_may_only_look(
    school: School,
) -> None:
    una = person("lead", school, "Una Lock")
    head = signed_in(person("head", school, "Hana Head"))
    lock(part=whole(school), by=una)
    since = opened(head, school)

    unlock(part=whole(school), by=una)

    told = asked(head, school, since)["locks"]
    assert told["grid"].startswith("You may look at these results.")


def test_only_who_may_sign_off_is_sent_that_menu_and_only_with_a_lock(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "1")
    teacher = signed_in(person("teacher", school, "Tess Teacher"))
    since = opened(lead, school)
    before = asked(lead, school, since)

    lock(part=whole(school), by=person("lead", school, "Una Lock"))

    assert before["signing"] == ""
    assert "Unlock the grid" in asked(lead, school, since)["signing"]
    assert asked(teacher, school, since)["signing"] == ""


def test_a_lock_of_another_grid_is_not_told_here(school: School, lead: Client) -> None:
    since = opened(lead, school)

    lock(part=whole(school, "eyfsp"), by=person("lead", school, "Una Lock"))

    assert asked(lead, school, since)["locks"] is None


def test_a_page_is_to_be_opened_again_when_an_import_is_taken_back(
    school: School, lead: Client
) -> None:
    since = opened(lead, school)

    record(by=None, school=school, action="transfer undone")

    told = asked(lead, school, since)["reload"]
    assert told == "A file that was brought in has been taken back."


@pytest.mark.parametrize(
    "since", ["", "yesterday", "2026-06-03T10:00:00", "2026-02-30T00:00:00Z"]
)
def test_a_page_that_says_no_moment_is_answered_so(
    school: School, lead: Client, since: str
) -> None:
    response = lead.get(
        address("results:changes", school, "phonics", YEAR), {"since": since}
    )

    assert response.status_code == 400
    assert response.json()["error"] == "The page does not say since when."


@pytest.mark.parametrize("size", [1, 30])
def test_asking_takes_the_same_queries_however_much_was_entered(
    school: School,
    lead: Client,
    size: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    since = opened(lead, school)
    for number in range(size):
        give(enrol(school, f"Pupil{number}", "1"), MARK, "30")

    with django_assert_num_queries(10):
        answer = asked(lead, school, since)

    assert len(answer["cells"]) == size
