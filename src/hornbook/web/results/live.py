"""What others entered while a grid stood open: its script asks every few seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from hornbook.web.audit.models import Event
from hornbook.web.results import queries
from hornbook.web.results.actions import Sheet, in_words
from hornbook.web.results.cohort import Member, classes, missing_in_words
from hornbook.web.results.cohort import standing as cell_standing
from hornbook.web.results.locks import Locks, YearOver, past, standing
from hornbook.web.results.models import Lock, Result
from hornbook.web.results.queries import Sight

# A row carries the moment it was written, and is seen once its transaction is done:
# each answer looks back over what the last one may have been too early for.
_LOOK_BACK: Final = timedelta(seconds=30)
_TAKEN_BACK: Final = "transfer undone"
_UNDONE: Final = "A file that was brought in has been taken back."


@dataclass(frozen=True, slots=True)
class Since:
    """A moment at which a page knew everything: when, and which locks stood."""

    at: datetime
    locks: str

    @property
    def text(self) -> str:
        """As the page keeps it."""
        return f"{self.at:%Y-%m-%dT%H:%M:%S.%fZ}~{self.locks}"


def now(locks: Locks, collection: str) -> Since:
    """This moment, in the grid of a collection."""
    return Since(timezone.now(), locks.state(collection))


def read_since(text: str) -> Since | None:
    """The moment of a page; None where it is none."""
    at, _, locks = text.partition("~")
    try:
        moment = parse_datetime(at)
    except ValueError:
        return None
    return Since(moment, locks) if moment and moment.tzinfo else None


@dataclass(frozen=True, slots=True)
class Moved:
    """Locks that came or went: who locked or unlocked what, and what is locked now.

    grid says why nothing at all may be entered, or is blank; locks has what closes
    which class, and the whole under a blank name.
    """

    told: str
    grid: str
    locks: Mapping[str, Lock | YearOver]
    members: tuple[Member, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the grid."""
        return classes(self.members)

    def as_json(self) -> dict[str, object]:
        """As the grid's script reads it."""
        return {
            "told": self.told,
            "grid": self.grid,
            "pupils": {str(member.pupil): member.locked for member in self.members},
        }


@dataclass(frozen=True, slots=True)
class Live:
    """Cells that others may have changed, and whether the page must be opened again."""

    since: Since
    reload: str
    moved: Moved | None
    rows: tuple[Result, ...]
    sheet: Sheet
    members: tuple[Member, ...]

    def as_json(self) -> dict[str, object]:
        """As the grid's script reads it."""
        collection = self.sheet.collection
        return {
            "since": self.since.text,
            "reload": self.reload,
            "locks": self.moved.as_json() if self.moved else None,
            "cells": [
                {
                    "pupil": row.pupil_id,
                    "item": row.item,
                    "value": row.value,
                    "version": row.pk,
                    "by": row.by_name,
                    "at": in_words(row.at),
                }
                for row in self.rows
            ],
            "missing": {
                str(member.pupil): missing_in_words(collection, member)
                for member in self.members
            },
            "closed": [
                cell_standing(collection, item, member).as_json()
                for member in self.members
                for item in collection.items
            ],
            "beside": {
                str(member.pupil): dict(member.beside) for member in self.members
            },
        }


def changes(sheet: Sheet, sight: Sight, since: Since, closed: str) -> Live:
    """What stands now of all that was entered since; a few queries.

    closed says why the person may enter nothing, whatever is locked, or is blank.
    """
    locks = standing(sheet.school, sheet.year)
    moment = now(locks, sheet.collection.code)
    rows = tuple(_entered(sheet, sight, since.at - _LOOK_BACK))
    if moment.locks == since.locks:
        touched = sorted({row.pupil_id for row in rows})
        members = queries.enrolled_among(
            sight, sheet.book, sheet.collection, touched, locks
        )
        moved = None
    else:
        members = queries.cohort(sight, sheet.book, sheet.collection, locks)
        moved = _moved(sheet, locks, members, closed)
    here = {member.pupil for member in members}
    own = {item.full_code for item in sheet.collection.items}
    return Live(
        since=moment,
        reload=_reload(sheet, since),
        moved=moved,
        rows=tuple(row for row in rows if row.pupil_id in here and row.item in own),
        sheet=sheet,
        members=members,
    )


def _entered(sheet: Sheet, sight: Sight, at: datetime) -> QuerySet[Result]:
    """What stands of all that was written after a moment, here and what this asks."""
    codes = {item.full_code for item in sheet.collection.items} | sheet.collection.asks
    return (
        Result.objects.current()
        .filter(at__gt=at, pupil__in=sight.pupils, year=sheet.year, item__in=codes)
        .order_by("pk")
    )


def _moved(
    sheet: Sheet, locks: Locks, members: tuple[Member, ...], closed: str
) -> Moved:
    code = sheet.collection.code
    over = locks.over(code)
    held = locks.of(code)
    here = {member.class_name for member in members}
    parts = [lock for name, lock in held.items() if name in here]
    told = [lock.in_words for lock in ([over] if over else parts)]
    return Moved(
        told=" ".join(told or _unlocked(sheet)),
        grid=over.in_words if over else closed,
        locks=held,
        members=members,
    )


def _unlocked(sheet: Sheet) -> list[str]:
    """Who unlocked it last, where nothing is locked any more."""
    last = past(sheet.school, sheet.collection.code, sheet.year)[:1]
    return [f"Unlocked by {lock.ended_by_name}." for lock in last]


def _reload(sheet: Sheet, since: Since) -> str:
    """Why a page must be opened again to be right; blank where it need not be."""
    undone = Event.objects.filter(
        laestab=sheet.school.laestab, action=_TAKEN_BACK, at__gt=since.at
    )
    return _UNDONE if undone.exists() else ""
