"""Who is in a return, those of a check held in another term as well.

The results of such a check are those of the calendar year before, so that in the grid
of the summer they stand beside each pupil as last year's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from hornbook.rulebook.model import Collection, Rulebook
from hornbook.web.results import queries
from hornbook.web.results.cohort import Held, Member, in_season
from hornbook.web.results.queries import Cohorts, Sight
from hornbook.web.schools.models import School


def enrolled(
    sight: Sight, book: Rulebook, collections: Iterable[Collection]
) -> Cohorts:
    """Everyone of each return's year groups, all leavers too, in order."""
    wanted = tuple(collections)
    return _returned(wanted, queries.enrolled(sight, book, _kept(book, wanted)))


def cohorts(sight: Sight, book: Rulebook, collections: Iterable[Collection]) -> Cohorts:
    """The pupils each return is about: leavers only within the season."""
    wanted = tuple(collections)
    return _in_season(book, wanted, enrolled(sight, book, wanted))


def by_school(
    schools: Sequence[School], book: Rulebook, collections: Iterable[Collection]
) -> Mapping[int, Cohorts]:
    """The same of several whole schools: two queries, whatever their number."""
    wanted = tuple(collections)
    found = queries.by_school(schools, book, _kept(book, wanted))
    return {
        school: _in_season(book, wanted, _returned(wanted, members))
        for school, members in found.items()
    }


def cohort(sight: Sight, book: Rulebook, collection: Collection) -> tuple[Member, ...]:
    """The pupils one return is about."""
    return cohorts(sight, book, [collection])[collection.code]


def _kept(book: Rulebook, wanted: Sequence[Collection]) -> list[Collection]:
    """The collections in whose grids the results of the returns are."""
    codes = dict.fromkeys(one.results_of for one in wanted)
    return [book.collections[code] for code in codes]


def _returned(wanted: Sequence[Collection], members: Cohorts) -> Cohorts:
    """Everyone of each return, out of the grids."""
    return {one.code: tuple(_of(one, members[one.results_of])) for one in wanted}


def _in_season(
    book: Rulebook, wanted: Sequence[Collection], everyone: Cohorts
) -> Cohorts:
    return {one.code: in_season(one, book, everyone[one.code]) for one in wanted}


def _of(collection: Collection, members: Iterable[Member]) -> Iterator[Member]:
    """The members as the return has them."""
    if collection.term is None:
        return iter(members)
    return map(
        _in_the_term, (one for one in members if one.nc_year in collection.nc_years)
    )


def _in_the_term(member: Member) -> Member:
    """A pupil with the results of the calendar year before as those to be sent."""
    held = {code: Held(0, value) for code, value in member.earlier.items()}
    return replace(member, held=held, earlier={})
