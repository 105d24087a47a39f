"""Bringing a whole school in: 420 pupils with 20 results each."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from bench.files import ESTAB, LA, a_whole_school
from bench.school import YEAR
from bench.timing import Measured, seconds
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result
from hornbook.web.schools.models import School
from hornbook.web.transfers import actions, queries
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.undo import undo

PUPILS: Final = 420
_BAR: Final = 1.5
_TIMES: Final = 3
_WRITTEN: Final[tuple[type[models.Model], ...]] = (Pupil, Enrolment, Result)
Rows = list[tuple[type[models.Model], Sequence[tuple[Any, ...]]]]


def importing(school: School, lead: User, folder: Path) -> Iterator[Measured]:
    """Plan, apply and undo, and the same rows put in by the driver alone."""
    path = folder / f"{LA}{ESTAB}_CTF_{LA}{ESTAB}_001.xml"
    a_whole_school(path, PUPILS, YEAR)
    tries = [_once(school, lead, path) for _ in range(_TIMES)]
    plan, apply, back, bare = (min(column) for column in zip(*tries, strict=True))
    counted = _stage(school, lead, path)
    with CaptureQueriesContext(connection) as planning:
        made = queries.preview(counted)
    with CaptureQueriesContext(connection) as applying:
        actions.apply(transfer=counted, approved=made.digest, by=lead)
    with CaptureQueriesContext(connection) as undoing:
        undo(transfer=counted, by=lead)
    many = f"{PUPILS} pupils, {len(made.results_new):,} results"
    yield _row(f"Plan {many}", plan, bare, len(planning))
    yield _row("Apply it", apply, bare, len(applying))
    yield _row("Undo it", back, bare, len(undoing))


def _row(what: str, taken: float, bare: float, asked: int) -> Measured:
    return Measured(what=what, seconds=taken, bare=bare, bar=_BAR, queries=asked)


def _stage(school: School, lead: User, path: Path) -> Transfer:
    with path.open("rb") as stream:
        return actions.stage(school=school, stream=stream, name=path.name, by=lead)


def _once(school: School, lead: User, path: Path) -> tuple[float, float, float, float]:
    """Reading and planning, applying, undoing, and the bare rows: seconds of each."""
    found: list[Transfer] = []

    def plan() -> None:
        found.append(_stage(school, lead, path))
        queries.preview(found[0])

    planned = seconds(plan)
    transfer = found[0]
    approved = queries.preview(transfer).digest
    applied = seconds(
        lambda: actions.apply(transfer=transfer, approved=approved, by=lead)
    )
    rows = _rows()
    undone = seconds(lambda: undo(transfer=transfer, by=lead))
    return planned, applied, undone, _bare(rows)


def _rows() -> Rows:
    """Every row that stands, as the driver takes it."""
    rows: Rows = []
    for model in _WRITTEN:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608, SLF001
            rows.append((model, cursor.fetchall()))
    return rows


def _bare(rows: Rows) -> float:
    """Put the same rows into the same tables, and take them back."""
    with transaction.atomic():
        taken = sum(seconds(lambda: _insert(*each)) for each in rows)
        transaction.set_rollback(True)
    return taken


def _insert(model: type[models.Model], rows: Sequence[tuple[Any, ...]]) -> None:
    places = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} VALUES ({places})",  # noqa: S608, SLF001
            rows,
        )
