"""Limits on what a workbook may unfold into, looked at before anything unfolds it."""

import io
import re
import zipfile
import zlib
from typing import Final
from xml.parsers import expat

_LARGEST_INSIDE: Final = 200 * 1024 * 1024
MOST_CELLS: Final = 5_000_000
_PIECE: Final = 1024 * 1024
_LONGEST_PLACE: Final = 40
# Where a cell or row says that it stands: r="AB12".
_PLACE: Final = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,9})[\"']")
_WRITTEN: Final = (".xml", ".rels")
# What may stand before the first tag, of UTF-16 too.
_BEFORE_A_TAG: Final = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_OPEN_SHEETS: Final = "content.xml"
_OPEN_ROW: Final = re.compile(
    rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.DOTALL
)
_OPEN_CELL: Final = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_REPEATED: Final = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d{1,9})")
TOO_LARGE: Final = (
    "The workbook is too large to be a list of pupils. Copy the list to a new workbook "
    "and bring that."
)
DAMAGED: Final = (
    "The workbook is damaged and cannot be read. Open it in Excel, save it again and "
    "bring that."
)


# What a damaged archive, or a part of one, makes the library raise.
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)


class WorkbookFault(Exception):
    """A file that looks like a spreadsheet cannot be read; the words say why."""


def measure(content: bytes) -> None:
    """Refuse what would unfold beyond all measure, before anything unfolds it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > _LARGEST_INSIDE:
                raise WorkbookFault(TOO_LARGE)
            for part in parts:
                # A workbook may call its sheets as it likes, so each part is looked at.
                if _is_written(archive, part):
                    _look_through(archive, part)
                    _measure_sheet(archive, part)
                if part.filename == _OPEN_SHEETS:
                    _measure_open(archive.read(part))
    except _BROKEN:
        raise WorkbookFault(DAMAGED) from None


def _is_written(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part is XML, whatever its name ends in."""
    if part.filename.endswith(_WRITTEN):
        return True
    with archive.open(part) as stream:
        return stream.read(_LONGEST_PLACE).lstrip(_BEFORE_A_TAG).startswith(b"<")


def _look_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a part that breaks off: what reads it would look for its end for ever."""
    parser = expat.ParserCreate()
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def _measure_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a sheet with a cell so far out that all before it could not be held."""
    rows = columns = 1
    held = b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            held += piece.replace(b"\0", b"")
            for letters, digits in set(_PLACE.findall(held)):
                rows = max(rows, int(digits))
                columns = max(columns, _column(letters))
            held = held[-_LONGEST_PLACE:]
    if rows * columns > MOST_CELLS:
        raise WorkbookFault(TOO_LARGE)


def _measure_open(content: bytes) -> None:
    """Refuse a sheet of an OpenDocument that repeats what it holds without measure."""
    for table in content.split(b"<table:table ")[1:]:
        rows = widest = 0
        for said, inside in _OPEN_ROW.findall(table):
            width = _open_width(inside)
            rows += _repeats(said) if width else 1
            widest = max(widest, width)
            if rows * widest > MOST_CELLS:
                raise WorkbookFault(TOO_LARGE)


def _open_width(row: bytes) -> int:
    """How far the last cell with anything in it is from the first."""
    width = widest = 0
    for said in _OPEN_CELL.findall(row):
        width += _repeats(said)
        if b"value-type" in said:
            widest = width
    return widest


def _repeats(said: bytes) -> int:
    found = _REPEATED.search(said)
    return int(found[1]) if found else 1


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
