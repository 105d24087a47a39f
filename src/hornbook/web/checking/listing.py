"""The whole list of what was found, to take away as CSV or Excel."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import xlsxwriter

from hornbook.inspection.report import FileReport

_COLUMNS: Final = {
    "File": 30,
    "Severity": 10,
    "Code": 7,
    "DfE": 7,
    "Line": 8,
    "Column": 8,
    "UPN": 16,
    "Pupil": 24,
    "Item": 24,
    "Element": 20,
    "Value": 16,
    "What is wrong": 60,
    "What to do": 60,
}
# A spreadsheet would run a cell that begins like this as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
# What no cell of a workbook can hold.
_UNSEEN: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32)), " ")
_LONGEST: Final = 32_767

Cell = str | int


@dataclass(frozen=True, slots=True)
class Made:
    """A list that was made, and what browsers call its kind."""

    content: bytes
    content_type: str


def made(reports: Iterable[FileReport], form: str) -> Made:
    """The list as csv or xlsx."""
    write, content_type = _FORMS[form]
    return Made(write(reports), content_type)


def as_csv(reports: Iterable[FileReport]) -> bytes:
    """One row a finding; the mark in front tells Excel that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    writer.writerows([_plain(cell) for cell in row] for row in _rows(reports))
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> Cell:
    """A cell that a spreadsheet takes as text."""
    risky = isinstance(cell, str) and cell.startswith(_FORMULA)
    return f"'{cell}" if risky else cell


def as_excel(reports: Iterable[FileReport]) -> bytes:
    """One row a finding, with a filter; nothing in it is run or linked."""
    held = io.BytesIO()
    # In memory, so that nothing of the file is left in a temporary folder.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(held, options) as book:
        _fill(book, list(_rows(reports)))
    return held.getvalue()


def _fill(book: xlsxwriter.Workbook, rows: list[list[Cell]]) -> None:
    """The sheet: headings that stay, wide enough columns, and the rows."""
    sheet = book.add_worksheet("Findings")
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (heading, width) in enumerate(_COLUMNS.items()):
        sheet.set_column(column, column, width, wrapped)
        sheet.write_string(0, column, heading, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)
            else:
                sheet.write_string(number, column, cell.translate(_UNSEEN)[:_LONGEST])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(_COLUMNS) - 1)


def _rows(reports: Iterable[FileReport]) -> Iterator[list[Cell]]:
    """A row a finding, in the order of the columns."""
    for report in reports:
        for one in report.findings:
            row = (
                report.name, one.severity.value, one.code, one.dfe, one.line,
                one.column, one.upn, one.pupil, one.item, one.element, one.value,
                one.message, one.remedy,
            )  # fmt: skip
            yield ["" if cell is None else cell for cell in row]


_FORMS: Final = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        as_excel,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
