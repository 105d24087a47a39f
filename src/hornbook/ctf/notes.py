"""What is noted of a file as a whole while its pupils go by."""

from collections import Counter
from dataclasses import dataclass, field

from hornbook.ctf.header import Header
from hornbook.ctf.paths import Node
from hornbook.ctf.places import Place


@dataclass(frozen=True, slots=True)
class Limits:
    """What a sound file never exceeds."""

    bytes: int = 2 << 30
    bytes_of_a_pupil: int = 2 << 20
    depth: int = 40
    elements_of_a_pupil: int = 50_000
    paths: int = 5_000
    pupils: int = 1_000_000


class TooMuch(Exception):
    """The file is larger or deeper than the limits: where, and than what."""

    def __init__(self, words: str, at: int) -> None:
        super().__init__(words)
        self.words = words
        self.at = at


@dataclass(slots=True)
class Notes:
    """What is noted; top is the node above the root, which every path begins at."""

    limits: Limits = field(default_factory=Limits)
    top: Node = field(default_factory=lambda: Node(()))
    root: str = ""
    root_at: int = 0
    namespace: bool = False
    paths: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    unknown_places: dict[str, Place] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    header_text: dict[str, str] = field(default_factory=dict)
    header_places: dict[str, Place] = field(default_factory=dict)
    header_elements: list[str] = field(default_factory=list)
    header_read: bool = False
    holds_pupils: bool = False
    header_spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def header(self) -> Header:
        """The header, as far as it has been read."""
        return Header(
            text=self.header_text,
            places=self.header_places,
            elements=self.header_elements,
        )

    def below(self, parent: Node, tag: str, at: int) -> Node:
        """The node of a tag inside another, which may be met for the first time."""
        node = parent.kids.get(tag)
        if node is not None:
            return node
        self.paths += 1
        self.namespace = self.namespace or ":" in tag
        if self.paths > self.limits.paths:
            raise TooMuch("more kinds of element", at)
        if len(parent.parts) >= self.limits.depth:
            raise TooMuch("elements deeper inside each other", at)
        return parent.kids[tag]
