"""Before and after: what edits do to the lines of a file, for people to look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final

from hornbook.ctf.edits import Edit
from hornbook.ctf.rewrite import turned_bytes

_MOST: Final = 500
# How much of the line is shown on each side, and of what is taken out, in bytes.
_ROUND: Final = 80
_LONGEST: Final = 1_200
_NEAR: Final = 60


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a file, or the part of it that matters, before and after."""

    line: int
    before: str
    after: str


def changes(stream: IO[bytes], edits: Sequence[Edit]) -> Iterator[Change]:
    """The first few hundred changes that edits make, those close by in one."""
    window = _Window(stream)
    for number, group in enumerate(_groups(edits)):
        if number == _MOST:
            return
        yield _change(window, group)


def _groups(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Edits that are close to each other, and not too many at once."""
    group: list[Edit] = []
    for edit in edits:
        together = group and edit.start - group[-1].end <= _NEAR
        if together and edit.end - group[0].start <= _LONGEST:
            group.append(edit)
            continue
        if group:
            yield group
        group = [edit]
    if group:
        yield group


def _change(window: "_Window", group: Sequence[Edit]) -> Change:
    """What some edits do to the line they stand in."""
    start, end = group[0].start, group[-1].end
    before = window.cut(start - _ROUND, start)
    before = before[before.rfind("\n") + 1 :]
    old, new = [], []
    at = start
    for edit in group:
        between = window.cut(at, edit.start)
        old += [between, window.cut(edit.start, edit.end)]
        new += [between, edit.replacement]
        at = edit.end
    line = window.line(start)
    after = window.cut(end, end + _ROUND).partition("\n")[0]
    return Change(
        line, _shown(before, "".join(old), after), _shown(before, "".join(new), after)
    )


def _shown(before: str, middle: str, after: str) -> str:
    if len(middle) > _LONGEST:
        middle = f"{middle[: _LONGEST // 2]} … {middle[-_LONGEST // 2 :]}"
    return f"{before}{middle}{after}".strip()


class _Window:
    """Goes once through the bytes of a file, and keeps those that are asked for."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._source = turned_bytes(stream)
        self._content = b""
        self._base = 0
        self._codec = "utf-8"
        self._lines = 1

    def cut(self, start: int, end: int) -> str:
        """The text of some bytes, which lie ahead or not far behind."""
        self._read_to(end)
        start = max(start, self._base)
        part = self._content[start - self._base : max(end, start) - self._base]
        return part.decode(self._codec, "ignore")

    def line(self, offset: int) -> int:
        """The line that an offset lies in, from 1."""
        self._read_to(offset)
        return self._lines + self._content.count(b"\n", 0, offset - self._base)

    def _read_to(self, offset: int) -> None:
        while self._base + len(self._content) < offset:
            more = next(self._source, None)
            if more is None:
                return
            gone = max(len(self._content) - _LONGEST - _ROUND, 0)
            if self._base + gone > offset - _LONGEST:
                gone = 0
            self._lines += self._content.count(b"\n", 0, gone)
            self._content = self._content[gone:] + more[0]
            self._base += gone
            self._codec = more[1]
