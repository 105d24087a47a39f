"""What takes long, done in the background: reading a large file, applying its plan."""

import io
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from hornbook.matching import Plan
from hornbook.web import vault
from hornbook.web.accounts.models import User
from hornbook.web.jobs import actions as jobs
from hornbook.web.jobs.kinds import CannotBeDone, Kind, Tell
from hornbook.web.jobs.models import Job
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission
from hornbook.web.transfers import actions, arriving
from hornbook.web.transfers.answers import Answers
from hornbook.web.transfers.files import Refused
from hornbook.web.transfers.models import Arrival, Transfer
from hornbook.web.transfers.reading import open_all

# Both take a few seconds: a file is read at some megabytes a second, and a plan is
# written at some thousand lines a second.
LARGE_FILE: Final = 10_000_000
_LARGE_PLAN: Final = 20_000
_STALE: Final = (
    "What is recorded has changed since the plan was shown. Nothing was written. "
    "Go back and look at the plan again."
)


def is_large(plan: Plan) -> bool:
    """Whether a plan has so much to write that nobody should wait for the page."""
    lines = len(plan.new) + len(plan.changed) + len(plan.results_new)
    return lines + len(plan.results_different) > _LARGE_PLAN


@transaction.atomic
def read_later(*, school: School, upload: "UploadedFile[bytes]", by: User) -> Job:
    """Have a large file read; until then it is kept, encrypted."""
    name = upload.name or ""
    arrival = Arrival.objects.create(
        school=school, name=name[:255], content=vault.seal(upload.read()), by=by
    )
    return jobs.start(
        kind=READING,
        school=school,
        by=by,
        about=f"arrival {arrival.pk}",
        back=_list(school),
        detail={"arrival": arrival.pk},
    )


@transaction.atomic
def apply_later(
    *, transfer: Transfer, approved: str, answers: Answers, by: User
) -> Job:
    """Have the plan whose digest was approved applied, with the answers given."""
    actions.choose(transfer=transfer, answers=answers)
    return jobs.start(
        kind=APPLYING,
        school=transfer.school,
        by=by,
        about=f"transfer {transfer.pk} {approved}",
        back=reverse("transfers:plan", args=[transfer.school.laestab, transfer.pk]),
        title=f"Bringing {transfer.name} in",
        detail={
            "transfer": transfer.pk,
            "approved": approved,
            "answers": answers.digest,
        },
    )


def _list(school: School) -> str:
    return reverse("transfers:list", args=[school.laestab])


def _read(job: Job, tell: Tell) -> str:
    """Read the file that arrived; to its plan, or to the list of several."""
    arrival = Arrival.objects.filter(pk=job.detail["arrival"]).first()
    if arrival is None:
        return _list(job.school)
    tell(0, 1, "Reading the file")
    stream = io.BytesIO(vault.unseal(arrival.content))
    try:
        opened = open_all(school=job.school, stream=stream, name=arrival.name)
    except Refused as refusal:
        arrival.delete()
        raise CannotBeDone(refusal.nameless) from refusal
    tell(1, 1, "Keeping what the plan needs")
    with transaction.atomic():
        staged = arriving.keep_all(school=job.school, opened=opened, by=arrival.by)
        arrival.delete()
    if len(staged) > 1:
        return _list(job.school)
    return reverse("transfers:plan", args=[job.school.laestab, staged[0].pk])


def _apply(job: Job, tell: Tell) -> str:
    """Apply the plan, unless that is done already."""
    transfer = Transfer.objects.filter(pk=job.detail["transfer"]).first()
    if transfer is None:
        raise CannotBeDone("The file was thrown away meanwhile. Nothing was written.")
    where = reverse("transfers:plan", args=[job.school.laestab, transfer.pk])
    if transfer.applied_at is None:
        tell(0, 1, "Writing the changes, all of them or none")
        answers = Answers.of_json(transfer.choices)
        if answers.digest != job.detail["answers"]:
            raise CannotBeDone(_STALE)
        approved = job.detail["approved"]
        try:
            actions.apply(
                transfer=transfer, approved=approved, answers=answers, by=job.by
            )
        except (
            actions.PlanIsStale,
            actions.LooksWrong,
            actions.NotLookedAt,
        ) as fault:
            raise CannotBeDone(_STALE) from fault
    return where


READING: Final = Kind(
    code="read-file",
    title="Reading a file",
    needs=Permission.BRING_IN,
    work=_read,
)
APPLYING: Final = Kind(
    code="bring-in",
    title="Bringing a file in",
    needs=Permission.BRING_IN,
    work=_apply,
)
