"""A report is headings and rows; rendering it is somebody else's."""

from dataclasses import dataclass
from decimal import Decimal

from hornbook.sheets.lists import Percent

Cell = str | int | Decimal | Percent


@dataclass(frozen=True, slots=True)
class Report:
    """A table to read, print or download, with what is to be known of it.

    numbers are the same rows for a spreadsheet, where they hold figures in words.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    numbers: tuple[tuple[Cell, ...], ...] = ()
