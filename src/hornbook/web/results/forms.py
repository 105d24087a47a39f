"""Reading what the grid's script sends."""

import json
from dataclasses import dataclass
from typing import Final

from hornbook.web.results.edits import Edit
from hornbook.web.results.models import Source

MOST_EDITS: Final = 5_000
_LONGEST: Final = 200
_SOURCES: Final = {
    source.value: source for source in (Source.GRID, Source.PASTE, Source.UNDO)
}


class NotEdits(ValueError):
    """The script sent something that is no list of edits."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request of the script's."""

    source: Source
    edits: tuple[Edit, ...]


def read_edits(body: bytes) -> Sent:
    """The edits of a request; NotEdits with the reason."""
    try:
        sent = json.loads(body)
        source = _SOURCES[sent["source"]]
        edits = tuple(_edit(edit) for edit in sent["edits"])
    except (ValueError, KeyError, TypeError) as fault:
        raise NotEdits("These are not edits that the grid sent.") from fault
    if len(edits) > MOST_EDITS:
        raise NotEdits(f"Paste at most {MOST_EDITS:,} cells at a time.")
    return Sent(source, edits)


def _edit(sent: object) -> Edit:
    if not isinstance(sent, dict):
        raise TypeError
    pupil, item, value = sent["pupil"], sent["item"], sent["value"]
    base = sent.get("base")
    if type(pupil) is not int or not isinstance(item, str):
        raise TypeError
    if not isinstance(value, str) or not (base is None or type(base) is int):
        raise TypeError
    return Edit(pupil, item, value[:_LONGEST], base)
