"""What a file may not change: results of a collection that a lead has locked."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from hornbook.identifiers import AcademicYear
from hornbook.matching import Offer, ResultKey
from hornbook.rulebook.load import rulebook, years
from hornbook.web.results.locks import locked
from hornbook.web.schools.models import School
from hornbook.web.transfers.wording import item_of
from hornbook.wording import are, many


def locked_among(school: School, keys: Iterable[ResultKey]) -> frozenset[ResultKey]:
    """Those of some results whose collection is locked in their year."""
    grids = {key: _grid_of(key) for key in set(keys)}
    shut = {year: locked(school, year) for _, year in set(grids.values())}
    return frozenset(
        key for key, (collection, year) in grids.items() if collection in shut[year]
    )


def _grid_of(key: ResultKey) -> tuple[str, int]:
    """The collection of a result, and the year of the grid it belongs to.

    A check of an autumn belongs to the grid of the year that begins then.
    """
    item, calendar_year = key
    code = _collection(item)
    for year in years():
        collection = rulebook(year).collections.get(code)
        terms = collection.other_terms if collection else ()
        if any(term.calendar_year == calendar_year for term in terms):
            return code, year.ends
    return code, calendar_year


def _collection(item: str) -> str:
    return item.partition(".")[0]


def without_locked(school: School, offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """The offers of a file, each without its results that are locked."""
    everyone = tuple(offers)
    shut = locked_among(school, _keys(everyone))
    if not shut:
        return everyone
    return tuple(
        replace(
            offer,
            values={key: said for key, said in offer.values.items() if key not in shut},
        )
        for offer in everyone
    )


def in_words(school: School, offers: Iterable[Offer]) -> Iterator[str]:
    """How many results of a file are left out because their grid is locked."""
    everyone = tuple(offers)
    shut = locked_among(school, _keys(everyone))
    left_out = Counter(_title(key) for key in _keys(everyone) if key in shut)
    for title, number in sorted(left_out.items()):
        yield (
            f"{title} is locked: {many(number, 'result')} of this file "
            f"{are(number)} left out. An assessment lead can unlock it."
        )


def _keys(offers: Iterable[Offer]) -> Iterator[ResultKey]:
    for offer in offers:
        yield from offer.values


def _title(key: ResultKey) -> str:
    """The collection and the year of a result."""
    code, year = key
    found = item_of(code, year)
    if found is None:
        return f"{_collection(code)}, {AcademicYear(year)}"
    return f"{found[0].title}, {found[0].when(year)}"
