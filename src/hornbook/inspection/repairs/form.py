"""Repairs of a file's form: its characters, its namespace, the order of elements."""

from collections.abc import Iterator
from typing import Final

from hornbook.ctf.edits import Edit
from hornbook.ctf.namespaces import without_prefixes
from hornbook.ctf.shapes import HEADER
from hornbook.inspection.repairs.offers import Choice, Spot, repair

_UTF8: Final = "UTF-8"
_MARK: Final = 3


def _declared(spot: Spot) -> tuple[Edit, ...]:
    """UTF-8 in the declaration, where there is one."""
    span = spot.file.reading.declared_at
    return (Edit(span.start, span.end, _UTF8),) if span else ()


@repair("F07")
def write_as_utf8(spot: Spot) -> Iterator[Choice]:
    """Write the file anew in the encoding that every system reads."""
    yield Choice(
        words="Write the file as UTF-8, every character as Hornbook reads it.",
        edits=_declared(spot),
        as_utf8=True,
    )


@repair("F08")
def drop_habit(spot: Spot) -> Iterator[Choice]:
    """Take out the mark or the namespace."""
    if spot.fault.element is not None:
        yield Choice(words="Take the namespace out.", through=without_prefixes)
    elif spot.file.reading.marked_as_utf8:
        yield Choice(words="Take the mark out.", edits=(Edit(0, _MARK),))
    else:
        yield Choice(
            words="Write the file as UTF-8 without a mark.",
            edits=_declared(spot),
            as_utf8=True,
            unasked=False,
        )


@repair("F10")
def put_in_order(spot: Spot) -> Iterator[Choice]:
    """Put the elements in order, in every place where they are not."""
    edits = spot.shapes.sorted[spot.fault.facts["shape"]]
    yield Choice(words="Put them in order.", edits=tuple(edits))


@repair("F12")
def leave_one(spot: Spot) -> Iterator[Choice]:
    """Keep the first or the last of those that stand twice."""
    if spot.fault.element == HEADER:
        others = spot.file.reading.other_headers
        out = tuple(Edit(start, end) for start, end in others)
        yield Choice(words="Keep the first one, by which all was checked.", edits=out)
        return
    repeats = spot.fault.facts["shape"], spot.fault.element
    keeping_first = spot.shapes.all_but_first[repeats]
    yield Choice(words="Keep the first one.", edits=tuple(keeping_first))
    keeping_last = spot.shapes.all_but_last[repeats]
    yield Choice(words="Keep the last one.", edits=tuple(keeping_last))
