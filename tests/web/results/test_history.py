"""What stood in a cell before, put back; and the page of who did what."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
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

from hornbook.web.audit.actions import record
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.models import Result
from hornbook.web.schools.models import School


def put_back(client: Client, school: School, row: Result, base: int) -> str:
    where = address("results:put_back", school, "phonics", YEAR, row.pupil_id, row.item)
    sent = {"version": row.pk, "base": base}
    return client.post(where, sent, follow=True).content.decode()


def overwritten(client: Client, school: School, pupil: Pupil, old: Result) -> int:
    """A new value over an old one; the row that stands now."""
    answer = save(client, school, [edit(pupil, old.item, "13", old.pk)])
    version: int = answer["cells"][0]["version"]
    return version


def test_an_old_value_is_put_back_as_a_new_row_with_the_others_behind_it(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    old = give(ada, MARK, "12")
    now = overwritten(lead, school, ada, old)

    told = put_back(lead, school, old, now)

    row = Result.objects.current().get()
    assert "12 is put back." in told
    assert (row.value, row.source, row.replaces_id) == ("12", "undo", now)
    assert Result.objects.count() == 3


def test_a_code_that_only_the_dfe_sets_can_be_put_back(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    old = give(ada, MARK, "ZZ")
    now = overwritten(lead, school, ada, old)

    assert "ZZ is put back." in put_back(lead, school, old, now)


def test_what_stood_is_put_back_where_its_being_cleared_has_closed_the_cell(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "2")
    give(ada, MARK, "34", year=YEAR - 1)
    old = give(ada, MARK, "12")
    now = save(lead, school, [edit(ada, MARK, "", old.pk)])["cells"][0]["version"]

    assert "12 is put back." in put_back(lead, school, old, now)
    assert Result.objects.current().get(year=YEAR).value == "12"


def test_only_what_stood_in_a_closed_cell_comes_back_by_undoing(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "2")
    give(ada, MARK, "34", year=YEAR - 1)

    sent = [edit(ada, MARK, "12")]
    answer = save(lead, school, sent, source="undo")

    assert answer["cells"][0]["state"] == "closed"
    assert not Result.objects.filter(year=YEAR).exists()


def test_an_old_value_is_not_put_back_over_what_somebody_entered_since(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    old = give(ada, MARK, "12")
    now = overwritten(lead, school, ada, old)
    save(lead, school, [edit(ada, MARK, "14", now)])

    told = put_back(lead, school, old, now)

    assert "Somebody changed this since." in told
    assert Result.objects.current().get().value == "14"


def test_a_row_of_another_cell_cannot_be_put_in_this_one(
    school: School, lead: Client
) -> None:
    ada, ben = enrol(school, "Byrne", "1"), enrol(school, "Cole", "1")
    other = give(ben, MARK, "40")
    where = address("results:put_back", school, "phonics", YEAR, ada.pk, MARK)

    response = lead.post(where, {"version": other.pk, "base": other.pk})

    assert response.status_code == 404


def test_the_history_offers_to_put_back_what_differs(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    overwritten(lead, school, ada, give(ada, MARK, "12"))
    where = address("results:history", school, "phonics", YEAR, ada.pk, MARK)
    head = signed_in(person("head", school))

    assert lead.get(where).content.decode().count("Put back<span") == 1
    assert "<button" not in head.get(where).content.decode()


def events(client: Client, school: School, **asked: str) -> str:
    return client.get(address("results:events", school), asked).content.decode()


@pytest.fixture
def busy(school: School, lead: Client) -> Pupil:
    """A school in which something was done to two pupils."""
    ada, ben = enrol(school, "Byrne", "1"), enrol(school, "Cole", "1")
    save(lead, school, [edit(ada, MARK, "31")])
    save(lead, school, [edit(ben, MARK, "22")])
    record(by=None, school=school, action="pupil added", subject=ada.upn)
    return ada


def test_the_history_of_a_locked_cell_says_why_and_offers_nothing(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    overwritten(lead, school, ada, give(ada, MARK, "12"))
    lead.post(address("results:lock", school, "phonics", YEAR))
    where = address("results:history", school, "phonics", YEAR, ada.pk, MARK)

    told = lead.get(where).content.decode()

    assert "Locked by" in told
    assert "Put back<span" not in told
    assert "Make the cell empty again" not in told


def test_the_lead_reads_who_entered_what_for_whom(
    school: School, lead: Client, busy: Pupil
) -> None:
    told = events(lead, school)

    assert "Byrne, Ada: Phonics mark, empty to 31" in told
    assert "Lee Lead" in told
    assert "The command line" in told


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"person": "Lee Lead"}, "empty to 31", "Pupil added</td>"),
        ({"kind": "pupil added"}, "Pupil added</td>", "empty to 31"),
        ({"pupil": "byrne"}, "empty to 31", "empty to 22"),
        ({"pupil": "nobody at all"}, "Nothing like that was done", "empty to 31"),
        ({"until": "2020-01-01"}, "Nothing like that was done", "empty to 31"),
        ({"since": "2020-01-01"}, "empty to 31", "Nothing like that was done"),
        (
            {"since": "31/02/2026"},
            "From must be a real date, such as 22/05/2026.",
            "Nothing like",
        ),
    ],
)
def test_events_are_found_by_person_kind_pupil_and_day(
    school: School,
    lead: Client,
    busy: Pupil,
    asked: dict[str, str],
    there: str,
    gone: str,
) -> None:
    told = events(lead, school, **asked)

    assert there in told
    assert gone not in told


def test_a_pupil_is_found_in_all_that_was_done_to_them(
    school: School, lead: Client, busy: Pupil
) -> None:
    told = events(lead, school, pupil=busy.upn)

    assert "empty to 31" in told
    assert "Pupil added</td>" in told


def test_events_of_another_school_are_not_told(
    school: School, lead: Client, busy: Pupil
) -> None:
    other = make_school("Oak Lane School", "3001")
    record(by=None, school=other, action="pupil added", subject="Secret")

    assert "Secret" not in events(lead, school)


def test_older_events_are_on_the_next_page(school: School, lead: Client) -> None:
    record(by=None, school=school, action="school added", subject="The oldest")
    Event.objects.update(at=timezone.now() - timedelta(days=400))
    for _ in range(50):
        record(by=None, school=school, action="pupil added")

    assert "The oldest" not in events(lead, school)
    assert "The oldest" in events(lead, school, page="2")


@pytest.mark.parametrize("size", [1, 40])
def test_the_page_takes_the_same_queries_however_much_was_done(
    school: School,
    lead: Client,
    size: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(size):
        save(lead, school, [edit(enrol(school, f"P{number}", "1"), MARK, "30")])

    with django_assert_num_queries(10):
        events(lead, school, pupil="Ada")


def test_a_cell_is_made_empty_again_from_its_history(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    row = give(ada, MARK, "31")

    offered = lead.get(
        address("results:history", school, "phonics", YEAR, ada.pk, MARK)
    ).content.decode()
    lead.post(
        address("results:put_back", school, "phonics", YEAR, ada.pk, MARK),
        {"base": row.pk},
    )

    now = Result.objects.current().get(pupil=ada)
    assert "Make the cell empty again" in offered
    assert (now.value, now.replaces_id) == ("", row.pk)
