"""Bringing a file in: stage it, choose, apply it, all or nothing, or throw it away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import IO, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from hornbook.matching import Entry, Plan, Update
from hornbook.web import vault
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.pupils.models import Pupil
from hornbook.web.schools.models import School
from hornbook.web.transfers import queries
from hornbook.web.transfers.files import FileRead
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.reading import open_all
from hornbook.web.transfers.work import Work

# A file that nobody brought in is forgotten after this long.
_WAITS: Final = timedelta(days=7)


class PlanIsStale(Exception):
    """What is recorded has moved on since the plan was shown."""


class LooksWrong(Exception):
    """So few pupils are known that a person must say that it is the right file."""


class Clashes(StrEnum):
    """What becomes of results that the file states differently."""

    KEEP = "keep"
    FILE = "file"
    TICKED = "ticked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person answered to the questions of a plan.

    decided are the unsure, by UPN of the file. leavers are pupils not in the file who
    have left, returners those recorded as left who have come back. clashes says which
    of the results that differ are the file's to have; theirs are those ticked. skipped
    are the parts put aside; sure says that a file of few known pupils is the right one.
    """

    update: Update = Update.BOTH
    skipped: frozenset[str] = frozenset()
    sure: bool = False
    decided: Mapping[str, str] = field(default_factory=dict)
    leavers: frozenset[int] = frozenset()
    returners: frozenset[int] = frozenset()
    clashes: Clashes = Clashes.KEEP
    theirs: frozenset[str] = frozenset()

    def takes(self, entry: Entry) -> bool:
        """Whether the file's value is to stand for a result that differs."""
        if self.clashes is Clashes.TICKED:
            return entry.name in self.theirs
        return self.clashes is Clashes.FILE

    def as_json(self) -> dict[str, object]:
        """As it is kept until the file is brought in."""
        return {
            "update": self.update.value,
            "skipped": sorted(self.skipped),
            "decided": dict(self.decided),
            "leavers": sorted(self.leavers),
            "returners": sorted(self.returners),
            "clashes": self.clashes.value,
            "theirs": sorted(self.theirs),
        }


def stage_all(
    *, school: School, stream: IO[bytes], name: str, by: User | None
) -> tuple[list[Transfer], tuple[tuple[str, str], ...]]:
    """Read a file or a zip of several, and keep what their plans need.

    The names of files that were not read come with it, and why. Raises Refused.
    """
    opened = open_all(school=school, stream=stream, name=name)
    with transaction.atomic():
        staged = [keep(school=school, file=file, by=by) for file in opened.files]
    return staged, opened.refused


@transaction.atomic
def keep(*, school: School, file: FileRead, by: User | None) -> Transfer:
    """Keep what a plan needs of a file that was read: the kept fields, encrypted."""
    forget_waiting(school=school)
    transfer = Transfer.objects.create(
        school=school,
        name=file.name[:255],
        sha256=file.sha256,
        size=file.size,
        kind=file.kind.code,
        producer=file.producer[:60],
        purpose=file.purpose,
        academic_year=file.year.ends,
        uploaded_by=by,
        staged=file.staged.sealed(),
        original=_sealed(file.original),
        marked=_sealed(file.marked),
        whole_school=file.whole_school,
        choices={"update": file.update.value},
        counts={
            **file.counts,
            "parts": file.parts,
            "updates": [update.value for update in file.updates],
        },
    )
    record(by=by, school=school, action="file read", subject=transfer.name)
    return transfer


def _sealed(content: bytes) -> bytes:
    return vault.seal(content) if content else b""


def forget_waiting(*, school: School) -> None:
    """Forget what was read long ago and never brought in."""
    waiting = Transfer.objects.filter(school=school, applied_at=None)
    waiting.filter(uploaded_at__lt=timezone.now() - _WAITS).delete()


@transaction.atomic
def choose(*, transfer: Transfer, answers: Answers) -> None:
    """Keep what the person answered, so that the plan goes by it."""
    transfer.choices = answers.as_json()
    transfer.save(update_fields=["choices"])


@transaction.atomic
def discard(*, transfer: Transfer, by: User | None) -> None:
    """Throw away a file that was read and not brought in."""
    found = Transfer.objects.select_for_update().filter(pk=transfer.pk, applied_at=None)
    if found.delete()[0]:
        record(
            by=by,
            school=transfer.school,
            action="file thrown away",
            subject=transfer.name,
        )


def apply(
    *,
    transfer: Transfer,
    approved: str,
    by: User | None,
    answers: Answers | None = None,
) -> Plan:
    """Apply the plan whose digest was approved, all of it or none of it.

    Raises PlanIsStale where what is recorded has moved on since, and LooksWrong where
    few of its pupils are known and nobody said that it is the right file.
    """
    try:
        return _apply(transfer, approved, answers or Answers(), by)
    except IntegrityError as fault:
        raise PlanIsStale from fault


@transaction.atomic
def _apply(
    transfer: Transfer, approved: str, answers: Answers, by: User | None
) -> Plan:
    _lock(transfer)
    if transfer.applied_at is not None:
        raise PlanIsStale
    plan = queries.preview(transfer)
    if plan.digest != approved:
        raise PlanIsStale
    if queries.looks_wrong(transfer, plan) and not answers.sure:
        raise LooksWrong
    work = _carried_out(Work(transfer, plan, by), plan, answers)
    transfer.applied_at, transfer.applied_by = timezone.now(), by
    transfer.changes = work.changes.sealed()
    transfer.staged = transfer.marked = b""
    transfer.choices = {"update": plan.update.value}
    transfer.counts |= {"applied": plan.summary | work.counts}
    transfer.save()
    record(
        by=by,
        school=transfer.school,
        action="transfer applied",
        subject=transfer.name,
        detail={"transfer": transfer.pk, **plan.summary, **work.counts},
    )
    return plan


def _lock(transfer: Transfer) -> None:
    """Nobody else brings in, undoes or enters a result until this is done."""
    School.objects.select_for_update().get(pk=transfer.school_id)
    pupils = Pupil.objects.select_for_update().filter(school=transfer.school_id)
    list(pupils.order_by("pk").values_list("pk"))
    try:
        transfer.refresh_from_db()
    except Transfer.DoesNotExist as gone:
        raise PlanIsStale from gone


def _carried_out(work: Work, plan: Plan, answers: Answers) -> Work:
    work.add_pupils()
    work.change_pupils()
    work.mark_leavers(answers.leavers)
    work.take_back_on_roll(answers.returners)
    work.write_results([each for each in plan.results_different if answers.takes(each)])
    return work
