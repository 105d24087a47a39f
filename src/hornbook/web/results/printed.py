"""The grid as sheets of paper: a class on each. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from hornbook.web.results.grid import Grid, Row

KINDS: Final = (("blank", "Blank"), ("filled", "Filled in"))
# As many as one page holds with lines of 8 mm to write on, and of 7 mm.
_ON_A_PAGE: Final = 30
_CLOSER: Final = 34
# With fewer there is room for taller lines.
_FEW: Final = 20
# A longer name stands on more than one line.
_LONG_NAME: Final = 30


@dataclass(frozen=True, slots=True)
class ClassSheet:
    """One class's pupils."""

    class_name: str
    rows: tuple[Row, ...]

    @property
    def size(self) -> str:
        """How many there are, for how tall a line may be."""
        number = len(self.rows)
        if number <= _FEW:
            return "few"
        return "full" if _ON_A_PAGE < number <= _CLOSER else "usual"

    @property
    def long_names(self) -> bool:
        """Whether the names want a wider column."""
        return any(map(is_long, self.rows))


def is_long(row: Row) -> bool:
    """Whether the name, and what tells it from another, wants smaller letters."""
    return len(f"{row.name} {row.apart}".strip()) > _LONG_NAME


def sheets(grid: Grid, class_name: str) -> tuple[ClassSheet, ...]:
    """A sheet a class, or that of one class alone."""
    return tuple(
        sheet for sheet in _sheets(grid) if class_name in {"", sheet.class_name}
    )


def _sheets(grid: Grid) -> Iterator[ClassSheet]:
    for class_name, rows in groupby(grid.rows, key=lambda row: row.class_name):
        yield ClassSheet(class_name or "No class", tuple(rows))
