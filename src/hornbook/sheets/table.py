"""Any spreadsheet a person has, as headings and rows with the numbers they see."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO, Final, NamedTuple

from hornbook.sheets.text import read_text
from hornbook.sheets.workbook import WorkbookFault, read_workbook
from hornbook.sheets.writing import Writing, what_it_is

LARGEST_FILE: Final = 20 * 1024 * 1024
_MOST_ROWS: Final = 50_000
_TOO_LONG: Final = f"There are more than {_MOST_ROWS:,} rows."
_MOST_COLUMNS: Final = 1_000
# How far down a sheet its headings may stand.
_DEEPEST_HEADINGS: Final = 30
# Between the numbers of the rows of two sheets that are read as one.
_APART: Final = 1_000_000
# A year, a number of a term: what tells sheets apart that look alike.
_TELLING: Final = re.compile(r"\d{2,}")
# How many headings another sheet must have that are known, to be named as unread.
_ENOUGH_ALIKE: Final = 2
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^]]*\]")

# The column that Hornbook adds to a sheet it gives back; it is not read again.
OWN_HEADING: Final = "What to correct"

Grid = Sequence[Sequence[str]]


class Row(NamedTuple):
    """One row: its number, see `Table.where`, and a text for each heading."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet's headings and rows, or what is wrong with the file, in words.

    Dates are ISO and numbers as a person would type them. heading_row is as people
    see it, and above the rows over it; sheet is the name of the one read, and others
    those left unread that look the same. Where several sheets with the same headings
    are read as one, sheets are their names, and heading_rows where each has them.
    """

    name: str
    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    heading_row: int = 0
    sheet: str | None = None
    others: tuple[str, ...] = ()
    above: tuple[tuple[str, ...], ...] = ()
    fault: str | None = None
    sheets: tuple[str, ...] = ()
    heading_rows: tuple[int, ...] = ()

    def where(self, number: int) -> str:
        """Where a row is, as people find it: row 5, or row 5 of 2B."""
        part, row = divmod(number, _APART)
        return f"row {row} of {self.sheets[part]}" if self.sheets else f"row {row}"


def place_of(number: int) -> tuple[int, int]:
    """Which of the sheets a row is in, from 0, and its number there."""
    return divmod(number, _APART)


def begun(words: str) -> str:
    """Words as a sentence begins with them."""
    return words[:1].upper() + words[1:]


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
    tables = [
        _table(name, sheet, grid, top)
        for (sheet, grid), (top, _) in zip(sheets, tops, strict=True)
    ]
    told = [place for place, (_, wanted) in enumerate(tops) if wanted]
    sound = (place for place in told if not tables[place].fault)
    first = next(sound, told[0] if told else 0)
    read = replace(tables[first], sheet=sheets[first][0])
    alike = [one for one in tables[first + 1 :] if _goes_with(read, one)]
    taken = {read.sheet, *(one.sheet for one in alike)}
    others = tuple(
        str(one)
        for (one, _), (_, wanted) in zip(sheets, tops, strict=True)
        if one not in taken and (wanted >= _ENOUGH_ALIKE or not tops[first][1])
    )
    return _as_one(replace(read, others=others), alike)


def _goes_with(read: Table, other: Table) -> bool:
    """Whether another sheet is of the same kind, such as one for another class.

    Two years, or two terms by number, are never put together.
    """
    if read.fault or other.fault:
        return False
    told = [_TELLING.findall(one.sheet or "") for one in (read, other)]
    return told[0] == told[1] and _in_short(read) == _in_short(other)


def _in_short(table: Table) -> list[str]:
    """The headings written plainly, without the blank ones at the end."""
    found = list(map(plain_heading, table.headings))
    while found and not found[-1]:
        found.pop()
    return found


def _as_one(read: Table, alike: Sequence[Table]) -> Table:
    """The rows of several sheets under the headings of the first."""
    if not alike:
        return read
    everyone = [read, *alike]
    width = max(len(one.headings) for one in everyone)
    rows = tuple(
        Row(part * _APART + row.number, _padded(row.cells, width))
        for part, one in enumerate(everyone)
        for row in one.rows
    )
    if len(rows) > _MOST_ROWS:
        return Table(name=read.name, fault=_TOO_LONG)
    return replace(
        read,
        headings=_padded(read.headings, width),
        rows=rows,
        sheets=tuple(str(one.sheet) for one in everyone),
        heading_rows=tuple(one.heading_row for one in everyone),
    )


def _headings_at(grid: Grid, known: Callable[[str], bool]) -> tuple[int, int]:
    """Where the headings are, from 0, and how many of them are known."""
    top = grid[:_DEEPEST_HEADINGS]
    found = [sum(known(plain_heading(cell)) for cell in row if cell) for row in top]
    most = max(found)
    if most:
        return found.index(most), most
    widths = [sum(bool(cell) for cell in row) for row in top]
    return next(at for at, width in enumerate(widths) if width * 2 >= max(widths)), 0


def _table(name: str, sheet: str | None, grid: Grid, top: int) -> Table:
    """The rows under the headings, as wide as the headings or the widest row."""
    grid = _without_own(grid, top)
    rows = [(at, row) for at, row in enumerate(grid[top + 1 :], top + 2) if any(row)]
    if not rows:
        return Table(
            name=name, fault=f"There are no rows under the headings in row {top + 1}."
        )
    if len(rows) > _MOST_ROWS:
        return Table(name=name, fault=_TOO_LONG)
    width = max(len(grid[top]), *(len(row) for _, row in rows))
    if width > _MOST_COLUMNS:
        return Table(name=name, fault=f"There are more than {_MOST_COLUMNS:,} columns.")
    return Table(
        name=name,
        headings=_padded(grid[top], width),
        rows=tuple(Row(at, _padded(row, width)) for at, row in rows),
        heading_row=top + 1,
        sheet=sheet,
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
