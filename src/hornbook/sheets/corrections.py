"""A person's own sheet back, with what is to be corrected said in it."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, TypeVar

from hornbook.sheets.lists import CSV_TYPE, EXCEL_TYPE, as_plain
from hornbook.sheets.marking import Marks, marked_copy, marked_workbook
from hornbook.sheets.person import SheetFault
from hornbook.sheets.result_columns import NO_MAP, HeadingMap, known_heading
from hornbook.sheets.table import OWN_HEADING, Table, place_of, read_table
from hornbook.sheets.text import Parted, parted
from hornbook.sheets.writing import Writing, what_it_is

_MACROS: Final = b"vbaProject.bin"
# What is drawn on a sheet, which is not written again.
_DRAWN: Final = (b"xl/media/", b"xl/charts/", b"xl/pivotTables/")
_LOST_OF_A_BOOK: Final = (
    "Pictures, charts and pivot tables of the workbook are not in this copy."
)
_LOST_OF_A_COPY: Final = "This copy has the values of the sheet, and not its colours."
_MACROS_TYPE: Final = "application/vnd.ms-excel.sheet.macroEnabled.12"
_Place = TypeVar("_Place", int, tuple[int, int])
_OF_THE_WHOLE: Final = "Of the whole sheet"


class _Quoted(csv.excel):
    """Every cell between quotation marks."""

    quoting = csv.QUOTE_ALL


@dataclass(frozen=True, slots=True)
class Corrected:
    """The sheet to be corrected: its name, its bytes, and what browsers call it."""

    name: str
    content: bytes
    content_type: str


def with_errors(
    content: bytes,
    name: str,
    faults: Iterable[SheetFault],
    mapping: HeadingMap = NO_MAP,
) -> Corrected:
    """The sheet as it was, with a last column that says what to correct in each row.

    In a workbook the cells at fault are marked and have a note. What cannot be written
    as it was, such as .xls, comes back as an Excel workbook with the same values.
    """
    table = read_table(io.BytesIO(content), name, known_heading(mapping))
    stem = PurePath(name).stem or "sheet"
    if table.fault:
        return Corrected(name, content, "application/octet-stream")
    marks = _marks(table, faults)
    writing = what_it_is(content)
    if writing is Writing.TEXT:
        back = _marked_text(parted(content), marks[0])
        return Corrected(f"{stem}.csv", back, CSV_TYPE)
    back = marked_workbook(content, marks) if writing is Writing.ZIPPED else b""
    if not back:
        copied = marked_copy(content, marks)
        return Corrected(f"{stem}.xlsx", copied, EXCEL_TYPE)
    if _MACROS in content:
        return Corrected(f"{stem}.xlsm", back, _MACROS_TYPE)
    return Corrected(f"{stem}.xlsx", back, EXCEL_TYPE)


def lost(content: bytes) -> str:
    """What of a person's own sheet is not in the one that comes back to be corrected.

    Nothing is said where it is all there.
    """
    writing = what_it_is(content)
    if writing is Writing.ZIPPED:
        return _LOST_OF_A_BOOK if any(part in content for part in _DRAWN) else ""
    return "" if writing is Writing.TEXT else _LOST_OF_A_COPY


def _marks(table: Table, faults: Iterable[SheetFault]) -> list[Marks]:
    """What to say in each row, and in each cell, of each sheet that was read."""
    rows: dict[int, list[str]] = defaultdict(list)
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    first = table.rows[0].number
    for fault in faults:
        row = fault.row or table.heading_row
        if row > table.heading_row:
            rows[row].append(fault.message)
        else:
            rows[first].append(f"{_OF_THE_WHOLE}: {fault.message}")
        if fault.column is not None:
            cells[row, fault.column].append(fault.message)
    return [
        Marks(
            sheet=sheet,
            heading_row=heading_row,
            width=_width(table),
            rows=_in_part(part, _joined(rows)),
            cells={
                (place_of(row)[1], column): words
                for (row, column), words in _joined(cells).items()
                if place_of(row)[0] == part
            },
        )
        for part, (sheet, heading_row) in enumerate(_parts(table))
    ]


def _parts(table: Table) -> Iterable[tuple[str, int]]:
    """The sheets that were read, and the row of the headings of each."""
    if table.sheets:
        return zip(table.sheets, table.heading_rows, strict=True)
    return [(table.sheet or "", table.heading_row)]


def _in_part(part: int, said: Mapping[int, str]) -> dict[int, str]:
    """What is said of the rows of one sheet, by their numbers there."""
    places = ((place_of(number), words) for number, words in said.items())
    return {row: words for (one, row), words in places if one == part}


def _width(table: Table) -> int:
    """How many columns the sheet has, without the one that Hornbook added."""
    widths = (
        max((at for at, cell in enumerate(row) if cell), default=-1) + 1
        for row in (table.headings, *(row.cells for row in table.rows))
    )
    return max(widths)


def _joined(said: Mapping[_Place, list[str]]) -> dict[_Place, str]:
    return {place: "\n".join(dict.fromkeys(words)) for place, words in said.items()}


def _marked_text(text: Parted, marks: Marks) -> bytes:
    """Every row with its message, written as the rows were."""
    out = io.StringIO()
    out.write(text.tells)
    # A text that begins with < would be taken for XML.
    tag = text.rows[0][:1] and text.rows[0][0].startswith("<")
    dialect = _Quoted if tag else csv.excel
    writer = csv.writer(out, dialect, delimiter=text.delimiter)
    above = marks.heading_row - bool(text.tells) - 1
    writer.writerows(text.rows[:above])
    headings, *rest = text.rows[above:]
    own = headings.index(OWN_HEADING) if OWN_HEADING in headings else marks.width
    writer.writerow(_with(headings, own, OWN_HEADING))
    for number, row in enumerate(rest, marks.heading_row + 1):
        said = marks.rows.get(number, "").replace("\n", " ")
        writer.writerow(_with(row, own, str(as_plain(said))))
    return out.getvalue().encode(text.codec, "replace")


def _with(row: list[str], own: int, said: str) -> list[str]:
    """A row with the words in Hornbook's column."""
    short = own - len(row)
    return [*row[:own], *[""] * short, said, *row[own + 1 :]]
