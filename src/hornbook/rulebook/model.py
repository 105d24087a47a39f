"""The types of a year's rulebook, which are also its schema.

Every folder under `years/` is one academic year, whole: a file a collection. The types
here say what a file may hold, and guard what must be so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from hornbook.identifiers import AcademicYear
from hornbook.records import Combination
from hornbook.rulebook.items import Item, Marks, Outcome, Travel

__all__ = [
    "Collection",
    "CtfYear",
    "Item",
    "Marks",
    "NoScore",
    "OtherReturn",
    "OtherTerm",
    "Outcome",
    "Placed",
    "Recheck",
    "Recipient",
    "Rulebook",
    "Source",
    "Travel",
    "Window",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the facts of a file come from, and how far they can be trusted.

    confidence is one of official, code (the DfE's own), vendor, memory.
    """

    document: str
    section: str
    checked_on: date
    confidence: str
    confirmed: bool
    next_review: date

    def __post_init__(self) -> None:
        if self.confidence not in {"official", "code", "vendor", "memory"}:
            raise ValueError(f"{self.confidence} is not a word for confidence.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A date or a span of dates that people plan by."""

    title: str
    opens: date | None = None
    closes: date | None = None
    note: str = ""
    confirmed: bool

    def __post_init__(self) -> None:
        if self.opens and self.closes and self.closes < self.opens:
            raise ValueError(f"{self.title} closes before it opens.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who is sent a file, and how it is addressed.

    la and estab are the destination as the file name and the header give it; None
    stands for the school's own number.
    """

    code: str
    title: str
    also_known_as: tuple[str, ...] = ()
    la: str | None = None
    estab: str | None = None
    infix: str
    qualifier: str = "partial"
    wants_postcode: bool = False
    confirmed: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """A later year group that is assessed only where the earlier check was not met.

    met_from is the mark that met the standard in the summer before.
    """

    nc_year: str
    item: str
    met_from: int
    also_met: tuple[str, ...] = ()
    because: str

    def met(self, value: str) -> bool:
        """Whether the earlier value met the standard."""
        if value.isascii() and value.isdigit():
            return int(value) >= self.met_from
        return value in self.also_met


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherReturn:
    """What was returned of a check held in another term, by when and to whom."""

    code: str
    title: str
    short_title: str
    who: str
    deadline: date
    deadline_confirmed: bool
    notes: tuple[str, ...] = ()
    dates: tuple[Window, ...]
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTerm:
    """A check of the same collection held in the autumn, a year group later.

    returned is what was returned of it on its own, where that is known.
    """

    calendar_year: int
    nc_years: tuple[str, ...]
    note: str
    returned: OtherReturn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoScore:
    """Outcomes of a test that no scaled score stands beside."""

    codes: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """One statutory assessment in one year, whole."""

    code: str
    title: str
    short_title: str
    source: Source
    # Where the table of marks and scaled scores comes from, where there is one.
    scaled_scores: Source | None = None
    no_score: tuple[NoScore, ...] = ()
    statutory: bool
    from_dfe: bool = False
    infix: str
    nc_years: tuple[str, ...]
    who: str
    deadline: date | None = None
    deadline_note: str = ""
    deadline_confirmed: bool = True
    # A code that stands on every item or on none, and when it may.
    all_or_none: str | None = None
    all_or_none_note: str = ""
    recheck: Recheck | None = None
    other_terms: tuple[OtherTerm, ...] = ()
    # The term that this is of, where it is no collection of its own: see in_term.
    term: OtherTerm | None = None
    notes: tuple[str, ...] = ()
    dates: tuple[Window, ...] = ()
    recipients: tuple[Recipient, ...]
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        codes = [item.code for item in self.items]
        if len(codes) != len(set(codes)):
            raise ValueError(f"{self.code} names an item twice.")
        if self.recheck and self.recheck.item not in codes:
            raise ValueError(f"{self.code} has no {self.recheck.item} to check again.")
        for item in self.items:
            if item.scaled_from and item.scaled_from not in codes:
                raise ValueError(f"{self.code} has no {item.scaled_from} to scale.")

    @property
    def results_of(self) -> str:
        """The collection under whose code its results are kept."""
        return self.items[0].collection

    def when(self, calendar_year: int) -> str:
        """2025/26 for the results of 2026; autumn 2021 for those of a check then."""
        if calendar_year in {term.calendar_year for term in self.other_terms}:
            return f"autumn {calendar_year}"
        return str(AcademicYear(calendar_year))

    def in_term(self, term: OtherTerm, asked: OtherReturn) -> "Collection":
        """The return of a check in another term, as a collection of its own."""
        return replace(
            self,
            code=asked.code,
            title=asked.title,
            short_title=asked.short_title,
            who=asked.who,
            nc_years=term.nc_years,
            deadline=asked.deadline,
            deadline_note="",
            deadline_confirmed=asked.deadline_confirmed,
            notes=asked.notes,
            dates=asked.dates,
            recipients=asked.recipients,
            recheck=None,
            other_terms=(),
            term=term,
        )

    def recipient(self, code: str) -> Recipient:
        """The recipient, by code or by another name that people know it under.

        LookupError where the collection is not sent there.
        """
        asked = code.casefold()
        for recipient in self.recipients:
            names = (recipient.code, *recipient.also_known_as)
            if asked in map(str.casefold, names):
                return recipient
        known = ", ".join(recipient.code for recipient in self.recipients)
        raise LookupError(f"{self.title} is not sent to {code}. It is sent to {known}.")

    def item(self, code: str) -> Item:
        """The item of that code; LookupError if there is none."""
        for item in self.items:
            if item.code == code:
                return item
        raise LookupError(f"{self.title} has no {code}.")

    def without_score(self, outcome: str) -> NoScore | None:
        """What says that no scaled score stands beside an outcome; None if nothing."""
        return next((one for one in self.no_score if outcome in one.codes), None)

    def must_have_result(self, nc_year: str, earlier: Mapping[str, str]) -> bool:
        """Whether a pupil of that year group must have a result.

        earlier holds the values of the year before, by the item's code.
        """
        if not self.statutory or nc_year not in self.nc_years:
            return False
        if self.recheck is None or nc_year != self.recheck.nc_year:
            return True
        return not self.recheck.met(earlier.get(self.recheck.item, ""))

    @property
    def asks(self) -> frozenset[str]:
        """The results, by full code, that say of which pupils an item is wanted."""
        return frozenset(
            result.item
            for item in self.items
            if item.only_where
            for result in item.only_where.results
        )

    def closed(
        self,
        item: Item,
        nc_year: str,
        earlier: Mapping[str, str],
        stands: Mapping[str, str],
    ) -> str | None:
        """Why a cell is not to be filled in; None where it is open.

        stands holds the values of the year by full code, of other collections too.
        """
        if item.only_where:
            return item.only_where.shut(stands)
        return self.unwanted(item, nc_year, earlier, stands)

    def unwanted(
        self,
        item: Item,
        nc_year: str,
        earlier: Mapping[str, str],
        stands: Mapping[str, str],
    ) -> str | None:
        """The result that says that an item is not wanted, in words; None if none."""
        if item.only_where:
            against = item.only_where.against(stands)
            return f"{item.only_where.because} {against}" if against else None
        recheck = self.recheck
        if recheck is None or nc_year != recheck.nc_year or item.code != recheck.item:
            return None
        before = earlier.get(recheck.item, "")
        return recheck.because.format(value=before) if recheck.met(before) else None

    def missing(
        self,
        values: Mapping[str, str],
        nc_year: str,
        earlier: Mapping[str, str],
        stands: Mapping[str, str],
    ) -> tuple[Item, ...]:
        """The items that a pupil lacks, given the values entered by item code."""
        required = [item for item in self.items if item.needed(stands)]
        begun = any(values.get(item.code) for item in required)
        if not begun and not self.must_have_result(nc_year, earlier):
            return ()
        return tuple(item for item in required if not values.get(item.code))


@dataclass(frozen=True, slots=True, kw_only=True)
class CtfYear:
    """What the Common Transfer File of a year is called, and says a pupil's sex in."""

    version: str
    sex_element: str
    confirmed: bool
    source: Source
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An item and the collection it belongs to.

    confirmed is false where the codes are only taken to be the item's.
    """

    collection: Collection
    item: Item
    carries: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Everything that one academic year allows.

    left_out are codes whose results an administrator has said are not wanted.
    """

    year: AcademicYear
    ctf: CtfYear
    collections: Mapping[str, Collection]
    by_combination: Mapping[Combination, Placed]
    left_out: frozenset[Combination] = frozenset()

    @property
    def returns(self) -> Mapping[str, Collection]:
        """What is returned: checks held in another term, each before its collection."""
        found: dict[str, Collection] = {}
        for one in self.collections.values():
            for term in one.other_terms:
                if term.returned:
                    found[term.returned.code] = one.in_term(term, term.returned)
            found[one.code] = one
        return found

    def calendar_year(self, collection: Collection) -> int:
        """The calendar year that the results of a collection are of."""
        return collection.term.calendar_year if collection.term else self.year.ends

    def find(self, combination: Combination) -> Placed | None:
        """What a result is a result of; None where the year knows no such codes."""
        return self.by_combination.get(combination)

    def season_begins(self, collection: Collection) -> date | None:
        """The first day from which a leaver still belongs to the collection.

        It is the collection's first date, or the year's where it has none of its own.
        """
        for collections in ([collection], self.collections.values()):
            days = [w.opens for one in collections for w in one.dates if w.opens]
            if days:
                return min(days)
        return None

    def item(self, full_code: str) -> Item:
        """The item named like phonics.mark; LookupError if there is none."""
        collection, _, code = full_code.partition(".")
        if collection not in self.collections:
            raise LookupError(f"There is no collection {collection}.")
        return self.collections[collection].item(code)
