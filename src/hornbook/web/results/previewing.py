"""What would become of edits, before any is saved."""

from collections.abc import Sequence
from typing import Final

from hornbook.web.results import queries
from hornbook.web.results.actions import Sheet
from hornbook.web.results.edits import Edit, State, Verdict, judged
from hornbook.web.results.locks import standing
from hornbook.web.results.queries import Sight

_TAKEN: Final = {State.SAVED, State.SAME}


def not_taken(
    *, sheet: Sheet, sight: Sight, edits: Sequence[Edit]
) -> list[dict[str, object]]:
    """The edits that would not be saved now, each with the reason; writes nothing."""
    among = sorted({edit.pupil for edit in edits})
    locks = standing(sheet.school, sheet.year)
    found = queries.enrolled_among(sight, sheet.book, sheet.collection, among, locks)
    members = {member.pupil: member for member in found}
    verdicts = judged(edits, sheet.collection, members)
    return [_as_json(verdict) for verdict in verdicts if verdict.state not in _TAKEN]


def _as_json(verdict: Verdict) -> dict[str, object]:
    reason = verdict.reason or f"Somebody else has put {verdict.before or 'a blank'}."
    return {
        "pupil": verdict.edit.pupil,
        "item": verdict.edit.item,
        "value": verdict.edit.value,
        "reason": reason,
    }
