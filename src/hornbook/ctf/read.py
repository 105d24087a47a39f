"""A file to header and pupils, streaming, each value with its place.

Nothing in a file makes the reader raise: what stops it, and what it passes over, are
values of the `Reading`. Contacts, telephone numbers, addresses (the postcode aside),
attendance and medical notes are counted and forgotten as they go by.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import IO, Final
from xml.parsers import expat

from hornbook.ctf.convert import Leaf, record
from hornbook.ctf.header import Header
from hornbook.ctf.nature import Feed, encoding_of, what_it_is
from hornbook.ctf.paths import PARTS, Node
from hornbook.ctf.places import Piece, Place, Window
from hornbook.records import Combination, Pupil, Result

_CHUNK: Final = 1 << 17
_HEAD: Final = 4096
_MOST_DISTINCT: Final = 100_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a sound file never exceeds."""

    bytes: int = 2 << 30
    depth: int = 40
    elements_of_a_pupil: int = 50_000
    paths: int = 5_000


@dataclass(frozen=True, slots=True)
class ReadingFault:
    """A fault of form met while reading: its rule, where, and the facts of it."""

    code: str
    words: str
    place: Place | None = None


class _Stop(Exception):
    """Enough has been read: a fault that ends it."""


@dataclass(frozen=True, slots=True, eq=False)
class FilePupil:
    """One pupil of a file: the record, and where its values stand."""

    record: Pupil
    elements: tuple[str, ...]
    orders: frozenset[tuple[int, ...]]
    _leaves: tuple[Leaf, ...]
    _results: tuple[tuple[int, int], ...]
    _piece: Piece

    def place(self, element: str) -> Place | None:
        """Where an element's value stands: by path or by its own name."""
        if element == "Pupil":
            return self._piece.place(self._piece.offset, self._piece.offset)
        for leaf in self._leaves:
            if leaf.text is not None and (
                leaf.path == element or leaf.path.endswith(f"/{element}")
            ):
                return self._value(leaf.start, leaf.end)
        return None

    def result_place(self, index: int) -> Place | None:
        """Where the value of a result stands, numbered from 0."""
        if not 0 <= index < len(self._results):
            return None
        return self._value(*self._results[index])

    def _value(self, start: int, end: int) -> Place:
        return self._piece.place(*self._piece.value_span(start, end))


@dataclass(slots=True)
class _Building:
    """The pupil being read."""

    start: int
    elements: list[str] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    orders: set[tuple[int, ...]] = field(default_factory=set)


class Reading:
    """A file while it is read: ask for the header, then go through the pupils."""

    def __init__(self, stream: IO[bytes], limits: Limits) -> None:
        self.faults: list[ReadingFault] = []
        self.unknown: Counter[str] = Counter()
        self.unknown_places: dict[str, Place] = {}
        self.left_out: Counter[str] = Counter()
        self.header = Header()
        self.root = ""
        self.namespace = False
        self.marked = False
        self.size = 0
        self.count = 0
        self._limits = limits
        self._stream = stream
        self._set_out()
        self._chunks = self._parse()
        while not self._header_read and next(self._chunks, None):
            pass

    def _set_out(self) -> None:
        """Nothing read yet."""
        self._ready: deque[FilePupil] = deque()
        self._known: dict[tuple[object, ...], Result] = {}
        self._stack: list[Node] = []
        self._starts: list[int] = []
        self._node = self._top = Node(())
        self._paths = 0
        self._texts: list[str] = []
        self._leaf = False
        self._elements = 0
        self._stage = ""
        self._parts: list[str | None] = [None] * len(PARTS)
        self._order: list[int] = []
        self._span = (0, 0)
        self._pupil: _Building | None = None
        self._header: dict[str, str] = {}
        self._header_places: dict[str, Place] = {}
        self._header_order: list[str] = []
        self._header_read = False

    def pupils(self) -> Iterator[FilePupil]:
        """The pupils, in order; each is forgotten when the next is asked for."""
        while True:
            while self._ready:
                yield self._ready.popleft()
            if not next(self._chunks, None):
                break
        yield from self._ready
        self._ready.clear()

    @property
    def whole(self) -> bool:
        """Whether the file was read to its end."""
        return not any(fault.code in {"F01", "F06", "F13"} for fault in self.faults)

    def _parse(self) -> Iterator[bool]:
        """Feed the parser; True after each chunk."""
        head = self._stream.read(_CHUNK)
        nature = what_it_is(head[:_HEAD])
        if nature:
            self.size = len(head)
            self._fault("F01", f"It is {nature}.", Place(1, 1, 0, 0))
            self._header_read = True
            return
        self._encoding = encoding_of(head[:_HEAD])
        self.marked = self._encoding.marked
        feed = Feed(self._encoding)
        self._window = Window(feed.codec)
        self._parser = parser = self._make_parser(feed)
        try:
            while head:
                self.size += len(head)
                self._check_size()
                self._feed(parser, feed.turned(head), feed)
                yield True
                head = self._stream.read(_CHUNK)
            self._feed(parser, feed.rest(), feed)
            parser.Parse(b"", True)
        except _Stop:
            pass
        except expat.ExpatError as fault:
            self._broken(fault)
        finally:
            self._header_read = True
        self._look_at_root()

    def _make_parser(self, feed: "Feed") -> expat.XMLParserType:
        parser = expat.ParserCreate(feed.parser_encoding)
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._texts.append
        parser.StartDoctypeDeclHandler = self._doctype
        return parser

    def _feed(self, parser: expat.XMLParserType, content: bytes, feed: "Feed") -> None:
        if not content:
            return
        self._window.add(content)
        parser.Parse(content, False)
        if feed.wrong and not any(fault.code == "F07" for fault in self.faults):
            self._fault("F07", self._encoding.declared or "UTF-8", Place(1, 1, 0, 0))
        keep = self._pupil.start if self._pupil else parser.CurrentByteIndex
        if not self._stack or self._pupil or self._header_read:
            self._window.forget_before(max(keep, 0))

    def _check_size(self) -> None:
        if self.size > self._limits.bytes:
            self._fault("F13", f"more than {self._limits.bytes >> 20} MB")
            raise _Stop

    def _fault(self, code: str, words: str, place: Place | None = None) -> None:
        self.faults.append(ReadingFault(code, words, place))

    def _here(self) -> Place:
        parser = self._parser
        return Place(
            parser.CurrentLineNumber,
            parser.CurrentColumnNumber + 1,
            parser.CurrentByteIndex,
            parser.CurrentByteIndex,
        )

    def _broken(self, fault: expat.ExpatError) -> None:
        """The XML breaks off or breaks a rule of XML."""
        words = expat.ErrorString(fault.code)
        cut = words in {"no element found", "unclosed token"}
        name = self._node.name
        inside = f" inside {name}" if name else ""
        kind = "The file is cut short" if cut else "It is not well-formed XML"
        place = Place(fault.lineno, fault.offset + 1, 0, 0)
        self._fault("F01", f"{kind}{inside}: it breaks here.", place)

    def _look_at_root(self) -> None:
        if self.root and self.root != "CTfile":
            self._fault("F02", self.root, Place(1, 1, 0, 0))

    def _doctype(self, *_: object) -> None:
        self._fault("F06", "DOCTYPE", self._here())
        raise _Stop

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        parent = self._node
        self._stack.append(parent)
        kids = parent.kids
        if tag not in kids:
            self._new_path(tag, attributes)
        node = self._node = kids[tag]
        start = self._parser.CurrentByteIndex
        self._starts.append(start)
        self._texts.clear()
        self._leaf = True
        if node.role:
            self._open(node, start)
        if node.opens and self._pupil is not None:
            self._pupil.leaves.append(Leaf(node.path, None, start, start))
        if node.left_out:
            self.left_out[node.left_out] += 1
        if node.unknown:
            if node.unknown not in self.unknown:
                self.unknown_places[node.unknown] = self._here()
            self.unknown[node.unknown] += 1

    def _new_path(self, tag: str, attributes: dict[str, str]) -> None:
        """A path met for the first time: the limits, and the root's own name."""
        self._paths += 1
        if not self._stack[1:]:
            self.root = tag.rpartition(":")[2]
            self.namespace = ":" in tag or any(
                name.startswith("xmlns") and "XMLSchema-instance" not in value
                for name, value in attributes.items()
            )
        if self._paths > self._limits.paths or len(self._stack) > self._limits.depth:
            self._fault("F13", "more kinds of element, or deeper", self._here())
            raise _Stop

    def _open(self, node: Node, start: int) -> None:
        """The beginning of a pupil, of a result, or of what is directly below one."""
        if node.role == "pupil":
            self._header_read = True
            self._elements = 0
            self._pupil = _Building(start)
        elif node.role == "element" and self._pupil is not None:
            self._pupil.elements.append(node.name)
        elif node.role == "result":
            self._parts = [None] * len(PARTS)
            self._order = []
            self._span = (start, start)
        elif node.role == "header":
            self._open_header(node)

    def _open_header(self, node: Node) -> None:
        path = "/".join(node.parts[2:])
        self._header_order.append(path)
        place = self._here()
        self._header_places.setdefault(path, place)

    def _end(self, tag: str) -> None:
        node = self._node
        start = self._starts.pop()
        self._node = self._stack.pop()
        leaf, self._leaf = self._leaf, False
        if node.inside >= 0:
            text = "".join(self._texts)
            self._parts[node.inside] = text
            self._order.append(node.inside)
            if node.name == "Result":
                self._span = (start, self._parser.CurrentByteIndex)
        elif node.role:
            self._close(node, start, leaf=leaf)
        elif leaf and node.path:
            self._keep(node, start)
        self._texts.clear()

    def _keep(self, node: Node, start: int) -> None:
        """A value below Pupil that is none of a result's."""
        if self._pupil is None:
            return
        self._elements += 1
        if self._elements > self._limits.elements_of_a_pupil:
            self._fault("F13", "more elements in one pupil", self._here())
            raise _Stop
        end = self._parser.CurrentByteIndex
        self._pupil.leaves.append(Leaf(node.path, "".join(self._texts), start, end))

    def _close(self, node: Node, start: int, *, leaf: bool) -> None:
        if node.role == "result":
            self._close_result()
        elif node.role == "stage":
            self._stage = "".join(self._texts)
        elif node.role == "pupil":
            self._close_pupil()
        elif node.role == "header":
            self._close_header(node, leaf=leaf)
        elif leaf:
            self._keep(node, start)

    def _close_header(self, node: Node, *, leaf: bool) -> None:
        path = "/".join(node.parts[2:])
        if leaf and path:
            self._header.setdefault(path, "".join(self._texts))
        if not path:
            self._header_read = True
        self.header = Header(
            text=self._header,
            places=self._header_places,
            elements=self._header_order,
        )

    def _close_result(self) -> None:
        """A result: the same object each time the same is stated."""
        if self._pupil is None:
            return
        key = (self._stage, *self._parts)
        result = self._known.get(key)
        if result is None:
            if len(self._known) >= _MOST_DISTINCT:
                self._known.clear()
            result = self._known[key] = _result(self._stage, self._parts)
        self._pupil.results.append(result)
        self._pupil.spans.append(self._span)
        self._pupil.orders.add(tuple(self._order))

    def _close_pupil(self) -> None:
        building, self._pupil = self._pupil, None
        if building is None:
            return
        self.count += 1
        end = self._parser.CurrentByteIndex
        header = self.header
        school = (header.get("SourceSchool/LEA"), header.get("SourceSchool/Estab"))
        made = record(
            building.leaves,
            on=(header.date_time or "")[:10],
            school=(school[0] or "", school[1] or ""),
        )
        self._ready.append(
            FilePupil(
                replace(made, results=tuple(building.results)),
                tuple(building.elements),
                frozenset(building.orders),
                tuple(building.leaves),
                tuple(building.spans),
                self._window.cut(building.start, end),
            )
        )


def _result(stage: str, parts: list[str | None]) -> Result:
    """A result from its parts, in the order of `PARTS`."""
    locale, year, subject, method, component, status, qualifier, value, on = parts
    return Result(
        Combination(
            stage, subject or "", method or "", component or "", qualifier or ""
        ),
        year or "",
        value or "",
        status,
        locale,
        on,
    )


def open_ctf(stream: IO[bytes], *, limits: Limits | None = None) -> Reading:
    """Begin to read a file: its header is there, its pupils come one by one."""
    return Reading(stream, limits or Limits())
