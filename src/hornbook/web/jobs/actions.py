"""Starting a job; and what a worker does with one: take, keep, finish, give back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from hornbook.web.accounts.models import User
from hornbook.web.jobs.kinds import Kind
from hornbook.web.jobs.models import UNDER_WAY, Job, JobQuerySet, State
from hornbook.web.schools.models import School

LEASE: Final = timedelta(seconds=20)
# What has ended is kept long enough for whoever left the page open over a weekend.
_REMEMBERED: Final = timedelta(days=7)
_LOOKED_AT: Final = 10


@transaction.atomic
def start(
    *,
    kind: Kind,
    school: School,
    by: User | None,
    about: str,
    back: str,
    title: str = "",
    detail: Mapping[str, object] | None = None,
) -> Job:
    """Have something done in the background; where it is under way, that job.

    about names the thing it is done to, such as a transfer and the digest that was
    approved. back is the address of the page to go back to. The work itself writes
    the event, by the person who asked.
    """
    job, _ = Job.objects.get_or_create(
        school=school,
        kind=kind.code,
        about=about,
        state__in=UNDER_WAY,
        defaults={
            "by": by,
            "title": title[:200] or kind.title,
            "needs": kind.needs,
            "detail": dict(detail or {}),
            "back": back,
        },
    )
    return job


def take() -> Job | None:
    """The next job that nobody does, which is now the caller's; None if there is none.

    One statement takes it, so that of two workers one gets it.
    """
    now = timezone.now()
    waiting = Job.objects.free(now).values_list("pk", flat=True)
    for pk in list(waiting[:_LOOKED_AT]):
        token = uuid4().hex
        taken = Job.objects.free(now).filter(pk=pk)
        if taken.update(
            state=State.RUNNING,
            token=token,
            lease_until=now + LEASE,
            begun_at=Coalesce(F("begun_at"), now),
            attempts=F("attempts") + 1,
            done=0,
            total=0,
            words="",
        ):
            mine = Job.objects.select_related("school", "by")
            return mine.filter(pk=pk, token=token).first()
    return None


def keep(*, job: Job, done: int, total: int, words: str) -> bool:
    """Say how far a job is and keep it; False where it is the caller's no longer."""
    return _update(
        job,
        lease_until=timezone.now() + LEASE,
        done=done,
        total=total,
        words=words[:200],
    )


def finish(*, job: Job, result: str) -> None:
    """The work is done, and its result is at an address."""
    _update(job, state=State.DONE, result=result, **_ended())


def fail(*, job: Job, error: str) -> None:
    """The work cannot be done, for a reason in words."""
    _update(job, state=State.FAILED, error=error, **_ended())


def give_back(*, job: Job) -> None:
    """The worker stops before the work is done; the next one begins it again."""
    _update(job, state=State.WAITING, lease_until=None, attempts=F("attempts") - 1)


def forget() -> None:
    """Delete what ended long ago."""
    Job.objects.filter(ended_at__lt=timezone.now() - _REMEMBERED).delete()


def _ended() -> dict[str, object]:
    return {"ended_at": timezone.now(), "lease_until": None}


def _update(job: Job, **values: object) -> bool:
    """Change a job while it is the caller's; a job taken by another is left alone."""
    mine: JobQuerySet = Job.objects.filter(
        pk=job.pk, token=job.token, state=State.RUNNING
    )
    return bool(mine.update(**values))
