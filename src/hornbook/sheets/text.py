"""CSV of any manner: encoding and delimiter are worked out from what is there."""

import codecs
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hornbook.sheets.workbook import WorkbookFault

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS: Final = ",;\t|"
_LOOKED_AT: Final = 50
# The first line by which Excel is told of a delimiter.
_TELLS: Final = "sep="
_LONGEST_CELL: Final = 32_767


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A text cut into cells, as they are written, and how it was written.

    tells is the first line where it only names the delimiter.
    """

    rows: list[list[str]]
    codec: str
    delimiter: str
    tells: str = ""


def read_text(content: bytes) -> list[list[str]]:
    """The cells of a text in columns; WorkbookFault where they cannot be told apart."""
    found = parted(content)
    rows = [[tidied(cell) for cell in row] for row in found.rows]
    return [[], *rows] if found.tells else rows


def parted(content: bytes) -> Parted:
    """The cells as they are written; WorkbookFault where they cannot be told apart."""
    codec = codec_of(content)
    lines = content.decode(codec, "replace").splitlines(keepends=True)
    tells = lines[0] if lines[0].casefold().startswith(_TELLS) else ""
    if tells:
        lines = lines[1:]
        one = tells[len(_TELLS) :][:1].strip("\r\n") or ","
    else:
        one = delimiter(lines[:_LOOKED_AT])
    return Parted(rows=_rows(lines, one), codec=codec, delimiter=one, tells=tells)


def tidied(cell: str) -> str:
    """A cell with no odd spaces and no breaks, as a workbook's is read."""
    return " ".join(cell.split())


def codec_of(content: bytes) -> str:
    """How characters are written: by the byte order mark, else UTF-8, else Windows."""
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return codec
    if b"\x00" in content[:2]:
        return "utf-16-be" if content.startswith(b"\x00") else "utf-16-le"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def delimiter(lines: Sequence[str]) -> str:
    """What stands between cells: what cuts most lines into equally many."""
    return max(_DELIMITERS, key=lambda one: _agreement(lines, one))


def _agreement(lines: Sequence[str], one: str) -> tuple[int, int]:
    """How many lines have as many cells as most have, and how many cells."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=one)]
    except csv.Error:
        return (0, 0)
    several = [width for width in widths if width > 1]
    if not several:
        return (0, 0)
    usual = max(set(several), key=several.count)
    return several.count(usual), usual


def _rows(lines: Sequence[str], one: str) -> list[list[str]]:
    """Every row, the empty ones too, so that they can be counted as people see them."""
    rows = []
    reader = csv.reader((line.replace("\x00", "") for line in lines), delimiter=one)
    try:
        for row in reader:
            rows.append(row)
            if any(len(cell) > _LONGEST_CELL for cell in row):
                raise _never_closed(len(rows))
    except csv.Error:
        raise _never_closed(len(rows) + 1) from None
    return rows


def _never_closed(row: int) -> WorkbookFault:
    return WorkbookFault(
        f"Row {row} has a cell longer than Excel allows: a quotation mark is opened in "
        "it and never closed. Put it right and bring the file again."
    )
