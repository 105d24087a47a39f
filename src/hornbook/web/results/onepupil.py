"""The grid's results as the page of one pupil at a time shows them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Self

from hornbook.rulebook.model import Item, Marks
from hornbook.web.results.grid import Grid, Row

# Up to this many codes are buttons, more are a list to choose from.
_MOST_BUTTONS: Final = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """The pupils gone through, as the grid's filter says; blank is everybody."""

    class_name: str
    year: str
    group: str
    missing: str

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """As the address says it."""
        return cls(
            *(query.get(name, "") for name in ("class", "year", "group", "missing"))
        )

    def has(self, row: Row) -> bool:
        """Whether a pupil is one of them."""
        return (
            self.class_name in {"", row.class_name}
            and self.year in {"", row.nc_year}
            and (not self.group or self.group in row.groups)
            and (not self.missing or row.missing_count > 0)
        )


def narrowed(grid: Grid, wanted: Wanted) -> Grid:
    """The grid with those pupils alone."""
    rows = tuple(filter(wanted.has, grid.rows))
    here = {row.pupil for row in rows}
    pupils = tuple(one for one in grid.pupils if one["id"] in here)
    return replace(grid, rows=rows, pupils=pupils)


@dataclass(frozen=True, slots=True)
class Field:
    """One item, and how it is entered: typed, chosen by buttons, or from a list.

    typed says what is typed; it is blank where the item has codes alone.
    """

    code: str
    title: str
    typed: str
    buttons: tuple[tuple[str, str], ...]
    listed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Items under one heading; the heading is blank where there are no areas."""

    title: str
    fields: tuple[Field, ...]


def areas(grid: Grid) -> tuple[Area, ...]:
    """The fields in the order of the grid."""
    return tuple(
        Area(title, tuple(map(_field, items)))
        for title, items in groupby(grid.items, key=lambda item: item.area)
    )


def _field(item: Item) -> Field:
    values = tuple((outcome.code, outcome.title) for outcome in item.entered)
    few = len(values) <= _MOST_BUTTONS
    return Field(
        code=item.full_code,
        title=item.title,
        typed=_typed(item.marks) if item.marks else "",
        buttons=values if few else (),
        listed=() if few else values,
    )


def _typed(marks: Marks) -> str:
    if marks.lowest == 0:
        return f"Mark out of {marks.highest}"
    return f"Score from {marks.lowest} to {marks.highest}"


def data(grid: Grid) -> dict[str, object]:
    """What the page's script is told: as the grid's, without the UPNs."""
    pupils = [
        {key: told for key, told in pupil.items() if key != "upn"}
        for pupil in grid.pupils
    ]
    return grid.data | {"pupils": pupils}


def held(grid: Grid) -> list[dict[str, object]]:
    """Every result on the page, for its script."""
    return list(_held(grid))


def _held(grid: Grid) -> Iterator[dict[str, object]]:
    for row in grid.rows:
        for cell in row.cells:
            yield {
                "pupil": row.pupil,
                "item": cell.item,
                "value": cell.value,
                "version": cell.version,
                "closed": grid.locked or cell.closed or "",
                "aside": cell.aside,
            }
