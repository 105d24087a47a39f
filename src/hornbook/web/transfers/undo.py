"""Taking a whole import back, row for row, while nothing newer depends on it."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.db import models, transaction
from django.utils import timezone

from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.pupils.models import Enrolment, FormerUPN, Pupil
from hornbook.web.results.models import Result
from hornbook.web.schools.models import School
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.rows import Changes, Row, as_row, put_back

_MODELS: Final[tuple[type[models.Model], ...]] = (Pupil, Enrolment, FormerUPN)
_SHOWN: Final = 5


class CannotUndo(ValueError):
    """Something newer depends on the import; the words say what."""


@transaction.atomic
def undo(*, transfer: Transfer, by: User | None) -> None:
    """Take an import back; raises CannotUndo."""
    School.objects.select_for_update().get(pk=transfer.school_id)
    transfer.refresh_from_db()
    if transfer.applied_at is None or transfer.undone_at is not None:
        raise CannotUndo("This file is not applied, so there is nothing to undo.")
    changes = Changes.unsealed(bytes(transfer.changes))
    _refuse_where_newer(changes)
    _restore(changes)
    transfer.undone_at, transfer.undone_by = timezone.now(), by
    transfer.changes = b""
    transfer.save(update_fields=["undone_at", "undone_by", "changes"])
    record(
        by=by,
        school=transfer.school,
        action="transfer undone",
        subject=transfer.name,
        detail={"transfer": transfer.pk},
    )


def _refuse_where_newer(changes: Changes) -> None:
    reasons = list(dict.fromkeys(_newer(changes)))
    if reasons:
        more = len(reasons) - _SHOWN
        tail = f" And {more} more." if more > 0 else ""
        raise CannotUndo(" ".join(reasons[:_SHOWN]) + tail)


def _newer(changes: Changes) -> Iterator[str]:
    """What has happened since to the rows of the import, in words."""
    for model in _MODELS:
        after = changes.after.get(model.__name__, {})
        rows = model._default_manager.in_bulk([int(pk) for pk in after])  # noqa: SLF001
        for pk, stored in after.items():
            row = rows.get(int(pk))
            if row is None:
                yield "A pupil of this file has been taken away since."
            elif as_row(row) != stored:
                yield f"{_whose(row)} has been changed since."
    made = changes.made.get("Pupil", [])
    own = set(changes.made.get("Result", []))
    others = Result.objects.filter(pupil__in=made).exclude(pk__in=own)
    replaced = Result.objects.filter(pk__in=own, current=False)
    for row in [*others.select_related("pupil"), *replaced.select_related("pupil")]:
        yield f"A result of {row.pupil} has been entered since."
    enrolled = Enrolment.objects.filter(pupil__in=made)
    for later in enrolled.exclude(pk__in=changes.made.get("Enrolment", [])):
        yield f"{later.pupil} has been enrolled in another year since."


def _whose(row: models.Model) -> str:
    """The pupil a row is about."""
    return str(row if isinstance(row, Pupil) else getattr(row, "pupil", row))


def _restore(changes: Changes) -> None:
    """Delete what was made, put back what was changed."""
    Result.objects.filter(pk__in=changes.made.get("Result", [])).delete()
    Result.objects.filter(pk__in=changes.replaced).update(current=True)
    for model in reversed(_MODELS):
        model._default_manager.filter(  # noqa: SLF001
            pk__in=changes.made.get(model.__name__, [])
        ).delete()
    for model in _MODELS:
        _put_back(model, changes.before.get(model.__name__, {}))


def _put_back(model: type[models.Model], before: Mapping[str, Row]) -> None:
    """The rows of one model as they were."""
    if not before:
        return
    rows = model._default_manager.in_bulk([int(pk) for pk in before])  # noqa: SLF001
    for pk, stored in before.items():
        put_back(rows[int(pk)], stored)
    names = [name.removesuffix("_id") for name in next(iter(before.values()))]
    model._default_manager.bulk_update(  # noqa: SLF001
        list(rows.values()), names, batch_size=100
    )
