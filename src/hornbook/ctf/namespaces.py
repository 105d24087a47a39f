"""Namespaces and prefixes taken out of a file's tags, as edits."""

import re
from collections.abc import Iterator
from typing import IO, Final

from hornbook.ctf.edits import Edit
from hornbook.ctf.nature import encoding_of, feed_for, next_chunk, read_head
from hornbook.ctf.places import START_TAG
from hornbook.ctf.scan import SCHEMA_INSTANCE, parser_for

_DECLARED: Final = re.compile(
    rb"\s+xmlns(?::[\w.\-]+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.ASCII
)
_PREFIXED: Final = re.compile(
    rb"\s(?!xml:|xsi:|xmlns:)([\w.\-]+:)[\w.\-]+\s*=", re.ASCII
)


def without_prefixes(stream: IO[bytes]) -> Iterator[Edit]:
    """Edits that leave every tag without a prefix and without a namespace.

    The one namespace that only names a schema is let be.
    """
    head = read_head(stream)
    feed = feed_for(encoding_of(head))
    stripping = _Stripping(feed.codec)
    chunk = head
    while chunk:
        more = next_chunk(stream)
        yield from stripping.take_in(feed.turned(chunk, final=not more))
        chunk = more


class _Stripping:
    """Takes a parser's events in and gives edits back."""

    def __init__(self, codec: str) -> None:
        self._parser = parser_for(codec)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._content = b""
        self._base = 0
        self._found: list[Edit] = []

    def take_in(self, content: bytes) -> list[Edit]:
        """The edits for the tags that end in these bytes."""
        self._content += content
        self._parser.Parse(content, False)
        done = max(self._parser.CurrentByteIndex - self._base, 0)
        self._content = self._content[done:]
        self._base += done
        found, self._found = self._found, []
        return found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        self._strip(tag, at + len("<"))
        if attributes:
            self._look_at_attributes(at)

    def _end(self, tag: str) -> None:
        at = self._parser.CurrentByteIndex - self._base
        if self._content.startswith(b"</", at):
            self._strip(tag, self._base + at + len("</"))

    def _strip(self, tag: str, at: int) -> None:
        prefix, colon, _ = tag.rpartition(":")
        if colon:
            self._found.append(Edit(at, at + len(f"{prefix}:".encode())))

    def _look_at_attributes(self, at: int) -> None:
        begins = at - self._base
        found = START_TAG.match(self._content, begins)
        ends = found.end() if found else begins
        for declared in _DECLARED.finditer(self._content, begins, ends):
            if SCHEMA_INSTANCE.encode() not in declared[0]:
                span = declared.span()
                self._found.append(Edit(self._base + span[0], self._base + span[1]))
        for prefixed in _PREFIXED.finditer(self._content, begins, ends):
            span = prefixed.span(1)
            self._found.append(Edit(self._base + span[0], self._base + span[1]))
