"""The pupils behind a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from hornbook.identifiers import AcademicYear
from hornbook.measures.breakdown import by_group
from hornbook.measures.conversions import Matrix
from hornbook.measures.people import Assessed
from hornbook.measures.tally import Tally, tally
from hornbook.rulebook.groups import groupings
from hornbook.rulebook.measures import Measure
from hornbook.web.reporting.queries import Named

COUNTED: Final = "counted"
WHICH: Final = ("met", "not-met", COUNTED, "left-out")


@dataclass(frozen=True, slots=True)
class PupilList:
    """Pupils by name, and what is said of each."""

    title: str
    heading: str
    rows: tuple[tuple[Named, str], ...]


def behind(found: Tally, which: str, names: Mapping[int, Named]) -> PupilList:
    """The pupils of a measure who met it, did not, count, or are left out."""
    said: tuple[tuple[str, Mapping[int, str]], ...] = (
        ("met it", dict.fromkeys(found.met, "")),
        ("did not meet it", dict.fromkeys(found.not_met, "")),
        ("count", {key: str(value) for key, value in found.values.items()}),
        ("are left out", found.left_out),
    )
    words, keys = said[WHICH.index(which)]
    heading = found.measure.unit.capitalize() if which == COUNTED else ""
    if which == WHICH[-1]:
        heading = "Why"
    title = f"{found.measure.title}: pupils who {words}"
    return PupilList(title, heading, _rows(keys, names))


def _rows(
    keys: Mapping[int, str], names: Mapping[int, Named]
) -> tuple[tuple[Named, str], ...]:
    return tuple(
        sorted((names[key], word) for key, word in keys.items() if key in names)
    )


def narrowed(
    measure: Measure, year: AcademicYear, pupils: Sequence[Assessed], asked: QueryDict
) -> Tally:
    """The measure of everybody, or of one group named in the address."""
    whole = tally(measure, year, pupils)
    chosen = [groupings()[code] for code in asked.getlist("by") if code in groupings()]
    if not chosen:
        return whole
    codes = tuple(asked.getlist("group"))
    parts = by_group(whole, pupils, chosen).parts
    found = (part.tally for part in parts if part.codes == codes)
    return next(found, whole.among(()))


def in_cell(
    found: Matrix, row: str, column: str, names: Mapping[int, Named]
) -> PupilList:
    """The pupils of one cell of a conversion."""
    keys = dict.fromkeys(found.keys(row, column), "")
    before, now = found.conversion.before.title, found.conversion.now.title
    title = f"{before}: {row}; {now}: {column}"
    return PupilList(title, "", _rows(keys, names))
