"""Locking a grid, and unlocking it: both are written down."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.pupils.models import Pupil, SchoolClass
from hornbook.web.results.actions import Sheet
from hornbook.web.results.models import Lock


@dataclass(frozen=True, slots=True)
class Part:
    """A grid, or one class of it."""

    sheet: Sheet
    school_class: SchoolClass | None

    @property
    def in_words(self) -> str:
        """Phonics, 2025/26, 1 Hazel."""
        whole = f"{self.sheet.collection.title}, {self.sheet.book.year}"
        return f"{whole}, {self.school_class}" if self.school_class else whole


@transaction.atomic
def lock(*, part: Part, by: User) -> None:
    """Let nobody enter anything; what is locked already stays as it is."""
    # Whoever is saving holds these rows: their save is done before the lock stands.
    rows = Pupil.objects.filter(school=part.sheet.school).order_by("pk")
    list(rows.select_for_update().values_list("pk"))
    _, made = Lock.objects.get_or_create(
        **_named(part), ended_at=None, defaults={"by_name": str(by)}
    )
    if made:
        _record(part, "grid locked", by)


@transaction.atomic
def unlock(*, part: Part, by: User) -> None:
    """Let results be entered again; the lock stays as a row that ended."""
    ended = Lock.objects.filter(**_named(part), ended_at=None).update(
        ended_at=timezone.now(), ended_by_name=str(by)
    )
    if ended:
        _record(part, "grid unlocked", by)


def _named(part: Part) -> dict[str, object]:
    return {
        "school": part.sheet.school,
        "collection": part.sheet.collection.code,
        "year": part.sheet.year,
        "school_class": part.school_class,
    }


def _record(part: Part, action: str, by: User) -> None:
    sheet = part.sheet
    record(
        by=by,
        school=sheet.school,
        action=action,
        subject=part.in_words,
        detail={
            "collection": sheet.collection.code,
            "year": sheet.year,
            "class": part.school_class.name if part.school_class else "",
        },
    )
