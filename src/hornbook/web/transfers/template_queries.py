"""Whom a template is filled with, and which templates there are to be had."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from hornbook.identifiers import NC_YEARS, AcademicYear
from hornbook.records import Pupil as Record
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Collection, Rulebook
from hornbook.sheets.template import TemplateRow
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result
from hornbook.web.results.queries import Sight, cohorts
from hornbook.web.schools.models import School


@dataclass(frozen=True, slots=True)
class Offered:
    """A collection of which there is a template, and the classes it is about."""

    collection: Collection
    classes: tuple[str, ...]
    years: tuple[AcademicYear, ...]


def offered(
    person: User | AnonymousUser, school: School, year: AcademicYear
) -> tuple[Offered, ...]:
    """The templates of a school, those of the year first; one query."""
    rows = Enrolment.objects.filter(
        pupil__in=Pupil.objects.seen_by(person).filter(school=school),
        academic_year=year.ends,
        left_on=None,
    ).exclude(school_class=None)
    classes: dict[str, set[str]] = defaultdict(set)
    for group, name in rows.values_list("nc_year", "school_class__name").distinct():
        classes[group].add(name)
    return tuple(
        Offered(one, _classes(one, classes), tuple(_before(one, year)))
        for one in rulebook(year).collections.values()
    )


def _before(collection: Collection, year: AcademicYear) -> Iterator[AcademicYear]:
    """The years before in which there was the collection, newest first."""
    for each in reversed(years()):
        if each < year and collection.code in rulebook(each).collections:
            yield each


def _classes(
    collection: Collection, by_group: Mapping[str, set[str]]
) -> tuple[str, ...]:
    named = (by_group.get(group, set()) for group in collection.nc_years)
    return tuple(sorted(set().union(*named)))


def template_rows(
    sight: Sight, book: Rulebook, collection: Collection, now: AcademicYear
) -> tuple[TemplateRow, ...]:
    """The pupils of a collection with what stands; a fixed number of queries.

    Of a year before, those who have joined since are there too: their results come
    from another school.
    """
    members = [
        _Entry(each.pupil, each.nc_year, each.class_name, each.values)
        for each in cohorts(sight, book, [collection])[collection.code]
    ]
    if book.year < now:
        members += _joined_since(sight, book, collection, now)
    pupils = sight.pupils.in_bulk([each.pupil for each in members])
    return tuple(
        TemplateRow(
            pupil=_record(pupils[each.pupil], each.nc_year),
            class_name=each.class_name,
            values=each.values,
        )
        for each in members
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A pupil by the row's number, as they were in the year of the template."""

    pupil: int
    nc_year: str
    class_name: str
    values: Mapping[str, str]


def _joined_since(
    sight: Sight, book: Rulebook, collection: Collection, now: AcademicYear
) -> list[_Entry]:
    """Those on roll who were in the year groups then, and were not here."""
    then = dict(_year_groups(collection, now.ends - book.year.ends))
    joined = (
        Enrolment.objects.filter(
            pupil__in=sight.pupils, academic_year=now.ends, nc_year__in=then
        )
        .filter(left_on=None)
        .exclude(pupil__enrolments__academic_year=book.year.ends)
        .order_by("pupil__surname", "pupil__forename", "pupil")
    )
    groups = dict(joined.values_list("pupil", "nc_year"))
    values: dict[int, dict[str, str]] = defaultdict(dict)
    standing = Result.objects.filter(pupil__in=groups, year=book.year.ends).current()
    codes = {item.full_code: item.code for item in collection.items}
    for pupil, item, value in standing.filter(item__in=codes).values_list(
        "pupil", "item", "value"
    ):
        values[pupil][codes[item]] = value
    return [
        _Entry(pupil, then[group], "", values[pupil]) for pupil, group in groups.items()
    ]


def _year_groups(collection: Collection, later: int) -> Iterator[tuple[str, str]]:
    """What each year group is some years later, and what it was."""
    for group in collection.nc_years:
        place = NC_YEARS.index(group) + later
        if place < len(NC_YEARS):
            yield NC_YEARS[place], group


def _record(pupil: Pupil, nc_year: str) -> Record:
    return Record(
        upn=pupil.upn,
        surname=pupil.surname,
        forename=pupil.forename,
        dob=pupil.dob.isoformat(),
        nc_year=nc_year,
    )
