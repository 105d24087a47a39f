"""What each heading of a sheet is taken for, for a person to put right and remember."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.sheets.columns import titles
from hornbook.sheets.result_columns import NO_MAP, Column, HeadingMap
from hornbook.sheets.results import Reading
from hornbook.sheets.subjects import collections, items, likely
from hornbook.sheets.table import Table, plain_heading

_EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A heading and what it would be read as.

    heading is as written and plain is its key in a mapping. code is an item, a field of
    a pupil, or blank where the column would not be read; may_be then the items that the
    heading may mean or is nearly the name of. examples are values that stand under it.
    """

    heading: str
    plain: str
    code: str = ""
    may_be: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def proposals(
    table: Table, *, year: AcademicYear, mapping: HeadingMap = NO_MAP
) -> tuple[Proposal, ...]:
    """Every heading with what it would be read as, in the order of the sheet."""
    if table.fault:
        return ()
    found = Reading(table, year, mapping, year).found
    fields = {at: code for code, at in found.fields.items()}
    results = {column.at: column for column in (*found.columns, *found.doubtful)}
    return tuple(
        _proposal(table, at, fields.get(at, ""), results.get(at))
        for at, heading in enumerate(table.headings)
        if heading and at not in {found.year, *found.labels, *found.values}
    )


def _proposal(table: Table, at: int, code: str, column: Column | None) -> Proposal:
    heading = table.headings[at]
    may_be = column.items if column else ()
    if not may_be and not code:
        may_be = likely(heading)
    texts = dict.fromkeys(row.cells[at] for row in table.rows if row.cells[at])
    return Proposal(
        heading=heading,
        plain=plain_heading(heading),
        code=column.items[0] if column and len(column.items) == 1 else code,
        may_be=() if column and len(column.items) == 1 else may_be,
        examples=tuple(texts)[:_EXAMPLES],
    )


def choices() -> Mapping[str, Mapping[str, str]]:
    """What a heading may be said to be: code and title, by group."""
    grouped = {"Who the pupil is": dict(titles())}
    for collection in collections().values():
        mine = (item for item in items().values() if item.collection == collection.code)
        grouped[collection.title] = {item.full_code: item.title for item in mine}
    return grouped
