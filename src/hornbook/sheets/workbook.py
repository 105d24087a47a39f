"""The sheets of an Excel workbook as text, and limits on what one may unfold into."""

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    PasswordError,
    SheetVisibleEnum,
    load_workbook,
)

Value = int | float | str | bool | time | date | datetime | timedelta

_LARGEST_INSIDE: Final = 200 * 1024 * 1024
_MOST_CELLS: Final = 5_000_000
_PIECE: Final = 1024 * 1024
_LONGEST_PLACE: Final = 40
# Where a cell or row says that it stands: r="AB12".
_PLACE: Final = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,9})[\"']")
_SHEET: Final = re.compile(r"xl/worksheets/.*\.xml", re.IGNORECASE)
_TOO_LARGE: Final = (
    "The workbook is too large to be a list of pupils. Copy the list to a new workbook "
    "and bring that."
)
_DAMAGED: Final = (
    "The workbook is damaged and cannot be read. Open it in Excel, save it again and "
    "bring that."
)
_LOCKED: Final = (
    "The workbook is locked with a password. Open it, take the password off, save it "
    "and bring it again."
)
_MIDNIGHT: Final = time()


class WorkbookFault(Exception):
    """A file that looks like a spreadsheet cannot be read; the words say why."""


def read_workbook(content: bytes) -> list[tuple[str, list[list[str]]]]:
    """The cells of every sheet that people see, by its name, in the book's order."""
    if content.startswith(b"PK"):
        _measure(content)
    try:
        with load_workbook(io.BytesIO(content)) as book:
            return [
                (sheet.name, _cells(book.get_sheet_by_name(sheet.name)))
                for sheet in book.sheets_metadata
                if sheet.visible is SheetVisibleEnum.Visible
            ]
    except PasswordError:
        raise WorkbookFault(_LOCKED) from None
    except (CalamineError, OSError, ValueError):
        raise WorkbookFault(_DAMAGED) from None


def _measure(content: bytes) -> None:
    """Refuse what would unfold beyond all measure, before anything unfolds it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > _LARGEST_INSIDE:
                raise WorkbookFault(_TOO_LARGE)
            for part in parts:
                if _SHEET.fullmatch(part.filename):
                    _measure_sheet(archive, part)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError):
        raise WorkbookFault(_DAMAGED) from None


def _measure_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a sheet with a cell so far out that all before it could not be held."""
    rows = columns = 1
    held = b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            held += piece
            for letters, digits in set(_PLACE.findall(held)):
                rows = max(rows, int(digits))
                columns = max(columns, _column(letters))
            held = held[-_LONGEST_PLACE:]
    if rows * columns > _MOST_CELLS:
        raise WorkbookFault(_TOO_LARGE)


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _cells(sheet: CalamineSheet) -> list[list[str]]:
    return [
        [as_text(cell) for cell in row]
        for row in sheet.to_python(nrows=None, skip_empty_area=False)
    ]


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
