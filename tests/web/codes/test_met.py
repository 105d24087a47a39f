"""Codes of tests met in files that were read."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.people import Town

from hornbook.records import Combination, Result
from hornbook.web.codes.actions import note_met
from hornbook.web.codes.models import MetCodes

UNKNOWN = Combination("KS2", "MAT", "TT", "MAT", "QQ")
OUTCOME = Combination("KS2", "ENG", "TT", "REA", "NC")


def results(combination: Combination, *values: str) -> list[Result]:
    return [Result(combination, "2026", value) for value in values]


def rows() -> set[tuple[str, str, int, str]]:
    return {
        (one.school.laestab, str(one), one.results, one.example)
        for one in MetCodes.objects.select_related("school")
    }


def test_what_a_file_had_is_noted_for_its_school(town: Town) -> None:
    note_met(
        school=town.elm,
        results=[*results(UNKNOWN, "104", "99"), *results(OUTCOME, "AS")],
    )

    assert rows() == {
        (town.elm.laestab, "KS2 MAT TT MAT QQ", 2, "104"),
        (town.elm.laestab, "KS2 ENG TT REA NC", 1, "AS"),
    }


def test_the_same_file_twice_counts_once(town: Town) -> None:
    for _ in range(2):
        note_met(school=town.elm, results=results(UNKNOWN, "104", "99"))
    note_met(school=town.oak, results=results(UNKNOWN, "80"))

    assert rows() == {
        (town.elm.laestab, "KS2 MAT TT MAT QQ", 2, "104"),
        (town.oak.laestab, "KS2 MAT TT MAT QQ", 1, "80"),
    }


def test_noting_is_one_statement_and_none_where_no_test_is_met(town: Town) -> None:
    many = [*results(UNKNOWN, *["104"] * 90), *results(OUTCOME, *["AS"] * 90)]

    with CaptureQueriesContext(
        connection,
    ) as asked:
        note_met(school=town.elm, results=many)
        note_met(school=town.elm, results=[])

    inserts = [one["sql"] for one in asked if one["sql"].startswith("INSERT")]
    assert len(inserts) == 1
