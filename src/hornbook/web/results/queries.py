"""What the grid and the returns ask of the database, always as a person may see it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from hornbook.rulebook.model import Collection, Rulebook
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment, Pupil, PupilQuerySet
from hornbook.web.pupils.queries import left_early
from hornbook.web.results.cohort import Held, Member, in_season
from hornbook.web.results.locks import Locks
from hornbook.web.results.models import Result, ResultQuerySet
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest

Cohorts = dict[str, tuple[Member, ...]]


@dataclass(frozen=True, slots=True)
class _Enrolled:
    """One enrolment, as the query gives it."""

    school: int
    pupil: int
    surname: str
    forename: str
    class_name: str | None
    nc_year: str
    left_on: date | None


class _Values:
    """Current results: this year's as they are held, last year's as values."""

    def __init__(self, results: ResultQuerySet, year: int) -> None:
        self.now: dict[tuple[int, str], dict[str, Held]] = defaultdict(dict)
        self.before: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
        rows = results.current().filter(year__in=[year - 1, year])
        for pk, pupil, full_code, ends, value in rows.values_list(
            "pk", "pupil_id", "item", "year", "value"
        ):
            collection, _, code = full_code.partition(".")
            if ends == year:
                self.now[pupil, collection][code] = Held(pk, value)
            elif value:
                self.before[pupil, collection][code] = value

    def member(self, pupil: _Enrolled, collection: Collection) -> Member:
        """A pupil with the values of one collection."""
        key = pupil.pupil, collection.code
        return Member(
            pupil=pupil.pupil,
            surname=pupil.surname,
            forename=pupil.forename,
            class_name=pupil.class_name or "",
            nc_year=pupil.nc_year,
            left_on=pupil.left_on,
            held=self.now.get(key, {}),
            earlier=self.before.get(key, {}),
            beside=dict(self._beside(pupil.pupil, collection)),
        )

    def _beside(self, pupil: int, collection: Collection) -> Iterable[tuple[str, str]]:
        """What stands in other collections and says what is wanted in this one."""
        for full_code in collection.asks:
            other, _, code = full_code.partition(".")
            held = self.now.get((pupil, other), {}).get(code)
            if other != collection.code and held and held.value:
                yield full_code, held.value


def _codes(collections: Iterable[Collection]) -> set[str]:
    """The results that are looked up: of the collections, and those they ask for."""
    wanted = tuple(collections)
    own = {item.full_code for one in wanted for item in one.items}
    return own.union(*(one.asks for one in wanted))


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose results are asked for: the pupils of a school that may be looked at."""

    school: School
    pupils: PupilQuerySet

    @classmethod
    def of(
        cls,
        person: User | AnonymousUser,
        school: School,
        allowed: frozenset[Permission],
    ) -> Self:
        """What a person sees of a school, by all that they may do there.

        Whoever sees the whole of it needs no question of which pupils: that question
        is the dearest part of saving a cell.
        """
        pupils = Pupil.objects.filter(school=school)
        whole = Permission.SEE_EVERY_PUPIL in allowed
        return cls(school, pupils if whole else pupils.seen_by(person))

    @classmethod
    def asked(cls, request: SchoolRequest) -> Self:
        """What whoever asks sees of the school that they ask about."""
        return cls.of(request.user, request.school, request.permitted)

    @classmethod
    def whole(cls, school: School) -> Self:
        """The whole school, for the installation's own commands."""
        return cls(school, Pupil.objects.filter(school=school))

    def enrolments(self, book: Rulebook) -> QuerySet[Enrolment]:
        """The enrolments of the year, in no order."""
        return Enrolment.objects.filter(
            pupil__in=self.pupils, academic_year=book.year.ends
        )


def visitor(
    pupil: Pupil, collection: Collection, year: int, *, nc_year: str, locked: str
) -> Member:
    """A pupil with the results of a year in which no class here had them."""
    codes = _codes([collection])
    values = _Values(Result.objects.filter(pupil=pupil, item__in=codes), year)
    person = _Enrolled(
        school=pupil.school_id,
        pupil=pupil.pk,
        surname=pupil.surname,
        forename=pupil.forename,
        class_name=None,
        nc_year=nc_year,
        left_on=None,
    )
    return replace(values.member(person, collection), locked=locked)


def enrolled_among(
    sight: Sight,
    book: Rulebook,
    collection: Collection,
    among: Sequence[int],
    locks: Locks,
) -> tuple[Member, ...]:
    """Of some pupils, those seen who are in the collection's year groups."""
    pupils = _enrolled(
        sight.enrolments(book).filter(pupil__in=among, nc_year__in=collection.nc_years)
    )
    results = Result.objects.filter(pupil__in=among, item__in=_codes([collection]))
    values = _Values(results, book.year.ends)
    members = (values.member(pupil, collection) for pupil in pupils)
    return _with_locks(locks, collection, members)


def _with_locks(
    locks: Locks, collection: Collection, members: Iterable[Member]
) -> tuple[Member, ...]:
    """The members, each with the lock that stands over it."""
    return tuple(
        replace(member, locked=locks.why(collection.code, member.class_name))
        for member in members
    )


def enrolled(
    sight: Sight, book: Rulebook, collections: Iterable[Collection]
) -> Cohorts:
    """Everyone of each collection's year groups, all leavers too, in order.

    Two queries, whatever the number of collections and pupils.
    """
    enrolments = sight.enrolments(book)
    return _by_school([sight.school], enrolments, book, collections)[sight.school.pk]


def by_school(
    schools: Sequence[School], book: Rulebook, collections: Iterable[Collection]
) -> Mapping[int, Cohorts]:
    """The same of several whole schools: two queries, whatever their number."""
    enrolments = Enrolment.objects.filter(
        pupil__school__in=schools, academic_year=book.year.ends
    )
    return _by_school(schools, enrolments, book, collections)


def _by_school(
    schools: Sequence[School],
    enrolments: QuerySet[Enrolment],
    book: Rulebook,
    collections: Iterable[Collection],
) -> Mapping[int, Cohorts]:
    wanted = tuple(collections)
    groups = {group for one in wanted for group in one.nc_years}
    pupils: dict[int, list[_Enrolled]] = defaultdict(list)
    for one in _enrolled(enrolments.filter(nc_year__in=groups)):
        pupils[one.school].append(one)
    results = Result.objects.filter(pupil__school__in=schools, item__in=_codes(wanted))
    values = _Values(results, book.year.ends)
    return {
        school.pk: {
            one.code: _members(one, pupils[school.pk], values) for one in wanted
        }
        for school in schools
    }


def cohorts(sight: Sight, book: Rulebook, collections: Iterable[Collection]) -> Cohorts:
    """The pupils each collection is about: leavers only within the season."""
    wanted = tuple(collections)
    everyone = enrolled(sight, book, wanted)
    return {one.code: in_season(one, book, everyone[one.code]) for one in wanted}


def cohort(
    sight: Sight, book: Rulebook, collection: Collection, locks: Locks
) -> tuple[Member, ...]:
    """The pupils one collection is about, each with the lock that stands over it."""
    members = cohorts(sight, book, [collection])[collection.code]
    return _with_locks(locks, collection, members)


def _members(
    collection: Collection, pupils: Iterable[_Enrolled], values: _Values
) -> tuple[Member, ...]:
    members = (
        values.member(pupil, collection)
        for pupil in pupils
        if pupil.nc_year in collection.nc_years
    )
    return tuple(sorted(members, key=lambda member: member.place))


def _enrolled(enrolments: QuerySet[Enrolment]) -> list[_Enrolled]:
    rows = enrolments.values_list(
        "pupil__school_id",
        "pupil_id",
        "pupil__surname",
        "pupil__forename",
        "school_class__name",
        "nc_year",
        "left_on",
        "academic_year",
    )
    return [
        _Enrolled(school, pupil, surname, forename, name, group, left_early(left, year))
        for school, pupil, surname, forename, name, group, left, year in rows
    ]


def facts(
    members: Iterable[Member], names: Sequence[str]
) -> dict[int, Mapping[str, str]]:
    """What is stated of pupils who are seen already, by name of the fact: one query."""
    seen = Pupil.objects.filter(pk__in=[member.pupil for member in members])
    return {
        pupil: dict(zip(names, stated, strict=True))
        for pupil, *stated in seen.values_list("pk", *names)
    }


def namesakes(members: Iterable[Member]) -> dict[int, str]:
    """The UPNs of pupils whose name another has as well, to tell them apart."""
    by_name: dict[str, list[int]] = {}
    for member in members:
        by_name.setdefault(member.name.casefold(), []).append(member.pupil)
    twice = [pupil for found in by_name.values() if len(found) > 1 for pupil in found]
    return dict(Pupil.objects.filter(pk__in=twice).values_list("pk", "upn"))
