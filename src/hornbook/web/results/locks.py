"""Which grids are locked, as every way of changing results must ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from hornbook.web.results.models import Lock
from hornbook.web.schools.models import School

# The class of a lock that stands over the whole grid.
_EVERYBODY: Final = ""
_MOST_PAST: Final = 20


@dataclass(frozen=True, slots=True)
class Locks:
    """The locks of a school in one year that stand, by collection and class."""

    held: Mapping[tuple[str, str], Lock]

    def why(self, collection: str, class_name: str) -> str:
        """Why nothing may be entered for a pupil of the class; blank if it may."""
        lock = self.over(collection) or self.held.get((collection, class_name))
        return lock.in_words if lock else ""

    def over(self, collection: str) -> Lock | None:
        """The lock over the whole grid."""
        return self.held.get((collection, _EVERYBODY))

    def of(self, collection: str) -> dict[str, Lock]:
        """The locks of one collection by class; the whole grid's under a blank name."""
        return {
            class_name: lock
            for (code, class_name), lock in self.held.items()
            if code == collection
        }

    @property
    def collections(self) -> frozenset[str]:
        """The collections that are locked, whole or in part."""
        return frozenset(collection for collection, _ in self.held)

    @property
    def state(self) -> str:
        """The same for as long as nothing is locked or unlocked."""
        return "-".join(
            str(pk) for pk in sorted(lock.pk for lock in self.held.values())
        )


def standing(school: School, year: int) -> Locks:
    """The locks that stand in a year; one query."""
    found = Lock.objects.filter(school=school, year=year, ended_at=None)
    return Locks(
        {
            (lock.collection, str(lock.school_class or _EVERYBODY)): lock
            for lock in found.select_related("school_class")
        }
    )


def locked(school: School, year: int) -> frozenset[str]:
    """The collections of a year whose results no file may change, by their codes."""
    return standing(school, year).collections


def past(school: School, collection: str, year: int) -> QuerySet[Lock]:
    """What was locked and unlocked again, the last first."""
    found = Lock.objects.filter(school=school, collection=collection, year=year)
    ended = found.filter(ended_at__isnull=False).select_related("school_class")
    return ended.order_by("-ended_at")[:_MOST_PAST]
