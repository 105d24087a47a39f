"""The words that Hornbook uses, each said once: read from data."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from hornbook.rulebook.load import build, read_toml

_GLOSSARY: Final = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A word, or several that belong together, and what is meant by it."""

    word: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Glossary:
    entry: tuple[Entry, ...]


@cache
def entries() -> tuple[Entry, ...]:
    """Every word, from A to Z."""
    found = build(_Glossary, read_toml(_GLOSSARY), _GLOSSARY.name).entry
    return tuple(sorted(found, key=lambda entry: entry.word.casefold()))


def glossary_page() -> str:
    """The page of the reference, as Markdown."""
    rows = [f"| {entry.word} | {entry.means} |" for entry in entries()]
    return "\n".join(["# Glossary", "", "| Word | Means |", "|---|---|", *rows, ""])
