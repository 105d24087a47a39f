"""The pupils behind a number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from hornbook.identifiers import AcademicYear
from hornbook.measures.breakdown import by_group
from hornbook.measures.conversions import Matrix
from hornbook.measures.people import Assessed
from hornbook.measures.tally import Tally, tally
from hornbook.rulebook.groups import groupings
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.measures import Measure, measures
from hornbook.sheets.lists import List
from hornbook.web.reporting.queries import Named

COUNTED: Final = "counted"
_RESULT: Final = "Result"
_UNMET: Final = "Not met"
_NOTHING: Final = "No result recorded"
# More than these have no room in a cell.
_MOST_ITEMS: Final = 6
WHICH: Final = ("met", "not-met", COUNTED, "left-out")


@dataclass(frozen=True, slots=True)
class PupilList:
    """Pupils by name, and what is said of each."""

    title: str
    heading: str
    rows: tuple[tuple[Named, str], ...]


def behind(
    found: Tally, which: str, pupils: Iterable[Assessed], names: Mapping[int, Named]
) -> PupilList:
    """The pupils who met a measure, did not, count, or are left out, and with what."""
    recorded = {one.key: _recorded(found, one) for one in pupils}
    result = _RESULT if len(_items(found.measure)) <= _MOST_ITEMS else _UNMET
    said: tuple[tuple[str, str, Mapping[int, str]], ...] = (
        ("met it", result, {key: recorded[key] for key in found.met}),
        ("did not meet it", result, {key: recorded[key] for key in found.not_met}),
        (
            "count",
            found.measure.unit.capitalize(),
            {key: str(value) for key, value in found.values.items()},
        ),
        ("are left out", "Why", found.left_out),
    )
    words, heading, keys = said[WHICH.index(which)]
    title = f"{found.measure.title}: pupils who {words}"
    return PupilList(title, heading, _rows(keys, names))


def _recorded(found: Tally, pupil: Assessed) -> str:
    """What a pupil has in the items of a measure; of many, only what is not met."""
    measure = found.measure
    items = _items(measure)
    values = [(item, _value(measure, pupil, item, found.year)) for item in items]
    if len(items) > _MOST_ITEMS:
        values = [(item, value) for item, value in values if value not in measure.met]
    if len(items) == 1:
        return values[0][1] or _NOTHING
    book = rulebook(found.year)
    told = (f"{book.item(item).title}: {value}" for item, value in values if value)
    return "; ".join(told) or (_NOTHING if len(items) <= _MOST_ITEMS else "Nothing")


def _items(measure: Measure) -> list[str]:
    """Those of a measure, or of all its parts."""
    parts = [measures()[part] for part in measure.parts] or [measure]
    return list(dict.fromkeys(item for part in parts for item in part.full_items))


def _value(measure: Measure, pupil: Assessed, item: str, year: AcademicYear) -> str:
    """The value of the year; of a measure of earlier years too, each with its year."""
    now = pupil.value(item, year.ends)
    if not measure.earlier:
        return now
    held = sorted(pupil.results.get(item, {}).items())
    return "; ".join(
        f"{value} in {AcademicYear(ends)}" for ends, value in held if ends <= year.ends
    )


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


def as_list(found: PupilList) -> List:
    """The pupils as a list to take away."""
    columns = {"Pupil": 30, "Class": 12, found.heading: 50}
    rows = [(named.name, named.class_name, word) for named, word in found.rows]
    return List(title=found.title, columns=columns, rows=rows)
