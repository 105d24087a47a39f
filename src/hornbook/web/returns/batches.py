"""The returns of several schools at once: made in the background, taken as one zip."""

import logging
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from hornbook.identifiers import AcademicYear
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.jobs import actions as jobs
from hornbook.web.jobs.kinds import Kind, Tell
from hornbook.web.jobs.models import UNDER_WAY, Job
from hornbook.web.results.queries import Sight
from hornbook.web.returns import actions, ledger, queries
from hornbook.web.returns.models import Answer, Batch, BatchSchool, MadeFile
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, permitted, schools_where

_LOG: Final = logging.getLogger(__name__)
_OWN_FAULT: Final = (
    "Hornbook met a fault of its own at this school, and nothing of it is half done. "
    "Make it on the school's own page; if it happens again, tell whoever looks after "
    "Hornbook: the fault is in its log."
)


def schools_of(user: User) -> QuerySet[School]:
    """The schools whose returns a person may make."""
    return schools_where(user, Permission.MAKE_RETURN)


def under_way(
    *, collection: str, year: AcademicYear, recipient: str, by: User
) -> Batch | None:
    """The batch of the same return that a person has begun, and that goes on."""
    return Batch.objects.filter(
        collection=collection,
        academic_year=year.ends,
        recipient=recipient,
        by=by,
        stopped_by_name="",
        schools__done=False,
    ).first()


@transaction.atomic
def make_later(
    *,
    schools: Iterable[School],
    collection: str,
    year: AcademicYear,
    recipient: str,
    by: User,
) -> Job:
    """Have the returns of some schools made, one after another."""
    batch = Batch.objects.create(
        collection=collection, academic_year=year.ends, recipient=recipient, by=by
    )
    wanted = list(schools)
    BatchSchool.objects.bulk_create(
        BatchSchool(batch=batch, school=school) for school in wanted
    )
    return jobs.start(
        kind=MAKING,
        school=wanted[0],
        by=by,
        about=_about(batch),
        back=reverse("returns:batch", args=[batch.pk]),
        title=f"Returns of {len(wanted)} schools",
        detail={"batch": batch.pk},
    )


def _about(batch: Batch) -> str:
    return f"batch {batch.pk}"


def goes_on(batch: Batch) -> bool:
    """Whether schools of a batch are being made, or wait for it."""
    return Job.objects.filter(
        kind=MAKING.code, about=_about(batch), state__in=UNDER_WAY
    ).exists()


def _work(job: Job, tell: Tell) -> str:
    """Make what is not made yet, a school at a time."""
    batch = Batch.objects.select_related("by").get(pk=job.detail["batch"])
    places = list(batch.schools.select_related("school"))
    for number, place in enumerate(places):
        tell(number, len(places), place.school.name)
        if not place.done:
            _make(batch, place)
    return reverse("returns:batch", args=[batch.pk])


class NotAllowed(Exception):
    """No return of the school can be made by this person, or for this recipient."""


class Stopped(Exception):
    """Somebody said that no more are to be made."""


class Unchanged(Exception):
    """The recipient has a file already that says the same."""


def _make(batch: Batch, place: BatchSchool) -> None:
    """The files of one school, or why there are none; the others go on."""
    try:
        _go_on(batch)
        with transaction.atomic():
            _end(place, _files(batch, place.school))
    except Unchanged as reason:
        place.unchanged = True
        _end(place, (), str(reason))
    except (NotAllowed, Stopped, actions.NotMade) as reason:
        _end(place, (), str(reason))
    except Exception:
        _LOG.exception("%s in batch %s met a fault.", place.school, batch.pk)
        _end(place, (), _OWN_FAULT)


def _go_on(batch: Batch) -> None:
    batch.refresh_from_db(fields=["stopped_by_name"])
    if batch.stopped_by_name:
        raise Stopped(f"{batch.stopped_by_name} stopped it before this school's turn.")


@transaction.atomic
def _end(place: BatchSchool, files: Iterable[MadeFile], why_not: str = "") -> None:
    """Write down how a school came out."""
    place.done, place.why_not = True, why_not[:500]
    place.save(update_fields=["done", "why_not", "unchanged"])
    place.files.set(files)


@transaction.atomic
def stop(*, batch: Batch, by: User) -> bool:
    """Make no more schools of a batch; False where all of them are done."""
    waiting = batch.schools.filter(done=False)
    if not waiting.exists():
        return False
    batch.stopped_by_name = str(by)
    batch.save(update_fields=["stopped_by_name"])
    record(
        by=by,
        action="returns of several schools stopped",
        subject=f"{batch.collection} {batch.academic_year}",
        detail={"batch": batch.pk, "schools": waiting.count()},
    )
    return True


def _files(batch: Batch, school: School) -> tuple[MadeFile, ...]:
    """Made as on the page: for whoever may no longer do so, not at all."""
    if school not in schools_of(batch.by):
        raise NotAllowed("Your role at this school does not make returns.")
    year = AcademicYear(batch.academic_year)
    try:
        going = queries.going(school, batch.collection, year, batch.recipient)
    except LookupError as reason:
        raise NotAllowed(str(reason)) from reason
    sight = Sight.of(batch.by, school, permitted(batch.by, school))
    had = ledger.unchanged(queries.draft(sight, going))
    if had:
        raise Unchanged(_as_sent(had))
    return actions.make(sight=sight, going=going, by=batch.by, known_errors=0)


def _as_sent(files: Sequence[MadeFile]) -> str:
    """Why none is made again."""
    names = " and ".join(one.name for one in files)
    were = "was" if len(files) == 1 else "were"
    accepted = all(one.answer == Answer.ACCEPTED for one in files)
    how = "accepted" if accepted else "sent"
    return f"{names} {were} {how}, and nothing has changed since: none is made again."


def files_of(batch: Batch, user: User) -> QuerySet[MadeFile]:
    """The files of a batch at schools whose returns the person may still make."""
    places = batch.schools.filter(school__in=schools_of(user))
    return MadeFile.objects.kept().filter(pk__in=places.values("files"))


def zipped(files: Iterable[MadeFile]) -> bytes:
    """Files in one zip, each under its own name."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for made in files:
            archive.writestr(made.name, actions.content_of(made))
    return held.getvalue()


MAKING: Final = Kind(
    code="returns",
    title="Returns of several schools",
    needs=Permission.MAKE_RETURN,
    work=_work,
)
