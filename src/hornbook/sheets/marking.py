"""Marks in a workbook: a last column, and cells with a fill and a note."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Final

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from hornbook.sheets.lists import without_unseen
from hornbook.sheets.table import OWN_HEADING
from hornbook.sheets.workbook import read_workbook

_AUTHOR: Final = "Hornbook"
# How a note of Hornbook's begins, by which it is known again.
_OURS: Final = f"{OWN_HEADING}: "
_FILL: Final = PatternFill("solid", start_color="FFFFE699", end_color="FFFFE699")
_NO_FILL: Final = PatternFill(fill_type=None)
_WIDTH: Final = 60
_MACROS: Final = b"vbaProject.bin"
# What openpyxl raises of a workbook that it cannot read; bad XML is a SyntaxError.
_UNREADABLE: Final = (
    LookupError,
    OSError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    zipfile.BadZipFile,
    zlib.error,
)
# What the name of a sheet cannot have.
_NO_TITLE: Final = re.compile(r"[\\*?:/\[\]]")
_NOTE_SIZE: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What to say where: rows and cells (row from 1, column from 0) with their words.

    width is how many columns the sheet has; the words of a row come after the last.
    """

    sheet: str
    heading_row: int
    width: int
    rows: Mapping[int, str]
    cells: Mapping[tuple[int, int], str]


def marked_workbook(content: bytes, marks: Sequence[Marks]) -> bytes:
    """The workbook as it was, marked; nothing where it cannot be written again."""
    try:
        with warnings.catch_warnings():
            # It warns of what it does not know, which is told of the copy as a whole.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(content), keep_vba=_MACROS in content, rich_text=True
            )
        return _saved(book, [(book[each.sheet], each) for each in marks])
    except _UNREADABLE:
        # openpyxl reads less than what read the values; the caller makes a copy.
        return b""


def marked_copy(content: bytes, marks: Sequence[Marks]) -> bytes:
    """A new workbook with the same values, marked."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = {}
    for name, rows in read_workbook(content):
        sheets[name] = sheet = book.create_sheet(_NO_TITLE.sub("-", name)[:31])
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                if text:
                    _write(sheet.cell(number, column), text)
    return _saved(book, [(sheets[each.sheet], each) for each in marks])


def _saved(book: Workbook, marked: Sequence[tuple[Worksheet, Marks]]) -> bytes:
    """The workbook with its marks, opened where the first of them are."""
    for sheet, marks in marked:
        _clear(sheet)
        _mark(sheet, marks)
    told = (sheet for sheet, marks in marked if marks.rows)
    book.active = book.index(next(told, marked[0][0]))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _clear(sheet: Worksheet) -> None:
    """Take away the marks of the last time, and no note of the person's own."""
    for row in sheet.iter_rows():
        for cell in row:
            text = cell.comment.text if cell.comment else ""
            theirs, ours, _ = text.partition(_OURS)
            if ours:
                cell.comment = Comment(theirs.rstrip(), _AUTHOR) if theirs else None
                cell.fill = copy(_NO_FILL)


def _mark(sheet: Worksheet, marks: Marks) -> None:
    column = _own_column(sheet, marks)
    heading = sheet.cell(marks.heading_row, column)
    _write(heading, OWN_HEADING)
    heading.font = Font(bold=True)
    sheet.column_dimensions[get_column_letter(column)].width = _WIDTH
    sheet.column_dimensions[get_column_letter(column)].hidden = False
    for number in range(marks.heading_row + 1, sheet.max_row + 1):
        _say(sheet.cell(number, column), marks.rows.get(number, ""))
    for (row, at), words in marks.cells.items():
        _note(_whole(sheet, sheet.cell(row, at + 1)), words)


def _own_column(sheet: Worksheet, marks: Marks) -> int:
    """Where the words go: as the last time, else after all columns and merged cells."""
    for column, cell in enumerate(sheet[marks.heading_row], 1):
        if cell.value == OWN_HEADING:
            return column
    merged = sheet.merged_cells.ranges
    below = (int(one.max_col) for one in merged if one.max_row >= marks.heading_row)
    return max(marks.width, *below, 0) + 1


def _say(cell: Cell | MergedCell, words: str) -> None:
    if not words and cell.value is None:
        return
    _write(cell, words)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=False)


def _note(cell: Cell | MergedCell, words: str) -> None:
    """A fill and a note; a note of the person's own stands before ours."""
    theirs = f"{cell.comment.text}\n\n" if cell.comment else ""
    note = Comment(f"{theirs}{_OURS}{words}", _AUTHOR, width=_NOTE_SIZE)
    cell.comment = note
    cell.fill = copy(_FILL)


def _whole(sheet: Worksheet, cell: Cell | MergedCell) -> Cell | MergedCell:
    """The cell, or the first of those it is merged with."""
    for merged in sheet.merged_cells.ranges:
        if cell.coordinate in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _write(cell: Cell | MergedCell, text: str) -> None:
    """As text, whatever it begins with: nothing is ever run as a formula."""
    if isinstance(cell, Cell):
        cell.value = without_unseen(text) or None
        if text:
            cell.data_type = "s"
