"""The types of a year's rulebook, which are also its schema.

Every folder under `years/` is one academic year, whole: a file a collection. The types
here say what a file may hold, and guard what must be so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from hornbook.identifiers import AcademicYear
from hornbook.records import Combination


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
class Outcome:
    """A code that may stand for a result, and what it means.

    set_by: "school" enters it, "dfe" sets it, "worked-out" follows from the mark.
    queried: schools' guidance has listed it but the DfE's own list has not.
    """

    code: str
    title: str
    set_by: str = "school"
    queried: bool = False
    exported: bool = True
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.set_by not in {"school", "dfe", "worked-out"}:
            raise ValueError(f"{self.set_by} is nobody who sets a code.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The range of marks, and the mark that meets the standard: None until known."""

    lowest: int
    highest: int
    expected: int | None = None
    published_on: date | None = None

    def __post_init__(self) -> None:
        if (
            self.expected is not None
            and not self.lowest <= self.expected <= self.highest
        ):
            raise ValueError(f"Expected mark {self.expected} is outside the range.")

    def holds(self, value: str) -> bool:
        """Whether the text is a whole mark in the range."""
        return (
            value.isascii()
            and value.isdigit()
            and self.lowest <= int(value) <= self.highest
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """The codes under which an item's marks, its outcomes, or both, travel in a CTF."""

    carries: str
    stage: str
    subject: str
    method: str
    component: str
    qualifier: str

    def __post_init__(self) -> None:
        if self.carries not in {"mark", "outcome", "either"}:
            raise ValueError(f"{self.carries} is nothing that a result carries.")

    @property
    def combination(self) -> Combination:
        """The five codes."""
        return Combination(
            self.stage, self.subject, self.method, self.component, self.qualifier
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One column of the grid: a mark, a code, or either.

    collection is filled by the loader. needed: "always", or "never" where most pupils
    rightly have none.
    """

    code: str
    collection: str = ""
    title: str
    short_title: str
    area: str = ""
    marks: Marks | None = None
    outcomes: tuple[Outcome, ...] = ()
    required: bool = True
    confirmed: bool = True
    ctf: tuple[Travel, ...] = ()

    def __post_init__(self) -> None:
        if self.marks is None and not self.outcomes:
            raise ValueError(f"{self.code} has neither marks nor outcomes.")
        codes = [outcome.code for outcome in self.outcomes]
        if len(codes) != len(set(codes)):
            raise ValueError(f"{self.code} names an outcome twice.")

    @property
    def full_code(self) -> str:
        """The item's name everywhere: phonics.mark."""
        return f"{self.collection}.{self.code}"

    @property
    def entered(self) -> tuple[Outcome, ...]:
        """The outcomes a school may enter."""
        return tuple(o for o in self.outcomes if o.set_by != "worked-out")

    def outcome(self, value: str) -> Outcome | None:
        """The outcome of that code, in any case."""
        folded = value.casefold()
        for outcome in self.outcomes:
            if outcome.code.casefold() == folded:
                return outcome
        return None

    def allows(self, value: str) -> bool:
        """Whether the value is one of the year's, written as the DfE writes it."""
        if self.marks is not None and self.marks.holds(value):
            return True
        return any(outcome.code == value for outcome in self.outcomes)

    def read(self, text: str) -> str:
        """The code or mark that a person meant; raise ValueError with the reason."""
        typed = text.strip()
        if self.marks is not None and re.fullmatch(r"\d{1,4}(?:\.0+)?", typed):
            mark = str(int(typed.split(".")[0]))
            if self.marks.holds(mark):
                return mark
        found = self._spelling(typed)
        if found is None:
            raise ValueError(self.refusal(typed))
        return found

    def _spelling(self, typed: str) -> str | None:
        """The code of the outcome whose code, title or other name was typed."""
        plain = _plain(typed)
        for outcome in self.entered:
            if plain in {_plain(name) for name in _names(outcome)}:
                return outcome.code
        return None

    def refusal(self, value: str) -> str:
        """Why a value cannot be taken, in words."""
        meant = self.nearest(value)
        hint = f" Did you mean {meant}, {self.meaning(meant)}?" if meant else ""
        return f"{self.title} is {value}. It must be {self.allowed_in_words}.{hint}"

    @property
    def allowed_in_words(self) -> str:
        """For example: a whole number from 0 to 40, or A, D, L or Q."""
        parts = []
        if self.marks is not None:
            parts.append(
                f"a whole number from {self.marks.lowest} to {self.marks.highest}"
            )
        codes = [outcome.code for outcome in self.entered]
        if codes:
            parts.append(", ".join(codes[:-1]) + " or " * (len(codes) > 1) + codes[-1])
        return ", or ".join(parts)

    def nearest(self, value: str) -> str | None:
        """The code that looks most like the value."""
        spelt = self._spelling(value)
        if spelt is not None:
            return spelt
        codes = [outcome.code for outcome in self.entered if len(outcome.code) > 1]
        close = get_close_matches(value.strip().upper(), codes, n=1, cutoff=0.6)
        return close[0] if close else None

    def meaning(self, value: str) -> str:
        """What a value means, in plain words."""
        outcome = self.outcome(value)
        if outcome is not None:
            return outcome.title
        if self.marks is not None and self.marks.holds(value):
            return f"{value} of {self.marks.highest}"
        return ""

    def combination_for(self, value: str) -> Combination | None:
        """The codes under which the value travels; None where none are known."""
        marks = self.marks
        kind = "mark" if marks is not None and marks.holds(value) else "outcome"
        for travel in self.ctf:
            if travel.carries in {kind, "either"}:
                return travel.combination
        return None

    def exported(self, value: str) -> bool:
        """Whether the value is put into files: an outcome worked out is not."""
        outcome = self.outcome(value)
        wanted = outcome is None or outcome.exported
        return bool(value) and wanted and self.combination_for(value) is not None


def _names(outcome: Outcome) -> tuple[str, ...]:
    return (outcome.code, outcome.title, *outcome.also)


def _plain(text: str) -> str:
    """Letters and digits only, small: how a code is compared with what was typed."""
    return re.sub(r"[\W_]+", "", text).casefold()


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
class OtherTerm:
    """A check of the same collection held in the autumn, a year group later."""

    calendar_year: int
    nc_years: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """One statutory assessment in one year, whole."""

    code: str
    title: str
    short_title: str
    source: Source
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
    notes: tuple[str, ...] = ()
    dates: tuple[Window, ...] = ()
    recipients: tuple[Recipient, ...]
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        codes = [item.code for item in self.items]
        if len(codes) != len(set(codes)):
            raise ValueError(f"{self.code} names an item twice.")

    def recipient(self, code: str) -> Recipient:
        """The recipient; LookupError where the collection is not sent there."""
        for recipient in self.recipients:
            if recipient.code == code:
                return recipient
        raise LookupError(f"{self.title} is not sent to {code}.")

    def item(self, code: str) -> Item:
        """The item of that code; LookupError if there is none."""
        for item in self.items:
            if item.code == code:
                return item
        raise LookupError(f"{self.title} has no {code}.")

    def must_have_result(self, nc_year: str, earlier: Mapping[str, str]) -> bool:
        """Whether a pupil of that year group must have a result.

        earlier holds the values of the year before, by the item's code.
        """
        if not self.statutory or nc_year not in self.nc_years:
            return False
        if self.recheck is None or nc_year != self.recheck.nc_year:
            return True
        return not self.recheck.met(earlier.get(self.recheck.item, ""))

    def closed(
        self, item: Item, nc_year: str, earlier: Mapping[str, str]
    ) -> str | None:
        """Why a cell is not to be filled in; None where it is open."""
        recheck = self.recheck
        if recheck is None or nc_year != recheck.nc_year or item.code != recheck.item:
            return None
        before = earlier.get(recheck.item, "")
        return recheck.because.format(value=before) if recheck.met(before) else None

    def missing(
        self, values: Mapping[str, str], nc_year: str, earlier: Mapping[str, str]
    ) -> tuple[Item, ...]:
        """The items that a pupil lacks, given the values entered by item code."""
        needed = self.must_have_result(nc_year, earlier)
        if not needed and not any(values.values()):
            return ()
        return tuple(
            item for item in self.items if item.required and not values.get(item.code)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CtfYear:
    """What the Common Transfer File of a year is called."""

    version: str
    confirmed: bool
    source: Source
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An item and the collection it belongs to."""

    collection: Collection
    item: Item
    carries: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Everything that one academic year allows."""

    year: AcademicYear
    ctf: CtfYear
    collections: Mapping[str, Collection]
    by_combination: Mapping[Combination, Placed]

    def find(self, combination: Combination) -> Placed | None:
        """What a result is a result of; None where the year knows no such codes."""
        return self.by_combination.get(combination)

    def item(self, full_code: str) -> Item:
        """The item named like phonics.mark; LookupError if there is none."""
        collection, _, code = full_code.partition(".")
        if collection not in self.collections:
            raise LookupError(f"There is no collection {collection}.")
        return self.collections[collection].item(code)
