"""Runs cases/measures.toml, worked by hand, which an officer can read and add to."""

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from hornbook.identifiers import AcademicYear
from hornbook.measures.people import Assessed
from hornbook.measures.tally import Tally, tally
from hornbook.rulebook.measures import Measure, measures

CASES = Path(__file__).parent / "cases" / "measures.toml"
TABLES = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]


def results_of(case: dict[str, Any], written: dict[str, Any]) -> dict[str, Any]:
    """Values by item and year, from a line of the case."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    by_year = {case["year"]: written} | {
        int(ends): values for ends, values in written.get("before", {}).items()
    }
    for ends, values in by_year.items():
        for item, value in values.items():
            if item != "before":
                found[item][ends] = value
    return found


def goals_of(line: str) -> dict[str, str]:
    """Seventeen goals in a row; a dot stands for none."""
    return {
        f"eyfsp.E{number:02}": value
        for number, value in enumerate(line, 1)
        if value != "."
    }


def pupils_of(case: dict[str, Any]) -> list[Assessed]:
    lines = case.get("pupils") or [goals_of(line) for line in case["goals"]]
    return [
        Assessed(key=key, nc_year=case["nc_year"], results=results_of(case, line))
        for key, line in enumerate(lines)
    ]


def tallies(case: dict[str, Any], codes: list[str]) -> dict[str, Tally]:
    year = AcademicYear(case["year"])
    return {code: tally(measures()[code], year, pupils_of(case)) for code in codes}


@pytest.mark.parametrize("case", TABLES, ids=lambda case: str(case["name"]))
def test_a_measure_comes_to_what_was_worked_by_hand(case: dict[str, Any]) -> None:
    found = tallies(case, list(case["expect"]))

    assert {code: each.text for code, each in found.items()} == case["expect"]


@pytest.mark.parametrize(
    "case",
    [case for case in TABLES if "left_out" in case],
    ids=lambda case: str(case["name"]),
)
def test_who_is_left_out_is_said(case: dict[str, Any]) -> None:
    found = tallies(case, list(case["left_out"]))

    reasons = {code: [why for why, _ in each.reasons] for code, each in found.items()}
    assert reasons == case["left_out"]


def test_every_measure_has_a_case_worked_by_hand() -> None:
    worked = {code for case in TABLES for code in case["expect"]}

    assert worked == set(measures())


@pytest.mark.parametrize("measure", measures().values(), ids=lambda one: one.code)
def test_every_measure_says_what_is_counted_of_whom_and_why(measure: Measure) -> None:
    said = [measure.counts, measure.out_of, measure.left_out, measure.why]

    assert all(len(words) > 10 and words.endswith(".") for words in said)
    assert measure.source
