"""Nobody can be certain of one child's result from what may leave the school.

The adversary here knows who is in which group, and by what rule tables are told or not.
It tries every way the results could have been, and keeps those of which all would look
just alike; a child whose result is the same in all of them would be given away.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.cohorts import cohorts

from hornbook.identifiers import AcademicYear
from hornbook.measures.breakdown import by_group
from hornbook.measures.certainty import FEW, Chain, Keys, Results, certain
from hornbook.measures.disclosure import HIDDEN, Told
from hornbook.measures.formulas import Span
from hornbook.measures.people import Assessed
from hornbook.measures.tally import Tally, tally
from hornbook.reports.lines import line
from hornbook.rulebook.groups import groupings
from hornbook.rulebook.measures import measures, measures_of
from hornbook.rulebook.national import England, published

YEAR: Final = AcademicYear(2025)
MEASURE: Final = measures()["phonics-year-1"]
SEX: Final = groupings()["sex"]
MOST: Final = 2
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
    if shown.exact:
        for code in ("sex", "fsm"):
            table = guard.breakdown(by_group(whole, cohort, [groupings()[code]]))
            said += [
                part.tally.text if table.shows(part) else HIDDEN
                for part in table.breakdown.parts
            ]
    return tuple(said)


def given_away(told: Mapping[World, object]) -> list[tuple[int, object]]:
    """Each child of whom all ways that results can be and that look alike agree.

    Whoever looks knows the rule: what is not shown tells them as much as what is.
    """
    return [
        (child, said)
        for said, alike in looking_alike(told).items()
        for child, values in enumerate(zip(*alike, strict=True))
        if len(set(values)) == 1
    ]


def given_away_to_a_family(told: Mapping[World, object]) -> list[tuple[int, int]]:
    """To somebody who knows of one child: that child, and the one given away."""
    return [
        (own, child)
        for alike in looking_alike(told).values()
        for own, known in product(range(len(alike[0])), range(MOST + 1))
        for child, values in enumerate(
            zip(*(world for world in alike if world[own] == known), strict=True)
        )
        if child != own and len(set(values)) == 1
    ]


def looking_alike(told: Mapping[World, object]) -> dict[object, list[World]]:
    found: dict[object, list[World]] = defaultdict(list)
    for results, said in told.items():
        found[said].append(results)
    return found


def of_every_way(
    groups: Sequence[tuple[str, str]], smallest: int
) -> dict[World, tuple[str, ...]]:
    """What the report would say, for every way the results can be."""
    cohort = pupils(groups)
    worlds = product((0, 1), repeat=len(cohort))
    return {results: told(cohort, results, smallest) for results in worlds}


GROUPS: Final = st.tuples(st.sampled_from("FM"), st.sampled_from("YN"))


@settings(max_examples=12, deadline=None)
@given(st.lists(GROUPS, min_size=8, max_size=10), st.integers(2, 4))
def test_no_child_is_given_away_to_whoever_knows_the_rule(
    groups: list[tuple[str, str]], smallest: int
) -> None:
    said = of_every_way(groups, smallest)

    assert given_away(said) == []
    assert given_away_to_a_family(said) == []


def cohorts_of(size: int, kinds: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide so many pupils among so many kinds."""
    if kinds == 1:
        yield (size,)
        return
    for first in range(size + 1):
        for rest in cohorts_of(size - first, kinds - 1):
            yield (first, *rest)


def tables_of(sizes: Sequence[int], divided: Sequence[int]) -> list[list[Keys]]:
    """The groups of each table, where so many pupils are of each kind."""
    kinds = [
        kind
        for size, kind in zip(sizes, kinds_of(divided), strict=True)
        for _ in range(size)
    ]
    return [
        [
            group
            for at in range(ways)
            if (group := Keys(k for k, kind in enumerate(kinds) if kind[table] == at))
        ]
        for table, ways in enumerate(divided)
    ]


def kinds_of(divided: Sequence[int]) -> Iterator[tuple[int, ...]]:
    return product(*map(range, divided))


def said_of(tables: Sequence[Sequence[Keys]], results: Results) -> tuple[object, ...]:
    """The total and those of each table, as far as they are told."""
    everybody = results.of(Keys(results.values))
    if everybody.room <= FEW:
        return ("nearly", 2 * everybody.total > everybody.most)
    chain = Chain.of(results)
    return (
        everybody.total,
        *(
            tuple(results.of(group).total for group in groups)
            if chain.tells(groups)
            else HIDDEN
            for groups in tables
        ),
    )


def of_every_small_cohort(
    size: int, divided: Sequence[int], most: int
) -> Iterator[dict[World, object]]:
    """What is told, with no group too small, for every way the results can be."""
    for sizes in cohorts_of(size, prod(divided)):
        tables = tables_of(sizes, divided)
        yield {
            world: said_of(tables, Results(dict(enumerate(world)), Span(0, most)))
            for world in product(range(most + 1), repeat=size)
        }


@pytest.mark.parametrize(
    ("size", "divided"), [(8, (2, 2)), (6, (2, 3)), (6, (3, 2)), (6, (2, 2, 2))]
)
def test_nobody_is_given_away_in_any_small_cohort_though_no_group_is_too_small(
    size: int, divided: tuple[int, ...]
) -> None:
    for said in of_every_small_cohort(size, divided, 1):
        assert given_away(said) == []
        assert given_away_to_a_family(said) == []


def test_nor_is_anybodys_mark_where_a_mean_is_told() -> None:
    for said in of_every_small_cohort(6, (2, 2), MOST):
        assert given_away(said) == []


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
    results = (1,) * 7 + (0,) * 3 + (0,) * 7 + (1,) * 3

    said = told(pupils(groups), results, 6)

    assert said == (
        "50% (10 of 20)",
        "70% (7 of 10)",
        "30% (3 of 10)",
        HIDDEN,
        HIDDEN,
    )


@pytest.mark.parametrize("met_it", [20, 24])
def test_a_one_form_school_reads_its_headline_by_sex_and_by_disadvantage(
    met_it: int,
) -> None:
    groups = [("FM"[key % 2], "Y" if key < 8 else "N") for key in range(30)]
    results = tuple(int(key % 30 >= 30 - met_it) for key in range(4, 34))

    said = told(pupils(groups), results, 6)

    assert HIDDEN not in said


def test_what_is_told_of_one_measure_leaves_that_of_another_as_it_was() -> None:
    # Two pupils were not assessed in the second. Whether nearly all met the first must
    # make no difference to which groups of the second are told.
    cohort = pupils([("FM"[key % 2], "N") for key in range(24)])
    second = Tally(
        measure=measures()["mtc-full-marks"],
        year=YEAR,
        values={key: key // 2 % 2 for key in range(22)},
    )

    shown = [
        shows_by_sex([tallied(results), second], cohort)
        for results in ((1,) * 24, (1, 1, 0, 0) * 6)
    ]

    assert shown[0] == shown[1]


def shows_by_sex(
    found: Sequence[Tally], cohort: Sequence[Assessed]
) -> frozenset[tuple[str, ...]]:
    """The groups that are told of the last measure."""
    guard = Told(6)
    guard.totals(found)
    tables = [guard.breakdown(by_group(one, cohort, [SEX])) for one in found]
    return tables[-1].told


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.integers(4, 9), st.integers(1, 2))
def test_whoever_is_called_certain_could_have_had_no_other_result_and_nobody_else(
    seed: int, size: int, most: int
) -> None:
    dice = Random(seed)  # noqa: S311 - random pupils, not secrets
    rows, columns = ([*divided(dice, size)] for _ in range(2))
    world = tuple(dice.randint(0, most) for _ in range(size))

    found = certain(rows, columns, Results(dict(enumerate(world)), Span(0, most)))

    def totals(results: World) -> list[int]:
        return [sum(results[key] for key in keys) for keys in (*rows, *columns)]

    others = [
        each
        for each in product(range(most + 1), repeat=size)
        if totals(each) == totals(world)
    ]
    assert found == {
        key for key in range(size) if len({each[key] for each in others}) == 1
    }


def divided(dice: Random, size: int) -> Iterator[Keys]:
    """All pupils, in up to three groups."""
    kinds = [dice.randint(0, 2) for _ in range(size)]
    for kind in set(kinds):
        yield Keys(key for key in range(size) if kinds[key] == kind)


@settings(max_examples=20, deadline=None)
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
            if whole[one.measure.code].exact and one.values:
                table = guard.breakdown(by_group(one, cohort, [groupings()[code]]))
                parts = [part for part in table.breakdown.parts if table.shows(part)]
                hidden = one.among(
                    one.counted.difference(*(part.tally.counted for part in parts))
                )
                tested = [part.tally for part in parts]
                tested += [hidden] if parts and hidden.values else []
                assert all(each.room >= FEW for each in tested)
                assert all(each.pupils >= 6 for each in tested)
