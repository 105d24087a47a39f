"""From a recipient's words to the rules they speak of and the pupils they name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import hornbook.checks
import hornbook.ctf.form
import hornbook.ctf.header_rules  # noqa: F401  (fills the register)
from hornbook.findings import Rule, rule, rules
from hornbook.matching.people import name_key
from hornbook.rulebook.load import build, read_toml

_SIGNS: Final = Path(__file__).with_name("refusals.toml")
_CODE: Final = re.compile(r"\b[FHPRC]\d\d\b")
_NUMBER: Final = re.compile(r"\b\d{3,5}\b")
_WORD: Final = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")  # noqa: RUF001
# A UPN as it is typed: with a small letter, or with O for 0.
_UPN: Final = re.compile(r"\b[A-Z][\dO]{11}[\dA-Z]\b", re.IGNORECASE)
_SENTENCE_ENDS: Final = re.compile(r"(?<=[.;!?])\s+")
_LONGEST_NAME: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """The terms by which a rule is known in a line: any group of them, all of it."""

    rule: str
    terms: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        rule(self.rule)

    def weight(self, line: str) -> int:
        """How many letters of the line speak for the rule; 0 where it does not."""
        found = (sum(map(len, group)) for group in self.terms if _holds(line, group))
        return max(found, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    sign: tuple[Sign, ...]


def _holds(line: str, terms: Iterable[str]) -> bool:
    return all(term in line for term in terms)


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil who may be named; key is the caller's."""

    key: int
    upn: str
    surname: str
    forename: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the recipient said, the rules it means and the pupils it names."""

    text: str
    rules: tuple[Rule, ...]
    pupils: tuple[int, ...]


def understood(words: str, people: Iterable[Known]) -> tuple[Line, ...]:
    """Everything that was said, with what could be made of it."""
    roll = _Roll(people)
    return tuple(
        Line(text, tuple(_rules(text)), roll.named_in(text))
        for line in words.splitlines()
        for text in _said_in(line)
    )


def _said_in(line: str) -> Iterator[str]:
    """A line, cut where another sentence of it means another rule."""
    held = ""
    for sentence in _SENTENCE_ENDS.split(line.strip()):
        if any(_rules(held)) and any(_rules(sentence)):
            yield held
            held = sentence
        else:
            held = f"{held} {sentence}".strip()
    if held:
        yield held


def _rules(text: str) -> Iterator[Rule]:
    """The rules a line means: by their codes, else the DfE's numbers, else a sign."""
    known = {one.code: one for one in rules()}
    by_code = [known[code] for code in _CODE.findall(text) if code in known]
    numbers = set(_NUMBER.findall(text))
    by_number = [one for one in known.values() if one.dfe in numbers]
    yield from dict.fromkeys(by_code or by_number or _signified(text))


def _signified(text: str) -> Iterator[Rule]:
    """The rule whose sign is the longest in the line."""
    line = " ".join(text.casefold().split())
    weighed = [(sign.weight(line), sign.rule) for sign in _signs()]
    most, code = max(weighed, key=lambda one: one[0])
    if most:
        yield rule(code)


@cache
def _signs() -> tuple[Sign, ...]:
    return build(_Signs, read_toml(_SIGNS), _SIGNS.name).sign


class _Roll:
    """The pupils by UPN, and by name in either order."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._upns: dict[str, list[int]] = {}
        self._names: dict[str, list[int]] = {}
        for one in people:
            self._upns.setdefault(_spelt(one.upn), []).append(one.key)
            for name in {
                name_key(one.forename, one.surname),
                name_key(one.surname, one.forename),
            }:
                self._names.setdefault(name, []).append(one.key)

    def named_in(self, text: str) -> tuple[int, ...]:
        """Who is named: by UPN where there is one, else by surname and forename."""
        upns = [_spelt(found) for found in _UPN.findall(text)]
        by_upn = [key for upn in upns for key in self._upns.get(upn, ())]
        return tuple(dict.fromkeys(by_upn or self._by_name(_WORD.findall(text))))

    def _by_name(self, words: Sequence[str]) -> Iterator[int]:
        """Whoever has a run of words, two at the least, as name."""
        for start in range(len(words)):
            for length in range(2, _LONGEST_NAME + 1):
                run = words[start : start + length]
                if len(run) == length:
                    yield from self._names.get(name_key(*run), ())


def _spelt(upn: str) -> str:
    """A UPN with capitals and noughts; a check letter is never O."""
    return upn.strip().upper().replace("O", "0")
