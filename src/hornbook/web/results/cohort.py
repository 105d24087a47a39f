"""The pupils of one collection in one year: what each has, and what each lacks.

Pure: the rulebook and plain values in, words out. The grid, the returns and the answer
to a save all ask here, so that they cannot disagree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from hornbook.rulebook.model import Collection, Item, Rulebook

_MOST_NAMED: Final = 3
# What to do about a value that stands and is not wanted.
TO_DO: Final = "Clear it, or correct the other result."


class Held(NamedTuple):
    """What stands in a cell: the row it stands in, and the value, blank if cleared."""

    version: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A pupil in a collection; held and earlier (last year) by the item's code."""

    pupil: int
    surname: str
    forename: str
    class_name: str
    nc_year: str
    left_on: date | None = None
    held: Mapping[str, Held] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    # Results of other collections that say what is wanted here, by full code.
    beside: Mapping[str, str] = field(default_factory=dict)
    # Why nothing may be entered for the pupil now; blank where nothing stands against.
    locked: str = ""

    @property
    def name(self) -> str:
        """Surname first, as a register has it."""
        return f"{self.surname}, {self.forename}"

    @property
    def values(self) -> dict[str, str]:
        """The values that are not blank, by the item's code."""
        return {code: held.value for code, held in self.held.items() if held.value}

    @property
    def place(self) -> tuple[bool, str, str, str, str, int]:
        """Where the pupil comes in a list: by class, then by name."""
        return (
            not self.class_name,
            self.class_name,
            self.nc_year,
            self.surname.casefold(),
            self.forename.casefold(),
            self.pupil,
        )


def belongs(member: Member, begins: date | None) -> bool:
    """Whether a pupil is shown: on roll, left within the season, or with a result."""
    if member.left_on is None or member.values:
        return True
    return begins is not None and member.left_on >= begins


def in_season(
    collection: Collection, book: Rulebook, members: Iterable[Member]
) -> tuple[Member, ...]:
    """The members who belong, in the order given."""
    begins = book.season_begins(collection)
    return tuple(member for member in members if belongs(member, begins))


def classes(members: Iterable[Member]) -> tuple[str, ...]:
    """The names of their classes, each once, in the order given."""
    return tuple(dict.fromkeys(one.class_name for one in members if one.class_name))


def stands(collection: Collection, member: Member) -> dict[str, str]:
    """The values by full code, with those of other collections that are asked for."""
    values = member.values
    own = {
        item.full_code: values[item.code]
        for item in collection.items
        if item.code in values
    }
    return {**member.beside, **own}


def closed(collection: Collection, item: Item, member: Member) -> str | None:
    """Why a cell is not to be filled in; one that is filled can be put right.

    In a grid that is locked nothing can, until it is unlocked.
    """
    if member.locked:
        return member.locked
    held = member.held.get(item.code)
    if held and held.value:
        return None
    here = _asked(collection, item, member)
    return collection.closed(item, member.nc_year, member.earlier, here)


def unwanted(collection: Collection, item: Item, member: Member) -> str | None:
    """The result that says that nothing is wanted in a cell; None if none."""
    here = _asked(collection, item, member)
    return collection.unwanted(item, member.nc_year, member.earlier, here)


def _asked(collection: Collection, item: Item, member: Member) -> dict[str, str]:
    """What stands, where that says whether the item is wanted."""
    return stands(collection, member) if item.only_where else {}


def aside(collection: Collection, item: Item, member: Member) -> str:
    """Why a value that stands is not wanted; blank where it is, or nothing stands."""
    held = member.held.get(item.code)
    if held is None or not held.value:
        return ""
    why = unwanted(collection, item, member) or _unopened(collection, item, member)
    return f"{why} {TO_DO}" if why else ""


def _unopened(collection: Collection, item: Item, member: Member) -> str | None:
    """What else stands that does not open an item, while no result decides."""
    asked = item.only_where
    other = asked and asked.unopened(_asked(collection, item, member))
    return f"{asked.because} {other}" if asked and other else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a cell stands: why it is closed, and why its value is not wanted."""

    pupil: int
    item: str
    closed: str | None
    aside: str

    def as_json(self) -> dict[str, object]:
        """As the grid's script reads it."""
        return {
            "pupil": self.pupil,
            "item": self.item,
            "reason": self.closed,
            "aside": self.aside,
        }


def standing(collection: Collection, item: Item, member: Member) -> Standing:
    """How a cell of a pupil stands."""
    return Standing(
        member.pupil,
        item.full_code,
        closed(collection, item, member),
        aside(collection, item, member),
    )


def lacking(collection: Collection, member: Member) -> tuple[Item, ...]:
    """The items that the pupil still needs."""
    here = stands(collection, member)
    return collection.missing(member.values, member.nc_year, member.earlier, here)


def missing_in_words(collection: Collection, member: Member) -> str:
    """What the pupil still needs, short enough for a column; blank if nothing."""
    items = lacking(collection, member)
    here = stands(collection, member)
    needed = [item for item in collection.items if item.needed(here)]
    if len(items) > _MOST_NAMED:
        every = len(items) == len(needed)
        return f"All {len(items)}" if every else f"{len(items)} cells"
    return "; ".join(_short(item, collection) for item in items)


def _short(item: Item, collection: Collection) -> str:
    """A column's heading, with its area where another column has the same heading."""
    headings = [other.short_title for other in collection.items]
    once = headings.count(item.short_title) == 1
    return item.short_title if once else item.title


def counted(collection: Collection, member: Member) -> bool:
    """Whether the pupil must have a result, or has one."""
    return bool(member.values) or collection.must_have_result(
        member.nc_year, member.earlier
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a collection has come: out of whom, complete, and left aside."""

    pupils: int
    complete: int
    not_needed: int

    @property
    def incomplete(self) -> int:
        """How many still lack something."""
        return self.pupils - self.complete


def progress(collection: Collection, members: Iterable[Member]) -> Progress:
    """Count the pupils who must have a result, and those who lack nothing."""
    everyone = list(members)
    needed = [member for member in everyone if counted(collection, member)]
    complete = sum(not lacking(collection, member) for member in needed)
    return Progress(len(needed), complete, len(everyone) - len(needed))
