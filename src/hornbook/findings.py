"""What is found wrong, and the one register of the rules that find it.

A rule is a function that yields faults. Its decorator carries the facts (code, message,
severity, repair), its docstring the explanation, and the register turns each fault into
a finding. Rules see one thing each, so that one pass over a stream runs them all:

- a result rule: one result, its item and that year's rulebook;
- a pupil rule: one pupil;
- a cohort rule: what the pass counted;
- a file rule: the name, the header and the form of a file.

The register is filled by importing `hornbook.checks` and `hornbook.ctf.form`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter
from typing import (
    Any,
    Final,
    Required,
    Self,
    TypeAlias,
    TypedDict,
    TypeVar,
    Unpack,
)

_CODE = re.compile(r"[FHPRC]\d{2}")
_HEADINGS: Final = ("Why it matters:", "How to fix:")


class Severity(StrEnum):
    """The words COLLECT uses: refused or wrong, to be looked at, nothing to do."""

    ERROR = "error"
    QUERY = "query"
    NOTE = "note"


class Repair(StrEnum):
    """Whether Hornbook can put it right: unasked, when told to, or not at all."""

    SAFE = "safe"
    ASK = "ask"
    NO = "no"


class Kind(StrEnum):
    """What a rule sees."""

    RESULT = "result"
    PUPIL = "pupil"
    COHORT = "cohort"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault, where it is and what to do, in words for a school office."""

    code: str
    severity: Severity
    message: str
    remedy: str
    repair: Repair
    dfe: str | None = None
    line: int | None = None
    column: int | None = None
    upn: str | None = None
    pupil: str | None = None
    item: str | None = None
    item_code: str | None = None
    element: str | None = None
    value: str | None = None
    key: object = None

    def as_json(self) -> dict[str, object]:
        """As the report for machines lays it down."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "dfe": self.dfe,
            "line": self.line,
            "column": self.column,
            "upn": self.upn,
            "pupil": self.pupil,
            "item": self.item,
            "item_code": self.item_code,
            "element": self.element,
            "value": self.value,
            "message": self.message,
            "remedy": self.remedy,
            "repair": self.repair.value,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom and where a finding is about: all that the caller knows."""

    upn: str | None = None
    pupil: str | None = None
    line: int | None = None
    column: int | None = None
    key: object = None


NOBODY: Final = Subject()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What the body of a rule yields: the facts that fill its message.

    place (a `ctf.read.Place`) and subject are given where the rule knows better than
    its caller; index is the number of the pupil's result that is at fault, from 0.
    """

    element: str | None = None
    item: str | None = None
    item_code: str | None = None
    value: str | None = None
    index: int | None = None
    place: Any = None
    subject: Subject | None = None
    dfe: str | None = None
    facts: Mapping[str, Any]


def fault(
    *,
    element: str | None = None,
    item: str | None = None,
    item_code: str | None = None,
    value: str | None = None,
    index: int | None = None,
    place: Any = None,
    subject: Subject | None = None,
    dfe: str | None = None,
    **facts: object,
) -> Fault:
    """A fault; the facts, and element, item and value, fill the rule's message."""
    return Fault(
        element=element,
        item=item,
        item_code=item_code,
        value=value,
        index=index,
        place=place,
        subject=subject,
        dfe=dfe,
        facts=facts,
    )


Faults: TypeAlias = Iterable[Fault]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: the facts of its decorator and the words of its docstring.

    elsewhere is the severity outside a return, where it differs. hint is a second
    template, put before the remedy when all its facts are known. collections is empty
    for a rule of every collection; since and until are academic years, by their end.
    unless is a quick test, which several rules may share: where it is true, none of
    them can find anything, and their bodies are not run.
    """

    code: str
    name: str
    kind: Kind
    message: str
    severity: Severity
    title: str
    why: str
    remedy: str
    body: Callable[..., Faults] = field(repr=False)
    repair: Repair = Repair.NO
    hint: str = ""
    dfe: str | None = None
    collections: tuple[str, ...] = ()
    returns_only: bool = False
    elsewhere: Severity | None = None
    since: int | None = None
    until: int | None = None
    unless: Callable[[Any, Any], bool] | None = field(default=None, repr=False)

    def in_force(self, year: int) -> bool:
        """Whether the rule holds for an academic year, given by its end."""
        return (self.since or year) <= year <= (self.until or year)

    def covers(self, collection: str) -> bool:
        """Whether the rule looks at a collection."""
        return not self.collections or collection in self.collections

    def runs_for(self, purpose: str) -> bool:
        """Whether the rule looks at a file with this purpose."""
        return purpose == "return" or not self.returns_only

    def severity_for(self, purpose: str) -> Severity:
        """Some rules are errors in a return and queries elsewhere."""
        if purpose != "return" and self.elsewhere is not None:
            return self.elsewhere
        return self.severity

    def finding(
        self, fault: Fault, subject: Subject = NOBODY, *, purpose: str = "return"
    ) -> Finding:
        """The finding of a fault: its message filled in, its place and its pupil."""
        facts = {
            "element": fault.element,
            "item": fault.item,
            "value": fault.value,
            "pupil": subject.pupil,
            **fault.facts,
        }
        line, column = _place(fault, subject)
        return Finding(
            code=self.code,
            severity=self.severity_for(purpose),
            message=self.message.format_map(facts),
            remedy=self._remedy(facts),
            repair=self.repair,
            dfe=fault.dfe or self.dfe,
            line=line,
            column=column,
            upn=subject.upn,
            pupil=subject.pupil,
            item=fault.item,
            item_code=fault.item_code,
            element=fault.element,
            value=fault.value,
            key=subject.key,
        )

    @property
    def advice(self) -> str:
        """The remedy as a sentence: what all findings of the rule have in common."""
        return self.remedy[0].upper() + self.remedy[1:]

    def _remedy(self, facts: Mapping[str, object]) -> str:
        """How to fix it, with the hint in front where the facts for it are known."""
        if not self.hint or not all(facts.get(name) for name in _names(self.hint)):
            return self.advice
        return f"{self.hint.format_map(facts)} {self.advice}"


def _place(fault: Fault, subject: Subject) -> tuple[int | None, int | None]:
    """Line and column: the fault's own where it has them, else the subject's."""
    if fault.place is not None:
        return fault.place.line, fault.place.column
    return subject.line, subject.column


def _names(template: str) -> set[str]:
    """The placeholders of a template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@dataclass(frozen=True, slots=True)
class _Explanation:
    """A rule's docstring, in its three parts."""

    title: str
    why: str
    remedy: str

    @classmethod
    def parse(cls, code: str, text: str | None) -> Self:
        """Read a docstring; raise ValueError where a part is not there."""
        parts = [" ".join(part.split()) for part in _split(text or "")]
        if len(parts) != len(_HEADINGS) + 1 or not all(parts):
            raise ValueError(
                f"Rule {code} must say what the fault is, then "
                f'"{_HEADINGS[0]}" and "{_HEADINGS[1]}".'
            )
        return cls(*parts)


def _split(text: str) -> list[str]:
    """The text before, between and after the two headings."""
    return re.split("|".join(map(re.escape, _HEADINGS)), text)


_rules: dict[str, Rule] = {}
Body = TypeVar("Body", bound=Callable[..., Faults])


def _register(rule: Rule) -> None:
    """Add a rule; a code has one meaning for ever."""
    if not _CODE.fullmatch(rule.code):
        raise ValueError(f"{rule.code} is not a code: F, H, P, R or C and two digits.")
    if rule.code in _rules:
        raise ValueError(f"Rule {rule.code} is declared twice.")
    _rules[rule.code] = rule


class Facts(TypedDict, total=False):
    """What a decorator may say of its rule; see `Rule`."""

    severity: Required[Severity]
    repair: Repair
    hint: str
    dfe: str
    collections: tuple[str, ...]
    returns_only: bool
    elsewhere: Severity
    since: int
    until: int
    unless: Callable[[Any, Any], bool]


def _declare(
    kind: Kind, code: str, message: str, facts: Facts
) -> Callable[[Body], Body]:
    """The decorator that puts a body on the register and leaves it as it was."""

    def decorate(body: Body) -> Body:
        words = _Explanation.parse(code, body.__doc__)
        rule = Rule(
            code=code,
            name=body.__name__.replace("_", "-"),
            kind=kind,
            message=message,
            title=words.title,
            why=words.why,
            remedy=words.remedy,
            body=body,
            **facts,
        )
        _register(rule)
        return body

    return decorate


def result_rule(
    code: str, message: str, **facts: Unpack[Facts]
) -> Callable[[Body], Body]:
    """A rule about one result and its item."""
    return _declare(Kind.RESULT, code, message, facts)


def pupil_rule(
    code: str, message: str, **facts: Unpack[Facts]
) -> Callable[[Body], Body]:
    """A rule about one pupil, with all the results."""
    return _declare(Kind.PUPIL, code, message, facts)


def cohort_rule(
    code: str, message: str, **facts: Unpack[Facts]
) -> Callable[[Body], Body]:
    """A rule about what one pass over all pupils counted."""
    return _declare(Kind.COHORT, code, message, facts)


def file_rule(
    code: str, message: str, **facts: Unpack[Facts]
) -> Callable[[Body], Body]:
    """A rule about a file: its name, its header or its form."""
    return _declare(Kind.FILE, code, message, facts)


def rules() -> tuple[Rule, ...]:
    """All the rules registered, by code."""
    return tuple(_rules[code] for code in sorted(_rules))


def rule(code: str) -> Rule:
    """The rule with a code; KeyError if there is none."""
    return _rules[code]
