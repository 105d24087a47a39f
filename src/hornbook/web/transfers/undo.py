"""Taking a whole import back, row for row, while nothing newer depends on it."""

from collections.abc import Iterator
from typing import Final

from django.db import models, transaction
from django.utils import timezone

from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.pupils.models import Enrolment, FormerUPN, Pupil
from hornbook.web.results.models import Result
from hornbook.web.transfers import rows
from hornbook.web.transfers.closed import locked_among
from hornbook.web.transfers.holding import hold
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.rows import Changes, as_row, put_back
from hornbook.web.transfers.wording import title_of
from hornbook.wording import sentences

_MODELS: Final[tuple[type[models.Model], ...]] = (Pupil, Enrolment, FormerUPN)
_SHOWN: Final = 5


class CannotUndo(ValueError):
    """Something newer depends on the import; the words say what."""


@transaction.atomic
def undo(*, transfer: Transfer, by: User | None) -> None:
    """Take an import back; raises CannotUndo."""
    hold(transfer)
    if transfer.applied_at is None or transfer.undone_at is not None:
        raise CannotUndo("This file is not brought in, so there is nothing to undo.")
    changes = Changes.unsealed(bytes(transfer.changes))
    _refuse_where_newer(transfer, changes)
    _restore(transfer, changes)
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


def _refuse_where_newer(transfer: Transfer, changes: Changes) -> None:
    said = (
        *_locked_since(transfer),
        *_changed_since(changes),
        *_entered_since(transfer, changes),
    )
    reasons = list(dict.fromkeys(said))
    if reasons:
        raise CannotUndo(sentences(reasons, _SHOWN))


def _locked_since(transfer: Transfer) -> Iterator[str]:
    """The grids with results of the file that a lead has locked."""
    brought = Result.objects.filter(transfer_id=transfer.pk)
    keys = brought.values_list("item", "year").distinct()
    for key in sorted(locked_among(transfer.school, keys)):
        yield f"{title_of(*key)} is locked; an assessment lead can unlock it."


def _changed_since(changes: Changes) -> Iterator[str]:
    """What has happened since to the rows of the import, in words."""
    for model in _MODELS:
        after = changes.after.get(model.__name__, {})
        found = model._default_manager.in_bulk([int(pk) for pk in after])  # noqa: SLF001
        for pk, stored in after.items():
            row = found.get(int(pk))
            if row is None:
                yield "Something that this file brought in has been taken away since."
            elif as_row(row) != stored:
                yield f"{_whose(row)} {_how(row, stored)} since."


def _how(row: models.Model, stored: rows.Row) -> str:
    now = as_row(row)
    differs = {name for name, value in stored.items() if now[name] != value}
    if differs == {"school_class_id"}:
        return "has been put into a class or taken out of one"
    return "has been marked as leaving" if differs == {"left_on"} else "was changed"


def _entered_since(transfer: Transfer, changes: Changes) -> Iterator[str]:
    """Results and enrolments that stand on what the file brought in."""
    made = changes.made.get("Pupil", [])
    own = models.Q(transfer_id=transfer.pk)
    later = Result.objects.filter(
        (models.Q(pupil__in=made) & ~own) | models.Q(replaces__transfer_id=transfer.pk)
    ).exclude(own)
    for row in later.select_related("pupil").order_by("pk"):
        what = title_of(row.item, row.year)
        yield f"{what} of {row.pupil} was entered by {row.by_name} since."
    enrolled = Enrolment.objects.filter(pupil__in=made)
    others = enrolled.exclude(pk__in=changes.made.get("Enrolment", []))
    for each in others.select_related("pupil"):
        yield f"{each.pupil} was enrolled in another school year since."
    formers = FormerUPN.objects.filter(pupil__in=made)
    had = formers.exclude(pk__in=changes.made.get("FormerUPN", []))
    for one in had.select_related("pupil"):
        yield f"{one.pupil} was given another UPN since."


def _whose(row: models.Model) -> str:
    """The pupil a row is about."""
    return str(row if isinstance(row, Pupil) else getattr(row, "pupil", row))


def _restore(transfer: Transfer, changes: Changes) -> None:
    """Delete what was made, put back what was changed."""
    Result.objects.filter(transfer_id=transfer.pk).delete()
    Result.objects.filter(pk__in=changes.replaced).update(current=True)
    for model in reversed(_MODELS):
        made = changes.made.get(model.__name__, [])
        model._default_manager.filter(pk__in=made).delete()  # noqa: SLF001
    for model in _MODELS:
        before = changes.before.get(model.__name__, {})
        found = model._default_manager.in_bulk([int(pk) for pk in before])  # noqa: SLF001
        for pk, stored in before.items():
            put_back(found[int(pk)], stored)
        rows.save(model, found.values())
