"""A headline counted in several schools."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from hornbook.identifiers import AcademicYear
from hornbook.measures.disclosure import Guards, InSchool
from hornbook.reports.across import Across, Place, across, counted_for
from hornbook.reports.tidy import Row as TidyRow
from hornbook.reports.tidy import Tidy, items
from hornbook.rulebook.load import years
from hornbook.rulebook.measures import (
    Measure,
    ReportFacts,
    measures,
    measures_of,
    reports,
)
from hornbook.rulebook.national import published
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Pupil, PupilQuerySet
from hornbook.web.reporting import queries
from hornbook.web.reporting.reader import outside
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import (
    Permission,
    schools_compared,
    schools_where,
)

# The year in question and those before it that are shown beside it.
_YEARS: Final = 4
GuardOf: TypeAlias = Callable[[School], Guards]


def headlines() -> tuple[tuple[ReportFacts, tuple[Measure, ...]], ...]:
    """The headlines under their reports: what schools may be compared by."""
    return tuple(
        (facts, tuple(one for one in measures_of(facts.code) if one.headline))
        for facts in reports().values()
    )


def as_seen_by(user: User) -> GuardOf:
    """What a person may be told of each school."""
    seen_whole = schools_where(user, Permission.SEE_EVERY_PUPIL)
    whole = frozenset(seen_whole.values_list("pk", flat=True))
    return lambda school: InSchool if school.pk in whole else outside


def as_it_may_leave(school: School) -> Guards:
    """What anybody may be told."""
    return outside


def latest_with_results(schools: Sequence[School], year: AcademicYear) -> AcademicYear:
    """The latest year, up to one, of which any of the schools holds results."""
    return queries.latest_with_results(_pupils(schools), year)


def _pupils(schools: Sequence[School]) -> PupilQuerySet:
    return Pupil.objects.filter(school__in=[school.pk for school in schools])


def side_by_side(
    schools: Sequence[School], measure: Measure, year: AcademicYear, guards: GuardOf
) -> Across:
    """A headline in each school, with a few years before."""
    wanted = tuple(one for one in years() if one <= year)[-_YEARS:]
    guarded = [(one, guards(one)) for one in schools]
    counted = {each for _, one in guarded for each in counted_for(measure, one)}
    found = queries.by_school(_pupils(schools), wanted, counted)
    places = [
        Place(school.name, school.laestab, found[school.pk], one)
        for school, one in guarded
    ]
    return across(measure, wanted, places, published())


def taken_out_by(user: User) -> tuple[School, ...]:
    """The compared schools from which a person may take results out."""
    allowed = schools_where(user, Permission.MAKE_RETURN)
    wanted = frozenset(allowed.values_list("pk", flat=True))
    return tuple(one for one in schools_compared(user) if one.pk in wanted)


def tidy_rows(
    table: Tidy, schools: Sequence[School], year: AcademicYear
) -> Iterator[TidyRow]:
    """A tidy table of a year, school by school: a fixed number of queries."""
    pupils = _pupils(schools)
    everything = tuple(measures().values())
    found = queries.by_school(pupils, [year], everything, items([year]))
    upns = dict(pupils.values_list("pk", "upn"))
    for school in schools:
        yield from table.rows(school.laestab, found[school.pk], upns)
