"""From a recipient's words to the rules they speak of and the pupils they name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import hornbook.checks
import hornbook.ctf.form
import hornbook.ctf.header_rules  # noqa: F401  (fills the register)
from hornbook.findings import Rule, rule, rules
from hornbook.inspection.naming import Known, Named, Roll, seems_named
from hornbook.rulebook.load import build, read_toml

_SIGNS: Final = Path(__file__).with_name("refusals.toml")
_CODE: Final = re.compile(r"\b[FHPRC]\d\d\b")
_NUMBER: Final = re.compile(r"\b\d{3,5}\b")
# No number of a rule: a school's DfE number, a day, a time, a version.
_OTHER_NUMBERS: Final = re.compile(r"\b\d{3}/\d{4}\b|\b\d+[-/.:]\d+[-/.:]\d+\b")
_SCHOOL: Final = re.compile(r"(?<!\d)(\d{3})([/ -]?)(\d{4})(?!\d)")
_OF_A_SCHOOL: Final = re.compile(
    r"school|establishment|estab\b|dfe|_[A-Z\d]{3}_", re.IGNORECASE
)
# As many words beside a name leave it a name in a list.
_FEW: Final = 1
_NEVER_NAMES: Final = frozenset(
    {"error", "errors", "warning", "query", "note", "rule", "dear", "validation", "row",
     "line", "message", "status", "reason", "there", "this", "it", "what", "problem"}
)  # fmt: skip
_SENTENCE_ENDS: Final = re.compile(
    r"(?<=[.;!?])\s+|(?<=<br>)|(?<=<br/>)|(?<=<br />)|(?<=</p>)|(?<=</li>)|(?<=</tr>)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """The terms by which a rule is known in a line: any group of them, all of it.

    advice says what to do where no rule looks at it.
    """

    rule: str = ""
    advice: str = ""
    terms: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if bool(self.rule) == bool(self.advice):
            raise ValueError("A sign has a rule, or else an advice.")
        if self.rule:
            rule(self.rule)

    def found(self, line: str) -> tuple[str, ...]:
        """The terms of the line that speak for it most; none where it is not meant."""
        held = [
            group
            for group in self.terms
            if all(term in line for term in group)
            and all(_begins(term).search(line) for term in group)
        ]
        return max(held, key=_length, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    sign: tuple[Sign, ...]


@cache
def _begins(term: str) -> re.Pattern[str]:
    """A term where a word begins, so that a URN is not found in a return."""
    return re.compile(rf"(?<!\w){re.escape(term)}")


def _length(terms: Iterable[str]) -> int:
    return sum(map(len, terms))


@dataclass(frozen=True, slots=True)
class Sense:
    """What a line means, a rule or an advice, and the words of it that say so."""

    words: tuple[str, ...]
    rule: Rule | None = None
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the recipient said, what it means and the pupils whom it names.

    above says that a line before it says what is wrong with these pupils, or of which
    pupils it speaks; nobody is what seems to be a name and is no pupil's.
    """

    text: str
    senses: tuple[Sense, ...]
    named: Named
    above: bool = False
    nobody: str = ""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that it means."""
        return tuple(sense.rule for sense in self.senses if sense.rule)

    @property
    def pupils(self) -> tuple[int, ...]:
        """The pupils whom it names, and those whom it may name."""
        return (*self.named.pupils, *self.named.perhaps)

    @property
    def understood(self) -> bool:
        """Whether anything could be made of it."""
        return bool(self.senses or self.named)


def understood(words: str, people: Iterable[Known]) -> tuple[Line, ...]:
    """Everything that was said, with what could be made of it."""
    roll = Roll(people)
    lines = [
        _line(text, roll) for line in words.splitlines() for text in _said_in(line)
    ]
    return tuple(_read_together(lines))


def _line(text: str, roll: Roll) -> Line:
    senses = tuple(_senses(text))
    said = {
        word
        for sense in senses
        for words in sense.words
        for word in words.casefold().split()
    }
    named = roll.named_in(text, said)
    nobody = "" if named or not senses else seems_named(text, said | _no_names())
    return Line(text, senses, named, nobody=nobody)


def _read_together(lines: Iterable[Line]) -> Iterator[Line]:
    """Pupils under a heading have its rules; a complaint under a pupil is theirs."""
    heading: Line | None = None
    for line in lines:
        if not _is_a_part(line):
            heading = None
            yield line
        elif heading and line.named and heading.senses:
            yield replace(line, senses=heading.senses, above=True)
        elif heading and line.senses and heading.named:
            yield replace(line, named=heading.named, above=True)
        else:
            heading = line
            yield line


def _is_a_part(line: Line) -> bool:
    """Whether it only names pupils, or only says what is wrong, and of nobody else."""
    if line.named:
        return not line.senses and line.named.besides <= _FEW
    return bool(line.senses) and not line.nobody


def _said_in(line: str) -> Iterator[str]:
    """A line, cut where another sentence of it means something else."""
    held, before = "", _meant("")
    for sentence in _SENTENCE_ENDS.split(line.strip()):
        means = _meant(sentence)
        if before and means and before != means:
            yield held
            held, before = sentence, means
        else:
            held, before = f"{held} {sentence}".strip(), before or means
    if held:
        yield held


def _meant(text: str) -> list[tuple[Rule | None, str]]:
    return [(sense.rule, sense.advice) for sense in _senses(text)]


def _senses(text: str) -> Iterator[Sense]:
    """What a line means: by rules' codes, else the DfE's numbers, else by a sign."""
    known = _by_code()
    by_code = [
        Sense((code,), known[code])
        for code in dict.fromkeys(_CODE.findall(text))
        if code in known
    ]
    yield from by_code or list(_by_number(text)) or _signified(text)


@cache
def _by_code() -> dict[str, Rule]:
    return {one.code: one for one in rules()}


@cache
def _by_dfe() -> dict[str, Rule]:
    return {one.dfe: one for one in rules() if one.dfe}


def _by_number(text: str) -> Iterator[Sense]:
    by_number = _by_dfe()
    for number in dict.fromkeys(_NUMBER.findall(_OTHER_NUMBERS.sub(" ", text))):
        if number in by_number:
            yield Sense((number,), by_number[number])


def _signified(text: str) -> Iterator[Sense]:
    """The sign that is the longest in the line."""
    line = " ".join(text.casefold().replace("\u2019", "'").split())
    weighed = [(sign.found(line), sign) for sign in _signs()]
    terms, sign = max(weighed, key=lambda one: _length(one[0]))
    if terms:
        yield Sense(terms, rule(sign.rule) if sign.rule else None, sign.advice)


def schools_in(text: str) -> tuple[str, ...]:
    """The DfE numbers of schools in a text: 926/2155, or 9262155 where it says so."""
    said_so = _OF_A_SCHOOL.search(text)
    found = (
        f"{la}{estab}"
        for la, between, estab in _SCHOOL.findall(text)
        if between == "/" or said_so
    )
    return tuple(dict.fromkeys(found))


@cache
def _no_names() -> frozenset[str]:
    """The words that rules are known by, with which no name begins a line."""
    terms = (term for sign in _signs() for group in sign.terms for term in group)
    return _NEVER_NAMES.union(*(term.split() for term in terms))


@cache
def _signs() -> tuple[Sign, ...]:
    return build(_Signs, read_toml(_SIGNS), _SIGNS.name).sign
