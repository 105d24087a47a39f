"""Edits to spans of a file's bytes: what is put where, and which go together.

Offsets are those of `ctf.places.Place`: bytes of the file, or of the file as UTF-8
where it came in an encoding that had to be turned into it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

# A reader makes a line feed of it unless it is written as a reference.
_KEPT: Final = {"\r": "&#13;"}
_NOT_IN_XML: Final = re.compile(
    "[^\0\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
# Stands in a replacement for what a person will type; no XML can hold it.
TYPED: Final = "\0"


@dataclass(frozen=True, slots=True)
class Whole:
    """A container: when all its count parts go, it goes with them."""

    start: int
    end: int
    count: int
    above: "Whole | None" = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the bytes from start up to end.

    of is given where the edit takes out a part of a container that is nothing without
    its parts.
    """

    start: int
    end: int
    replacement: str = ""
    of: Whole | None = None

    def with_typed(self, text: str) -> "Edit":
        """The edit with what a person typed in its place."""
        typed = written_as_text(text.replace(TYPED, "").strip())
        written = self.replacement.replace(TYPED, typed)
        return Edit(self.start, self.end, written, self.of)


def written_as_text(text: str) -> str:
    """Text as it stands between tags; what XML cannot carry at all is left out.

    The mark for what will be typed stays.
    """
    return escape(_NOT_IN_XML.sub("", text), _KEPT)


class Settled(NamedTuple):
    """The edits that go together, in order of place, and the sets they came from."""

    edits: list[Edit]
    made: set[int]


def settle(sets: Iterable[tuple[int, Iterable[Edit]]]) -> Settled:
    """Choose the edits that can be made in one pass over the file.

    sets are numbered sets of edits, those that matter most first; a set is made whole
    or, where another already stands in its way, not at all.
    """
    taken: list[tuple[int, tuple[Edit, ...]]] = []
    for number, edits in sets:
        taken.append((number, tuple(edits)))
    rank = {number: place for place, (number, _) in enumerate(taken)}
    placed = sorted(
        ((edit, number) for number, edits in taken for edit in edits),
        key=lambda one: (*_order(one[0]), rank[one[1]]),
    )
    refused = _in_the_way(placed, rank)
    kept = [edit for edit, number in placed if number not in refused]
    return Settled(list(_apart(_emptied(kept))), set(rank) - refused)


def _order(edit: Edit) -> tuple[int, bool, int]:
    """By place; what is put in comes before what is taken out behind it."""
    return edit.start, edit.end > edit.start, -edit.end


def _in_the_way(placed: list[tuple[Edit, int]], rank: dict[int, int]) -> set[int]:
    """The sets that overlap with one that matters more."""
    refused: set[int] = set()
    standing: tuple[Edit, int] | None = None
    for edit, number in placed:
        if number in refused:
            continue
        if standing is not None and standing[1] in refused:
            standing = None
        if standing is not None and _clash(standing[0], edit):
            loser = max(standing[1], number, key=rank.__getitem__)
            refused.add(loser)
            if loser == number:
                continue
        if standing is None or edit.end >= standing[0].end:
            standing = (edit, number)
    return refused


def _clash(first: Edit, second: Edit) -> bool:
    """Whether two edits, the first not behind the second, cannot both be made."""
    if second.start >= first.end or second == first:
        return False
    gone = not first.replacement and second.end <= first.end
    return not gone


def _emptied(kept: list[Edit]) -> list[Edit]:
    """The edits, with a container taken out where all its parts are."""
    found = kept
    while True:
        parts: dict[Whole, set[tuple[int, int]]] = {}
        for edit in found:
            if edit.of is not None:
                parts.setdefault(edit.of, set()).add((edit.start, edit.end))
        whole = {of for of, spans in parts.items() if len(spans) >= of.count}
        if not whole:
            return sorted(found, key=_order)
        gone = [Edit(of.start, of.end, "", of.above) for of in whole]
        found = [edit for edit in found if edit.of not in whole] + gone


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits without those that repeat another or stand inside one taken out."""
    last: Edit | None = None
    for edit in edits:
        if last is None or edit.start >= last.end:
            yield edit
            last = edit
