"""A grid that is locked: nobody enters anything until it is unlocked."""

from typing import Any

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

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.accounts.models import User
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import SchoolClass
from hornbook.web.results import locks
from hornbook.web.results.actions import Sheet
from hornbook.web.results.locking import Part, lock, unlock
from hornbook.web.results.models import Lock, Result
from hornbook.web.schools.models import School


@pytest.fixture
def una(school: School) -> User:
    return person("lead", school, "Una Lock")


def part(school: School, class_name: str = "") -> Part:
    book = rulebook(AcademicYear(YEAR))
    sheet = Sheet(school=school, book=book, collection=book.collections["phonics"])
    found = SchoolClass.objects.filter(name=class_name).first()
    return Part(sheet, found)


def reasons(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(cell["state"], cell.get("reason", "")) for cell in answer["cells"]]


def test_in_a_locked_grid_nothing_is_saved_and_the_answer_says_who_locked_it(
    school: School, lead: Client, una: User
) -> None:
    ada = enrol(school, "Byrne", "1")
    held = give(ada, MARK, "12")
    lock(part=part(school), by=una)

    answer = save(lead, school, [edit(ada, MARK, "13", held.pk)])

    [(state, reason)] = reasons(answer)
    assert state == "closed"
    assert reason.startswith("Locked by Una Lock on ")
    assert reason.endswith(" An assessment lead can unlock it.")
    assert Result.objects.get().value == "12"


def test_a_locked_class_leaves_the_others_open(
    school: School, lead: Client, una: User
) -> None:
    ada = enrol(school, "Byrne", "1", class_name="Hazel")
    ben = enrol(school, "Cole", "1", class_name="Oak")
    lock(part=part(school, "Hazel"), by=una)

    answer = save(lead, school, [edit(ada, MARK, "13"), edit(ben, MARK, "14")])

    (first, why), second = reasons(answer)
    assert (first, second) == ("closed", ("saved", ""))
    assert why.startswith("Hazel is locked by Una Lock on ")


def test_the_grid_shows_that_it_is_locked(
    school: School, lead: Client, una: User
) -> None:
    enrol(school, "Byrne", "1")
    lock(part=part(school), by=una)

    page = lead.get(address("results:grid", school, "phonics", YEAR))

    assert "Locked by Una Lock on " in page.content.decode()
    assert page.context["grid"].data["locked"].startswith("Locked by Una Lock on ")


def test_unlocking_lets_results_in_again_and_both_are_written_down(
    school: School, lead: Client, una: User
) -> None:
    ada = enrol(school, "Byrne", "1")
    lock(part=part(school), by=una)

    unlock(part=part(school), by=una)

    assert reasons(save(lead, school, [edit(ada, MARK, "13")])) == [("saved", "")]
    ended = Lock.objects.get()
    assert (ended.by_name, ended.ended_by_name) == ("Una Lock", "Una Lock")
    done = [event.action for event in Event.objects.order_by("pk")]
    assert done == ["grid locked", "grid unlocked", "results entered"]


def test_locking_twice_is_one_lock_and_one_event(school: School, una: User) -> None:
    for _ in range(2):
        lock(part=part(school), by=una)

    assert Lock.objects.count() == 1
    assert Event.objects.filter(action="grid locked").count() == 1


def test_a_file_is_told_which_collections_it_may_not_change(
    school: School, una: User
) -> None:
    lock(part=part(school), by=una)

    assert locks.locked(school, YEAR) == {"phonics"}
    assert locks.locked(school, YEAR - 1) == frozenset()
    assert locks.locked(make_school("Oak Lane", "3001"), YEAR) == frozenset()


def test_a_lead_signs_the_grid_off_on_the_grid_and_unlocks_it_there(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "1", class_name="Hazel")
    enrol(school, "Cole", "1", class_name="Oak")
    here = address("results:grid", school, "phonics", YEAR)

    offered = lead.get(here).content.decode()
    to = address("results:lock", school, "phonics", YEAR)
    hazel = lead.post(to, {"class": "Hazel", "on_grid": "1"}, follow=True)
    whole = lead.post(to, {"class": "", "on_grid": "1"}, follow=True)

    assert "Sign off and lock the grid" in offered
    assert ">Unlock<" in hazel.content.decode()
    assert whole.redirect_chain[-1][0] == here
    assert "Unlock the grid" in whole.content.decode()


def test_who_does_not_lock_is_not_offered_to_sign_off(school: School) -> None:
    enrol(school, "Byrne", "1")
    office = signed_in(person("office", school))

    page = office.get(address("results:grid", school, "phonics", YEAR))

    assert "Sign off" not in page.content.decode()
