"""One copying pass: a file's bytes with edits made, and all others as they were."""

import codecs
from collections.abc import Iterator, Sequence
from typing import IO, Final

from hornbook.ctf.edits import Edit
from hornbook.ctf.nature import (
    Encoding,
    Feed,
    encoding_of,
    feed_for,
    next_chunk,
    read_head,
)

_REFERENCES: Final = "xmlcharrefreplace"
_ESCAPED: Final = "surrogateescape"
_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class _Stretch:
    """Some bytes of the file, and the same bytes as the reader saw them."""

    def __init__(self, feed: Feed, turned: bytes, start: int, own: str) -> None:
        self.turned = turned
        self.start = start
        self.end = start + len(turned)
        self._raw = feed.used
        self.codec = feed.codec
        self.own = own
        self._mark = _mark(feed.used, own) if start == 0 else 0
        self._alike = feed.codec != "utf-8" or self._raw == turned

    def as_it_was(self, start: int, end: int) -> bytes:
        """The file's own bytes of a span, given as the reader counts."""
        if self._alike:
            return self._raw[start - self.start : end - self.start]
        begins = 0 if start == self.start else self._raw_at(start)
        ends = len(self._raw) if end == self.end else self._raw_at(end)
        return self._raw[begins:ends]

    def as_utf8(self, start: int, end: int) -> bytes:
        """The bytes of a span as UTF-8."""
        part = self.turned[start - self.start : end - self.start]
        return part if self.codec == "utf-8" else part.decode(self.codec).encode()

    def _raw_at(self, offset: int) -> int:
        """Where in the file's own bytes an offset of the reader's lies."""
        characters = len(self.turned[: offset - self.start].decode())
        spare = _ESCAPED if self.own == "utf-8" else "replace"
        text = self._raw[self._mark :].decode(self.own, spare)
        return self._mark + len(text[:characters].encode(self.own, spare))


def _mark(raw: bytes, codec: str) -> int:
    """How many bytes a byte order mark takes that the reader does not see."""
    marked = codec.startswith("utf-16") and raw[:2] in _MARKS
    return len(codecs.BOM_UTF16_LE) if marked else 0


def _stretches(stream: IO[bytes]) -> Iterator[_Stretch]:
    """The file a stretch at a time."""
    head = read_head(stream)
    encoding = encoding_of(head)
    feed = feed_for(encoding)
    own = own_codec(encoding, head)
    chunk, start = head, 0
    while True:
        more = next_chunk(stream)
        turned = feed.turned(chunk, final=not more)
        yield _Stretch(feed, turned, start, own)
        start += len(turned)
        if not more:
            return
        chunk = more


def turned_bytes(stream: IO[bytes]) -> Iterator[tuple[bytes, str]]:
    """The file's bytes as edits count them, and their codec."""
    for stretch in _stretches(stream):
        yield stretch.turned, stretch.codec


def own_codec(encoding: Encoding, head: bytes) -> str:
    """The codec that writes the file's own bytes."""
    if encoding.codec != "utf-16":
        return encoding.codec
    return "utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"


def copied(stream: IO[bytes], edits: Sequence[Edit]) -> Iterator[bytes]:
    """The file with edits made; edits are in order and apart from each other.

    What is put in is written in the file's own encoding.
    """
    waiting = _Waiting(edits)
    own = "utf-8"
    for stretch in _stretches(stream):
        own = stretch.own
        for piece in waiting.through(stretch):
            if isinstance(piece, str):
                yield piece.encode(own, _REFERENCES)
            else:
                yield stretch.as_it_was(*piece)
    yield from (text.encode(own, _REFERENCES) for text in waiting.rest())


def copied_as_utf8(stream: IO[bytes], edits: Sequence[Edit]) -> Iterator[bytes]:
    """The file in UTF-8 as the reader understood it, with edits made."""
    waiting = _Waiting(edits)
    for stretch in _stretches(stream):
        for piece in waiting.through(stretch):
            if isinstance(piece, str):
                yield piece.encode()
            else:
                yield stretch.as_utf8(*piece)
    yield from (text.encode() for text in waiting.rest())


class _Waiting:
    """The edits that are still to be made."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._next = 0
        self._gone_to = 0

    def through(self, stretch: _Stretch) -> Iterator[str | tuple[int, int]]:
        """What a stretch becomes: spans that stay, and text that is put in."""
        at = max(stretch.start, self._gone_to)
        while self._next < len(self._edits):
            edit = self._edits[self._next]
            if edit.start >= stretch.end:
                break
            yield at, edit.start
            yield edit.replacement
            at = self._gone_to = edit.end
            self._next += 1
        if at < stretch.end:
            yield at, stretch.end

    def rest(self) -> Iterator[str]:
        """What is put in at the very end."""
        return (edit.replacement for edit in self._edits[self._next :])
