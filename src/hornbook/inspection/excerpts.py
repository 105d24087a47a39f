"""The lines of a file around a fault: one pass for all the faults there are."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Final

from hornbook.ctf.nature import Feed, encoding_of, feed_for, what_it_is

_CHUNK: Final = 1 << 17
_AROUND: Final = 2
_WIDEST: Final = 150
# How much of a long line stands before the fault.
_BEFORE: Final = 60
_CUT: Final = "…"
_BREAK: Final = b"\n"
# What is at fault: a tag, or the value up to the next one.
_FAULTY: Final = re.compile(r"</?[\w.:-]+|[^<]+")
_UNSEEN: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), "·")

Where = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line to show; marked is what is at fault in it, blank in those around."""

    number: int
    before: str
    marked: str = ""
    after: str = ""


def excerpts(
    stream: IO[bytes], places: Iterable[Where]
) -> Mapping[Where, tuple[Line, ...]]:
    """The lines around each place, given as line and column."""
    columns: dict[int, set[int]] = {}
    for line, column in places:
        columns.setdefault(line, set()).add(column)
    found: dict[Where, tuple[Line, ...]] = {}
    for number, window in _windows(stream, columns):
        lines = dict(window)
        for column in columns[number]:
            found[number, column] = tuple(
                _marked(number, text, column) if each == number else Line(each, text)
                for each, text in lines.items()
            )
    return found


def _windows(
    stream: IO[bytes], wanted: Mapping[int, object]
) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Each line that is wanted, with it and the lines around it, clipped."""
    if not wanted:
        return
    last = max(wanted) + _AROUND
    recent: deque[tuple[int, str]] = deque(maxlen=2 * _AROUND + 1)
    number = 0
    for number, text in _lines(stream):
        recent.append((number, text))
        yield from _around(recent, number - _AROUND, wanted)
        if number >= last:
            return
    for late in range(number - _AROUND + 1, number + 1):
        yield from _around(recent, late, wanted)


def _around(
    recent: Iterable[tuple[int, str]], number: int, wanted: Mapping[int, object]
) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """The lines around one that is wanted: itself whole, the others clipped."""
    if number in wanted:
        near = [each for each in recent if abs(each[0] - number) <= _AROUND]
        yield (
            number,
            [(line, text if line == number else _clipped(text)) for line, text in near],
        )


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, str]]:
    """Every line with its number, its characters read as the check reads them.

    Nothing of what is no XML: the bytes of a workbook say nothing to anybody.
    """
    chunk = stream.read(_CHUNK)
    if what_it_is(chunk):
        return
    feed = feed_for(encoding_of(chunk))
    number, parts = 1, [b""]
    while chunk:
        following = stream.read(_CHUNK)
        first, *others = feed.turned(chunk, final=not following).split(_BREAK)
        parts.append(first)
        for other in others:
            yield number, _text(b"".join(parts), feed)
            number, parts = number + 1, [other]
        chunk = following
    yield number, _text(b"".join(parts), feed)


def _text(line: bytes, feed: Feed) -> str:
    """The characters of a line."""
    return line.rstrip(b"\r").decode(feed.codec, "replace")


def _clipped(text: str) -> str:
    """The beginning of a line, with what cannot be seen made visible."""
    plain = text[: _WIDEST + 1].translate(_UNSEEN)
    return plain if len(plain) <= _WIDEST else plain[:_WIDEST] + _CUT


def _marked(number: int, text: str, column: int) -> Line:
    """A line in three parts, cut around the column where it is long."""
    at = min(column, len(text) + 1) - 1
    start = 0 if len(text) <= _WIDEST else max(0, at - _BEFORE)
    stop = start + _WIDEST
    faulty = _FAULTY.match(text, at, stop)
    end = faulty.end() if faulty else at
    return Line(
        number,
        (_CUT if start else "") + text[start:at].translate(_UNSEEN),
        text[at:end].translate(_UNSEEN),
        text[end:stop].translate(_UNSEEN) + (_CUT if len(text) > stop else ""),
    )
