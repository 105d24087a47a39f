"""What a rule is shown: a result in its year, a pupil, and what the pass counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from hornbook.findings import NOBODY, Fault, Subject
from hornbook.identifiers import AcademicYear
from hornbook.records import Combination, Pupil, Result, School
from hornbook.rulebook.model import Collection, Item, Outcome, Recheck, Recipient
from hornbook.rulebook.own_scales import OwnScales

# What a result says of its status and its country unless it says otherwise.
ORDINARY: Final = Result(Combination("", "", "", "", ""), "", "")


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
        """The place of an element of the pupil, or of the pupil itself."""

    def result_place(self, index: int) -> Place | None:
        """The place of a result, numbered from 0."""


class Group(NamedTuple):
    """The results of one collection in one calendar year."""

    collection: str
    calendar_year: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Term:
    """One collection in one calendar year: who sits it and how old they are.

    known is false where no rulebook covers the year, so that values are not judged.
    autumn says what was different about a check held in another term.
    """

    group: Group
    collection: Collection
    year: AcademicYear
    nc_years: tuple[str, ...]
    born_from: date
    born_to: date
    known: bool
    autumn: str = ""

    @property
    def recheck(self) -> Recheck | None:
        """The year group that is assessed again, where there are two."""
        recheck = self.collection.recheck
        return recheck if recheck and recheck.nc_year in self.nc_years else None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Stated:
    """A result as the rulebook of its year sees it.

    value is without the spaces round it. term and item are None where the codes are
    not known; item is narrowed to the marks, or the outcomes, that travel under these
    codes. slot numbers what may have one value only. unknown, refused_by, unjudged: the
    codes should be known and are not, the rule that the value breaks, why the value
    was not looked at.
    """

    result: Result
    value: str
    slot: int
    year: AcademicYear | None = None
    term: Term | None = None
    item: Item | None = None
    item_code: str | None = None
    unknown: bool = False
    refused_by: str = ""
    unjudged: str = ""

    @property
    def title(self) -> str:
        """The item for people, or the codes where they are not known."""
        return self.item.title if self.item else str(self.result.combination)

    @property
    def outcome(self) -> Outcome | None:
        """What the value stands for where it is a code and not a mark."""
        return self.item.outcome(self.value) if self.item and self.value else None

    @property
    def mark(self) -> int | None:
        """The mark, where it is one of the range."""
        marks = self.item.marks if self.item else None
        return int(self.value) if marks and marks.holds(self.value) else None


def fault_of(
    stated: Stated,
    /,
    *,
    element: str = "Result",
    value: str | None = None,
    index: int | None = None,
    **facts: object,
) -> Fault:
    """A fault of a result; in a pupil rule, with the number of the result."""
    return Fault(
        element=element,
        item=stated.title,
        item_code=stated.item_code,
        value=stated.value if value is None else value,
        index=index,
        facts=facts,
    )


@dataclass(slots=True, eq=False)
class Sitting:
    """The results of one pupil in one collection and year."""

    term: Term
    stated: list[Stated]
    _values: dict[str, Stated] | None = None

    @property
    def collection(self) -> Collection:
        """The collection."""
        return self.term.collection

    def values(self) -> dict[str, Stated]:
        """The results that are not blank, by the code of their item."""
        if self._values is None:
            self._values = {
                one.item.code: one for one in self.stated if one.item and one.value
            }
        return self._values


@dataclass(slots=True, eq=False, kw_only=True)
class Case:
    """One pupil with the results sorted by collection and year.

    elements are the names of the pupil's elements in a file. same_upn and same_person
    name an earlier pupil: with this UPN; with this name and date of birth but another
    UPN. earlier holds the values of years before, by item code; beside those of other
    collections, by full code.
    """

    pupil: Pupil
    stated: Sequence[Stated] = ()
    sittings: Sequence[Sitting] = ()
    elements: tuple[str, ...] = ()
    earlier: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    same_upn: str | None = None
    same_person: str | None = None

    def sittings_of(self, collections: Iterable[str]) -> list[Sitting]:
        """The sittings of some collections whose year has a rulebook."""
        return [
            sitting
            for sitting in self.sittings
            if sitting.term.known and sitting.term.group.collection in collections
        ]

    def stands(self, year: AcademicYear) -> dict[str, str]:
        """Everything known of a year, by the full code of the item."""
        known = dict(self.beside)
        for sitting in self.sittings:
            if sitting.term.year == year:
                for code, stated in sitting.values().items():
                    known[f"{sitting.collection.code}.{code}"] = stated.value
        return known

    def index(self, stated: Stated) -> int:
        """The number of a result, from 0."""
        return self.stated.index(stated)


def bare_upn(pupil: Pupil) -> str:
    """The UPN as it is compared: in capitals, without spaces round it."""
    return (pupil.upn or "").strip().upper()


class Expected(dict[str, Pupil]):
    """The pupils on a list, by UPN."""

    def alike(self, pupil: Pupil) -> str:
        """The UPN of the one on the list with this name and date of birth, if one."""
        if not hasattr(self, "_people"):
            self._people: dict[tuple[str, str, str | None], list[str]] = {}
            for upn, listed in self.items():
                self._people.setdefault(_person(listed), []).append(upn)
        found = self._people.get(_person(pupil), [])
        return found[0] if len(found) == 1 else ""


def _person(pupil: Pupil) -> tuple[str, str, str | None]:
    """What two records of one pupil have in common, case and spaces aside."""
    names = (pupil.surname or "", pupil.forename or "")
    surname, forename = ("".join(name.casefold().split()) for name in names)
    return surname, forename, pupil.dob


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of a file or a return as a whole, before its pupils.

    year is the one that the header or the return names. renamed says which elements
    have another name in this CTF version, and since or until which. school, collection
    and expected (pupils by UPN) are given where there is a list to hold them against,
    recipient where the file is about to be made.
    mapping is the file in which an administrator wrote down codes that are not
    confirmed; own_scales are the tables of scaled scores that the school wrote down.
    """

    purpose: str = "return"
    year: AcademicYear | None = None
    today: date
    renamed: Mapping[str, str] = field(default_factory=dict)
    school: School | None = None
    collection: Collection | None = None
    expected: Expected | None = None
    recipient: Recipient | None = None
    mapping: Path | None = None
    own_scales: OwnScales = field(default_factory=dict)

    @property
    def is_return(self) -> bool:
        """Whether it is to be sent to a local authority or the agency."""
        return self.purpose == "return"


@dataclass(slots=True)
class Seen:
    """How often one collection and year was met, and where first."""

    term: Term
    subject: Subject = NOBODY
    pupils: int = 0
    year_groups: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Tally:
    """What one pass over the pupils counted.

    upns holds forename and surname by UPN, newest the latest year of the results;
    without_results are the pupils of a return that had none at all.
    """

    pupils: int = 0
    results: int = 0
    upns: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    seen: dict[Group, Seen] = field(default_factory=dict)
    unjudged: Counter[str] = field(default_factory=Counter)
    other_contents: set[str] = field(default_factory=set)
    without_results: list[tuple[Pupil, Subject]] = field(default_factory=list)
    newest: AcademicYear | None = None
