"""A result as its year's rulebook sees it, worked out once for each distinct result."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from hornbook.checks.cases import ORDINARY, Group, Stated, Term
from hornbook.identifiers import AcademicYear
from hornbook.records import Combination, Result
from hornbook.rulebook.load import (
    codeset,
    combinations,
    rulebook,
    with_mapping,
    years,
)
from hornbook.rulebook.model import (
    Collection,
    Item,
    OtherTerm,
    Outcome,
    Placed,
    Rulebook,
)
from hornbook.rulebook.own_scales import NONE_OWN, OwnScales, with_own_scales
from hornbook.rulebook.presumed import collection_of_tests

_RECEPTION_AGE: Final = 5
_SEPTEMBER_FIRST: Final = (9, 1)
_AUGUST_LAST: Final = (8, 31)
_NOT_RESULTS: Final = "targets, estimates and provisional results"


class Judge:
    """Judges results by the rulebooks, with what a school has written down beside."""

    def __init__(
        self,
        *,
        purpose: str,
        mapping: Path | None = None,
        own_scales: OwnScales = NONE_OWN,
    ) -> None:
        self._purpose = purpose
        self._mapping = mapping
        self._own_scales = own_scales
        self._books: dict[AcademicYear, Rulebook] = {}
        self._slots: dict[tuple[Combination, str, str | None], int] = {}
        self._terms: dict[Group, Term] = {}
        self._found: dict[
            tuple[Combination, int], tuple[Term, Placed, Item] | None
        ] = {}

    def judge(self, result: Result) -> Stated:
        """Find what a result is a result of, and whether its value may stand."""
        combination = Combination(*map(str.strip, result.combination))
        calendar_year = _calendar_year(result.year)
        stated = Stated(
            result=result,
            value=result.value.strip(),
            slot=self._slot(combination, result),
            year=None if calendar_year is None else AcademicYear(calendar_year),
        )
        if result.status not in (None, ORDINARY.status) and self._purpose != "return":
            return replace(stated, unjudged=_NOT_RESULTS)
        if calendar_year is None:
            return stated
        return self._placed(stated, combination, calendar_year)

    def _slot(self, combination: Combination, result: Result) -> int:
        """The number of what may have one value only: codes, year and status."""
        slot = combination, result.year, result.status
        return self._slots.setdefault(slot, len(self._slots))

    def collection_of(self, combination: Combination) -> str | None:
        """The collection that codes belong to, as well as can be told."""
        near = combination.stage, combination.method, combination.qualifier
        for year in reversed(years()):
            for known, placed in self._book(year).by_combination.items():
                if (known.stage, known.method, known.qualifier) == near:
                    return placed.collection.code
        return collection_of_tests(combination)

    def _placed(
        self, stated: Stated, combination: Combination, calendar_year: int
    ) -> Stated:
        """The result with its item, its term and what its value breaks."""
        found = self._find(combination, calendar_year)
        if found is None:
            return _nowhere(stated, combination)
        term, placed, item = found
        stated = replace(
            stated,
            year=term.year,
            term=term,
            item=item,
            item_code=placed.item.full_code,
        )
        if not term.known:
            return replace(
                stated,
                unjudged=f"results of {term.year}: Hornbook has no "
                "rulebook for that year, so their values",
            )
        if not stated.value or _may_stand(item, stated.value):
            return stated
        return replace(stated, refused_by=_refused_by(stated.value, placed))

    def _find(
        self, combination: Combination, calendar_year: int
    ) -> tuple[Term, Placed, Item] | None:
        """The term and the item of some codes in a calendar year, worked out once."""
        key = combination, calendar_year
        if key not in self._found:
            self._found[key] = self._look_up(combination, calendar_year)
        return self._found[key]

    def _look_up(
        self, combination: Combination, calendar_year: int
    ) -> tuple[Term, Placed, Item] | None:
        """The term and the item: of the autumn check, of the year, or of any year."""
        year = AcademicYear(calendar_year)
        following = AcademicYear(calendar_year + 1)
        placed = self._book(following).find(combination)
        autumn = _other_term(placed.collection, calendar_year) if placed else None
        if placed is None or autumn is None:
            placed = self._book(year).find(combination) if year in years() else None
        if placed is None and year not in years():
            placed = self._in_any_year(combination)
        if placed is None:
            return None
        group = Group(placed.collection.code, str(calendar_year))
        if group not in self._terms:
            self._terms[group] = _term(group, placed.collection, year, autumn)
        return self._terms[group], placed, narrowed(placed.item, combination)

    def _book(self, year: AcademicYear) -> Rulebook:
        """The rulebook of a year, or the nearest one there is."""
        year = min(max(year, years()[0]), years()[-1])
        if year not in self._books:
            book = rulebook(year)
            mapping = self._mapping
            book = with_mapping(book, mapping) if mapping else book
            self._books[year] = with_own_scales(book, self._own_scales)
        return self._books[year]

    def _in_any_year(self, combination: Combination) -> Placed | None:
        """An item known in any year: the codes outlive the years."""
        found = (self._book(year).find(combination) for year in years())
        return next(filter(None, found), None)


def _calendar_year(text: str) -> int | None:
    """The year of a result, where it is four digits."""
    text = text.strip()
    plain = len(text) == 4 and text.isascii() and text.isdigit()
    # A year before 1000 could not be printed as one, nor could a birthday be found.
    return int(text) if plain and text[0] != "0" else None


def _nowhere(stated: Stated, combination: Combination) -> Stated:
    """A result that no rulebook places: of older years, not confirmed, or unknown."""
    if _is_older(stated.year, combination):
        return replace(stated, unjudged=f"results under the codes {combination}")
    if collection_of_tests(combination):
        return replace(
            stated,
            unjudged=f"results under the codes {combination}: it is not confirmed what "
            "these codes stand for, so they",
        )
    return replace(stated, unknown=True)


def _is_older(year: AcademicYear | None, combination: Combination) -> bool:
    """Whether codes were in use before the years that Hornbook knows."""
    if year is None or year >= years()[0]:
        return False
    older = codeset("older_qualifiers")
    return combination in combinations() or combination.qualifier in older


def _other_term(collection: Collection, calendar_year: int) -> OtherTerm | None:
    """The autumn check of a calendar year, where there was one."""
    for term in collection.other_terms:
        if term.calendar_year == calendar_year:
            return term
    return None


def _term(
    group: Group, collection: Collection, year: AcademicYear, autumn: OtherTerm | None
) -> Term:
    """A collection in a calendar year; a check in the autumn is of the next summer."""
    year = AcademicYear(year.ends + 1) if autumn else year
    nc_years = autumn.nc_years if autumn else collection.nc_years
    youngest, oldest = _age(nc_years[0]), _age(nc_years[-1])
    return Term(
        group=group,
        collection=collection,
        year=year,
        nc_years=nc_years,
        born_from=date(year.starts - oldest, *_SEPTEMBER_FIRST),
        born_to=date(year.ends - youngest, *_AUGUST_LAST),
        known=year in years(),
        autumn=autumn.note if autumn else "",
    )


def _age(nc_year: str) -> int:
    """The age that a year group reaches in the year: R is 5, Year 1 is 6."""
    return _RECEPTION_AGE + (int(nc_year) if nc_year.isdigit() else 0)


@cache
def narrowed(item: Item, combination: Combination) -> Item:
    """The item as these codes carry it: its marks, its outcomes, or both."""
    carried = {way.carries for way in item.ctf if way.combination == combination}
    if item.marks is None or not item.outcomes or "either" in carried:
        return item
    if carried == {"mark"}:
        return replace(item, outcomes=tuple(filter(_is_worked_out, item.outcomes)))
    return replace(item, marks=None)


def _may_stand(item: Item, value: str) -> bool:
    """Whether a value is allowed; an outcome worked out from a mark, in any case."""
    outcome = item.outcome(value)
    if outcome is not None and _is_worked_out(outcome):
        return True
    return item.allows(value)


def _is_worked_out(outcome: Outcome) -> bool:
    """Whether a code only repeats what the mark says, whichever codes it came under."""
    return outcome.set_by == "worked-out"


def _refused_by(value: str, placed: Placed) -> str:
    """The rule that a value breaks: one of its own where there is one, else R02."""
    item, collection = placed.item, placed.collection
    if collection.code == "ks2-tests" and item.marks and value.isdigit():
        return "R16"
    beside_a_test = collection.code == "ks2-teacher-assessment" and not item.required
    if beside_a_test and any(other.outcome(value) for other in collection.items):
        return "R13"
    return "R02"
