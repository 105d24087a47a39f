from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.cohorts import cohorts

from hornbook.identifiers import AcademicYear
from hornbook.measures.people import Assessed
from hornbook.measures.tally import (
    Tally,
    gap,
    gap_in_pupils,
    gap_in_words,
    more_needed,
    tally,
)
from hornbook.rulebook.measures import measures, measures_of
from hornbook.rulebook.national import National

YEAR = AcademicYear(2025)
GLD = measures()["gld"]
TABLES = measures()["mtc-average"]


def share(met: int, pupils: int) -> Tally:
    values = {key: int(key < met) for key in range(pupils)}
    return Tally(measure=GLD, year=YEAR, values=values)


def national(value: str, measure: str = "gld") -> National:
    return National(
        year=YEAR,
        measure=measure,
        value=Decimal(value),
        release="2024/25",
        source="EES",
        confirmed=True,
    )


@given(cohorts(2025, "1", ("phonics",)), st.randoms())
def test_the_order_of_pupils_changes_nothing(
    cohort: list[Assessed], dice: Random
) -> None:
    shuffled = dice.sample(cohort, len(cohort))

    for measure in measures_of("phonics"):
        assert tally(measure, YEAR, cohort) == tally(measure, YEAR, shuffled)


@settings(max_examples=40, deadline=None)
@given(cohorts(2025, "6", ("ks2-tests", "ks2-teacher-assessment")))
def test_every_pupil_counts_or_is_left_out_and_never_both(
    cohort: list[Assessed],
) -> None:
    for measure in measures_of("ks2"):
        found = tally(measure, YEAR, cohort)

        assert found.counted.isdisjoint(found.left_out)
        assert found.counted | set(found.left_out) == {one.key for one in cohort}
        assert all(found.left_out.values())


@pytest.mark.parametrize(
    ("met", "pupils", "percent"),
    [(0, 0, None), (0, 3, 0), (3, 3, 100), (1, 8, 13), (1, 200, 1), (1, 201, 0)],
)
def test_a_share_is_rounded_to_whole_per_cent_halves_up(
    met: int, pupils: int, percent: int | None
) -> None:
    assert share(met, pupils).percent == percent


@pytest.mark.parametrize(
    ("met", "words"),
    [
        (22, "5.0 points above: about 2 pupils"),
        (20, "1.6 points below: less than one pupil"),
        (15, "18.3 points below: about 5 pupils"),
        (19, "5.0 points below: about 1 pupil"),
    ],
)
def test_the_gap_to_the_national_figure_is_told_as_pupils(met: int, words: str) -> None:
    assert gap_in_words(share(met, 30), national("68.3")) == words


def test_no_gap_is_told_of_nobody() -> None:
    nobody = share(0, 0)

    assert gap(nobody, national("68.3")) is None
    assert gap_in_pupils(nobody, national("68.3")) is None
    assert gap_in_words(nobody, national("68.3")) == ""
    assert more_needed(nobody, 75) is None


def test_a_mean_is_compared_in_marks_and_never_in_pupils() -> None:
    found = Tally(measure=TABLES, year=YEAR, values={1: 20, 2: 25})

    assert gap_in_words(found, national("21.0", "mtc-average")) == "1.5 above"
    assert gap_in_words(found, national("22.5", "mtc-average")) == "the same"
    assert more_needed(found, 75) is None


@pytest.mark.parametrize(
    ("met", "pupils", "percent", "more"),
    [(20, 30, 75, 3), (23, 30, 75, 0), (22, 30, 75, 1), (0, 4, 75, 3), (3, 4, 75, 0)],
)
def test_how_many_more_pupils_a_per_cent_takes(
    met: int, pupils: int, percent: int, more: int
) -> None:
    found = share(met, pupils)

    assert more_needed(found, percent) == more
    assert 100 * (met + more) >= percent * pupils
    assert not more or 100 * (met + more - 1) < percent * pupils


def test_a_tally_among_some_pupils_keeps_their_values_only() -> None:
    whole = share(3, 6)

    some = whole.among([0, 5, 99])

    assert some.values == {0: 1, 5: 0}
    assert some.met == (0,)
    assert some.not_met == (5,)
