"""The usual form of a pupil, read without events: several times faster than `scan`.

The parser has already found the bytes well-formed. A pupil in its usual form has no
comments and no prefixes, and its attributes are passed over; then tags are what stands
between < and >, and nothing else. Pupils of one shape, and results written alike, are
worked out once. What is not in the usual form is left to `scan`, which reads
everything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from hornbook.ctf.convert import FIELDS, Leaf, Results
from hornbook.ctf.notes import Notes
from hornbook.ctf.paths import PARTS, Node
from hornbook.records import Result

_TAG: Final = re.compile(r"<([^>]*)>")
# What stands in a tag with white space or attributes, which say nothing that is kept.
_DRESSED: Final = re.compile(
    r"(/?[\w.\-]+)"
    r"(?:\s+[\w.\-]+(?::[\w.\-]+)?\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*"
    r"\s*(/?)"
)
_NAME: Final = re.compile(r"[\w.\-]+")
_RESULTS: Final = "<StageAssessments>"
_RESULTS_END: Final = "</StageAssessments>"
_STAGE: Final = re.compile(r"\s*<Stage>([^<]*)")
_RESULT: Final = re.compile(r"\s*<StageAssessment>(?:\s*<([\w.\-]+)>[^<]*</\1>)*\s*")
_PART: Final = re.compile(r"<([\w.\-]+)>([^<]*)</")
_REFERENCE: Final = re.compile(r"&(?:#(\d+)|#x([0-9A-Fa-f]+)|(\w+));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "apos": "'", "quot": '"'}
# Behind the last tag stands nothing: the value of an empty element.
_NOTHING: Final = -1
_MOST_SHAPES: Final = 4_000
_MOST_STAGES: Final = 200
_MOST_SPELLINGS: Final = 20_000
_MOST_WORN: Final = 40


class Entry(NamedTuple):
    """A result, and the order its parts stand in."""

    result: Result
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the values stand in a pupil whose tags are such."""

    fields: tuple[tuple[str, int], ...]
    grouped: tuple[tuple[str, int | None], ...]
    elements: tuple[str, ...]
    left_out: tuple[str, ...]
    unknown: tuple[str, ...]


class Drawn(NamedTuple):
    """What a pupil's bytes hold."""

    found: dict[str, str]
    grouped: list[Leaf]
    results: tuple[Result, ...]
    elements: tuple[str, ...]
    orders: frozenset[tuple[int, ...]]


class Quick:
    """Reads pupils in their usual form; None for any other."""

    def __init__(self, codec: str, notes: Notes, results: Results) -> None:
        self._codec = codec
        self._notes = notes
        self._results = results
        self._shapes: dict[tuple[str, ...], Shape | None] = {}
        self._names: dict[str, str] = {}
        self._stages: dict[str, dict[str, Entry]] = {}
        self._stage_of: dict[str, str] = {}
        self._spellings = 0
        self._worn: dict[str, str] = {}

    def read(self, raw: bytes) -> Drawn | None:
        """A pupil from its bytes."""
        # One character is found many times faster than two of which one is common.
        if (b"!" in raw and b"<!" in raw) or (b"?" in raw and b"<?" in raw):
            return None
        text = raw.decode(self._codec)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        bare = text
        for worn, tag in self._worn.items():
            bare = bare.replace(worn, tag)
        return self._usual(bare) or self._dressed(text)

    def _dressed(self, text: str) -> Drawn | None:
        """A pupil in whose tags there is more than their names, not met before."""
        if "xmlns" in text:
            return None
        worn = dict(_worn(text))
        if worn.keys() <= self._worn.keys():
            return None
        if len(self._worn) > _MOST_WORN:
            self._worn.clear()
        self._worn |= worn
        for dressed, tag in worn.items():
            text = text.replace(dressed, tag)
        return self._usual(text)

    def _usual(self, text: str) -> Drawn | None:
        """A pupil in the usual form."""
        before, opened, rest = text.partition(_RESULTS)
        entries: list[Entry] | None = []
        if opened:
            middle, closed, after = rest.partition(_RESULTS_END)
            entries = self._entries(middle) if closed else None
            text = f"{before}{_RESULTS}{_RESULTS_END}{after}"
        return None if entries is None else self._drawn(text, entries)

    def _drawn(self, text: str, entries: list[Entry]) -> Drawn | None:
        """A pupil from the text without its results."""
        parts = _TAG.split(text)
        shape = self._shape(tuple(parts[1::2]))
        if shape is None:
            return None
        values = parts[2::2]
        found = {field: values[index] for field, index in shape.fields}
        grouped = [
            Leaf(path, None if index is None else _plain(values[index]), 0, 0)
            for path, index in shape.grouped
        ]
        if "&" in text:
            found = {field: _plain(value) for field, value in found.items()}
        self._note(shape)
        return Drawn(
            found,
            grouped,
            tuple([entry.result for entry in entries]),
            shape.elements,
            frozenset([entry.order for entry in entries]),
        )

    def _note(self, shape: Shape) -> None:
        notes = self._notes
        if shape.left_out:
            notes.left_out.update(shape.left_out)
        if shape.unknown:
            notes.unknown.update(shape.unknown)

    def _shape(self, tags: tuple[str, ...]) -> Shape | None:
        """The shape of a pupil with these tags, worked out when first met."""
        try:
            shape = self._shapes[tags]
        except KeyError:
            if len(self._shapes) >= _MOST_SHAPES:
                self._shapes.clear()
            names = self._names
            kept = tuple([names.setdefault(tag, tag) for tag in tags])
            shape = self._shapes[kept] = _Tracing(self._notes).shape(kept)
        if shape and any(path not in self._notes.unknown for path in shape.unknown):
            # Met for the first time: the general reader notes the place too.
            return None
        return shape

    def _entries(self, middle: str) -> list[Entry] | None:
        """The results of all stages; None where they are not in the usual form."""
        first, *stages = middle.split("<KeyStage>")
        if first.strip():
            return None
        entries: list[Entry] = []
        for part in stages:
            opening, _, rest = part.partition("</Stage>")
            *written, last = rest.split("</StageAssessment>")
            stage = self._stage(opening)
            if stage is None or last.strip() != "</KeyStage>":
                return None
            for spelling in written:
                entry = stage.get(spelling) or self._entry(opening, spelling)
                if entry is None:
                    return None
                entries.append(entry)
        over = len(entries) * len(PARTS) > self._notes.limits.elements_of_a_pupil
        return None if over else entries

    def _stage(self, opening: str) -> dict[str, Entry] | None:
        """The spellings of results below one spelling of a stage."""
        stage = self._stages.get(opening)
        if stage is None:
            found = _STAGE.fullmatch(opening)
            if found is None:
                return None
            if len(self._stages) >= _MOST_STAGES:
                self._stages.clear()
                self._stage_of.clear()
            self._stage_of[opening] = _plain(found[1])
            stage = self._stages[opening] = {}
        return stage

    def _entry(self, opening: str, spelling: str) -> Entry | None:
        """A result spelt in a way not met before."""
        if not _RESULT.fullmatch(spelling):
            return None
        parts: list[str | None] = [None] * len(PARTS)
        order = []
        for name, text in _PART.findall(spelling):
            if name not in PARTS:
                return None
            index = PARTS.index(name)
            order.append(index)
            if parts[index] is None:
                parts[index] = _plain(text)
        stage = self._stage_of[opening]
        entry = Entry(self._results.of(stage, tuple(parts)), tuple(order))
        self._remember(opening, spelling, entry)
        return entry

    def _remember(self, opening: str, spelling: str, entry: Entry) -> None:
        """Keep what a spelling means, but only so many of them."""
        self._spellings += 1
        if self._spellings > _MOST_SPELLINGS:
            self._spellings = 0
            for stage in self._stages.values():
                stage.clear()
        self._stages[opening][spelling] = entry


def _worn(text: str) -> Iterator[tuple[str, str]]:
    """The tags with more than their names in them, and as they are without it."""
    for tag in set(_TAG.findall(text)):
        found = _DRESSED.fullmatch(tag)
        if found is not None and found[1] + found[2] != tag:
            yield f"<{tag}>", f"<{found[1]}{found[2]}>"


def _plain(text: str) -> str:
    """Text with its references replaced; no document type can have declared more."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    return chr(int(decimal) if decimal else int(hexadecimal, 16))


class _Tracing:
    """Goes through a pupil's tags once to find its shape."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._node = notes.top.kids["CTfile"].kids["CTFpupilData"]
        self._above: list[Node] = []
        self._fields: dict[str, int] = {}
        self._grouped: list[tuple[str, int | None]] = []
        self._elements: list[str] = []
        self._left_out: list[str] = []
        self._unknown: list[str] = []

    def shape(self, tags: tuple[str, ...]) -> Shape | None:
        """The shape; None where it is not a usual one."""
        if len(tags) > self._notes.limits.elements_of_a_pupil:
            return None
        for index, tag in enumerate(tags):
            if tag.startswith("/"):
                if not self._above or tag[1:] != self._node.name:
                    return None
                self._node = self._above.pop()
            elif not self._opened(tag, index, tags):
                return None
        if self._above:
            return None
        return Shape(
            tuple(self._fields.items()),
            tuple(self._grouped),
            tuple(self._elements),
            tuple(self._left_out),
            tuple(self._unknown),
        )

    def _opened(self, tag: str, index: int, tags: tuple[str, ...]) -> bool:
        """Take in a start tag; whether it is a usual one."""
        name = tag.removesuffix("/").rstrip()
        empty = tag.endswith("/")
        if not _NAME.fullmatch(name) or (not empty and name != tag):
            return False
        node = self._notes.below(self._node, name, 0)
        if node.role not in {"", "element"} and bool(self._above):
            return False
        if empty:
            self._take_in(node, _NOTHING, leaf=True)
            return True
        self._take_in(node, index, leaf=tags[index + 1] == f"/{name}")
        self._above.append(self._node)
        self._node = node
        return True

    def _take_in(self, node: Node, index: int, *, leaf: bool) -> None:
        """Note what a start tag says, and where its value stands."""
        if node.role == "element":
            self._elements.append(node.name)
        if node.left_out:
            self._left_out.append(node.left_out)
        if node.unknown:
            self._unknown.append(node.unknown)
        if node.opens:
            self._grouped.append((node.path, None))
        if not leaf or not node.kept:
            return
        if node.path in FIELDS:
            self._fields.setdefault(FIELDS[node.path], index)
        group = next((path for path, at in reversed(self._grouped) if at is None), None)
        if group and node.path.startswith(f"{group}/"):
            self._grouped.append((node.path, index))
