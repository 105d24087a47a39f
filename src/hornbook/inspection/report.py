"""What a check found in one file, as `hornbook check` prints it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hornbook.findings import Finding, Severity, rule
from hornbook.records import School

# Of a file with one of these, nothing else can be believed.
UNREADABLE: Final = ("F01", "F02", "F06", "F13")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """One file: what it is, what was found, and what was not looked at."""

    name: str
    sha256: str
    size: int
    producer: str
    version: str | None
    qualifier: str | None
    purpose: str
    source: School
    destination: School
    academic_year: int | None
    contains: tuple[str, ...]
    pupils: int
    findings: tuple[Finding, ...]
    not_checked: tuple[str, ...]

    @property
    def errors(self) -> int:
        """How many errors were found."""
        return self._count(Severity.ERROR)

    @property
    def queries(self) -> int:
        """How many queries were found."""
        return self._count(Severity.QUERY)

    @property
    def notes(self) -> int:
        """How many notes were made."""
        return self._count(Severity.NOTE)

    @property
    def stopped(self) -> Finding | None:
        """What stopped the reading, where something did."""
        return next((one for one in self.findings if one.code in UNREADABLE), None)

    @property
    def unread(self) -> bool:
        """Whether there was nothing in it that could be read."""
        return self.stopped is not None and not self.version and not self.pupils

    def _count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

    def has(self, code: str) -> bool:
        """Whether a rule found anything."""
        return any(finding.code == code for finding in self.findings)

    def as_json(self) -> dict[str, object]:
        """As the report for machines lays it down."""
        return {
            "name": self.name,
            "sha256": self.sha256,
            "bytes": self.size,
            "producer": self.producer,
            "version": self.version,
            "qualifier": self.qualifier,
            "purpose": self.purpose,
            "source": _school(self.source),
            "destination": _school(self.destination),
            "academic_year": self.academic_year,
            "contains": list(self.contains),
            "pupils": self.pupils,
            "errors": self.errors,
            "queries": self.queries,
            "notes": self.notes,
            "findings": [finding.as_json() for finding in self.findings],
            "not_checked": list(self.not_checked),
        }


def _school(school: School) -> dict[str, str | None]:
    """The two numbers a school is known by."""
    return {"la": school.la, "estab": school.estab}


@dataclass(frozen=True, slots=True)
class Kind:
    """The findings of one rule, for people; remedy is what helps with all of them."""

    code: str
    severity: Severity
    dfe: str | None
    remedy: str
    findings: tuple[Finding, ...]


_ORDER = {Severity.ERROR: 0, Severity.QUERY: 1, Severity.NOTE: 2}


def by_kind(findings: Iterable[Finding]) -> tuple[Kind, ...]:
    """Findings grouped by rule: errors first, then queries, then notes."""
    groups: dict[tuple[int, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((_ORDER[finding.severity], finding.code), []).append(finding)
    return tuple(
        Kind(code, found[0].severity, found[0].dfe, rule(code).advice, tuple(found))
        for (_, code), found in sorted(groups.items())
    )
