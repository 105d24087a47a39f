"""Locking a grid, and unlocking it: both are written down."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.pupils.models import Pupil, SchoolClass
from hornbook.web.results.actions import Sheet
from hornbook.web.results.locks import YearOver, standing
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
    held = Lock.objects.filter(**_named(part), ended_at=None)
    if held.update(**_ended(by)) or _open_past_year(part, by):
        _record(part, "grid unlocked", by)


def _open_past_year(part: Part, by: User) -> bool:
    """Keep who unlocked what the end of the year had closed, as a lock that ended."""
    code, school = part.sheet.collection.code, part.sheet.school
    over = standing(school, part.sheet.year).over(code)
    if part.school_class or not isinstance(over, YearOver):
        return False
    made = Lock.objects.create(
        **_named(part), by_name=f"the end of {over.year}", **_ended(by)
    )
    # The moment is the row's own when it is made.
    Lock.objects.filter(pk=made.pk).update(at=over.since)
    return True


def _ended(by: User) -> dict[str, object]:
    return {"ended_at": timezone.now(), "ended_by_name": str(by)}


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
