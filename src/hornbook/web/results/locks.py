"""Which grids are locked, as every way of changing results must ask."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hornbook.identifiers import AcademicYear
from hornbook.web.pupils.models import Enrolment
from hornbook.web.results.models import Lock
from hornbook.web.schools.models import School

# The class of a lock that stands over the whole grid.
_EVERYBODY: Final = ""
_MOST_PAST: Final = 20


@dataclass(frozen=True, slots=True)
class YearOver:
    """What closes every grid of a year once the school works in a later one."""

    year: AcademicYear

    in_short = "Year over"

    @property
    def since(self) -> datetime:
        """The first moment of the next year."""
        day = AcademicYear(self.year.ends + 1).first_day
        return timezone.make_aware(datetime.combine(day, time.min))

    @property
    def in_words(self) -> str:
        """Why nothing is entered any more, and who can change that."""
        return (
            f"{self.year} is over, so its results stay as they are. "
            "An assessment lead can unlock them."
        )


@dataclass(frozen=True, slots=True)
class Locks:
    """What closes the grids of a school in one year, by collection and class.

    Where the year is over, opened has what was unlocked since, by collection.
    """

    held: Mapping[tuple[str, str], Lock]
    year_over: YearOver | None = None
    opened: Mapping[str, Lock] = field(default_factory=dict)

    def why(self, collection: str, class_name: str) -> str:
        """Why nothing may be entered for a pupil of the class; blank if it may."""
        lock = self.over(collection) or self.held.get((collection, class_name))
        return lock.in_words if lock else ""

    def over(self, collection: str) -> Lock | YearOver | None:
        """What closes the whole grid: somebody's lock, or the end of the year."""
        ended = None if collection in self.opened else self.year_over
        return self.signed_off(collection) or ended

    def signed_off(self, collection: str) -> Lock | None:
        """Somebody's lock over the whole grid."""
        return self.held.get((collection, _EVERYBODY))

    def reopened(self, collection: str) -> Lock | None:
        """By what the grid of a year that is over is open; None where it is not."""
        return None if self.over(collection) else self.opened.get(collection)

    def of(self, collection: str) -> dict[str, Lock | YearOver]:
        """The locks of one collection by class; the whole grid's under a blank name."""
        whole = self.over(collection)
        parts: dict[str, Lock | YearOver] = {
            class_name: lock
            for (code, class_name), lock in self.held.items()
            if code == collection
        }
        return parts | ({_EVERYBODY: whole} if whole else {})

    def state(self, collection: str) -> str:
        """The same for as long as nothing of a collection is locked or unlocked."""
        held = [row.pk for (code, _), row in self.held.items() if code == collection]
        opened = [row.pk for code, row in self.opened.items() if code == collection]
        over = ["over"] if self.year_over else []
        return "-".join(map(str, [*sorted([*held, *opened]), *over]))


def standing(school: School, year: int) -> Locks:
    """What closes the grids of a year; one query, and one more of a past year."""
    return by_school([school], year)[school.pk]


def by_school(schools: Sequence[School], year: int) -> Mapping[int, Locks]:
    """What closes the grids of a year in each of several schools: as few queries."""
    over = YearOver(AcademicYear(year))
    unlocked = Q(ended_at__gte=over.since, school_class=None)
    found = Lock.objects.filter(
        Q(ended_at=None) | unlocked, school__in=schools, year=year
    ).select_related("school_class")
    rows: dict[int, list[Lock]] = defaultdict(list)
    for lock in found.order_by("ended_at", "pk"):
        rows[lock.school_id].append(lock)
    done = _over_at(schools, over.year)
    return {
        school.pk: _locks(rows[school.pk], over if school.pk in done else None)
        for school in schools
    }


def _locks(rows: Sequence[Lock], over: YearOver | None) -> Locks:
    """What the rows of one school close, and open where the year is over."""
    opened = [lock for lock in rows if lock.ended_at is not None] if over else []
    return Locks(
        {
            (lock.collection, str(lock.school_class or _EVERYBODY)): lock
            for lock in rows
            if lock.ended_at is None
        },
        over,
        {lock.collection: lock for lock in opened},
    )


def _over_at(schools: Sequence[School], year: AcademicYear) -> frozenset[int]:
    """For which schools a year is over: a later one has begun and has pupils."""
    today = timezone.localdate()
    if year >= AcademicYear.of(today):
        return frozenset()
    later = Enrolment.objects.begun(today).filter(
        pupil__school=OuterRef("pk"), academic_year__gt=year.ends
    )
    found = School.objects.filter(Exists(later), pk__in=[one.pk for one in schools])
    return frozenset(found.values_list("pk", flat=True))


def locked(school: School, year: int) -> frozenset[str]:
    """The collections of a year whose results no file may change, by their codes.

    The end of a year stops no file: results and corrections come after it.
    """
    found = Lock.objects.filter(school=school, year=year, ended_at=None)
    return frozenset(found.values_list("collection", flat=True))


def past(school: School, collection: str, year: int) -> QuerySet[Lock]:
    """What was locked and unlocked again, the last first."""
    found = Lock.objects.filter(school=school, collection=collection, year=year)
    ended = found.filter(ended_at__isnull=False).select_related("school_class")
    return ended.order_by("-ended_at")[:_MOST_PAST]
