"""Where a value stands in a file: worked out only when somebody asks."""

from dataclasses import dataclass


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


class Window:
    """The bytes read and still needed, with the offset and line of the first."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self._bytes = bytearray()
        self._offset = 0
        self._line = 1
        self._before = b""

    def add(self, chunk: bytes) -> None:
        """More bytes have been read."""
        self._bytes += chunk

    def forget_before(self, offset: int) -> None:
        """Bytes before the offset are needed no longer."""
        gone = offset - self._offset
        if gone <= 0:
            return
        dropped = bytes(self._bytes[:gone])
        self._line += dropped.count(b"\n")
        break_at = dropped.rfind(b"\n")
        self._before = (
            self._before + dropped if break_at < 0 else dropped[break_at + 1 :]
        )
        del self._bytes[:gone]
        self._offset = offset

    def cut(self, start: int, end: int) -> "Piece":
        """A copy of some bytes that can be asked for places later."""
        kept = bytes(self._bytes[start - self._offset : end - self._offset])
        lead = bytes(self._bytes[: start - self._offset])
        break_at = lead.rfind(b"\n")
        before = self._before + lead if break_at < 0 else lead[break_at + 1 :]
        return Piece(kept, start, self._line + lead.count(b"\n"), before, self.encoding)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file: its bytes, and where it begins."""

    content: bytes
    offset: int
    line: int
    before: bytes
    encoding: str

    def place(self, start: int, end: int) -> Place:
        """The place of the bytes from start up to end, offsets in the file."""
        lead = self.content[: start - self.offset]
        break_at = lead.rfind(b"\n")
        on_line = self.before + lead if break_at < 0 else lead[break_at + 1 :]
        return Place(
            self.line + lead.count(b"\n"),
            len(on_line.decode(self.encoding, "replace")) + 1,
            start,
            end,
        )

    def value_span(self, start: int, text_end: int) -> tuple[int, int]:
        """The bytes between an element's start tag and its end tag."""
        opened = self.content.find(b">", start - self.offset)
        begins = self.offset + opened + 1 if opened >= 0 else start
        return begins, max(begins, text_end)
