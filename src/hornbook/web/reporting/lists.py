"""The pupils behind a number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from hornbook.identifiers import AcademicYear
from hornbook.measures.breakdown import by_group
from hornbook.measures.conversions import Matrix
from hornbook.measures.formulas import items_of
from hornbook.measures.people import Assessed
from hornbook.measures.tally import Tally, tally
from hornbook.rulebook.groups import groupings
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.measures import Measure, Side, measures
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
    headings: tuple[str, ...]
    rows: tuple[tuple[Named, tuple[str, ...]], ...]


def behind(
    found: Tally, which: str, pupils: Iterable[Assessed], names: Mapping[int, Named]
) -> PupilList:
    """The pupils who met a measure, did not, count, or are left out, and with what."""
    measure = found.measure
    recorded = {one.key: _recorded(measure, one, found.year) for one in pupils}
    result = _UNMET if _is_long(measure) else _RESULT
    said: tuple[tuple[str, tuple[str, ...], Mapping[int, tuple[str, ...]]], ...] = (
        ("met it", (result,), {key: (recorded[key],) for key in found.met}),
        (
            "did not meet it",
            (result,),
            {key: (recorded[key],) for key in found.not_met},
        ),
        (
            "count",
            (measure.unit.capitalize(),),
            {key: (str(value),) for key, value in found.values.items()},
        ),
        (
            "are left out",
            ("Why", result),
            {key: (why, recorded[key]) for key, why in found.left_out.items()},
        ),
    )
    words, headings, keys = said[WHICH.index(which)]
    title = f"{measure.title}: pupils who {words}"
    return PupilList(title, headings, _rows(keys, names))


def _recorded(measure: Measure, pupil: Assessed, year: AcademicYear) -> str:
    """What a pupil has in the items of a measure; of many, only what is not met."""
    items = items_of(measure)
    values = [(item, _value(measure, pupil, item, year)) for item in items]
    if not any(value for _, value in values):
        return _NOTHING
    if len(items) == 1:
        return values[0][1]
    unsaid = measure.met if _is_long(measure) else ("",)
    book = rulebook(year)
    told = (
        f"{book.item(item).title}: {value or 'none'}"
        for item, value in values
        if value not in unsaid
    )
    return "; ".join(told) or "Nothing"


def _is_long(measure: Measure) -> bool:
    """Whether a measure has too many items to say each of them."""
    return len(items_of(measure)) > _MOST_ITEMS


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
    keys: Mapping[int, tuple[str, ...]], names: Mapping[int, Named]
) -> tuple[tuple[Named, tuple[str, ...]], ...]:
    return tuple(
        sorted((names[key], words) for key, words in keys.items() if key in names)
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
    found: Matrix,
    row: str,
    column: str,
    pupils: Iterable[Assessed],
    names: Mapping[int, Named],
) -> PupilList:
    """The pupils of one cell of a conversion, and what each had before and has now."""
    inside = set(found.keys(row, column))
    sides = (found.conversion.before, found.before), (found.conversion.now, found.year)
    keys = {
        one.key: tuple(_on_side(side, one, year) for side, year in sides)
        for one in pupils
        if one.key in inside
    }
    title = f"{sides[0][0].title}: {row}; {sides[1][0].title}: {column}"
    headings = tuple(_side_heading(side, year) for side, year in sides)
    return PupilList(title, headings, _rows(keys, names))


def _on_side(side: Side, pupil: Assessed, year: AcademicYear) -> str:
    """What decides where a pupil stands: the last step names every item."""
    if year not in years():
        return _NOTHING
    return _recorded(measures()[side.steps[-1].measure], pupil, year)


def _side_heading(side: Side, year: AcademicYear) -> str:
    long = _is_long(measures()[side.steps[-1].measure])
    return f"{side.title}, {year}{': not met' if long else ''}"


def as_list(found: PupilList) -> List:
    """The pupils as a list to take away."""
    columns = {"Pupil": 30, "Class": 12} | dict.fromkeys(found.headings, 50)
    rows = [
        (named.told_apart, named.class_name, *map(_as_number, words))
        for named, words in found.rows
    ]
    return List(title=found.title, columns=columns, rows=rows)


def _as_number(words: str) -> str | int:
    """A mark as a number, so that a spreadsheet adds it up."""
    return int(words) if words.isdecimal() else words
