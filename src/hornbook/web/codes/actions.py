"""Noting codes that were met, and writing down what they stand for."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from hornbook.records import Combination, Result
from hornbook.rulebook import mapping
from hornbook.rulebook.presumed import met
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.codes import queries
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


@transaction.atomic
def decide(*, decisions: Mapping[Combination, str], by: User) -> int:
    """Write down what codes stand for: an item's full code, LEFT_OUT, or nothing.

    How many it changed. Those who decide at one moment wait for one another.
    """
    list(MetCodes.objects.select_for_update().order_by("pk").values_list("pk"))
    path = queries.mapping_file()
    found = mapping.held(path)
    before = mapping.meanings(found)
    changed = {
        str(combination): queries.in_words(meaning)
        for combination, meaning in decisions.items()
        if before.get(combination, "") != meaning
    }
    if changed:
        record(by=by, action="codes of tests decided", detail=changed)
        mapping.write(path, mapping.decided(found, decisions))
    return len(changed)
