"""The help of the grid's keys leaves none of them out."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Final

from django.test import Client
from tests.web.results.scene import YEAR, address, enrol

from hornbook.web import results
from hornbook.web.schools.models import School

KEYS: Final = Path(results.__file__).parents[1] / "static" / "grid" / "keys.js"
KEY: Final = re.compile(r'^    "?((?:\w+\+)*[A-Z]\w*|Ctrl\+[\w+]+)"?: ', re.MULTILINE)
ARROWS: Final = re.compile(r'\.\.\.arrows\("([\w+]*)"')
HELP: Final = re.compile(r"<summary>Keys</summary>(.*?)</details>", re.DOTALL)
LINE: Final = re.compile(r"<div>(.*?)</div>", re.DOTALL)
# The help's words for a key, where they are not the browser's.
CALLED: Final = {
    "PageUp": "page up",
    "PageDown": "page down",
    "ContextMenu": "menu key",
    "Alt+ArrowDown": "alt+down",
} | {f"Arrow{way}": "arrows" for way in ("Up", "Down", "Left", "Right")}


def handled() -> Iterator[str]:
    """Every chord of the two tables: Ctrl+Shift+c, F2."""
    script = KEYS.read_text(encoding="utf-8")
    yield from KEY.findall(script)
    for held in ARROWS.findall(script):
        yield f"{held}arrows"


def names(line: str, chord: str) -> bool:
    """Whether a line of the help names every key of a chord."""
    words = re.findall(r"\w+", unescape(re.sub(r"<[^>]+>", " ", line)).lower())
    said = f" {' '.join(words)} "
    parts = CALLED.get(chord, chord).lower().split("+")
    return all(f" {part} " in said for part in parts)


def test_every_key_that_the_grid_takes_is_in_its_help(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "1")
    page = lead.get(address("results:grid", school, "phonics", YEAR)).content.decode()
    lines = LINE.findall(HELP.findall(page)[0])

    chords = set(handled())

    assert {"Ctrl+Shift+c", "F2", "Ctrl+Shift+arrows", "Tab"} <= chords
    told = {chord for chord in chords if any(names(line, chord) for line in lines)}
    assert chords - told == set()
