"""A pasted line without headings: where the pupil ends and the comment begins."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from hornbook.identifiers import is_upn

_BETWEEN: Final = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,;:"]*))\s*[,;:]\s*')
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"')
# What Hornbook writes before a text that a spreadsheet would run as a formula.
_AS_TEXT: Final = re.compile(r"\A'(?=[=+\-@])")

# Whether somebody is called so.
IsName: TypeAlias = Callable[[str], bool]


class Line(NamedTuple):
    """What a line says: a UPN if it has one, the names it gives, and the text."""

    upn: str
    names: tuple[str, ...]
    text: str
    where: str = ""

    @property
    def words(self) -> str:
        """The line as the person knows it."""
        said = " ".join(filter(None, (self.upn, *self.names)))
        return ": ".join(filter(None, (self.where, said, self.text)))


def of_cells(row: Sequence[str], width: int, is_name: IsName) -> Line:
    """Cells side by side: the text is in the last column of all the lines."""
    cells = row if len(row) < width else row[:-1]
    text = "" if len(row) < width else row[-1]
    upn = next((cell.upper() for cell in cells if is_upn(cell.upper())), "")
    pairs = (f"{one} {two}" for one, two in pairwise(cells))
    names = tuple(filter(is_name, (*cells, *pairs)))
    unknown = () if upn else (" ".join(cells),)
    return Line(upn, names or unknown, plain(text))


def of_text(line: str, is_name: IsName) -> Line:
    """One text: the pupil up to a comma or a colon, and all that follows."""
    upn, names, at = "", list[str](), 0
    while found := _BETWEEN.match(line, at):
        cell, two = _cell(found), _BETWEEN.match(line, found.end())
        if is_upn(cell.upper()):
            upn = cell.upper()
        elif is_name(cell):
            names.append(cell)
        elif two and is_name(f"{cell} {_cell(two)}"):
            names.append(f"{cell} {_cell(two)}")
            found = two
        else:
            break
        at = found.end()
    if at:
        return Line(upn, tuple(names), plain(_unquoted(line[at:].strip())))
    if is_upn(line.upper()):
        return Line(line.upper(), (), "")
    return Line("", (line,), "")


def _cell(found: re.Match[str]) -> str:
    quoted, bare = found.groups()
    return str(bare if quoted is None else quoted.replace('""', '"')).strip()


def _unquoted(text: str) -> str:
    """What stands within quotation marks, where all of it does."""
    found = _QUOTED.fullmatch(text)
    return found[1].replace('""', '"') if found else text


def plain(text: str) -> str:
    """One paragraph, as it is typed in the field of a pupil."""
    return " ".join(_AS_TEXT.sub("", text).split())
