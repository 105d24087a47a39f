"""A list of comments that was pasted or uploaded: read whole, or refused in words."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Final

from hornbook.sheets.columns import columns_of, is_of_a_pupil
from hornbook.sheets.table import Row, Table, plain_heading, read_table
from hornbook.web.pupils.lists import NotAList, refuse_too_many
from hornbook.web.reporting.commentary_typed import (
    IsName,
    Line,
    of_cells,
    of_text,
    plain,
)

# Words in the heading of the comments, the best first.
_OF_COMMENTS: Final = ("comment", "progress", "text")
# Within quotation marks, as a spreadsheet copies a cell of several lines, or plain.
_CELL: Final = re.compile(r'"((?:[^"\t]|"")*)"(?=[\t\n]|\Z)|([^\t\n]*)')
# How many lines may stand over the headings.
_DEEPEST: Final = 5
_NOBODY: Final = "There is no pupil on the list with a comment."


def read_file(stream: IO[bytes], name: str) -> list[Line]:
    """The lines of a spreadsheet with headings; raises NotAList."""
    table = read_table(stream, name, _is_known)
    if table.fault:
        raise NotAList(table.fault)
    return _of_table(table)


def read_text(text: str, is_name: IsName) -> list[Line]:
    """Lines that were pasted: the pupil first, the text last; or with headings."""
    rows = [row for row in _rows(text) if row]
    refuse_too_many(len(rows))
    if not rows:
        raise NotAList(_NOBODY)
    if all(len(row) == 1 for row in rows):
        rows = _cut_at_headings(rows) or rows
    top = next(
        (at for at, row in enumerate(rows[:_DEEPEST]) if _are_headings(row)), None
    )
    if top is not None:
        return _of_table(_as_table(rows[top:]))
    width = max(map(len, rows))
    return [
        of_text(row[0], is_name) if len(row) == 1 else of_cells(row, width, is_name)
        for row in rows
    ]


def _rows(text: str) -> Iterator[list[str]]:
    """The cells of every row, without the blank ones at its end."""
    text, row, at = "\n".join(text.splitlines()), list[str](), 0
    while at <= len(text) and (found := _CELL.match(text, at)):
        quoted, bare = found.groups()
        cell = bare if quoted is None else quoted.replace('""', '"')
        row.append(" ".join(cell.split()))
        at = found.end() + 1
        if text[found.end() : at] != "\t":
            while row and not row[-1]:
                row.pop()
            yield row
            row = []


def _cut_at_headings(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Lines under headings with commas between, as CSV has them; none where not so.

    What has more commas than the headings have them in its text, which comes last.
    """
    for mark in ",;":
        headings = [cell.strip() for cell in rows[0][0].split(mark)]
        if len(headings) > 1 and _are_headings(headings):
            cut = csv.reader((row[0] for row in rows), delimiter=mark)
            last = len(headings) - 1
            return [[*row[:last], mark.join(row[last:])] for row in cut]
    return []


def _is_known(heading: str) -> bool:
    return is_of_a_pupil(heading) or _rank(heading) is not None


def _rank(heading: str) -> int | None:
    """How good a name for the column of comments a heading is, plainly written."""
    return next((at for at, one in enumerate(_OF_COMMENTS) if one in heading), None)


def _are_headings(cells: Sequence[str]) -> bool:
    """Whether the cells name a pupil's column, and others that are known."""
    said = [plain_heading(cell) for cell in cells if cell]
    return any(map(is_of_a_pupil, said)) and sum(map(_is_known, said)) > 1


def _as_table(rows: Sequence[Sequence[str]]) -> Table:
    width = max(map(len, rows))
    padded = [(*row, *[""] * (width - len(row))) for row in rows]
    return Table(
        name="list",
        headings=padded[0],
        rows=tuple(Row(at, cells) for at, cells in enumerate(padded[1:], 2)),
        heading_row=1,
    )


def _of_table(table: Table) -> list[Line]:
    """The lines of a sheet by its headings; raises NotAList."""
    places = columns_of(table.headings).places
    if not places.keys() & {"upn", "name", "surname"}:
        raise NotAList("There is no heading for who is meant: UPN, or Name.")
    at = _place_of_comments(table, set(places.values()))
    refuse_too_many(len(table.rows))
    lines = [_of_row(table, places, row, at) for row in table.rows]
    found = [line for line in lines if line.upn or line.names]
    if not found:
        raise NotAList(_NOBODY)
    return found


def _place_of_comments(table: Table, taken: set[int]) -> int:
    """Where the comments are; raises NotAList where nothing or too much says so."""
    ranks = {
        at: rank
        for at, heading in enumerate(table.headings)
        if at not in taken and (rank := _rank(plain_heading(heading))) is not None
    }
    best = [at for at, rank in ranks.items() if rank == min(ranks.values())]
    if not best:
        raise NotAList(
            "There is no heading for the comments. Call their column Comment."
        )
    if len(best) > 1:
        said = " and ".join(table.headings[at] for at in best)
        raise NotAList(
            f"The comments could be in several columns: {said}. Take out the one that "
            "is not meant."
        )
    return best[0]


def _of_row(table: Table, places: Mapping[str, int], row: Row, at: int) -> Line:
    """The line of a row; raises NotAList where its text runs on into other cells."""
    said = {code: row.cells[place] for code, place in places.items()}
    if any(row.cells[at + 1 :]) and not any(table.headings[at + 1 :]):
        raise NotAList(
            f"In {table.where(row.number)} the comment runs on into a column without "
            "a heading. Put all of it into one cell."
        )
    whole = " ".join(filter(None, (said.get("forename"), said.get("surname"))))
    names = tuple(filter(None, (said.get("name"), whole)))
    upn = said.get("upn", "").upper()
    return Line(upn, names, plain(row.cells[at]), table.where(row.number))
