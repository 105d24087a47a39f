"""Who is in a collection, class by class, as one page shows it: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from hornbook.rulebook.model import Collection
from hornbook.web.results.cohort import Member, Progress, counted, progress


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class: who is on roll, who left, and how far it has come."""

    name: str
    on_roll: int
    left: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class Again:
    """A pupil who is assessed again, with what the year before says."""

    member: Member
    before: str


def by_class(collection: Collection, members: Sequence[Member]) -> list[ClassRow]:
    """A row a class, in the order of the grid."""
    rows = groupby(members, key=lambda member: member.class_name)
    return [_row(collection, name, tuple(inside)) for name, inside in rows]


def _row(collection: Collection, name: str, inside: Sequence[Member]) -> ClassRow:
    left = sum(member.left_on is not None for member in inside)
    return ClassRow(name, len(inside) - left, left, progress(collection, inside))


def again(collection: Collection, members: Iterable[Member]) -> list[Again]:
    """Those who must be assessed again, made from last year's results."""
    recheck = collection.recheck
    if recheck is None:
        return []
    return [
        Again(member, member.earlier.get(recheck.item, ""))
        for member in members
        if member.nc_year == recheck.nc_year and counted(collection, member)
    ]
