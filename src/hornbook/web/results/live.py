"""What others entered while a grid stood open: its script asks every few seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from hornbook.web.audit.models import Event
from hornbook.web.results import queries
from hornbook.web.results.actions import Sheet, in_words
from hornbook.web.results.cohort import Member, missing_in_words
from hornbook.web.results.cohort import standing as cell_standing
from hornbook.web.results.locks import Locks, standing
from hornbook.web.results.models import Result
from hornbook.web.results.queries import Sight

# A row carries the moment it was written, and is seen once its transaction is done:
# each answer looks back over what the last one may have been too early for.
_LOOK_BACK: Final = timedelta(seconds=30)
_TAKEN_BACK: Final = "transfer undone"
_UNDONE: Final = "A file that was brought in has been taken back."
_LOCKS_CHANGED: Final = "What may be entered here has been locked or unlocked."


@dataclass(frozen=True, slots=True)
class Since:
    """A moment at which a page knew everything: when, and which locks stood."""

    at: datetime
    locks: str

    @property
    def text(self) -> str:
        """As the page keeps it."""
        return f"{self.at:%Y-%m-%dT%H:%M:%S.%fZ}~{self.locks}"


def now(locks: Locks) -> Since:
    """This moment."""
    return Since(timezone.now(), locks.state)


def read_since(text: str) -> Since | None:
    """The moment of a page; None where it is none."""
    at, _, locks = text.partition("~")
    try:
        moment = parse_datetime(at)
    except ValueError:
        return None
    return Since(moment, locks) if moment and moment.tzinfo else None


@dataclass(frozen=True, slots=True)
class Live:
    """Cells that others may have changed, and whether the page must be opened again."""

    since: Since
    reload: str
    rows: tuple[Result, ...]
    sheet: Sheet
    members: tuple[Member, ...]

    def as_json(self) -> dict[str, object]:
        """As the grid's script reads it."""
        collection = self.sheet.collection
        return {
            "since": self.since.text,
            "reload": self.reload,
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


def changes(sheet: Sheet, sight: Sight, since: Since) -> Live:
    """What stands now of all that was entered since; a few queries."""
    locks = standing(sheet.school, sheet.year)
    moment = now(locks)
    rows = tuple(_entered(sheet, sight, since.at - _LOOK_BACK))
    touched = sorted({row.pupil_id for row in rows})
    members = queries.enrolled_among(sight, sheet.book, sheet.collection, touched)
    here = {member.pupil for member in members}
    own = {item.full_code for item in sheet.collection.items}
    return Live(
        since=moment,
        reload=_reload(sheet, since, locks),
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


def _reload(sheet: Sheet, since: Since, locks: Locks) -> str:
    """Why a page must be opened again to be right; blank where it need not be."""
    if locks.state != since.locks:
        over = locks.over(sheet.collection.code)
        return over.in_words if over else _LOCKS_CHANGED
    undone = Event.objects.filter(
        laestab=sheet.school.laestab, action=_TAKEN_BACK, at__gt=since.at
    )
    return _UNDONE if undone.exists() else ""
