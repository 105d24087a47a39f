"""No group under the threshold can be worked out from the tables of one report."""

import re
import time
from collections.abc import Iterable, Sequence
from itertools import combinations, product
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.cohorts import cohorts, pupil

from hornbook.identifiers import AcademicYear
from hornbook.measures.breakdown import by_group
from hornbook.measures.differencing import small_group
from hornbook.measures.disclosure import Guarded, Shown, Told
from hornbook.measures.people import Assessed
from hornbook.measures.tally import Tally, tally
from hornbook.rulebook.groups import groupings
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.measures import measures, measures_of

YEAR: Final = AcademicYear(2025)
SMALLEST: Final = 6
TABLES: Final = measures()["mtc-full-marks"]
Keys = frozenset[int]


def people(
    *, girls: int, boys: int, girls_with: int = 0, boys_with: int = 0
) -> list[Assessed]:
    """Girls and boys, some with free school meals; every third has full marks."""
    facts = [{"sex": "F", "fsm": "Y" if n < girls_with else "N"} for n in range(girls)]
    facts += [{"sex": "M", "fsm": "Y" if n < boys_with else "N"} for n in range(boys)]
    return [
        Assessed(
            key=key, nc_year="4", facts=held, results=mark("20" if key % 3 else "25")
        )
        for key, held in enumerate(facts)
    ]


def mark(value: str) -> dict[str, dict[int, str]]:
    return {"mtc.mark": {2025: value}}


def tables(cohort: Sequence[Assessed], *codes: tuple[str, ...]) -> list[Guarded]:
    """The tables of one report of a measure, after its total."""
    whole = tally(TABLES, YEAR, cohort)
    told = Told(SMALLEST)
    told.totals([whole])
    return [
        told.breakdown(by_group(whole, cohort, [groupings()[code] for code in chosen]))
        for chosen in codes
    ]


def halves(keys: Iterable[int]) -> dict[int, int]:
    """Every other pupil met it."""
    return {key: int(at % 2 == 0) for at, key in enumerate(keys)}


def shown(table: Guarded) -> list[str]:
    return [part.title for part in table.breakdown.parts if table.shows(part)]


def test_a_group_under_the_threshold_is_hidden_and_so_is_what_gives_it_away() -> None:
    [table] = tables(people(girls=5, boys=25), ("sex",))

    assert shown(table) == []


def test_groups_at_the_threshold_are_shown() -> None:
    [table] = tables(people(girls=6, boys=24), ("sex",))

    assert shown(table) == ["Girls", "Boys"]


def test_two_tables_that_together_give_a_small_group_away_are_not_both_shown() -> None:
    # All pupils with meals are girls: boys and meals leave five girls without.
    cohort = people(girls=15, boys=15, girls_with=10)

    first, second = tables(cohort, ("sex",), ("fsm",))

    assert shown(first) == ["Girls", "Boys"]
    assert shown(second) == []


def test_of_two_groups_together_the_small_ones_and_their_neighbours_are_hidden() -> (
    None
):
    cohort = people(girls=20, boys=20, girls_with=3, boys_with=8)

    *_, together = tables(cohort, ("sex",), ("fsm",), ("sex", "fsm"))

    assert shown(together) == []


def test_a_cohort_under_the_threshold_is_not_told_at_all() -> None:
    found = tally(TABLES, YEAR, people(girls=2, boys=3))

    assert Told(SMALLEST).totals([found])[TABLES.code].text == "Not shown"


@pytest.mark.parametrize("absent", [1, 3, 5])
@pytest.mark.parametrize(("code", "group"), [("mtc", "4"), ("phonics", "1")])
def test_no_report_tells_both_of_all_pupils_and_of_those_who_took_a_check(
    code: str, group: str, absent: int
) -> None:
    given = ["A"] * absent + ["25", "20"] * 10
    cohort = [
        Assessed(key=key, nc_year=group, results={f"{code}.mark": {2025: value}})
        for key, value in enumerate(given[:20])
    ]
    inside = [one for one in measures_of(code) if one.nc_year == group]

    told = Told(SMALLEST).totals(tally(one, YEAR, cohort) for one in inside)

    words = " ".join(one.text for one in told.values())
    exact = re.findall(r"\((\d+) (?:pupils|of)|of (\d+)\)", words)
    assert {"20", str(20 - absent)} - {number for pair in exact for number in pair}
    assert told[f"{code}-took"].figure in {"All but a few", "All or nearly all"}


def test_a_rounded_share_does_not_tell_of_how_many_pupils_it_is() -> None:
    told = {of: {rounded(met, of) for met in range(of)} for of in range(23, 34)}

    assert all(found == told[28] for found in told.values())


def rounded(met: int, of: int) -> str:
    values = {key: int(key < met) for key in range(of)}
    found = Tally(measure=TABLES, year=YEAR, values=values)
    return Shown(found, whole=False, about="about 28").figure


def test_a_measure_of_a_few_pupils_more_is_told_without_its_exact_number() -> None:
    cohort = people(girls=10, boys=10)
    cohort[0] = Assessed(key=0, nc_year="4", results=mark("A"))
    found = [tally(one, YEAR, cohort) for one in measures_of("mtc")]

    told = Told(SMALLEST).totals(found)

    assert told["mtc-average"].text == "21.6 (19 pupils)"
    assert told["mtc-full-marks"].text == "About 30% (about 19 pupils)"


def test_a_measure_of_a_few_pupils_fewer_says_so_and_headlines_come_first() -> None:
    sizes = {"goal-e17": 18, "gld": 20, "all-goals": 19}
    found = [
        Tally(measure=measures()[code], year=YEAR, values=halves(range(size)))
        for code, size in sizes.items()
    ]

    told = Told(SMALLEST).totals(found)

    assert told["gld"].text == "50% (10 of 20)"
    assert told["goal-e17"].text == "About 50% (about 20 pupils)"
    assert told["all-goals"].text == "About 55% (about 20 pupils)"


def test_a_measure_neither_holding_nor_held_is_not_told_where_it_gives_a_few_away() -> (
    None
):
    first, second = range(12), range(12, 24)
    third = [*range(11), *range(12, 23)]
    counted = {"gld": first, "mtc-full-marks": second, "mtc-took": third}
    found = [
        Tally(measure=measures()[code], year=YEAR, values=halves(keys))
        for code, keys in counted.items()
    ]

    told = Told(SMALLEST).totals(found)

    # The first two together, less the third, are two pupils.
    assert [told[code].text for code in counted] == [
        "50% (6 of 12)",
        "50% (6 of 12)",
        "Not shown",
    ]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([range(10), range(4)], {0, 1, 2, 3}),
        ([range(20), range(17)], {17, 18, 19}),
        ([range(20), range(12), range(12, 19)], {19}),
        ([range(12), range(6, 18), range(14)], {12, 13}),
        ([range(20), range(10)], set()),
        ([range(20), range(5, 15)], set()),
        ([range(20), range(10), range(6, 14)], set()),
        ([], set()),
    ],
)
def test_a_small_group_is_found_by_adding_and_subtracting(
    told: Iterable[range], found: set[int]
) -> None:
    assert small_group([frozenset(each) for each in told], SMALLEST) == found


def differences(told: Sequence[Keys], most: int) -> Iterable[Keys]:
    """What adding and subtracting up to so many totals gives, pupil by pupil."""
    for size in range(1, most + 1):
        for chosen in combinations(told, size):
            for signs in product((1, -1), repeat=size - 1):
                times: dict[int, int] = {}
                for sign, keys in zip((1, *signs), chosen, strict=True):
                    for key in keys:
                        times[key] = times.get(key, 0) + sign
                weights = set(times.values())
                if weights <= {0, 1} or weights <= {0, -1}:
                    yield frozenset(key for key, weight in times.items() if weight)


def told_by(cohort: list[Assessed], report: str, chosen: list[str]) -> list[Keys]:
    """Every set of pupils whose exact total a report tells."""
    tallies = [tally(one, YEAR, cohort) for one in measures_of(report)]
    told = Told(SMALLEST)
    sets = [one.tally.counted for one in told.totals(tallies).values() if one.whole]
    for code in chosen:
        for whole in tallies:
            if whole.measure.headline:
                table = told.breakdown(by_group(whole, cohort, [groupings()[code]]))
                sets += [
                    part.tally.counted
                    for part in table.breakdown.parts
                    if table.shows(part)
                ]
    return list(dict.fromkeys(filter(None, sets)))


GROUPS: Final = st.permutations(list(groupings())).map(lambda codes: codes[:4])


@settings(max_examples=120, deadline=None)
@given(cohorts(2025, "4", ("mtc",)), GROUPS)
def test_no_differencing_of_a_report_finds_a_group_under_the_threshold(
    cohort: list[Assessed], chosen: list[str]
) -> None:
    told = told_by(cohort, "mtc", chosen)

    found = [group for group in differences(told, 4) if 0 < len(group) < SMALLEST]

    assert found == []


@settings(max_examples=40, deadline=None)
@given(
    cohorts(2025, "6", ("ks2-tests", "ks2-teacher-assessment")),
    st.sampled_from([["sex", "fsm"], ["disadvantaged", "fsm", "ever6"], ["sen"]]),
)
def test_nor_does_it_where_measures_leave_out_different_pupils(
    cohort: list[Assessed], chosen: list[str]
) -> None:
    told = told_by(cohort, "ks2", chosen)

    found = [group for group in differences(told, 3) if 0 < len(group) < SMALLEST]

    assert found == []


@settings(max_examples=200, deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 15)), max_size=6))
def test_what_a_search_by_hand_finds_is_always_found(told: list[Keys]) -> None:
    by_hand = [group for group in differences(told, 4) if 0 < len(group) < SMALLEST]

    found = small_group(told, SMALLEST)
    assert bool(found) >= bool(by_hand)
    assert len(found) < SMALLEST


@pytest.mark.parametrize("smallest", [6, 10, 20, 30])
def test_a_year_group_of_90_is_guarded_at_once_whatever_the_threshold(
    smallest: int,
) -> None:
    book = rulebook(YEAR)
    items = [
        item
        for code in ("ks2-tests", "ks2-teacher-assessment")
        for item in book.collections[code].items
    ]
    dice = Random(smallest)  # noqa: S311 - random pupils, not secrets
    cohort = [pupil(dice, key, 2025, "6", items) for key in range(90)]
    tallies = [tally(one, YEAR, cohort) for one in measures_of("ks2")]
    wholes = [one for one in tallies if one.measure.headline]
    begun = time.process_time()

    told = Told(smallest)
    told.totals(tallies)
    for grouping in groupings().values():
        for whole in wholes:
            told.breakdown(by_group(whole, cohort, [grouping]))

    assert time.process_time() - begun < 1


def test_what_cannot_be_searched_in_time_is_not_told() -> None:
    dice = Random(1)  # noqa: S311 - random pupils, not secrets
    told = [frozenset(dice.sample(range(60), 30)) for _ in range(40)]
    begun = time.process_time()

    assert small_group(told, 30)
    assert time.process_time() - begun < 5
