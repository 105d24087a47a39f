"""A file arrives: it is read, what its plan needs is kept, and read again if asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import IO, Any, Final

from django.db import transaction
from django.utils import timezone

from hornbook.identifiers import AcademicYear
from hornbook.web import vault
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.codes.actions import note_met
from hornbook.web.schools.models import School
from hornbook.web.transfers import queries, sheet_files
from hornbook.web.transfers.files import FileRead, Refused
from hornbook.web.transfers.holding import hold
from hornbook.web.transfers.models import Arrival, HeadingMeaning, Transfer
from hornbook.web.transfers.reading import Opened, open_all
from hornbook.web.transfers.sheet_files import Sheet

# A file that nobody brought in is forgotten after this long.
_WAITS: Final = timedelta(days=7)
# A file that could not be read in the background is forgotten after this long.
_ARRIVES: Final = timedelta(days=1)


def stage_all(
    *, school: School, stream: IO[bytes], name: str, by: User | None
) -> tuple[list[Transfer], tuple[tuple[str, str], ...]]:
    """Read a file or a zip of several, and keep what their plans need.

    The names of files that were not read come with it, and why. Raises Refused.
    """
    opened = open_all(school=school, stream=stream, name=name)
    return keep_all(school=school, opened=opened, by=by), opened.refused


@transaction.atomic
def keep_all(*, school: School, opened: Opened, by: User | None) -> list[Transfer]:
    """Keep what the plans of all that was read need, and what was not read beside."""
    beside = {"not_read": [name for name, _ in opened.refused]}
    return [
        keep(school=school, file=replace(file, counts=file.counts | beside), by=by)
        for file in opened.files
    ]


@transaction.atomic
def keep(*, school: School, file: FileRead, by: User | None) -> Transfer:
    """Keep what a plan needs of a file that was read: the kept fields, encrypted."""
    forget_waiting(school=school)
    transfer = Transfer.objects.create(school=school, uploaded_by=by, **_said_of(file))
    note_met(school=school, results=file.results)
    record(by=by, school=school, action="file read", subject=transfer.name)
    return transfer


@transaction.atomic
def mean(
    *,
    transfer: Transfer,
    meanings: Mapping[str, str],
    year: AcademicYear,
    by: User | None,
) -> None:
    """Read a sheet again with its headings as a person says, and remember that.

    meanings are of all the sheet's headings; those that Hornbook would take for the
    same by itself need not be remembered. Raises Refused.
    """
    _hold_waiting(transfer)
    school, sheet = transfer.school, queries.sheet(transfer)
    usual = {each.plain: each.code for each in queries.columns(sheet, {})}
    said = {plain: code for plain, code in meanings.items() if usual.get(plain) != code}
    known = HeadingMeaning.objects.filter(school=school)
    known.filter(heading__in=set(meanings) - set(said)).delete()
    HeadingMeaning.objects.bulk_create(
        (HeadingMeaning(school=school, heading=k, meaning=v) for k, v in said.items()),
        update_conflicts=True,
        unique_fields=["school", "heading"],
        update_fields=["meaning"],
    )
    again = Sheet(sheet.content, sheet.name, queries.meanings(school))
    said_now = _said_of(sheet_files.read(again, year))
    Transfer.objects.filter(pk=transfer.pk).update(**said_now)
    record(by=by, school=school, action="file read again", subject=transfer.name)


def _hold_waiting(transfer: Transfer) -> None:
    """Keep a file from being brought in meanwhile; raises Refused where it has been."""
    try:
        hold(transfer)
    except Transfer.DoesNotExist as gone:
        raise Refused("This sheet has been thrown away meanwhile.") from gone
    if transfer.applied_at is not None:
        raise Refused("This sheet has been brought in meanwhile.")


def _said_of(file: FileRead) -> dict[str, Any]:
    """The columns of a transfer that follow from its file."""
    return {
        "name": file.name[:255],
        "sha256": file.sha256,
        "size": file.size,
        "kind": file.kind.code,
        "producer": file.producer[:60],
        "purpose": file.purpose,
        "academic_year": file.year.ends,
        "staged": file.staged.sealed(),
        "original": _sealed(file.original),
        "sheet": _sealed(file.sheet),
        "whole_school": file.whole_school,
        "choices": {"update": file.update.value},
        "counts": {
            **file.counts,
            "parts": file.parts,
            "updates": [update.value for update in file.updates],
        },
    }


def _sealed(content: bytes) -> bytes:
    return vault.seal(content) if content else b""


def forget_waiting(*, school: School) -> None:
    """Forget what was read long ago and never brought in."""
    before = timezone.now() - _WAITS
    waiting = Transfer.objects.filter(school=school, applied_at=None)
    waiting.filter(uploaded_at__lt=before).delete()
    forget_arrivals()


def forget_arrivals() -> None:
    """Forget large files that nobody will read any more."""
    Arrival.objects.filter(at__lt=timezone.now() - _ARRIVES).delete()
