"""Noting codes that were met, and writing down what they stand for."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from hornbook.records import Result
from hornbook.rulebook.presumed import met
from hornbook.web.codes.models import CODES, MetCodes
from hornbook.web.schools.models import School


@transaction.atomic
def note_met(*, school: School, results: Iterable[Result]) -> None:
    """Note the codes of tests in a file that was read: what the page of codes lists.

    The last file's counts stand, so that the same file twice counts once. Whoever
    reads the file writes the event.
    """
    now = timezone.now()
    MetCodes.objects.bulk_create(
        [
            MetCodes(
                school=school,
                **one.combination._asdict(),
                results=one.results,
                example=one.example,
                met_at=now,
            )
            for one in met(results)
        ],
        update_conflicts=True,
        unique_fields=["school", *CODES],
        update_fields=["results", "example", "met_at"],
    )
