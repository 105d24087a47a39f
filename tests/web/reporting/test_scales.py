import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.reporting.test_pages import text

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.own_scales import tables
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.reporting.models import OwnScale
from hornbook.web.results.models import Result

# A year of which nothing is held, and one of which maths is held in part.
NONE_HELD, IN_PART = 2027, 2025
READING = "ks2-tests.reading-score"
HIGHEST = 50


def page(town: Town, year: int = NONE_HELD) -> str:
    return reverse("reporting:scales", args=[town.elm.laestab, year])


def whole() -> str:
    """A table of every mark, as two columns of a spreadsheet."""
    rows = [(mark, "N" if mark < 3 else 80 + mark * 2 // 3) for mark in range(51)]
    return "Mark\tScaled score\n" + "\n".join(f"{m}\t{s}" for m, s in rows)


def write_down(client: Client, town: Town, pasted: str, **others: str) -> list[str]:
    """Post a table; what is wrong with it."""
    posted = {"item": READING, "source": "the tables of 7 July", "pasted": pasted}
    answer = client.post(page(town), posted | others)
    if answer.status_code == 302:
        return []
    return [
        words for found in answer.context["form"].errors.values() for words in found
    ]


def test_a_year_says_which_tables_are_whole_in_part_and_missing(
    town: Town, signed_in: SignedIn
) -> None:
    client = signed_in(town.alice)

    assert "Reading scaled score Missing" in text(client, page(town))
    words = text(client, page(town, IN_PART))
    assert "Whole: all 51 marks" in words
    assert "In part: " in words
    assert "(not confirmed)" in words


def test_a_table_pasted_stands_with_who_when_and_where_from(
    town: Town, signed_in: SignedIn
) -> None:
    client = signed_in(town.alice)

    assert write_down(client, town, whole()) == []

    words = text(client, page(town))
    assert "Whole: all 51 marks" in words
    assert "(not confirmed): the tables of 7 July" in words
    assert f"Written down by {town.alice}" in words
    event = Event.objects.get(action="scaled score table written down")
    assert event.detail["50"] == "113"


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("25 98\n26 97", "26 marks give 97, but 25 marks give 98"),
        ("25 98\n51 120", "Line 2: 51 is not a mark of this test, which has 0 to 50"),
        ("25 79", "Line 1: 79 must be a whole number from 80 to 120"),
        ("25 121", "121 must be"),
        ("25 AS", "AS must be"),
        ("25 98\n25 99", "Line 2: 25 marks give 99, and 98 above"),
        ("25", "not a mark and a scaled score"),
        ("Mark Score", "no mark in the table"),
        ("25 98\nand so on", "Line 2: and so on is not a mark and a scaled score"),
        ("98 N\n1 N", "98 is not a mark"),
        ("2 81\n3 N", "3 marks give N, but 2 marks give 81"),
        ("", "Paste the table: a line a mark."),
    ],
)
def test_a_table_that_cannot_be_right_is_refused_whole_and_said(
    pasted: str, words: str, town: Town, signed_in: SignedIn
) -> None:
    found = write_down(signed_in(town.alice), town, pasted)

    assert words in " ".join(found)
    assert not OwnScale.objects.exists()


def test_a_test_that_the_year_has_not_is_refused(
    town: Town, signed_in: SignedIn
) -> None:
    found = write_down(signed_in(town.alice), town, "25 98", item="phonics.mark")

    assert len(found) == 1
    assert not OwnScale.objects.exists()


def test_the_grid_and_the_cohort_go_by_the_schools_own_table(
    town: Town, signed_in: SignedIn
) -> None:
    client = signed_in(town.alice)
    enter(town, mark="30")
    write_down(client, town, whole())

    where = [town.elm.laestab, "ks2-tests", NONE_HELD]
    grid = client.get(reverse("results:grid", args=where)).content.decode()
    cohort = text(client, reverse("results:cohort", args=where))

    assert "The school's own table" in grid
    assert "Reading scaled score: Whole: all 51 marks, your school" in cohort
    assert "30 100 the standard met" in cohort


def enter(town: Town, **values: str) -> Pupil:
    """Ada in Year 6, with what she has of the reading test."""
    pupil = Pupil.objects.create(
        school=town.elm, surname="Byrne", forename="Ada", dob="2016-01-04", sex="F"
    )
    Enrolment.objects.create(pupil=pupil, academic_year=NONE_HELD, nc_year="6")
    for code, value in values.items():
        Result.objects.create(
            pupil=pupil,
            item=f"ks2-tests.reading-{code}",
            year=NONE_HELD,
            value=value,
            by_name="Somebody",
            source="grid",
        )
    return pupil


def test_a_table_that_another_school_wrote_down_counts_for_that_school(
    town: Town, signed_in: SignedIn
) -> None:
    OwnScale.objects.create(
        school=town.oak, academic_year=NONE_HELD, item=READING, scores={"30": "100"}
    )

    assert "Reading scaled score Missing" in text(signed_in(town.alice), page(town))


def test_own_that_differs_from_what_is_held_is_named(
    town: Town, signed_in: SignedIn
) -> None:
    [held, *_] = tables(rulebook(AcademicYear(IN_PART)))
    mark = next(mark for mark, score in held.scores.items() if score == "100")
    OwnScale.objects.create(
        school=town.elm,
        academic_year=IN_PART,
        item=held.item.full_code,
        scores={str(mark): "101"},
    )

    words = text(signed_in(town.alice), page(town, IN_PART))

    assert f"has another score for {mark} marks" in words


def test_a_table_is_dropped_again(town: Town, signed_in: SignedIn) -> None:
    client = signed_in(town.alice)
    write_down(client, town, whole())

    client.post(
        reverse("reporting:drop_scale", args=[town.elm.laestab, NONE_HELD, READING])
    )

    assert "Reading scaled score Missing" in text(client, page(town))
    assert Event.objects.filter(action="scaled score table dropped").exists()


def test_a_governor_reads_the_tables_and_writes_none(
    town: Town, signed_in: SignedIn
) -> None:
    gwen = signed_in(town.gwen)

    assert "Keep this table" not in text(gwen, page(town))
    assert gwen.post(page(town), {"item": READING}).status_code == 403
