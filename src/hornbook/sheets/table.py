"""Any spreadsheet a person has, as headings and rows with the numbers they see."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final, NamedTuple

from hornbook.sheets.text import read_text
from hornbook.sheets.workbook import WorkbookFault, read_workbook
from hornbook.sheets.writing import Writing, what_it_is

LARGEST_FILE: Final = 20 * 1024 * 1024
_MOST_ROWS: Final = 50_000
_MOST_COLUMNS: Final = 1_000
# How far down a sheet its headings may stand.
_DEEPEST_HEADINGS: Final = 30
# How many headings another sheet must have that are known, to be named as unread.
_ENOUGH_ALIKE: Final = 2
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^]]*\]")

# The column that Hornbook adds to a sheet it gives back; it is not read again.
OWN_HEADING: Final = "What to correct"

Grid = Sequence[Sequence[str]]


class Row(NamedTuple):
    """One row: its number in the sheet, from 1, and a text for each heading."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet's headings and rows, or what is wrong with the file, in words.

    Dates are ISO and numbers as a person would type them. heading_row is as people
    see it, and above the rows over it; sheet is the name of the one read, and others
    those left unread that look the same.
    """

    name: str
    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    heading_row: int = 0
    sheet: str | None = None
    others: tuple[str, ...] = ()
    above: tuple[tuple[str, ...], ...] = ()
    fault: str | None = None


def plain_heading(heading: str) -> str:
    """A heading with case, spaces, punctuation and what is in brackets put aside."""
    text = (
        _BRACKETS.sub(" ", heading) if _BRACKETS.sub("", heading).strip() else heading
    )
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _nothing_known(_heading: str) -> bool:
    return False


def read_table(
    stream: IO[bytes], name: str, known: Callable[[str], bool] = _nothing_known
) -> Table:
    """Read a spreadsheet; known tells a heading, written plainly, from other text."""
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        most = LARGEST_FILE // 1024 // 1024
        return Table(name=name, fault=f"The file is larger than {most} MB.")
    writing = what_it_is(content)
    if writing.fault:
        return Table(name=name, fault=writing.fault)
    try:
        sheets = list(_sheets(content, writing))
    except WorkbookFault as fault:
        return Table(name=name, fault=str(fault))
    return _chosen(name, sheets, known)


def _sheets(content: bytes, writing: Writing) -> Iterator[tuple[str | None, Grid]]:
    """Every sheet with anything in it, by its name; a text has one, without."""
    if writing is Writing.TEXT:
        pairs: Iterable[tuple[str | None, Grid]] = [(None, read_text(content))]
    else:
        pairs = read_workbook(content)
    return (pair for pair in pairs if any(any(row) for row in pair[1]))


def _chosen(
    name: str,
    sheets: Sequence[tuple[str | None, Grid]],
    known: Callable[[str], bool],
) -> Table:
    """The first sheet with headings that are known, else the first with data."""
    if not sheets:
        return Table(
            name=name, fault="The file is empty: there is nothing in any cell."
        )
    tops = [_headings_at(grid, known) for _, grid in sheets]
    first = next((place for place, (_, wanted) in enumerate(tops) if wanted), 0)
    sheet, grid = sheets[first]
    others = tuple(
        str(one)
        for (one, _), (_, wanted) in zip(sheets, tops, strict=True)
        if one != sheet and (wanted >= _ENOUGH_ALIKE or not tops[first][1])
    )
    return _table(name, sheet, grid, tops[first][0], others)


def _headings_at(grid: Grid, known: Callable[[str], bool]) -> tuple[int, int]:
    """Where the headings are, from 0, and how many of them are known."""
    top = grid[:_DEEPEST_HEADINGS]
    found = [sum(known(plain_heading(cell)) for cell in row if cell) for row in top]
    most = max(found)
    if most:
        return found.index(most), most
    widths = [sum(bool(cell) for cell in row) for row in top]
    return next(at for at, width in enumerate(widths) if width * 2 >= max(widths)), 0


def _table(
    name: str, sheet: str | None, grid: Grid, top: int, others: tuple[str, ...]
) -> Table:
    """The rows under the headings, as wide as the headings or the widest row."""
    grid = _without_own(grid, top)
    rows = [(at, row) for at, row in enumerate(grid[top + 1 :], top + 2) if any(row)]
    if not rows:
        return Table(
            name=name, fault=f"There are no rows under the headings in row {top + 1}."
        )
    if len(rows) > _MOST_ROWS:
        return Table(name=name, fault=f"There are more than {_MOST_ROWS:,} rows.")
    width = max(len(grid[top]), *(len(row) for _, row in rows))
    if width > _MOST_COLUMNS:
        return Table(name=name, fault=f"There are more than {_MOST_COLUMNS:,} columns.")
    return Table(
        name=name,
        headings=_padded(grid[top], width),
        rows=tuple(Row(at, _padded(row, width)) for at, row in rows),
        heading_row=top + 1,
        sheet=sheet,
        others=others,
        above=tuple(_padded(row, width) for row in grid[:top]),
    )


def _without_own(grid: Grid, top: int) -> Grid:
    """The sheet without what Hornbook wrote into it when it gave it back."""
    if OWN_HEADING not in grid[top]:
        return grid
    own = grid[top].index(OWN_HEADING)
    rest = [[*row[:own], "", *row[own + 1 :]] for row in grid[top:]]
    return [*grid[:top], *rest]


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells, *("" for _ in range(width - len(cells))))
