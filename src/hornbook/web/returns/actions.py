"""Making a file: its bytes are kept, sealed, and its name is used once."""

import hashlib
from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import Final

from django.db import transaction
from django.utils import timezone

from hornbook.inspection.check import check_stream
from hornbook.inspection.report import FileReport
from hornbook.web import vault
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.results.queries import Sight
from hornbook.web.returns import known, queries, wording
from hornbook.web.returns.models import MadeFile
from hornbook.web.returns.outgoing import Going, as_bytes
from hornbook.web.returns.preflight import Preflight
from hornbook.web.returns.since import Stated
from hornbook.web.schools.models import School
from hornbook.wording import many

_SECOND_FILE: Final = "R25"


class NotMade(Exception):
    """No file was made; the words say why."""


class HasErrors(NotMade):
    """There are more errors than the person said they knew of."""


@transaction.atomic
def make(
    *, sight: Sight, going: Going, by: User | None, known_errors: int
) -> tuple[MadeFile, ...]:
    """Make the file of a return, or the files where the recipient wants two.

    known_errors is how many the person agreed to. The school's row is held meanwhile,
    so that no two files get one number.
    """
    School.objects.select_for_update().get(pk=going.school.pk)
    ready = queries.preflight(sight, going)
    _refuse(ready, known_errors)
    told = known.sealed(known.Known.of(ready))
    parts = [(groups, ready.only(groups)) for groups in going.parts]
    return tuple(
        _made(part, groups, told, by) for groups, part in parts if part.sending
    )


def _made(
    ready: Preflight, nc_years: tuple[str, ...], told: bytes, by: User | None
) -> MadeFile:
    """One file, checked and kept, with what was known of the whole return."""
    going = ready.going
    name = queries.next_name(going)
    content = _content(ready)
    report = check_stream(BytesIO(content), name.text, mapping=queries.mapping_file())
    whole = nc_years == going.collection.nc_years
    made = MadeFile.objects.create(
        school=going.school,
        collection=going.collection.code,
        academic_year=going.year.ends,
        recipient=going.recipient.code,
        name=name.text,
        sequence=name.sequence,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=vault.seal(content),
        pupils=len(ready.sending),
        results=ready.results,
        errors=ready.errors,
        queries=ready.queries,
        checked=_checked(report if whole else _as_part(report)),
        accepted=[one.as_json() for one in ready.accepted_here],
        signed_by_name=_signer(ready),
        nc_years="" if whole else " ".join(nc_years),
        digest=ready.digest,
        stated=Stated.of(going.collection, ready.members).sealed(),
        known=told,
        made_by=by,
        made_by_name=str(by) if by else "Hornbook",
    )
    _record(made, by)
    return made


def _signer(ready: Preflight) -> str:
    """Who signed the return off; blank where nobody has to."""
    return ready.signature.by if ready.to_be_signed and ready.signature else ""


def _refuse(ready: Preflight, known_errors: int) -> None:
    """Raise where no file can be made, or not without saying so."""
    why = wording.no_file(ready.going)
    if why:
        raise NotMade(why)
    if not ready.sending:
        raise NotMade("There is no result to send yet, so no file was made.")
    if ready.to_be_signed and not ready.signed:
        raise NotMade(wording.not_signed(ready))
    if ready.errors > known_errors:
        errors = many(ready.errors, "error", "errors")
        it = "it" if ready.errors == 1 else "them"
        raise HasErrors(
            f"The return has {errors}. Put {it} right, or say that you know of {it}."
        )


def _content(ready: Preflight) -> bytes:
    """The file's bytes."""
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M:%S")
    return as_bytes(ready.going, ready.sending, now)


def _as_part(report: FileReport) -> FileReport:
    """What was found, without the question whether a second file was meant: it was."""
    found = tuple(one for one in report.findings if one.code != _SECOND_FILE)
    return replace(report, findings=found)


def _checked(report: FileReport) -> dict[str, object]:
    """What the rules for files found in it, by their codes."""
    return {
        "errors": report.errors,
        "queries": report.queries,
        "codes": Counter(finding.code for finding in report.findings),
    }


def _record(made: MadeFile, by: User | None) -> None:
    record(
        by=by,
        school=made.school,
        action="file made",
        subject=made.name,
        detail={
            "collection": made.collection,
            "year": made.academic_year,
            "recipient": made.recipient,
            "sha256": made.sha256,
            "pupils": made.pupils,
            "results": made.results,
            "errors": made.errors,
            "queries": made.queries,
        },
    )


def content_of(made: MadeFile) -> bytes:
    """The exact bytes that were made."""
    return vault.unseal(made.content)
