"""The grid as sheets of paper: a class on each. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from hornbook.web.results.grid import Grid, Row

KINDS: Final = (("blank", "Blank"), ("filled", "Filled in"))


@dataclass(frozen=True, slots=True)
class ClassSheet:
    """One class's pupils."""

    class_name: str
    rows: tuple[Row, ...]


def sheets(grid: Grid, class_name: str) -> tuple[ClassSheet, ...]:
    """A sheet a class, or that of one class alone."""
    return tuple(
        sheet for sheet in _sheets(grid) if class_name in {"", sheet.class_name}
    )


def _sheets(grid: Grid) -> Iterator[ClassSheet]:
    for class_name, rows in groupby(grid.rows, key=lambda row: row.class_name):
        yield ClassSheet(class_name or "No class", tuple(rows))
