"""Results of earlier years of a pupil who joined, typed in from the pupil's record."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.results.scene import (
    address,
    enrol,
    give,
    make_school,
    person,
    signed_in,
)
from tests.web.transfers.test_pages import plain

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.actions import Sheet
from hornbook.web.results.locking import Part, lock
from hornbook.web.results.models import Result, Source
from hornbook.web.schools.models import School

THIS_YEAR = 2027


@pytest.fixture
def lead(school: School) -> Client:
    return signed_in(person("lead", school))


@pytest.fixture
def joiner(school: School) -> Pupil:
    """In Year 6 this year, and here since September."""
    pupil = enrol(school, "Joiner", "6", year=THIS_YEAR)
    Pupil.objects.filter(pk=pupil.pk).update(dob=date(2016, 1, 15))
    pupil.refresh_from_db()
    return pupil


def where(pupil: Pupil, collection: str = "phonics", year: int = 2022) -> str:
    return address("results:enter_earlier", pupil.school, pupil.pk, collection, year)


def offered(client: Client, pupil: Pupil) -> list[str]:
    page = client.get(address("results:earlier", pupil.school, pupil.pk))
    return [sitting.title for sitting in page.context["sittings"]]


def current(pupil: Pupil) -> list[tuple[str, int, str]]:
    rows = Result.objects.current().filter(pupil=pupil).order_by("pk")
    return list(rows.values_list("item", "year", "value"))


def enter(client: Client, pupil: Pupil, mark: str, **more: Any) -> str:
    return plain(client.post(where(pupil), {"mark": mark} | more, follow=True))


def test_what_a_pupil_of_that_age_took_elsewhere_is_offered_newest_first(
    lead: Client, joiner: Pupil
) -> None:
    titles = offered(lead, joiner)

    assert "Multiplication tables check, 2024/25" in titles
    assert "Phonics screening check, 2021/22" in titles
    assert titles.index("Multiplication tables check, 2024/25") < titles.index(
        "Phonics screening check, 2021/22"
    )
    assert not any("2026/27" in title for title in titles)
    assert not any("teacher assessment, 2021/22" in title for title in titles)


def test_a_year_group_up_or_down_comes_after_those_of_the_age(
    lead: Client, joiner: Pupil
) -> None:
    page = lead.get(address("results:earlier", joiner.school, joiner.pk))

    usual = [one.usual for one in page.context["sittings"]]
    assert usual == sorted(usual, reverse=True)
    assert "Taken a year group up or down" in plain(page)


def test_what_has_its_cell_in_a_grid_is_not_offered(
    school: School, lead: Client
) -> None:
    stayed = enrol(school, "Stayed", "1", year=2026)

    assert "Phonics screening check, 2025/26" not in offered(lead, stayed)
    assert lead.get(where(stayed, year=2026)).status_code == 404


def test_a_mark_is_saved_as_a_new_row_with_who_and_how(
    lead: Client, joiner: Pupil
) -> None:
    said = enter(lead, joiner, " 34 ")

    assert "1 result saved: Phonics screening check, 2021/22." in said
    assert "Phonics mark 34" in said
    row = Result.objects.get()
    assert (row.item, row.year, row.value, row.source, row.by_name) == (
        "phonics.mark",
        2022,
        "34",
        Source.RECORD,
        "The lead",
    )
    event = Event.objects.get(action="results entered")
    assert event.detail["cells"] == [[joiner.pk, "phonics.mark", "", "34"]]


def test_a_correction_keeps_the_old_value_behind_it(
    lead: Client, joiner: Pupil
) -> None:
    old = give(joiner, "phonics.mark", "12", 2022)

    enter(lead, joiner, "13", **{"mark-seen": old.pk})

    assert current(joiner) == [("phonics.mark", 2022, "13")]
    assert Result.objects.get(value="13").replaces == old


def test_what_is_not_allowed_that_year_is_said_beside_it_and_nothing_is_saved(
    lead: Client, joiner: Pupil
) -> None:
    said = enter(lead, joiner, "41")

    assert said.count("There is a problem") == 1
    assert "Phonics mark is 41. It must be a whole number from 0 to 40" in said
    assert not Result.objects.exists()


def test_one_that_is_wrong_keeps_the_others_from_being_saved(
    lead: Client, joiner: Pupil
) -> None:
    page = lead.post(
        where(joiner, "ks1", 2023),
        {"reading": "EXS", "reading-test-mark": "400"},
    )

    assert page.status_code == 200
    assert "It must be" in plain(page)
    assert not Result.objects.exists()


def test_what_somebody_else_entered_meanwhile_is_not_replaced(
    lead: Client, joiner: Pupil
) -> None:
    give(joiner, "phonics.mark", "12", 2022)

    said = enter(lead, joiner, "13")

    assert "Somebody else has changed this in the meantime: it is 12 now." in said
    assert current(joiner) == [("phonics.mark", 2022, "12")]


TA = "ks2-teacher-assessment"


def test_what_another_result_on_the_form_opens_is_saved_together_with_it(
    lead: Client, joiner: Pupil
) -> None:
    here = where(joiner, TA, 2026)
    assert "Only for pupils below the standard of the reading test" in plain(
        lead.get(here)
    )

    lead.post(here, {"writing": "PK3", "reading": "PK2"})

    assert current(joiner) == [
        (f"{TA}.writing", 2026, "PK3"),
        (f"{TA}.reading", 2026, "PK2"),
    ]


def test_what_another_result_on_the_form_does_not_open_is_refused_with_the_reason(
    lead: Client, joiner: Pupil
) -> None:
    said = plain(
        lead.post(where(joiner, TA, 2026), {"writing": "EXS", "reading": "PK2"})
    )

    assert "There is a problem" in said
    assert "Only for pupils below the standard of the reading test" in said
    assert current(joiner) == []


def test_without_scripts_writing_is_saved_alone_and_opens_the_others(
    lead: Client, joiner: Pupil
) -> None:
    here = where(joiner, TA, 2026)

    # A browser sends nothing of a field that is closed.
    lead.post(here, {"writing": "PK3"})

    assert current(joiner) == [(f"{TA}.writing", 2026, "PK3")]
    form = lead.get(here).context["form"]
    assert "disabled" not in str(form["reading"])


def test_the_autumn_check_of_2021_is_typed_with_its_own_calendar_year(
    school: School, lead: Client
) -> None:
    pupil = enrol(school, "Autumn", "6", year=2026)
    Pupil.objects.filter(pk=pupil.pk).update(dob=date(2015, 1, 15))
    pupil.refresh_from_db()

    assert "Phonics screening check, autumn 2021" in offered(lead, pupil)
    lead.post(where(pupil, year=2021), {"mark": "30"})
    lead.post(where(pupil, year=2022), {"mark": "33"})

    assert current(pupil) == [
        ("phonics.mark", 2021, "30"),
        ("phonics.mark", 2022, "33"),
    ]


def test_a_locked_grid_stays_locked_here_too(
    school: School, lead: Client, joiner: Pupil
) -> None:
    book = rulebook(AcademicYear(2022))
    sheet = Sheet(school=school, book=book, collection=book.collections["phonics"])
    lock(part=Part(sheet, None), by=person("lead", school, "Una Lock"))

    said = plain(lead.get(where(joiner)))
    enter(lead, joiner, "34")

    assert "Locked by Una Lock" in said
    assert not Result.objects.exists()


def test_a_stranger_finds_no_pupil(joiner: Pupil) -> None:
    far = make_school("Far School", "2156")
    stranger = signed_in(person("lead", far))

    there = address("results:enter_earlier", far, joiner.pk, "phonics", 2022)

    assert stranger.post(where(joiner), {"mark": "34"}).status_code == 404
    assert stranger.post(there, {"mark": "34"}).status_code == 404
    assert not Result.objects.exists()


@pytest.mark.parametrize(("collection", "year"), [("mtc", 2025), ("eyfsp", 2022)])
def test_a_page_takes_the_same_queries_whatever_the_collection(
    lead: Client,
    joiner: Pupil,
    collection: str,
    year: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(10):
        assert lead.get(where(joiner, collection, year)).status_code == 200
