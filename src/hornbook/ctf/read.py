"""A file to header and pupils, streaming, each value with its place.

Nothing in a file makes the reader raise: what stops it, and what it passes over, are
values of the `Reading`. Contacts, telephone numbers, addresses (the postcode aside),
attendance and medical notes are counted and forgotten as they go by.

Two parsers share the work. One looks at every byte and says whether the file is
well-formed; it has nothing else to do. Behind it go `quick`, which takes a pupil in the
usual form, and `scan`, which takes everything else.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Final
from xml.parsers import expat

from hornbook.ctf.breaks import how_it_breaks
from hornbook.ctf.convert import Origin, Results, pupil_of, record
from hornbook.ctf.header import Header
from hornbook.ctf.nature import (
    CHUNK,
    Encoding,
    Feed,
    encoding_of,
    feed_for,
    next_chunk,
    read_head,
    what_it_is,
)
from hornbook.ctf.notes import Limits, Notes, TooMuch
from hornbook.ctf.paths import PUPIL
from hornbook.ctf.places import (
    NOT_YET,
    Piece,
    Place,
    Span,
    Window,
    declaration_in,
    start_tag_end,
)
from hornbook.ctf.pupil import FilePupil
from hornbook.ctf.quick import Quick
from hornbook.ctf.scan import Scanner, parser_for
from hornbook.ctf.trees import Tree
from hornbook.records import Pupil

__all__ = ["FilePupil", "Limits", "Place", "Reading", "ReadingFault", "open_ctf"]

_DAY: Final = len("2026-06-19")
_MEGABYTE: Final = 20
_EMPTY: Final = b"/>"
_ROOT: Final = PUPIL[0]
_ENDING: Final = {"F01", "F06", "F13"}


@dataclass(frozen=True, slots=True)
class ReadingFault:
    """A fault of form met while reading: its rule, where, and the facts of it."""

    code: str
    words: str
    place: Place | None = None


class _Refused(Exception):
    """A document type is declared."""


class Reading:
    """A file while it is read: ask for the header, then go through the pupils."""

    def __init__(self, stream: IO[bytes], limits: Limits) -> None:
        self.faults: list[ReadingFault] = []
        self.marked = False
        self.marked_as_utf8 = False
        self.declared_at: Span | None = None
        self._feed: Feed | None = None
        self.size = 0
        self.count = 0
        self._limits = limits
        self._stream = stream
        self._notes = Notes(limits)
        self._ready: deque[FilePupil] = deque()
        self._last: Pupil | None = None
        self._results = Results()
        self._over = False
        self._origin: Origin | None = None
        self._header_piece: Piece | None = None
        self._headers: list[tuple[int, int]] = []
        self._steps = self._read()
        while not self._notes.header_read and next(self._steps, None):
            pass

    @property
    def header(self) -> Header:
        """The header, as stated."""
        return self._notes.header

    def header_tree(self) -> Tree | None:
        """The header's elements with their spans; None where there is no header."""
        piece = self._header_piece
        return Tree(piece) if piece else None

    @property
    def other_headers(self) -> list[tuple[int, int]]:
        """Where headers stand that are not read: each from its start to its end."""
        return self._headers[1:]

    @property
    def root(self) -> str:
        """The name of the outermost element."""
        return self._notes.root

    @property
    def namespace(self) -> bool:
        """Whether a namespace has been met."""
        return self._notes.namespace

    @property
    def unknown(self) -> Counter[str]:
        """Elements of no specification by path, as far as the file has been read."""
        return self._notes.unknown

    @property
    def unknown_places(self) -> Mapping[str, Place]:
        """Where each of them was first met."""
        return self._notes.unknown_places

    @property
    def left_out(self) -> Counter[str]:
        """What was read past on purpose, by kind."""
        return self._notes.left_out

    @property
    def holds_pupils(self) -> bool:
        """Whether the element that holds the pupils has been met, if only empty."""
        return self._notes.holds_pupils

    @property
    def whole(self) -> bool:
        """Whether the file was read to its end."""
        return not any(fault.code in _ENDING for fault in self.faults)

    @property
    def sound(self) -> bool:
        """Whether it was read to its end as a Common Transfer File."""
        return self.whole and self.root == _ROOT

    @property
    def lossy(self) -> bool:
        """Whether some of its bytes stand for no character of its encoding."""
        return self._feed is not None and self._feed.lossy

    def pupils(self) -> Iterator[FilePupil]:
        """The pupils, in order; each is forgotten when the next is asked for."""
        while True:
            while self._ready:
                yield self._ready.popleft()
            if not next(self._steps, None):
                break
        yield from self._ready
        self._ready.clear()

    def _read(self) -> Iterator[bool]:
        """Read a chunk at a time; True after each."""
        head = read_head(self._stream)
        self.size = len(head)
        nature = what_it_is(head)
        if nature:
            self._fault(
                "F01", f"{nature}, not a Common Transfer File.", Place(1, 1, 0, 0)
            )
            return
        encoding = encoding_of(head)
        feed = feed_for(encoding)
        self._begin(encoding, feed)
        chunk = head
        while not self._over:
            more = next_chunk(self._stream)
            self.size += len(more)
            content = feed.turned(chunk, final=not more)
            if chunk is head:
                self.declared_at = declaration_in(content)
            self._window.add(content)
            self._look_at_encoding(encoding, feed)
            self._take_in(content, final=not more)
            yield True
            if not more:
                break
            chunk = more

    def _begin(self, encoding: Encoding, feed: Feed) -> None:
        """Get everything ready that reads."""
        self.marked = encoding.marked
        self.marked_as_utf8 = encoding.marked and encoding.codec == "utf-8"
        self._feed = feed
        self._codec = feed.codec
        # A byte order mark is no character of the first line.
        self._window = Window(feed.codec, column=0 if self.marked_as_utf8 else 1)
        self._fed = 0
        self._checker = parser_for(feed.codec)
        self._checker.StartDoctypeDeclHandler = self._refuse
        self._quick = Quick(feed.codec, self._notes, self._results)
        self._scanner: Scanner | None = Scanner(feed.codec, self._notes, self._window)
        self._opened: tuple[str, ...] = ()

    def _refuse(self, *_: object) -> None:
        raise _Refused

    def _take_in(self, content: bytes, *, final: bool) -> None:
        """Check the next bytes, then read the pupils in them."""
        self._fed += len(content)
        broken: expat.ExpatError | None = None
        sound_to = self._fed
        try:
            self._checker.Parse(content, final)
        except _Refused:
            self._stop("F06", "DOCTYPE", self._here())
            return
        except expat.ExpatError as fault:
            broken, sound_to = fault, self._checker.ErrorByteIndex
        try:
            self._read_pupils(sound_to)
            self._check_limits()
        except TooMuch as fault:
            at = max(fault.at, self._window.at)
            self._stop("F13", fault.words, self._window.place(at, at))
        if not self._over:
            self._look_at_root()
        if broken is not None and not self._over:
            self._break(broken)

    def _here(self) -> Place:
        parser = self._checker
        at = parser.CurrentByteIndex
        column = parser.CurrentColumnNumber + 1
        return Place(parser.CurrentLineNumber, column, at, at)

    def _fault(self, code: str, words: str, place: Place | None) -> None:
        self.faults.append(ReadingFault(code, words, place))

    def _stop(self, code: str, words: str, place: Place | None) -> None:
        """A fault after which nothing more is read."""
        self._fault(code, words, place)
        self._over = True

    def _check_limits(self) -> None:
        if self.size > self._limits.bytes:
            size = self._limits.bytes >> _MEGABYTE
            raise TooMuch(f"more bytes ({size} MB is the most)", self._fed)
        if self._window.waiting > self._limits.bytes_of_a_pupil + CHUNK:
            raise TooMuch("more bytes in one pupil", self._window.at)

    def _look_at_encoding(self, encoding: Encoding, feed: Feed) -> None:
        """Note, once, that bytes are not as the file says."""
        if feed.wrong is None or any(fault.code == "F07" for fault in self.faults):
            return
        at = max(feed.wrong, self._window.at)
        place = self._window.place(at, at)
        self._fault("F07", encoding.declared or "UTF-8", place)

    def _look_at_root(self) -> None:
        root, at = self._notes.root, self._notes.root_at
        if root and root != _ROOT:
            self._stop("F02", root, self._window.place(at, at))

    def _break(self, broken: expat.ExpatError) -> None:
        """The XML breaks off, or breaks a rule of XML."""
        scanner = self._scanner or self._scanner_to_the_break()
        at = self._checker.ErrorByteIndex
        words = how_it_breaks(broken, scanner.inside, self.count, self._last)
        words = f"not a sound XML file. {words}"
        self._stop("F01", words, Place(broken.lineno, broken.offset + 1, at, at))

    def _scanner_to_the_break(self) -> Scanner:
        """The general reader from here up to the break."""
        scanner = self._scanning()
        rest = self._window.cut(self._window.at, self._checker.ErrorByteIndex)
        with suppress(TooMuch):
            scanner.feed(rest)
        return scanner

    def _scanning(self) -> Scanner:
        """The general reader from here on."""
        at = self._window.at
        return Scanner(
            self._codec, self._notes, self._window, base=at, opened=self._opened
        )

    def _read_pupils(self, sound_to: int) -> None:
        """Every pupil that is whole before an offset."""
        while True:
            if self._scanner is not None:
                more = self._scan(self._scanner, sound_to)
            else:
                more = self._read_quickly(sound_to)
            if not more:
                return

    def _scan(self, scanner: Scanner, sound_to: int) -> bool:
        """Go on with the general reader; whether a pupil is whole."""
        whole = scanner.feed(self._window.cut(scanner.fed, sound_to))
        self._keep_header()
        if not whole or scanner.pupil is None:
            return False
        draft = scanner.pupil
        results = [self._results.of(one.stage, one.parts) for one in draft.results]
        made = record(draft.leaves, tuple(results), self._made_at())
        orders = frozenset(one.order for one in draft.results)
        end = self._window.after(b">", draft.end)
        self._found(made, tuple(draft.elements), orders, draft.start, end)
        self._scanner = None
        self._opened = scanner.opened
        return True

    def _keep_header(self) -> None:
        """Keep the bytes of the header once it is read; repairs look at them."""
        for start, close in self._notes.header_spans[len(self._headers) :]:
            inner = start_tag_end(self._window.piece(start, close), start)
            empty = self._window.cut(inner - len(_EMPTY), inner) == _EMPTY
            end = inner if empty else self._window.after(b">", close)
            self._headers.append((start, end))
            if self._header_piece is None:
                self._header_piece = self._window.piece(start, end)

    def _made_at(self) -> Origin:
        """The day and the school of the file, once the header is read."""
        if not self._notes.header_read or self._origin is None:
            school = self.header.school
            day = (self.header.date_time or "")[:_DAY]
            self._origin = Origin(day, school.la or "", school.estab or "")
        return self._origin

    def _read_quickly(self, sound_to: int) -> bool:
        """Read the next pupil if it is in the usual form; whether to go on."""
        span = self._window.next_pupil(sound_to)
        if span == NOT_YET:
            return False
        drawn = span and self._quick.read(self._window.cut(*span))
        if span is None or drawn is None:
            self._scanner = self._scanning()
            return True
        made = pupil_of(drawn.found, drawn.grouped, drawn.results, self._made_at())
        self._found(made, drawn.elements, drawn.orders, *span)
        return True

    def _found(
        self,
        made: Pupil,
        elements: tuple[str, ...],
        orders: frozenset[tuple[int, ...]],
        start: int,
        end: int,
    ) -> None:
        """One more pupil."""
        if self.count >= self._limits.pupils:
            raise TooMuch("more pupils", start)
        piece = self._window.piece(start, end)
        self._ready.append(FilePupil(made, elements, orders, piece, self._notes.top))
        self._window.move_to(end)
        self._last = made
        self.count += 1


def open_ctf(stream: IO[bytes], *, limits: Limits | None = None) -> Reading:
    """Begin to read a file: its header is there, its pupils come one by one."""
    return Reading(stream, limits or Limits())
