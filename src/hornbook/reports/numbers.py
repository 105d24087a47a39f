"""Figures for a spreadsheet: every number in a cell of its own."""

from decimal import Decimal
from typing import Final

from hornbook.measures.disclosure import Shown
from hornbook.reports.table import Cell
from hornbook.rulebook.measures import Measure, measures
from hornbook.rulebook.national import National
from hornbook.sheets.lists import Percent

HEADINGS: Final = (
    "Table",
    "Row",
    "School",
    "Unit",
    "Met, or added up",
    "Of pupils",
    "About the school's",
    "England",
    "Year of England's",
    "About England's",
    "Difference",
)


def in_numbers(
    title: str, shown: Shown, national: National | None, difference: str = ""
) -> tuple[Cell, ...]:
    """A row under the headings after the first."""
    return (title, *_school(shown), *_england(national), difference)


def _school(shown: Shown) -> tuple[Cell, ...]:
    """The figure, its unit and pupils; in words where no exact number is told."""
    found = shown.tally
    unit = found.measure.unit or "%"
    figure = "" if shown.value is None else _figure(shown.value, found.measure)
    if shown.whole and found.values:
        return (figure, unit, found.total, found.pupils, "")
    return (figure, unit, "", "", shown.text)


def _england(national: National | None) -> tuple[Cell, ...]:
    if national is None:
        return ("", "", "")
    measure = measures()[national.measure]
    return (_figure(national.value, measure), str(national.year), national.doubt)


def _figure(value: Decimal, measure: Measure) -> Cell:
    """A mean as it is; a share of pupils as the percentage that it is."""
    return value if measure.is_mean else Percent(value)
