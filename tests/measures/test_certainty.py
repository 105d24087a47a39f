"""Nobody can be certain of one child's result from what may leave the school.

The adversary here knows who is in which group. It tries every way the results could
have been, and keeps those with the same figures wherever a figure is shown; a child
whose result is the same in all of them would be given away.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.cohorts import cohorts

from hornbook.identifiers import AcademicYear
from hornbook.measures.breakdown import by_group
from hornbook.measures.certainty import certain
from hornbook.measures.disclosure import FEW, HIDDEN, Told
from hornbook.measures.formulas import Span
from hornbook.measures.people import Assessed
from hornbook.measures.tally import Tally, tally
from hornbook.reports.lines import line
from hornbook.rulebook.groups import groupings
from hornbook.rulebook.measures import measures, measures_of
from hornbook.rulebook.national import England, published

YEAR: Final = AcademicYear(2025)
MEASURE: Final = measures()["phonics-year-1"]
SHARE: Final = Span(0, 1)
World = tuple[int, ...]


def tallied(results: World) -> Tally:
    values = dict(enumerate(results))
    return Tally(measure=MEASURE, year=YEAR, values=values)


def pupils(groups: Sequence[tuple[str, str]]) -> list[Assessed]:
    return [
        Assessed(key=key, nc_year="1", facts={"sex": sex, "fsm": fsm})
        for key, (sex, fsm) in enumerate(groups)
    ]


def told(cohort: Sequence[Assessed], results: World, smallest: int) -> tuple[str, ...]:
    """Everything that a report of one measure would say, and leave out."""
    whole = tallied(results)
    guard = Told(smallest)
    shown = guard.totals([whole])[MEASURE.code]
    said = [shown.text]
    if shown.whole:
        for code in ("sex", "fsm"):
            table = guard.breakdown(by_group(whole, cohort, [groupings()[code]]))
            said += [
                part.tally.text if table.shows(part) else HIDDEN
                for part in table.breakdown.parts
            ]
    return tuple(said)


def figures(cohort: Sequence[Assessed], results: World) -> tuple[str, ...]:
    """The same figures as they are known in school."""
    whole = tallied(results)
    shown = Told(1).totals([whole])[MEASURE.code]
    tables = [by_group(whole, cohort, [groupings()[code]]) for code in ("sex", "fsm")]
    parts = [part.tally.text for table in tables for part in table.parts]
    return (shown.text, *parts)


def given_away(
    cohort: Sequence[Assessed], smallest: int
) -> Iterator[tuple[int, World]]:
    """Each child whose result is the same in every way that has the figures told."""
    worlds = list(product((0, 1), repeat=len(cohort)))
    held = [figures(cohort, results) for results in worlds]
    for said in {told(cohort, results, smallest) for results in worlds}:
        seen = [at for at, text in enumerate(said) if text != HIDDEN]
        alike = [
            results
            for results, known in zip(worlds, held, strict=True)
            if all(known[at] == said[at] for at in seen)
        ]
        for child, values in enumerate(zip(*alike, strict=True)):
            if len(set(values)) == 1:
                yield child, alike[0]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("FM"), st.sampled_from("YN")), min_size=8, max_size=10
    )
)
def test_in_no_way_that_results_can_be_is_one_childs_result_given_away(
    groups: list[tuple[str, str]],
) -> None:
    cohort = pupils(groups)

    assert list(given_away(cohort, smallest=4)) == []


@pytest.mark.parametrize("met", range(13))
def test_a_child_who_knows_their_own_result_learns_no_others_of_a_group(
    met: int,
) -> None:
    results = tuple(int(key < met) for key in range(12))

    shown = Told(6).totals([tallied(results)])[MEASURE.code]

    if met <= FEW:
        assert shown.text == "None or hardly any (12 pupils)"
    elif met >= 12 - FEW:
        assert shown.text == "All or nearly all (12 pupils)"
    else:
        assert shown.text == tallied(results).text


def test_nor_do_the_words_beside_it_say_how_many() -> None:
    results = (1,) * 30
    shown = Told(6).totals([tallied(results)])[MEASURE.code]

    said = line(shown, published())

    assert said.row()[1:3] == ("All or nearly all", "30 pupils")
    assert (said.difference, said.needed(100), said.value) == ("", "", None)


@pytest.mark.parametrize(("mark", "words"), [("25", "Nearly 25"), ("0", "Nearly 0")])
def test_a_mean_that_tells_every_mark_is_told_in_words(mark: str, words: str) -> None:
    cohort = [
        Assessed(key=key, nc_year="4", results={"mtc.mark": {2025: mark}})
        for key in range(8)
    ]
    found = tally(measures()["mtc-average"], YEAR, cohort)

    shown = Told(6).totals([found])["mtc-average"]

    assert shown.text == f"{words} (8 pupils)"
    assert line(shown, England({})).value is None


def test_a_group_that_all_met_is_not_shown_nor_what_gives_it_away() -> None:
    groups = [("F", "N")] * 10 + [("M", "N")] * 10
    results = (1,) * 10 + (1, 0) * 5

    said = told(pupils(groups), results, 6)

    assert said == ("75% (15 of 20)", HIDDEN, HIDDEN, "75% (15 of 20)")


def test_two_tables_that_together_tell_a_result_are_not_both_shown() -> None:
    # Girls without meals all met it and boys with them did not: by sex and by meals
    # the totals are 7 and 3 of 10, and can be so in no other way.
    groups = [("F", "N")] * 7 + [("F", "Y")] * 3 + [("M", "Y")] * 7 + [("M", "N")] * 3
    results = (1,) * 7 + (0,) * 3 + (0,) * 7 + (0,) * 3

    by_sex, by_meals = (
        [frozenset(range(10)), frozenset(range(10, 20))],
        [frozenset([*range(7), *range(17, 20)]), frozenset(range(7, 17))],
    )
    values = dict(enumerate(results))

    assert certain([*by_sex, *by_meals], values, SHARE) != frozenset()
    said = told(pupils(groups), results, 6)
    assert said.count(HIDDEN) >= 2


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(6, 11))
def test_whoever_is_not_called_certain_could_have_had_another_result(
    seed: int, size: int
) -> None:
    dice = Random(seed)  # noqa: S311 - random pupils, not secrets
    keys = range(size)
    sets = [
        frozenset(dice.sample(keys, dice.randint(1, size)))
        for _ in range(dice.randint(1, 4))
    ]
    values = {key: dice.randint(0, 1) for key in keys}

    found = certain(sets, values, SHARE)

    totals = [sum(values[key] for key in keys) for keys in sets]
    worlds = [
        world
        for world in product((0, 1), repeat=size)
        if [sum(world[key] for key in keys) for keys in sets] == totals
    ]
    for key in frozenset().union(*sets) - found:
        assert {world[key] for world in worlds} == {0, 1}


@settings(max_examples=60, deadline=None)
@given(
    cohorts(2025, "6", ("ks2-tests", "ks2-teacher-assessment")),
    st.permutations(["sex", "disadvantaged", "sen", "eal", "term"]),
)
def test_no_figure_of_a_report_is_of_a_group_that_all_or_none_met(
    cohort: list[Assessed], codes: list[str]
) -> None:
    guard = Told(6)
    tallies = [tally(one, YEAR, cohort) for one in measures_of("ks2")]
    whole = guard.totals(tallies)
    for code in codes:
        for one in tallies:
            if whole[one.measure.code].whole:
                table = guard.breakdown(by_group(one, cohort, [groupings()[code]]))
                parts = [part for part in table.breakdown.parts if table.shows(part)]
                hidden = one.among(
                    one.counted.difference(*(part.tally.counted for part in parts))
                )
                tested = [part.tally for part in parts]
                tested += [hidden] if parts and hidden.values else []
                assert all(each.room >= FEW for each in tested)
                assert all(each.pupils >= 6 for each in tested)
