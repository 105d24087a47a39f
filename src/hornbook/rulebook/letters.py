"""What parents are told of each result, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from hornbook.rulebook.load import RulebookError, build, read_toml

LETTERS: Final = Path(__file__).parent / "letters.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterResult:
    """One result of a letter; every stands for each item of the collection.

    words names the list that says what each code is called; scored, met, not_met and
    unknown are said of a mark. What is optional is not missed where it is blank.
    """

    title: str = ""
    collection: str = ""
    items: tuple[str, ...] = ()
    every: bool = False
    optional: bool = False
    scored: str = ""
    met: str = ""
    not_met: str = ""
    unknown: str = ""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterEnding:
    """What is said at the end to the parents of these year groups."""

    nc_years: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """The letter of one report: what it says, and which measures stand beside.

    opening_without, closing_without and to_write_without are said to those who have
    none but the codes of without; exempted to those who have a code of exempt,
    to_narrate to those who have a code of narrated. to_write stands above lines to
    write on by hand. optional is said of a year in which nothing is collected. beside
    is what else the yearly report of a pupil must have.
    """

    code: str
    title: str
    collection: str
    nc_years: tuple[str, ...]
    opening: str
    opening_without: str = ""
    without: tuple[str, ...] = ()
    to_write: str = ""
    to_write_without: str = ""
    narrated: tuple[str, ...] = ()
    to_narrate: str = ""
    exempt: tuple[str, ...] = ()
    exempted: str = ""
    closing: tuple[str, ...]
    closing_without: tuple[str, ...] = ()
    optional: str = ""
    endings: tuple[LetterEnding, ...] = ()
    compared: tuple[str, ...] = ()
    source: str
    beside: str
    confirmed: bool
    results: tuple[LetterResult, ...]

    @property
    def is_written_in(self) -> bool:
        """Whether the school adds words of its own on a pupil."""
        return bool(self.to_write or self.to_narrate)


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    letters: tuple[LetterFacts, ...]


@cache
def letters() -> Mapping[str, LetterFacts]:
    """Every letter by its code."""
    table = {key: value for key, value in _table().items() if key != "words"}
    found = build(_File, table, LETTERS.name).letters
    for letter in found:
        for result in letter.results:
            if result.words not in _words():
                raise RulebookError(f"{LETTERS.name}: no words are {result.words}.")
    return MappingProxyType({letter.code: letter for letter in found})


def called(words: str, code: str) -> str:
    """What a code is called in a letter; blank where it is not named."""
    return _words()[words].get(code, "")


@cache
def _table() -> Mapping[str, Any]:
    return read_toml(LETTERS)


def _words() -> Mapping[str, Mapping[str, str]]:
    words: Mapping[str, Mapping[str, str]] = _table()["words"]
    return words
