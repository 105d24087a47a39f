"""Which item of which year's rulebook a result of a file belongs to."""

from datetime import date
from typing import Final

from django.conf import settings

from hornbook.identifiers import AcademicYear
from hornbook.matching import ResultKey
from hornbook.records import Combination, Result
from hornbook.rulebook.load import rulebook, with_mapping, years
from hornbook.rulebook.model import Item, Rulebook
from hornbook.rulebook.presumed import place

_FINAL: Final = "R"
_MAPPING: Final = "ctf-mapping.toml"
_YEAR_DIGITS: Final = 4


class Placing:
    """Places the results of one file; the same result is looked up once."""

    def __init__(self) -> None:
        self._books: dict[AcademicYear, Rulebook] = {}
        self._known: dict[Result, tuple[ResultKey, str] | str] = {}
        # Codes that the DfE does not publish, and what they were taken for.
        self.presumed: dict[Combination, str] = {}

    def of(self, result: Result) -> tuple[ResultKey, str] | str:
        """The item and calendar year of a result and its value, or why not."""
        if result not in self._known:
            self._known[result] = self._placed(result)
        return self._known[result]

    def _placed(self, result: Result) -> tuple[ResultKey, str] | str:
        if result.status not in (None, _FINAL):
            return "targets, estimates and provisional results"
        if not result.value.strip():
            return "blank results"
        text = result.year.strip()
        if not (len(text) == _YEAR_DIGITS and text.isascii() and text.isdigit()):
            return "results without a year"
        return self._in_its_year(result, int(text))

    def _in_its_year(
        self, result: Result, calendar_year: int
    ) -> tuple[ResultKey, str] | str:
        year = _school_year(result, calendar_year)
        if year not in years():
            return f"results of {year}, a year this version has no rules for"
        book = self._book(year)
        found = place(book, result)
        if found is None:
            return _not_known(book, result.combination)
        value = _plain(found.item, result.value.strip())
        if value is None:
            return "outcomes that follow from the mark"
        if not found.item.allows(value):
            return f"values that {found.item.title} cannot have"
        if not found.confirmed:
            self.presumed[result.combination] = found.item.title
        return (found.item.full_code, calendar_year), value

    def _book(self, year: AcademicYear) -> Rulebook:
        """The year's rulebook, with the codes that an administrator wrote down."""
        if year not in self._books:
            path = settings.HORNBOOK_HOME / _MAPPING
            self._books[year] = with_mapping(rulebook(year), path)
        return self._books[year]


def _not_known(book: Rulebook, combination: Combination) -> str:
    """Why a result is not recorded whose codes tell nothing."""
    if combination in book.left_out:
        return f"results left out by whoever decides on codes ({combination})"
    return f"results under codes that are not known ({combination})"


def _plain(item: Item, value: str) -> str | None:
    """The value as the DfE writes it; None where it only repeats what a mark says."""
    if item.marks is not None and item.marks.holds(value):
        return str(int(value))
    outcome = item.outcome(value)
    if outcome is None:
        return value
    return None if outcome.set_by == "worked-out" else outcome.code


def _school_year(result: Result, calendar_year: int) -> AcademicYear:
    """The school year that a result is of: the one its calendar year ends.

    A check taken in the autumn before the first rulebook's summer is that year's.
    """
    year = AcademicYear(calendar_year)
    try:
        taken = AcademicYear.of(date.fromisoformat(result.date or ""))
    except ValueError:
        return year
    return taken if taken.starts == calendar_year and year not in years() else year
