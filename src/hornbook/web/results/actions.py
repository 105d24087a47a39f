"""Changing results: always a new row, with the one it replaces behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from hornbook.rulebook.model import Collection, Rulebook
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.pupils.models import Pupil
from hornbook.web.results import cells, queries
from hornbook.web.results.cohort import (
    Held,
    Member,
    Standing,
    missing_in_words,
    standing,
)
from hornbook.web.results.edits import Edit, State, Verdict, judged
from hornbook.web.results.locks import standing as locks_of
from hornbook.web.results.models import Result, Source
from hornbook.web.results.queries import Sight
from hornbook.web.results.scaled import by_the_table
from hornbook.web.results.turns import turn
from hornbook.web.schools.models import School

_TRIES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Where edits are made: a collection of a school in a year."""

    school: School
    book: Rulebook
    collection: Collection

    @property
    def year(self) -> int:
        """The calendar year of the results."""
        return self.book.year.ends


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of each edit, and what each pupil touched lacks now."""

    cells: tuple[Verdict, ...]
    versions: Mapping[tuple[int, str], int]
    theirs: Mapping[int, Result]
    missing: Mapping[int, str]
    closed: tuple[Standing, ...]

    def as_json(self) -> dict[str, object]:
        """As the grid's script reads it."""
        return {
            "cells": [self._cell(verdict) for verdict in self.cells],
            "missing": {str(pupil): words for pupil, words in self.missing.items()},
            "closed": [standing.as_json() for standing in self.closed],
        }

    def _cell(self, verdict: Verdict) -> dict[str, object]:
        edit = verdict.edit
        cell: dict[str, object] = {
            "pupil": edit.pupil,
            "item": edit.item,
            "value": verdict.value,
            "version": self.versions.get(edit.cell, verdict.version),
            "state": verdict.state.value,
        }
        if verdict.reason:
            cell["reason"] = verdict.reason
        theirs = self.theirs.get(verdict.version or 0)
        if verdict.state is State.CONFLICT:
            cell |= {"theirs": verdict.before} | (_whose(theirs) if theirs else {})
        return cell


def _whose(row: Result) -> dict[str, object]:
    """Who put a value there, and when."""
    return {"by": row.by_name, "at": in_words(row.at)}


def in_words(at: datetime) -> str:
    """10:42 if it was today, else 3 June, 10:42."""
    then, now = timezone.localtime(at), timezone.localtime()
    time = f"{then:%H:%M}"
    return time if then.date() == now.date() else f"{date_format(then, 'j F')}, {time}"


def save(
    *, sheet: Sheet, sight: Sight, edits: Sequence[Edit], source: Source, by: User
) -> Saved:
    """Save what can be saved, all at once, and say what became of each edit.

    Two people who fill one empty cell at the same moment are told apart by the
    database: the second looks again, and sees a conflict.
    """
    for _ in range(_TRIES - 1):
        try:
            with turn():
                return _save(sheet, sight, edits, source, by)
        except IntegrityError:
            continue
    with turn():
        return _save(sheet, sight, edits, source, by)


def put_back(
    *, sheet: Sheet, sight: Sight, row: Result, base: int, by: User
) -> Verdict:
    """Put a value that stood in a cell before back, as a new row; what became of it."""
    edit = Edit(row.pupil_id, row.item, row.value, base)
    return _undo(sheet, sight, edit, by)


def empty(*, sheet: Sheet, sight: Sight, row: Result, by: User) -> Verdict:
    """Clear a cell in which the row is seen to stand; what became of it."""
    edit = Edit(row.pupil_id, row.item, "", row.pk)
    return _undo(sheet, sight, edit, by)


def _undo(sheet: Sheet, sight: Sight, edit: Edit, by: User) -> Verdict:
    saved = save(sheet=sheet, sight=sight, edits=[edit], source=Source.UNDO, by=by)
    [verdict] = saved.cells
    return verdict


def fill_scaled(*, sheet: Sheet, sight: Sight, by: User) -> tuple[Verdict, ...]:
    """Enter the scaled scores that the year's table gives for the marks entered."""
    locks = locks_of(sheet.school, sheet.year)
    members = queries.cohort(sight, sheet.book, sheet.collection, locks)
    edits = [one.edit for one in by_the_table(sheet.collection, members).to_fill]
    saved = save(sheet=sheet, sight=sight, edits=edits, source=Source.TABLE, by=by)
    return saved.cells


@transaction.atomic
def _save(
    sheet: Sheet, sight: Sight, edits: Sequence[Edit], source: Source, by: User
) -> Saved:
    """One try, in one transaction."""
    wanted = {edit.cell: edit for edit in _with_past(sheet, edits, source)}
    members = _locked(sheet, sight, {pupil for pupil, _ in wanted})
    verdicts = judged(wanted.values(), sheet.collection, members)
    good = [verdict for verdict in verdicts if verdict.state is State.SAVED]
    versions = write(sheet, good, source, by)
    after = _changed(members, good, versions)
    return Saved(
        cells=verdicts,
        versions=versions,
        theirs=cells.rows_of(_in_the_way(verdicts)),
        missing={
            pupil: missing_in_words(sheet.collection, member)
            for pupil, member in after.items()
        },
        closed=tuple(_newly_closed(sheet.collection, members, after)),
    )


def _with_past(sheet: Sheet, edits: Sequence[Edit], source: Source) -> Iterable[Edit]:
    """What is put back, marked so where the value did stand in its cell."""
    if source is not Source.UNDO:
        return edits
    stood = cells.stood(sheet.year, edits)
    return (
        replace(edit, stood=edit.value) if (*edit.cell, edit.value) in stood else edit
        for edit in edits
    )


def _locked(sheet: Sheet, sight: Sight, pupils: set[int]) -> dict[int, Member]:
    """The pupils touched, as nobody else can change them until this is done.

    Only now is it asked what is locked: whoever locks a grid waits for these rows.
    """
    locked = Pupil.objects.select_for_update().filter(
        school=sheet.school, pk__in=pupils
    )
    among = [pk for (pk,) in locked.order_by("pk").values_list("pk")]
    locks = locks_of(sheet.school, sheet.year)
    members = queries.enrolled_among(sight, sheet.book, sheet.collection, among, locks)
    return {member.pupil: member for member in members}


def write(
    sheet: Sheet, good: Sequence[Verdict], source: Source, by: User
) -> dict[tuple[int, str], int]:
    """Write the new rows; their numbers by cell."""
    if not good:
        return {}
    replaced = [verdict.held.version for verdict in good if verdict.held]
    Result.objects.filter(pk__in=replaced).update(current=False)
    rows = Result.objects.bulk_create(
        Result(
            pupil_id=verdict.edit.pupil,
            item=verdict.edit.item,
            year=sheet.year,
            value=verdict.value,
            replaces_id=verdict.version,
            by=by,
            by_name=str(by),
            source=source,
        )
        for verdict in good
    )
    _record(sheet, good, source, by)
    return {(row.pupil_id, row.item): row.pk for row in rows}


def _record(sheet: Sheet, good: Sequence[Verdict], source: Source, by: User) -> None:
    """Write the event: every cell with its value before and after."""
    record(
        by=by,
        school=sheet.school,
        action="results entered",
        subject=f"{sheet.collection.title}, {sheet.book.year}",
        detail={
            "collection": sheet.collection.code,
            "year": sheet.year,
            "source": source.value,
            "cells": [
                [verdict.edit.pupil, verdict.edit.item, verdict.before, verdict.value]
                for verdict in good
            ],
        },
    )


def _changed(
    members: Mapping[int, Member],
    good: Iterable[Verdict],
    versions: Mapping[tuple[int, str], int],
) -> dict[int, Member]:
    """The pupils as they are after saving."""
    after = dict(members)
    for verdict in good:
        member = after[verdict.edit.pupil]
        code = verdict.edit.item.partition(".")[2]
        held = Held(versions[verdict.edit.cell], verdict.value)
        after[member.pupil] = replace(member, held={**member.held, code: held})
    return after


def _in_the_way(verdicts: Iterable[Verdict]) -> Iterable[int]:
    for verdict in verdicts:
        if verdict.state is State.CONFLICT and verdict.held:
            yield verdict.held.version


def _newly_closed(
    collection: Collection, before: Mapping[int, Member], after: Mapping[int, Member]
) -> Iterable[Standing]:
    """The cells that opened or closed through the edits."""
    for pupil, member in after.items():
        for item in collection.items:
            now = standing(collection, item, member)
            if now != standing(collection, item, before[pupil]):
                yield now
