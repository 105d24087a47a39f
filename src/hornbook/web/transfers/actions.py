"""Bringing a file in: choose, apply it, all or nothing, or throw it away."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from hornbook.matching import Plan
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.transfers import queries
from hornbook.web.transfers.answers import Answers
from hornbook.web.transfers.holding import hold
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.work import Work


class PlanIsStale(Exception):
    """What is recorded has moved on since the plan was shown."""


class LooksWrong(Exception):
    """So few pupils are known that a person must say that it is the right file."""


class NotLookedAt(Exception):
    """Pupils are known by name alone, and nobody said that they are the right ones."""


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
    few of its pupils are known and nobody said that it is the right file; NotLookedAt
    where pupils are known by name alone and nobody said that they are the right ones.
    """
    try:
        return _apply(transfer, approved, answers or Answers(), by)
    except IntegrityError as fault:
        raise PlanIsStale from fault


@transaction.atomic
def _apply(
    transfer: Transfer, approved: str, answers: Answers, by: User | None
) -> Plan:
    try:
        hold(transfer)
    except Transfer.DoesNotExist as gone:
        raise PlanIsStale from gone
    if transfer.applied_at is not None:
        raise PlanIsStale
    plan = queries.preview(transfer)
    if plan.digest != approved:
        raise PlanIsStale
    if queries.looks_wrong(transfer, plan) and not answers.sure:
        raise LooksWrong
    if plan.by_name and not answers.looked:
        raise NotLookedAt
    work = _carried_out(Work(transfer, plan, by), plan, answers)
    transfer.applied_at, transfer.applied_by = timezone.now(), by
    transfer.changes = work.changes.sealed()
    transfer.staged = transfer.sheet = b""
    transfer.choices = {"update": plan.update.value}
    transfer.counts |= {"applied": plan.summary | work.counts}
    transfer.save()
    record(
        by=by,
        school=transfer.school,
        action="transfer applied",
        subject=transfer.name,
        detail={
            "transfer": transfer.pk,
            "kind": transfer.kind,
            "update": plan.update.value,
            **plan.summary,
            **work.counts,
        },
    )
    return plan


def _carried_out(work: Work, plan: Plan, answers: Answers) -> Work:
    work.add_pupils()
    work.change_pupils()
    work.mark_leavers(answers.leavers)
    work.take_back_on_roll(answers.returners)
    work.write_results([each for each in plan.results_different if answers.takes(each)])
    return work
