"""What a rule is shown: a result in its year, a pupil, and what the pass counted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from hornbook.identifiers import AcademicYear
from hornbook.records import Pupil, Result, School
from hornbook.rulebook.model import Collection, Item, Rulebook


class Place(Protocol):
    """Where a value stands in a file."""

    @property
    def line(self) -> int:
        """From 1."""

    @property
    def column(self) -> int:
        """From 1, in characters."""


class Whereabouts(Protocol):
    """Finds the places of a pupil in a file, when a finding needs them."""

    def place(self, element: str) -> Place | None:
        """The place of the value of an element."""

    def result_place(self, index: int) -> Place | None:
        """The place of the value of a result, numbered from 0."""


class Group(NamedTuple):
    """The results of one collection in one calendar year."""

    collection: str
    year: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Stated:
    """A result as the rulebook of its year sees it.

    value is without the spaces round it; year is the academic year the result belongs
    to, None where the source gives no year; book is None before the first rulebook.
    carries is "mark" or "outcome", "" where the result is not known.
    """

    result: Result
    value: str
    year: AcademicYear | None = None
    book: Rulebook | None = None
    collection: Collection | None = None
    item: Item | None = None
    carries: str = ""
    group: Group | None = None

    @property
    def slot(self) -> tuple[object, ...]:
        """What may have one value only."""
        return (*self.result.combination, self.result.year, self.result.status)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Case:
    """One pupil with the results sorted by collection and year.

    elements are the names of the pupil's elements in a file, in order. same_upn and
    same_person name an earlier pupil: with this UPN, or with this name and date of
    birth but another UPN.
    """

    pupil: Pupil
    stated: tuple[Stated, ...] = ()
    groups: Mapping[Group, Sequence[Stated]] = field(default_factory=dict)
    elements: tuple[str, ...] = ()
    same_upn: str | None = None
    same_person: str | None = None

    def index(self, stated: Stated) -> int:
        """The number of a result, from 0."""
        return self.stated.index(stated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of a file or a return as a whole, before its pupils.

    year is the one that the header or the return names. school is given where the
    pupils come from a database; collection and expected where there is a list to hold
    them against.
    """

    purpose: str = "return"
    year: AcademicYear | None = None
    today: date
    school: School | None = None
    collection: Collection | None = None
    expected: tuple[Pupil, ...] | None = None

    @property
    def is_return(self) -> bool:
        """Whether it is to be sent to a local authority or the agency."""
        return self.purpose == "return"


@dataclass(slots=True)
class Tally:
    """What one pass over the pupils counted; nothing else of them is held."""

    pupils: int = 0
    results: int = 0
    groups: Counter[Group] = field(default_factory=Counter)
