"""The grid as data: columns from the rulebook, a row a pupil, what each cell holds.

Pure; the page and its script know no code of the DfE's beyond what stands here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from hornbook.rulebook.model import Collection, Item
from hornbook.web.results.cohort import (
    Member,
    aside,
    classes,
    closed,
    counted,
    lacking,
    missing_in_words,
    unwanted,
)
from hornbook.web.results.legend import Key, keys
from hornbook.web.results.pupil_groups import Division, divisions, tokens
from hornbook.web.results.scripted import items
from hornbook.web.results.wording import group as year_group
from hornbook.wording import listed


@dataclass(frozen=True, slots=True)
class Column:
    """An item of the collection."""

    code: str
    title: str
    short: str
    area: str


@dataclass(frozen=True, slots=True)
class Band:
    """A heading over neighbouring columns of one area."""

    title: str
    span: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One result, or the place for one."""

    item: str
    dom_id: str
    value: str
    version: int | None
    closed: str | None
    # Why the value that stands here is not wanted; blank where it is.
    aside: str
    # Whether a result says that nothing is wanted here, whatever else is entered.
    settled: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil."""

    pupil: int
    name: str
    upn: str
    # The UPN, where another pupil has the same name.
    apart: str
    left_on: date | None
    class_name: str
    nc_year: str
    # The year group, where the class holds more than one.
    year_group: str
    # What stood the year before, where the pupil may be assessed again.
    earlier: str
    missing: str
    missing_count: int
    # Whether the pupil must have a result, may have one, or has one.
    counted: bool
    groups: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def left(self) -> str:
        """When the pupil left; blank who is still on roll."""
        day = self.left_on
        return f"left {day.day} {day:%B %Y}" if day else ""


class Choice(NamedTuple):
    """Another grid to go to."""

    title: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the page goes and where its script sends."""

    save: str
    preview: str
    changes: str
    history: str
    choices: tuple[Choice, ...]
    years: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """All that the page shows."""

    title: str
    items: tuple[Item, ...]
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    rows: tuple[Row, ...]
    classes: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    divisions: tuple[Division, ...]
    # The cell that Tab comes to first.
    start: str
    earlier_title: str
    keys: tuple[Key, ...]
    locked: str
    notes: tuple[str, ...]
    to: Addresses
    # What the script is told, and of each pupil.
    told: dict[str, object]
    pupils: tuple[dict[str, object], ...]

    @property
    def data(self) -> dict[str, object]:
        """All that the script is told."""
        return self.told | {"pupils": self.pupils}

    @property
    def shut(self) -> str:
        """Why nothing may be entered, class by class; blank where anything may."""
        reasons = dict.fromkeys(str(one["locked"]) for one in self.pupils)
        return self.locked or ("" if "" in reasons else " ".join(reasons))

    @property
    def save_url(self) -> str:
        """Where edits are sent."""
        return self.to.save

    @property
    def history_url(self) -> str:
        """A cell's history, with pupil 0 and the item "ITEM" to be replaced."""
        return self.to.history

    @property
    def has_standard(self) -> bool:
        """Whether the mark that meets the standard is known of any column."""
        marks = [item.marks for item in self.items if item.marks]
        return any(one.expected is not None for one in marks)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The other collections of the year."""
        return self.to.choices

    @property
    def years(self) -> tuple[Choice, ...]:
        """The same collection in other years."""
        return self.to.years


def build(
    collection: Collection,
    members: Sequence[Member],
    to: Addresses,
    *,
    locked: str,
    since: str,
    facts: Mapping[int, Mapping[str, str]],
    apart: Mapping[int, str],
) -> Grid:
    """The grid of a collection; locked says why nothing may be entered, or is blank.

    since is the moment from which the script asks for what others enter; facts are
    those of the pupils that tell groups apart, and UPNs; apart tells pupils of one
    name apart.
    """
    mixed = _mixed(members)
    rows = tuple(
        row(
            collection,
            one,
            facts.get(one.pupil, {}),
            apart=apart.get(one.pupil, ""),
            mixed=one.class_name in mixed,
        )
        for one in members
    )
    return Grid(
        title=collection.title,
        items=collection.items,
        columns=tuple(map(_column, collection.items)),
        bands=_bands(collection.items),
        rows=rows,
        classes=classes(members),
        groups=tuple((one, year_group(one)) for one in _groups(members)),
        divisions=divisions(one.groups for one in rows),
        start=_start(rows),
        earlier_title=_earlier_title(collection, members),
        keys=keys(collection.items),
        locked=locked,
        notes=(*collection.notes, *_doubts(collection)),
        to=to,
        pupils=tuple(map(_pupil, members, rows)),
        told=_told(collection, members, locked)
        | {"changes": {"url": to.changes, "since": since}, "preview": to.preview},
    )


def _doubts(collection: Collection) -> Iterator[str]:
    """What is not known for certain of whom an item is for."""
    for item in collection.items:
        if item.only_where and not item.only_where.confirmed:
            yield (
                f"{item.title}: {item.only_where.because} This is how guidance for "
                "schools is understood here; the DfE has not confirmed it."
            )


def dom_id(pupil: int, full_code: str) -> str:
    """The cell's id in the page, and so the end of its address."""
    return f"c-{pupil}-{full_code.replace('.', '-')}"


def row(
    collection: Collection,
    member: Member,
    facts: Mapping[str, str],
    *,
    apart: str,
    mixed: bool,
) -> Row:
    """A pupil's row; facts are those that tell groups apart.

    apart tells the pupil from another of the name; mixed says that the class holds
    more than one year group.
    """
    return Row(
        pupil=member.pupil,
        name=member.name,
        upn=facts.get("upn", ""),
        apart=apart,
        left_on=member.left_on,
        class_name=member.class_name,
        nc_year=member.nc_year,
        year_group=year_group(member.nc_year) if mixed else "",
        earlier=_earlier(collection, member),
        missing=missing_in_words(collection, member),
        missing_count=len(lacking(collection, member)),
        counted=not collection.statutory or counted(collection, member),
        groups=tokens(facts),
        cells=tuple(_cell(collection, item, member) for item in collection.items),
    )


def _start(rows: Iterable[Row]) -> str:
    """The first cell of somebody who is to be assessed that can be filled in."""
    cells = [cell for one in rows if one.counted for cell in one.cells]
    wanted = (cell.dom_id for cell in cells if not cell.closed)
    return next(wanted, "")


def _mixed(members: Iterable[Member]) -> set[str]:
    """The classes that hold more than one year group."""
    found: dict[str, set[str]] = {}
    for member in members:
        found.setdefault(member.class_name, set()).add(member.nc_year)
    return {name for name, groups in found.items() if len(groups) > 1}


def _groups(members: Iterable[Member]) -> list[str]:
    return sorted({member.nc_year for member in members})


def _earlier_title(collection: Collection, members: Iterable[Member]) -> str:
    """Whose results the extra column holds; blank where nobody is assessed again."""
    recheck = collection.recheck
    if recheck is None or recheck.nc_year not in _groups(members):
        return ""
    first = [one for one in collection.nc_years if one != recheck.nc_year]
    return listed([year_group(one) for one in first])


def _earlier(collection: Collection, member: Member) -> str:
    recheck = collection.recheck
    if recheck is None or member.nc_year != recheck.nc_year:
        return ""
    return member.earlier.get(recheck.item, "no result")


def _cell(collection: Collection, item: Item, member: Member) -> Cell:
    held = member.held.get(item.code)
    return Cell(
        item=item.full_code,
        dom_id=dom_id(member.pupil, item.full_code),
        value=held.value if held else "",
        version=held.version if held else None,
        closed=closed(collection, item, member),
        aside=aside(collection, item, member),
        settled=unwanted(collection, item, member) is not None,
    )


def _column(item: Item) -> Column:
    return Column(item.full_code, item.title, item.short_title, item.area)


def _bands(items: Iterable[Item]) -> tuple[Band, ...]:
    """The areas in order; none at all where no item has one."""
    found = tuple(
        Band(area, len(list(group)))
        for area, group in groupby(items, key=lambda item: item.area)
    )
    return found if any(band.title for band in found) else ()


def _told(
    collection: Collection, members: Sequence[Member], locked: str
) -> dict[str, object]:
    """What the script is told beside the pupils."""
    return {
        "items": items(collection),
        "locked": locked,
        "earlier": _earlier_title(collection, members),
    }


def _pupil(member: Member, shown: Row) -> dict[str, object]:
    """What the script is told of a pupil."""
    return {
        "id": member.pupil,
        "name": member.name,
        "apart": shown.apart,
        "left": shown.left,
        "upn": shown.upn,
        "class": member.class_name,
        "nc_year": member.nc_year,
        "year_group": shown.year_group,
        "earlier": shown.earlier,
        "locked": member.locked,
        "beside": dict(member.beside),
    }
