"""A cell of a sheet as the code or mark that a person meant by it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.items import plain
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Item, Outcome, Rulebook
from hornbook.sheets.formulas import cell_error
from hornbook.sheets.subjects import collection_of, collections, title_of, words

_OUT_OF: Final = re.compile(r"(\d+)\s*(?:/|out of|of)\s*(\d+)", re.IGNORECASE)
# What stands between a code and its meaning, as in "2 - Expected" or "A (Absent)".
_BETWEEN: Final = re.compile(r"\s+[-\u2013\u2014]\s+|\s*[=:()]\s*")


_MET: Final = "met"


def says_nothing(text: str) -> bool:
    """Whether a cell is blank, or has a word that people write for nothing."""
    return not text or text.casefold() in _nothing()


@cache
def _nothing() -> frozenset[str]:
    return frozenset(words()["cells"]["nothing"])


def tidied(text: str) -> str:
    """Full-width figures and odd spaces as a keyboard would write them."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def read_value(item: Item, text: str) -> str:
    """The code or mark that was meant; ValueError says why it cannot be taken."""
    typed = tidied(text)
    if fault := cell_error(typed):
        raise ValueError(fault)
    try:
        return item.read(typed)
    except ValueError:
        meant = {found for part in _parts(item, typed) if (found := _read(item, part))}
        if len(meant) == 1:
            return meant.pop()
        raise


def _read(item: Item, text: str) -> str:
    try:
        return item.read(text)
    except ValueError:
        return ""


def _parts(item: Item, text: str) -> Iterator[str]:
    """A mark out of the highest; a code and its meaning, each by itself."""
    out_of = _OUT_OF.fullmatch(text)
    if out_of and item.marks and int(out_of[2]) == item.marks.highest:
        yield out_of[1]
    yield from (part for part in _BETWEEN.split(text) if part)


def fits(item: Item, texts: list[str]) -> bool:
    """Whether at least half of a column's values are such as the item has."""
    could = sum(bool(_taken(item, text)) for text in texts)
    return could * 2 >= len(texts) > 0


def _taken(item: Item, text: str) -> str:
    try:
        return read_value(replace(item, from_dfe=True), text)
    except ValueError:
        return ""


@cache
def item_of(code: str, calendar_year: int) -> Item | None:
    """The item as it was in a year, or in an autumn before the first rulebook."""
    year = AcademicYear(calendar_year)
    if year in years():
        return _in_book(rulebook(year), code)
    for other in years():
        whole = rulebook(other).collections[collection_of(code)]
        if any(term.calendar_year == calendar_year for term in whole.other_terms):
            return _in_book(rulebook(other), code)
    return None


def _in_book(book: Rulebook, code: str) -> Item | None:
    try:
        return book.item(code)
    except LookupError:
        return None


class OnlyFollows(ValueError):
    """A cell only says what follows from the mark; the words are for where none is."""

    def __init__(self, item: Item, outcome: Outcome, text: str) -> None:
        super().__init__(item.refusal(text))
        self._item = item
        self._outcome = outcome

    def against(self, mark: str) -> str:
        """Why the mark says otherwise; blank where it does not."""
        marks = self._item.marks
        if marks is None or marks.expected is None or not marks.holds(mark):
            return ""
        met = int(mark) >= marks.expected
        if met == (self._outcome is self._item.spellings.get(_MET)):
            return ""
        return (
            f"{self._item.title} is {mark}, and {marks.expected} met the standard. The "
            f"cell says: {self._outcome.title}."
        )


def _only_follows(item: Item, text: str) -> Outcome | None:
    """The outcome that follows from the mark, where the cell says one."""
    typed = tidied(text)
    said = (item.spellings.get(plain(part)) for part in (typed, *_parts(item, typed)))
    return next((one for one in said if one and one.set_by == "worked-out"), None)


class Judge:
    """Reads values as each year's rulebook has them, the same one once.

    What a school may not enter itself is taken where it comes from the DfE: in a sheet
    with the DfE's own results, and in results of years before.
    """

    def __init__(self, year: AcademicYear, held: frozenset[str]) -> None:
        self._year = year
        self._from_dfe = any(collections()[code].from_dfe for code in held)
        self._items: dict[tuple[str, int], Item] = {}
        self._known: dict[tuple[str, int, str], str] = {}
        self._refused: dict[tuple[str, int, str], str] = {}

    def value(self, code: str, calendar_year: int, text: str) -> str:
        """The value of an item; ValueError says why it cannot be taken."""
        key = code, calendar_year, text
        if key not in self._known and key not in self._refused:
            try:
                self._known[key] = read_value(self.item(code, calendar_year), text)
            except ValueError as fault:
                self._refused[key] = str(fault)
        if key not in self._refused:
            return self._known[key]
        item = self._items.get((code, calendar_year))
        follows = item and _only_follows(item, text)
        if item and follows:
            raise OnlyFollows(item, follows, tidied(text))
        raise ValueError(self._refused[key])

    def item(self, code: str, calendar_year: int) -> Item:
        """The item as it was in that year; ValueError where there was none."""
        key = code, calendar_year
        if key not in self._items:
            self._items[key] = self._found(code, calendar_year)
        return self._items[key]

    def _found(self, code: str, calendar_year: int) -> Item:
        item = item_of(code, calendar_year)
        if item is None:
            raise ValueError(
                f"{title_of(code)} is of {calendar_year} here. It must be of a school "
                f"year from {years()[0]} to {years()[-1]}."
            )
        if self._from_dfe or calendar_year < self._year.ends:
            return replace(item, from_dfe=True)
        return item
