"""A list to take away, as CSV or Excel: nothing in it is ever run as a formula."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import xlsxwriter

# A spreadsheet would run a cell that begins like this as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
# What no cell of a workbook can hold.
_UNSEEN: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32)), " ")
_LONGEST: Final = 32_767
# What Excel takes as the name of a sheet.
_NO_TAB: Final = "[]:*?/\\"
_LONGEST_TAB: Final = 31
CSV_TYPE: Final = "text/csv; charset=utf-8"
EXCEL_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as it is said, such as 68.3; Excel holds it as a share of one."""

    value: Decimal

    def __str__(self) -> str:
        return str(self.value)

    @property
    def share(self) -> Decimal:
        """Of one."""
        return self.value / 100

    @property
    def number_format(self) -> str:
        """How Excel shows it: with as many decimals as it has."""
        return "0%" if self.value == self.value.to_integral_value() else "0.0%"


Cell = str | int | Decimal | Percent | None


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """Rows under headings; columns are the headings, each with its width in Excel."""

    title: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Written:
    """A list as a file, and what browsers call its kind."""

    content: bytes
    content_type: str


def written(made: List, form: str) -> Written:
    """The list as csv or xlsx; raises KeyError on another form."""
    write, content_type = _FORMS[form]
    return Written(write(made), content_type)


def as_csv(made: List) -> bytes:
    """The mark in front tells Excel that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(made.columns)
    writer.writerows([as_plain(cell) for cell in row] for row in made.rows)
    return text.getvalue().encode("utf-8-sig")


def as_plain(cell: Cell) -> Cell:
    """A cell that a spreadsheet takes as text."""
    risky = isinstance(cell, str) and cell.startswith(_FORMULA)
    return f"'{cell}" if risky else cell


def as_excel(made: List) -> bytes:
    """A workbook of one sheet."""
    return as_workbook([made])


def as_workbook(sheets: Iterable[List]) -> bytes:
    """A sheet a list, each with a filter, and headings that stay."""
    held = io.BytesIO()
    # In memory, so that nothing of the list is left in a temporary folder.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(held, options) as book:
        for made in sheets:
            _fill(book, made)
    return held.getvalue()


def _fill(book: xlsxwriter.Workbook, made: List) -> None:
    """The sheet: headings that stay, wide enough columns, and the rows."""
    sheet = book.add_worksheet(_as_tab(made.title))
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (heading, width) in enumerate(made.columns.items()):
        sheet.set_column(column, column, width, wrapped)
        sheet.write_string(0, column, heading, bold)
    shares = {
        form: book.add_format({"num_format": form, "valign": "top"})
        for form in ("0%", "0.0%")
    }
    for number, row in enumerate(made.rows, 1):
        _write(sheet, number, row, shares)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(made.rows), 1), len(made.columns) - 1)


def _as_tab(title: str) -> str:
    """A title as the tab of a sheet can have it, cut after a word."""
    tab = "".join(" " if letter in _NO_TAB else letter for letter in title)
    if len(tab) <= _LONGEST_TAB:
        return tab
    whole, _, _ = tab[: _LONGEST_TAB + 1].rpartition(" ")
    return whole or tab[:_LONGEST_TAB]


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    number: int,
    row: Iterable[Cell],
    shares: Mapping[str, xlsxwriter.format.Format],
) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, Percent):
            form = shares[cell.number_format]
            sheet.write_number(number, column, cell.share, form)
        elif isinstance(cell, int | Decimal):
            sheet.write_number(number, column, cell)
        elif cell:
            sheet.write_string(number, column, without_unseen(cell))


def without_unseen(text: str) -> str:
    """A text as a cell of a workbook can hold it."""
    return text.translate(_UNSEEN)[:_LONGEST]


_FORMS: Final[dict[str, tuple[Callable[[List], bytes], str]]] = {
    "csv": (as_csv, CSV_TYPE),
    "xlsx": (as_excel, EXCEL_TYPE),
}
