"""Where a value stands in a file: worked out only when somebody asks."""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

_PUPIL: Final = b"<Pupil>"
_PUPIL_NEXT: Final = re.compile(rb"[ \t\r\n]*<Pupil>")
_PUPIL_ENDS: Final = re.compile(rb"</Pupil\s*>")
START_TAG: Final = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


_DECLARATION: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.:\-]+)[\"']", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Place:
    """A value's line and column, from 1, the column in characters.

    start and end are byte offsets in the file, or in the file as UTF-8 where it came
    in an encoding that had to be turned into it.
    """

    line: int
    column: int
    start: int
    end: int


class Span(NamedTuple):
    """Bytes from start up to end."""

    start: int
    end: int


NOT_YET: Final = Span(-1, -1)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file: its bytes, and where it begins."""

    content: bytes
    offset: int
    line: int
    column: int
    codec: str

    def place(self, start: int, end: int) -> Place:
        """The place of the bytes from start up to end, offsets in the file."""
        line, column = _moved(
            self.content[: start - self.offset], self.line, self.column, self.codec
        )
        return Place(line, column, start, end)

    def value(self, start: int, end: int) -> Place:
        """The place of what stands between a start tag and the end tag."""
        begins = start_tag_end(self, start)
        return self.place(begins, max(begins, end))


def start_tag_end(piece: Piece, start: int) -> int:
    """The offset behind the start tag that begins at an offset."""
    tag = START_TAG.match(piece.content, start - piece.offset)
    return piece.offset + tag.end() if tag else start


def declaration_in(beginning: bytes) -> Span | None:
    """Where the declared encoding stands in the beginning of a file."""
    found = _DECLARATION.match(beginning)
    return Span(*found.span(1)) if found else None


class Window:
    """The bytes that are read and still needed, and how far they are done with."""

    def __init__(self, codec: str, column: int = 1) -> None:
        self._codec = codec
        self._content = b""
        self._base = 0
        self._done = 0
        self._line = 1
        self._column = column

    @property
    def at(self) -> int:
        """The offset of the first byte that is not done with."""
        return self._base + self._done

    @property
    def waiting(self) -> int:
        """How many bytes are not done with."""
        return len(self._content) - self._done

    def add(self, more: bytes) -> None:
        """More bytes have been read."""
        self._content = self._content[self._done :] + more
        self._base += self._done
        self._done = 0

    def move_to(self, offset: int) -> None:
        """Be done with what is before the offset."""
        gone = self.cut(self.at, offset)
        self._line, self._column = _moved(gone, self._line, self._column, self._codec)
        self._done = offset - self._base

    def cut(self, start: int, end: int) -> bytes:
        """The bytes from start up to end."""
        return self._content[start - self._base : end - self._base]

    def after(self, mark: bytes, offset: int) -> int:
        """The offset behind the next mark."""
        return self._base + self._content.find(mark, offset - self._base) + len(mark)

    def piece(self, start: int, end: int) -> Piece:
        """The bytes from start up to end, to be asked for places later."""
        line, column = _moved(
            self.cut(self.at, start), self._line, self._column, self._codec
        )
        return Piece(self.cut(start, end), start, line, column, self._codec)

    def place(self, start: int, end: int) -> Place:
        """The place of bytes that are not done with."""
        return self._all.place(start, end)

    def value(self, start: int, end: int) -> Place:
        """The place of what stands between a start tag and the end tag."""
        return self._all.value(start, end)

    @property
    def _all(self) -> Piece:
        return self.piece(self.at, self._base + len(self._content))

    def next_pupil(self, limit: int) -> Span | None:
        """The next pupil, if all of it stands before the limit.

        None where something else than white space comes first.
        """
        last = limit - self._base
        opened = _PUPIL_NEXT.match(self._content, self._done, last)
        if opened is None:
            rest = self._content[self._done : last].lstrip()
            return NOT_YET if _PUPIL.startswith(rest) else None
        start = opened.end() - len(_PUPIL)
        ends = _PUPIL_ENDS.search(self._content, start, last)
        if ends is None:
            return NOT_YET
        return Span(self._base + start, self._base + ends.end())


def _moved(gone: bytes, line: int, column: int, codec: str) -> tuple[int, int]:
    """Line and column after some bytes have gone by."""
    breaks = gone.count(b"\n")
    if breaks:
        gone = gone[gone.rfind(b"\n") + 1 :]
        column = 1
    characters = len(gone) if gone.isascii() else len(gone.decode(codec, "replace"))
    return line + breaks, column + characters
