"""The shapes of a picture: boxes, strokes and words, placed by number."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

INK: Final = "#0b0c0c"
SCHOOL: Final = "#1d4f7c"
FAINT: Final = "#e6eaef"
LINE: Final = "#6b7480"
PAPER: Final = "#ffffff"
# Fills that are told apart without colour; the template knows their patterns.
HATCH: Final = "hatch"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str = SCHOOL
    stroke: str = "none"

    @property
    def place(self) -> str:
        """Where it stands, as SVG writes it: numbers only."""
        return (
            f'x="{self.x:g}" y="{self.y:g}" '
            f'width="{self.width:g}" height="{self.height:g}"'
        )


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; dashes is blank for one that is whole."""

    points: tuple[tuple[float, float], ...]
    colour: str = INK
    width: float = 1
    dashes: str = ""

    @property
    def path(self) -> str:
        """As SVG writes it."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Words:
    """Text at a place; anchor is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    size: float = 13
    colour: str = INK
    bold: bool = False

    @property
    def place(self) -> str:
        """Where it stands, as SVG writes it: numbers only."""
        return f'x="{self.x:g}" y="{self.y:g}" font-size="{self.size:g}"'


@dataclass(frozen=True, slots=True)
class Dot:
    """A round point."""

    x: float
    y: float
    radius: float = 4
    fill: str = SCHOOL


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole picture: its size, what it shows in words, and its shapes in order.

    rules are the faint lines behind everything.
    """

    width: float
    height: float
    words: str
    rules: tuple[Stroke, ...] = ()
    boxes: tuple[Box, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    dots: tuple[Dot, ...] = ()
    texts: tuple[Words, ...] = ()

    @property
    def key(self) -> str:
        """A name of its own on the page, for its patterns."""
        digest = sha256(f"{self.words}{self.width}{self.height}".encode())
        return f"p{digest.hexdigest()[:10]}"


def cut(text: str, longest: int) -> str:
    """A label short enough for its place."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
