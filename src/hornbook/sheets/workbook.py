"""The sheets of a workbook, of Excel or OpenDocument, as text."""

import io
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    PasswordError,
    SheetVisibleEnum,
    load_workbook,
)

from hornbook.sheets.compound import measure_old
from hornbook.sheets.formulas import Places, without_value
from hornbook.sheets.measure import DAMAGED, WorkbookFault, measure

Value = int | float | str | bool | time | date | datetime | timedelta

_LOCKED: Final = (
    "The workbook is locked with a password. Open it, take the password off, save it "
    "and bring it again."
)
__all__ = ["WorkbookFault", "as_text", "read_workbook"]

_PANICS: Final = "pyo3_runtime"
_MIDNIGHT: Final = time()
# A formula without a value so far down is not looked for.
_FARTHEST: Final = 50_000


def read_workbook(content: bytes) -> list[tuple[str, list[list[str]]]]:
    """The cells of every sheet that people see, by its name, in the book's order."""
    zipped = content.startswith(b"PK")
    if zipped:
        measure(content)
    else:
        measure_old(content)
    try:
        lost = without_value(content) if zipped else {}
        return _sheets(content, lost)
    except PasswordError:
        raise WorkbookFault(_LOCKED) from None
    except (CalamineError, OSError, ValueError):
        raise WorkbookFault(DAMAGED) from None
    except BaseException as fault:
        # The library's own panic is no Exception, and has no name to be caught by.
        if type(fault).__module__ != _PANICS:
            raise
        raise WorkbookFault(DAMAGED) from None


def _sheets(
    content: bytes, lost: Mapping[str, Places]
) -> list[tuple[str, list[list[str]]]]:
    with load_workbook(io.BytesIO(content)) as book:
        return [
            (
                sheet.name,
                _cells(book.get_sheet_by_name(sheet.name), lost.get(sheet.name, {})),
            )
            for sheet in book.sheets_metadata
            if sheet.visible is SheetVisibleEnum.Visible
        ]


def _cells(sheet: CalamineSheet, lost: Places) -> list[list[str]]:
    """Every cell from the first; what a formula did not give is told in its place."""
    rows = [
        [as_text(cell) for cell in row]
        for row in sheet.to_python(nrows=None, skip_empty_area=False)
    ]
    # The library ends a sheet with the last cell of which it knows a value.
    for (row, column), shown in sorted(lost.items()):
        if row < _FARTHEST:
            rows += [[] for _ in range(row + 1 - len(rows))]
            rows[row] += [""] * (column + 1 - len(rows[row]))
            rows[row][column] = shown
    return rows


def as_text(value: Value | None) -> str:
    """A cell as a person would type it: dates ISO, whole numbers without a point."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            day, clock = value.date().isoformat(), value.time()
            return day if clock == _MIDNIGHT else f"{day} {clock:%H:%M}"
        case float():
            return f"{value:.0f}" if value.is_integer() else repr(value)
        case date():
            return value.isoformat()
        case _:
            return " ".join(str(value).split())
