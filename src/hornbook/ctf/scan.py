"""The general reader: whatever XML a pupil is written in, by the parser's own events.

It reads a stretch of a file up to the end of a pupil. `quick` reads the usual form of a
pupil faster, and hands what is unusual to this one.
"""

from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol
from xml.parsers import expat

from hornbook.ctf.convert import Leaf
from hornbook.ctf.nature import PARSERS
from hornbook.ctf.notes import Notes, TooMuch
from hornbook.ctf.paths import PARTS, Node
from hornbook.ctf.places import Place

_BUFFER: Final = 1 << 16
SCHEMA_INSTANCE: Final = "XMLSchema-instance"


class Ground(Protocol):
    """Where the bytes are that places are asked of."""

    def place(self, start: int, end: int) -> Place:
        """The place of some bytes."""

    def value(self, start: int, end: int) -> Place:
        """The place of what stands between a start tag and the end tag."""


class Stated(NamedTuple):
    """One result: its stage, its parts, their order, and where the value stands."""

    stage: str | None
    parts: tuple[str | None, ...]
    order: tuple[int, ...]
    start: int
    end: int


@dataclass(slots=True)
class Draft:
    """One pupil: end is the offset of the end tag, -1 until it has come."""

    start: int
    end: int = -1
    elements: list[str] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    results: list[Stated] = field(default_factory=list)
    met: int = 0


class _Whole(Exception):
    """A pupil has been read."""


def parser_for(codec: str) -> expat.XMLParserType:
    """A parser of bytes in a codec, which never waits for more than it needs."""
    parser = expat.ParserCreate(PARSERS[codec])
    if hasattr(parser, "SetReparseDeferralEnabled"):
        parser.SetReparseDeferralEnabled(False)
    return parser


class Scanner:
    """Reads on from an offset until a pupil is whole.

    opened are the tags that are open there; they are read before the bytes.
    """

    def __init__(
        self,
        codec: str,
        notes: Notes,
        ground: Ground,
        *,
        base: int = 0,
        opened: tuple[str, ...] = (),
    ) -> None:
        self.pupil: Draft | None = None
        self.ended = False
        self.fed = base
        self._notes = notes
        self._ground = ground
        self._node = notes.top
        self._above: list[Node] = []
        self._tags: list[str] = []
        self._starts: list[int] = []
        self._texts: list[str] = []
        self._leaf = False
        self._stage: str | None = None
        self._stage_from = 0
        self._parts: list[str | None] = []
        self._order: list[int] = []
        self._span = (0, 0)
        before = "".join(f"<{tag}>" for tag in opened).encode(codec)
        self._shift = base - len(before)
        self._parser = self._made(codec, before)

    def _made(self, codec: str, before: bytes) -> expat.XMLParserType:
        parser = parser_for(codec)
        parser.buffer_text = True
        parser.buffer_size = _BUFFER
        for tag in before.decode(codec)[1:-1].split("><") if before else ():
            self._above.append(self._node)
            self._tags.append(tag)
            self._starts.append(0)
            self._node = self._node.kids[tag]
        parser.Parse(before, False)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._texts.append
        return parser

    @property
    def opened(self) -> tuple[str, ...]:
        """The tags that are open, outermost first."""
        return tuple(self._tags)

    @property
    def inside(self) -> str:
        """The innermost element that is open."""
        return self._node.name

    def feed(self, content: bytes) -> bool:
        """Read on; whether a pupil is whole."""
        self.fed += len(content)
        try:
            self._parser.Parse(content, False)
        except _Whole:
            self.ended = True
        except expat.ExpatError:
            # The parser that checks the file says what is wrong with it.
            pass
        return self.ended

    def _at(self) -> int:
        return self._parser.CurrentByteIndex + self._shift

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        start = self._at()
        self._above.append(self._node)
        self._tags.append(tag)
        self._starts.append(start)
        self._texts.clear()
        self._leaf = True
        if attributes:
            self._look_at(attributes)
        node = self._node = self._notes.below(self._node, tag, start)
        if len(self._tags) == 1:
            self._notes.root, self._notes.root_at = node.name, start
        if self.pupil is not None:
            self._count(self.pupil, start)
            if node.opens:
                self.pupil.leaves.append(Leaf(node.path, None, start, start))
        if node.role:
            self._open(node, start)
        if node.left_out:
            self._notes.left_out[node.left_out] += 1
        if node.unknown:
            self._unknown(node.unknown, start)

    def _look_at(self, attributes: dict[str, str]) -> None:
        """A namespace, but not the one that only names a schema."""
        if any(
            name.startswith("xmlns") and SCHEMA_INSTANCE not in value
            for name, value in attributes.items()
        ):
            self._notes.namespace = True

    def _count(self, pupil: Draft, start: int) -> None:
        pupil.met += 1
        if pupil.met > self._notes.limits.elements_of_a_pupil:
            raise TooMuch("more elements in one pupil", start)

    def _unknown(self, path: str, start: int) -> None:
        notes = self._notes
        if path not in notes.unknown_places:
            notes.unknown_places[path] = self._ground.place(start, start)
        notes.unknown[path] += 1

    def _open(self, node: Node, start: int) -> None:
        """The beginning of what the reader has a use for."""
        if node.role == "pupil":
            self._notes.header_read = True
            self.pupil = Draft(start)
        elif node.role == "pupils":
            self._notes.holds_pupils = True
        elif node.role == "element" and self.pupil is not None:
            self.pupil.elements.append(node.name)
        elif node.role == "key stage" and self.pupil is not None:
            self._stage = None
            self._stage_from = len(self.pupil.results)
        elif node.role == "result":
            self._parts = [None] * len(PARTS)
            self._order = []
            self._span = (start, start)
        elif node.role == "header":
            path = _in_header(node)
            self._notes.header_elements.append(path)
            place = self._ground.place(start, start)
            self._notes.header_places.setdefault(path, place)

    def _end(self, tag: str) -> None:
        node = self._node
        start = self._starts.pop()
        leaf, self._leaf = self._leaf, False
        if node.inside >= 0:
            self._close_part(node, start)
        elif node.role:
            self._close(node, start, leaf=leaf)
        elif leaf and node.kept:
            self._keep(node, start)
        self._node = self._above.pop()
        self._tags.pop()
        self._texts.clear()
        if node.role == "pupil":
            raise _Whole

    def _close_part(self, node: Node, start: int) -> None:
        """A part of a result; the first of two stands."""
        self._order.append(node.inside)
        if self._parts[node.inside] is None:
            self._parts[node.inside] = "".join(self._texts)
            if PARTS[node.inside] == "Result":
                self._span = (start, self._at())

    def _keep(self, node: Node, start: int) -> None:
        """A value below Pupil that is none of a result's."""
        if self.pupil is not None:
            text = "".join(self._texts)
            self.pupil.leaves.append(Leaf(node.path, text, start, self._at()))

    def _close(self, node: Node, start: int, *, leaf: bool) -> None:
        """The end of what the reader has a use for."""
        if node.role == "header":
            self._close_header(node, start, leaf=leaf)
        elif node.role == "element":
            if leaf and node.kept:
                self._keep(node, start)
        elif self.pupil is not None:
            self._close_in_pupil(node, self.pupil)

    def _close_in_pupil(self, node: Node, pupil: Draft) -> None:
        """The end of the pupil, of a result, of a stage or of its name."""
        if node.role == "result":
            stated = (self._stage, tuple(self._parts), tuple(self._order))
            pupil.results.append(Stated(*stated, *self._span))
        elif node.role == "stage":
            if self._stage is None:
                self._stage = "".join(self._texts)
        elif node.role == "key stage":
            self._close_stage(pupil)
        else:
            pupil.end = self._at()

    def _close_stage(self, pupil: Draft) -> None:
        """Results that came before the name of their stage."""
        for index in range(self._stage_from, len(pupil.results)):
            if pupil.results[index].stage is None:
                pupil.results[index] = pupil.results[index]._replace(stage=self._stage)

    def _close_header(self, node: Node, start: int, *, leaf: bool) -> None:
        path = _in_header(node)
        if leaf and path and path not in self._notes.header_text:
            self._notes.header_text[path] = "".join(self._texts)
            self._notes.header_places[path] = self._ground.value(start, self._at())
        if not path:
            self._notes.header_read = True
            self._notes.header_spans.append((start, self._at()))


def _in_header(node: Node) -> str:
    return "/".join(node.parts[2:])
