"""A pupil's results as the record shows them, with what stood before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import nearest
from hornbook.rulebook.model import Collection, Item
from hornbook.web.pupils.models import Pupil


class Row(Protocol):
    """What is read of a result; results stand above pupils."""

    item: str
    year: int
    value: str
    current: bool
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A result that stands, in words, and the rows behind it, newest first."""

    title: str
    value: str
    meaning: str
    by_name: str
    at: datetime
    earlier: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The results of one collection in one year, which stands in words."""

    title: str
    year: str
    results: tuple[Recorded, ...]


def of(pupil: Pupil) -> list[Assessment]:
    """The results of a pupil as the rulebook orders them, the newest year first."""
    cells: dict[tuple[int, str], list[Any]] = defaultdict(list)
    held: Any = pupil
    for row in held.results.order_by("-current", "-at", "-pk"):
        cells[row.year, row.item].append(row)
    found: dict[tuple[int, int, str, str], list[tuple[int, Recorded]]]
    found = defaultdict(list)
    for (year, code), rows in cells.items():
        place, collection, item = _place(year, code)
        title = collection.title if collection else code
        when = collection.when(year) if collection else str(AcademicYear(year))
        about = (-year, place[0], title, when)
        found[about].append((place[1], _recorded(rows, code, item)))
    return [
        Assessment(title, when, _in_order(recorded))
        for (_, _, title, when), recorded in sorted(found.items())
    ]


def _in_order(recorded: Iterable[tuple[int, Recorded]]) -> tuple[Recorded, ...]:
    return tuple(each for _, each in sorted(recorded, key=lambda pair: pair[0]))


def _recorded(rows: list[Row], code: str, item: Item | None) -> Recorded:
    now, *earlier = rows
    return Recorded(
        title=item.title if item else code,
        value=now.value,
        meaning=item.meaning(now.value) if item and now.value else "",
        by_name=now.by_name,
        at=now.at,
        earlier=tuple(earlier),
    )


def _place(
    year: int, code: str
) -> tuple[tuple[int, int], Collection | None, Item | None]:
    """Where a result stands in the rulebook nearest to its year."""
    book = nearest(AcademicYear(year))
    for number, collection in enumerate(book.collections.values()):
        for place, item in enumerate(collection.items):
            if item.full_code == code:
                return (number, place), collection, item
    return (len(book.collections), 0), None, None
