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

    opening_without is said to those who have none but the codes of without; exempted to
    those who have a code of exempt. to_write stands above lines to write on by hand.
    """

    code: str
    title: str
    collection: str
    nc_years: tuple[str, ...]
    opening: str
    opening_without: str = ""
    without: tuple[str, ...] = ()
    to_write: str = ""
    exempt: tuple[str, ...] = ()
    exempted: str = ""
    closing: tuple[str, ...]
    endings: tuple[LetterEnding, ...] = ()
    compared: tuple[str, ...] = ()
    source: str
    confirmed: bool
    results: tuple[LetterResult, ...]


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
