"""The grid's page: whom it shows, what it says, and to whom."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.results.scene import (
    YEAR,
    address,
    edit,
    enrol,
    give,
    make_school,
    person,
    profile,
    save,
    signed_in,
)

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook, years
from hornbook.web.pupils.models import SchoolClass
from hornbook.web.results.models import Result, Source
from hornbook.web.results.queries import Sight, cohorts
from hornbook.web.schools.models import School

COLLECTIONS = ("eyfsp", "phonics", "ks1", "mtc", "ks2-teacher-assessment", "ks2-tests")


@pytest.fixture
def lead(school: School) -> Client:
    return signed_in(person("lead", school))


def shown(client: Client, school: School, collection: str, year: int = YEAR) -> Any:
    response = client.get(address("results:grid", school, collection, year))
    assert response.status_code == 200
    return response.context["grid"]


def test_pupils_stand_by_class_then_name_and_those_without_a_class_last(
    school: School, lead: Client
) -> None:
    enrol(school, "Zane", "R", class_name="Wrens")
    enrol(school, "Adams", "R")
    enrol(school, "Young", "R", class_name="Robins")
    enrol(school, "Byrne", "R", class_name="Wrens")
    enrol(school, "Other", "1", class_name="Kites")

    grid = shown(lead, school, "eyfsp")

    assert [row.name for row in grid.rows] == [
        "Young, Ada",
        "Byrne, Ada",
        "Zane, Ada",
        "Adams, Ada",
    ]
    assert grid.classes == ("Robins", "Wrens")


@pytest.mark.parametrize("collection", COLLECTIONS)
@pytest.mark.parametrize("year", [year.ends for year in years()])
def test_every_collection_of_every_year_has_its_grid(
    school: School, lead: Client, collection: str, year: int
) -> None:
    for group in ("R", "1", "2", "4", "6"):
        enrol(school, f"Byrne{group}", group, year=year)

    response = lead.get(address("results:grid", school, collection, year))

    page = response.content.decode()
    data = re.search(r'id="grid-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert response.status_code == 200
    assert data
    assert len(json.loads(data[1])["items"]) == len(response.context["grid"].columns)
    assert response.context["grid"].rows


def test_a_year_without_a_rulebook_or_an_unknown_collection_is_not_found(
    school: School, lead: Client
) -> None:
    assert lead.get(address("results:grid", school, "eyfsp", 2015)).status_code == 404
    assert lead.get(address("results:grid", school, "sats", YEAR)).status_code == 404


def test_a_cell_shows_its_value_its_version_and_what_is_missing(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "R", class_name="Robins")
    row = give(ada, "eyfsp.E01", "2")

    grid = shown(lead, school, "eyfsp")

    first, second, *_ = grid.rows[0].cells
    assert (first.value, first.version, first.dom_id) == (
        "2",
        row.pk,
        f"c-{ada.pk}-eyfsp-E01",
    )
    assert (second.value, second.version) == ("", None)
    assert (grid.rows[0].missing, grid.rows[0].missing_count) == ("16 cells", 16)


def test_what_is_missing_is_named_when_it_is_little(
    school: School, lead: Client
) -> None:
    ada, ben = enrol(school, "Byrne", "6"), enrol(school, "Cole", "6")
    give(ada, "ks2-teacher-assessment.writing", "EXS")
    give(ben, "ks2-teacher-assessment.writing", "EXS")
    give(ben, "ks2-teacher-assessment.science", "EXS")

    grid = shown(lead, school, "ks2-teacher-assessment")

    assert [row.missing for row in grid.rows] == ["Science", ""]


def test_a_year_2_pupil_who_met_the_standard_lacks_nothing(
    school: School, lead: Client
) -> None:
    met, missed = enrol(school, "Met", "2"), enrol(school, "Missed", "2")
    give(met, "phonics.mark", "32", YEAR - 1)
    give(missed, "phonics.mark", "31", YEAR - 1)

    rows = {row.pupil: row for row in shown(lead, school, "phonics").rows}

    assert rows[met.pk].cells[0].closed == "Met the standard in Year 1 with 32."
    assert rows[met.pk].missing == ""
    assert rows[missed.pk].cells[0].closed is None
    assert rows[missed.pk].missing == "Mark or code"


def test_leavers_are_shown_from_the_first_day_of_the_check_or_with_a_result(
    school: School, lead: Client
) -> None:
    enrol(school, "Before", "1", left_on=date(2026, 3, 1))
    during = enrol(school, "During", "1", left_on=date(2026, 6, 10))
    before = enrol(school, "Known", "1", left_on=date(2026, 3, 1))
    give(before, "phonics.mark", "L")

    rows = shown(lead, school, "phonics").rows

    assert [row.pupil for row in rows] == [during.pk, before.pk]


def test_who_left_on_the_last_day_of_the_year_was_there_all_year(
    school: School, lead: Client
) -> None:
    enrol(school, "Leaver", "6", left_on=date(2026, 8, 31))

    page = lead.get(address("results:grid", school, "ks2-tests", YEAR))
    tests = page.context["collection"]
    found = cohorts(Sight.whole(school), rulebook(AcademicYear(YEAR)), [tests])
    (member,) = found[tests.code]

    assert member.left_on is None


def test_bands_legend_and_addresses_come_from_the_rulebook(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "R")

    grid = shown(lead, school, "eyfsp")

    assert [(band.title, band.span) for band in grid.bands][:2] == [
        ("Communication and language", 2),
        ("Personal, social and emotional development", 3),
    ]
    assert [key.titles for key in grid.keys] == ["Every column"]
    assert [code for code, _ in grid.keys[0].values] == ["1", "2", "A"]
    assert [choice.title for choice in grid.choices if choice.current] == ["EYFSP"]
    assert [choice.title for choice in grid.years if choice.current] == ["2025/26"]


def test_a_legend_says_marks_and_codes(school: School, lead: Client) -> None:
    enrol(school, "Byrne", "1")

    (key,) = shown(lead, school, "phonics").keys

    assert (key.titles, key.marks) == ("Phonics mark", "A mark from 0 to 40")
    assert [code for code, _ in key.values] == ["A", "D", "L", "Q"]


def test_columns_with_one_heading_are_told_apart_in_the_missing_column(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "6")
    give(ada, "ks2-tests.reading-outcome", "AS")

    (row,) = shown(lead, school, "ks2-tests").rows

    assert row.missing == "GPS outcome; Maths outcome"


@pytest.mark.parametrize(
    ("role", "locked"), [("lead", False), ("teacher", False), ("head", True)]
)
def test_who_may_only_look_is_told_so(school: School, role: str, locked: bool) -> None:
    grid = shown(signed_in(person(role, school)), school, "eyfsp")

    assert bool(grid.locked) is locked


@pytest.mark.parametrize(
    ("role", "look", "enter"),
    [
        ("teacher", 200, 200),
        ("lead", 200, 200),
        ("administrator", 200, 200),
        ("office", 200, 403),
        ("head", 200, 403),
        ("governor", 403, 403),
    ],
)
def test_who_may_look_and_who_may_enter(
    school: School, role: str, look: int, enter: int
) -> None:
    client = signed_in(person(role, school))

    seen = client.get(address("results:grid", school, "eyfsp", YEAR))
    sent = client.post(
        address("results:save", school, "eyfsp", YEAR),
        '{"source": "grid", "edits": []}',
        content_type="application/json",
    )

    assert (seen.status_code, sent.status_code) == (look, enter)


def test_a_stranger_finds_nothing(school: School) -> None:
    ada = enrol(school, "Byrne", "1")
    stranger = signed_in(person("lead", make_school("Far School", "2156")))

    for found in (
        stranger.get(address("results:grid", school, "phonics", YEAR)),
        stranger.get(
            address("results:history", school, "phonics", YEAR, ada.pk, "phonics.mark")
        ),
        stranger.post(address("results:save", school, "phonics", YEAR)),
    ):
        assert found.status_code == 404


def test_nobody_signed_in_is_sent_to_sign_in(school: School) -> None:
    response = Client().get(address("results:grid", school, "phonics", YEAR))

    assert response.status_code == 302
    assert "login" in response["Location"]


def test_a_teacher_sees_and_saves_only_the_classes_given_to_them(
    school: School,
) -> None:
    mine = enrol(school, "Mine", "1", class_name="Kites")
    theirs = enrol(school, "Theirs", "1", class_name="Owls")
    teacher = person("teacher", school)
    SchoolClass.objects.get(name="Kites").teachers.add(teacher)
    client = signed_in(teacher)

    rows = shown(client, school, "phonics").rows
    answer = save(
        client,
        school,
        [edit(mine, "phonics.mark", "30"), edit(theirs, "phonics.mark", "30")],
    )

    assert [row.pupil for row in rows] == [mine.pk]
    assert [cell["state"] for cell in answer["cells"]] == ["saved", "refused"]


def test_the_way_in_goes_to_the_first_grid_with_pupils(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "4", year=2027)
    enrol(school, "Byrne", "4", year=2026)

    response = lead.get(address("results:start", school))

    assert response.status_code == 302
    assert "/grid/mtc/" in response["Location"]


def test_history_tells_every_step_newest_first(school: School, lead: Client) -> None:
    ada = enrol(school, "Byrne", "1")
    old = give(ada, "phonics.mark", "12")
    Result.objects.filter(pk=old.pk).update(transfer_id=7)
    new = save(lead, school, [edit(ada, "phonics.mark", "13", old.pk)])["cells"][0]
    save(lead, school, [edit(ada, "phonics.mark", "", new["version"])])

    where = address("results:history", school, "phonics", YEAR, ada.pk, "phonics.mark")
    told = lead.get(where, headers={"Accept": "application/json"}).json()["changes"]

    assert [(step["before"], step["after"]) for step in told] == [
        ("13", ""),
        ("12", "13"),
        ("", "12"),
    ]
    assert told[2]["transfer"] == 7
    assert told[2]["how"] == Source.TRANSFER.label


def test_history_is_a_piece_of_a_page_for_the_dialog(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    where = address("results:history", school, "phonics", YEAR, ada.pk, "phonics.mark")
    empty = lead.get(where).content.decode()
    save(lead, school, [edit(ada, "phonics.mark", "13")])

    told = lead.get(where).content.decode()

    assert "Nothing has been entered here." in empty
    assert "<html" not in told
    assert "Typed in the grid" in told
    assert "The lead" in told


@pytest.mark.parametrize("page", ["grid", "one", "blank"])
@pytest.mark.parametrize("pupils", [2, 40])
def test_the_grid_takes_the_same_queries_whatever_its_size(
    school: School,
    lead: Client,
    pupils: int,
    page: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(pupils):
        profile(enrol(school, f"Pupil{number}", "R", class_name="Robins"))

    with django_assert_num_queries(9):
        lead.get(address(f"results:{page}", school, "eyfsp", YEAR))


def test_a_cell_s_history_and_a_preview_ask_once_what_is_locked_and_who_asks(
    school: School, lead: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pupil = enrol(school, "Byrne", "1")
    give(pupil, "phonics.mark", "12")
    cell = address("results:history", school, "phonics", YEAR, pupil.pk, "phonics.mark")
    edits = {"source": "grid", "edits": [edit(pupil, "phonics.mark", "13")]}

    with django_assert_num_queries(10):
        lead.get(cell)
    with django_assert_num_queries(8):
        lead.post(
            address("results:preview", school, "phonics", YEAR),
            edits,
            content_type="application/json",
        )


@pytest.mark.parametrize("pupils", [2, 30])
def test_a_save_takes_the_same_queries_whatever_its_size(
    school: School,
    lead: Client,
    pupils: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    cohort = [enrol(school, f"Pupil{number}", "1") for number in range(pupils)]
    held = [give(pupil, "phonics.mark", "12") for pupil in cohort]
    edits = [
        edit(pupil, "phonics.mark", "13", row.pk)
        for pupil, row in zip(cohort, held, strict=True)
    ]

    with django_assert_num_queries(14):
        save(lead, school, edits)


@pytest.mark.parametrize("collection", rulebook(AcademicYear(YEAR)).collections)
def test_every_grid_leads_to_a_spreadsheet_of_it(
    school: School, lead: Client, collection: str
) -> None:
    link = f"{address('returns:report', school, collection, YEAR)}?form=xlsx"

    page = lead.get(address("results:grid", school, collection, YEAR))

    assert link in page.content.decode()
    assert lead.get(link).status_code == 200


def test_pupils_of_one_name_are_told_apart_by_their_upns(
    school: School, lead: Client
) -> None:
    twins = [enrol(school, name, "1") for name in ("Abara", "Abara", "Byrne")]

    for page in ("results:grid", "results:one", "results:blank"):
        whole = lead.get(address(page, school, "phonics", YEAR)).content.decode()
        words = whole.partition('type="application/json"')[0]
        stand = [pupil.upn in words for pupil in twins]
        assert stand == [True, True, False], page


def test_a_leaver_is_marked_and_a_mixed_class_says_who_is_in_which_year_group(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "1", class_name="Larks", left_on=date(2026, 6, 20))
    enrol(school, "Cole", "2", class_name="Larks")
    enrol(school, "Dunn", "2", class_name="Wrens")

    grid = shown(lead, school, "phonics")

    assert [(row.name, row.left, row.year_group) for row in grid.rows] == [
        ("Byrne, Ada", "left 20 June 2026", "Year 1"),
        ("Cole, Ada", "", "Year 2"),
        ("Dunn, Ada", "", ""),
    ]


def test_a_grid_of_nobody_says_so_and_offers_ways_on(
    school: School, lead: Client
) -> None:
    page = lead.get(address("results:grid", school, "eyfsp", YEAR)).content.decode()

    assert "Nobody is in this grid in 2025/26 yet" in page
    assert "Bring in a file of pupils" in page
    assert 'id="grid"' not in page


def test_the_page_of_one_pupil_is_told_no_upn(school: School, lead: Client) -> None:
    ada = enrol(school, "Byrne", "R")

    grid, one = (
        lead.get(address(f"results:{page}", school, "eyfsp", YEAR)).content.decode()
        for page in ("grid", "one")
    )

    assert ada.upn in grid
    assert ada.upn not in one
    assert "Byrne" in one
