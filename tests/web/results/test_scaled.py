"""What the year's table says of a mark: shown, and filled in only on asking."""

import pytest
from django.test import Client
from tests.web.results.scene import (
    YEAR,
    address,
    enrol,
    give,
    person,
)

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.actions import Sheet
from hornbook.web.results.locking import Part, lock
from hornbook.web.results.models import Result
from hornbook.web.schools.models import School

BOOK = rulebook(AcademicYear(YEAR))
TESTS = BOOK.collections["ks2-tests"]
SCORE = TESTS.item("reading-score")
assert SCORE.scale is not None
# A mark that the table knows, and what it gives.
MARK, SAYS = next((m, s) for m, s in SCORE.scale.scores.items() if s == "104")


@pytest.fixture
def ada(school: School) -> Pupil:
    pupil = enrol(school, "Byrne", "6")
    give(pupil, "ks2-tests.reading-mark", str(MARK))
    return pupil


def page(client: Client, school: School) -> str:
    where = address("results:cohort", school, "ks2-tests", YEAR)
    return " ".join(client.get(where).content.decode().split())


def fill(client: Client, school: School) -> str:
    where = address("results:fill_scaled", school, "ks2-tests", YEAR)
    return client.post(where, follow=True).content.decode()


def scores() -> list[tuple[str, str]]:
    rows = Result.objects.current().filter(item="ks2-tests.reading-score")
    return [(row.value, row.source) for row in rows]


def test_the_score_that_the_table_gives_is_shown_and_not_stored(
    school: School, lead: Client, ada: Pupil
) -> None:
    told = page(lead, school)

    assert "Fill in 1 score from the table" in told
    assert ">104</td>" in told
    assert "the standard met" in told
    assert scores() == []


def test_on_asking_it_is_filled_in_and_the_history_says_how(
    school: School, lead: Client, ada: Pupil
) -> None:
    told = fill(lead, school)

    assert "1 score is filled in from the table." in told
    assert scores() == [("104", "table")]
    assert "Every mark that the table knows has its score." in page(lead, school)


def test_a_score_that_says_something_else_is_shown_beside_the_table_and_left(
    school: School, lead: Client, ada: Pupil
) -> None:
    give(ada, "ks2-tests.reading-score", "99")

    told = page(lead, school)
    fill(lead, school)

    assert "Entered, and different from the table" in told
    assert scores() == [("99", "transfer")]


def test_a_locked_grid_is_not_filled_in(
    school: School, lead: Client, ada: Pupil
) -> None:
    sheet = Sheet(school=school, book=BOOK, collection=TESTS)
    lock(part=Part(sheet, None), by=person("lead", school, "Una Lock"))

    told = fill(lead, school)

    assert "Nothing was filled in. Locked by Una Lock on " in told
    assert scores() == []


def test_a_collection_without_a_table_has_no_such_part(
    school: School, lead: Client
) -> None:
    where = address("results:cohort", school, "phonics", YEAR)

    assert "Scaled scores" not in lead.get(where).content.decode()
