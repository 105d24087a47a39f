"""A return before its file is made: pure, from members and findings to one picture."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final, NamedTuple

from hornbook import records
from hornbook.findings import Finding, Severity, rule
from hornbook.inspection.report import Kind, by_kind
from hornbook.web.results.cohort import (
    Member,
    Progress,
    lacking,
    progress,
)
from hornbook.web.results.grid import dom_id
from hornbook.web.returns.outgoing import Going, as_bytes

MOST_KEPT: Final = 500
_MIS: Final = "mis"
# How messages speak of one pupil, and of several.
_OF_MANY: Final = {
    "his pupil has ": "hese pupils have ",
    "his pupil is ": "hese pupils are ",
    "his pupil must ": "hese pupils must ",
    "his pupil left ": "hese pupils left ",
    " and has no result": " and have no result",
}


class About(NamedTuple):
    """What makes a query the same query: its rule, its pupil and what it says."""

    code: str
    pupil: int | None
    message: str


def about(finding: Finding) -> About:
    """What a finding is about; a message is cut to what can be kept of it."""
    pupil = finding.key if isinstance(finding.key, int) else None
    return About(finding.code, pupil, finding.message[:MOST_KEPT])


def _token(here: About) -> str:
    """A short name for it, to be ticked on a page."""
    return hashlib.sha256(repr(here).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A query that somebody looked at and accepted: why, by whom and when."""

    pk: int
    code: str
    pupil: int | None
    message: str
    note: str
    by: str
    at: datetime

    def as_json(self) -> dict[str, str]:
        """As the ledger keeps it with a file."""
        return {
            "code": self.code,
            "message": self.message,
            "note": self.note,
            "by": self.by,
        }


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whether a person put a pupil in or left them out, and why."""

    included: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a return off and when; digest says what it was of."""

    by: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Affected:
    """What a finding is about: the pupil where there is one, and the cell."""

    token: str
    message: str
    member: Member | None
    item: str | None
    accepted: Accepted | None = None

    @property
    def anchor(self) -> str:
        """The cell's id in the grid; blank where the finding names no cell."""
        return dom_id(self.member.pupil, self.item) if self.member and self.item else ""


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule; heading is their message where all say the same."""

    code: str
    heading: str
    remedy: str
    dfe: str | None
    affected: tuple[Affected, ...]
    alike: bool

    @property
    def pupils(self) -> int:
        """How many pupils they are about, each once."""
        whose = (one.member.pupil if one.member else one.token for one in self.affected)
        return len(set(whose))

    @property
    def open(self) -> tuple[Affected, ...]:
        """Those that nobody has accepted."""
        return tuple(one for one in self.affected if one.accepted is None)

    @property
    def accepted(self) -> tuple[Affected, ...]:
        """Those that somebody has."""
        return tuple(one for one in self.affected if one.accepted)


@dataclass(frozen=True, slots=True)
class LastBroughtIn:
    """When pupils were last brought up to date from a file, and by whom."""

    at: datetime
    by: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """Everything about a return before its file is made.

    members are all whom the collection may be about; needed must have a result or have
    one; sending are those with a result that travels, as the file states them; left_out
    should be in the file and have nothing to send; gone left before the season began.
    chosen is what a person
    decided about pupils, out are those whom it leaves out; accepted are queries by what
    they are about and say.
    """

    going: Going
    members: tuple[Member, ...]
    needed: tuple[Member, ...]
    sending: tuple[records.Pupil, ...]
    left_out: tuple[Member, ...]
    gone: tuple[Member, ...]
    findings: tuple[Finding, ...]
    names: tuple[str, ...]
    chosen: Mapping[int, Chosen] = field(default_factory=dict)
    out: tuple[Member, ...] = ()
    accepted: Mapping[About, Accepted] = field(default_factory=dict)
    signature: Signature | None = None

    @property
    def to_be_signed(self) -> bool:
        """Whether the headteacher signs it off before it goes out."""
        return self.going.school.head_signs and self.going.recipient.code != _MIS

    @property
    def digest(self) -> str:
        """What a signature is of: the file, but for its time."""
        content = as_bytes(self.going, self.sending, "")
        return hashlib.sha256(content).hexdigest()

    @property
    def signed(self) -> bool:
        """Whether it is signed off as it stands now."""
        signature = self.signature
        return signature is not None and signature.digest == self.digest

    def only(self, nc_years: Collection[str]) -> "Preflight":
        """The same of some year groups, as a file of their own."""
        return replace(
            self,
            members=tuple(one for one in self.members if one.nc_year in nc_years),
            sending=tuple(one for one in self.sending if one.nc_year in nc_years),
        )

    @property
    def progress(self) -> Progress:
        """How many are complete."""
        return progress(self.going.collection, self.members)

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return self._count(Severity.ERROR)

    @property
    def queries(self) -> int:
        """How many queries there are that nobody has accepted."""
        return self._count(Severity.QUERY) - len(self.accepted_here)

    def _count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def queried(self) -> tuple[object, ...]:
        """The pupils whom queries that nobody has accepted are about, one for each."""
        asked = (one for one in self.findings if one.severity is Severity.QUERY)
        waiting = (one for one in asked if about(one) not in self.accepted)
        return tuple(one.key for one in waiting if one.key is not None)

    @property
    def accepted_here(self) -> tuple[Accepted, ...]:
        """The queries found that somebody has accepted."""
        found = (
            self.accepted.get(about(one))
            for one in self.findings
            if one.severity is Severity.QUERY
        )
        return tuple(one for one in found if one)

    @property
    def error_groups(self) -> tuple[Group, ...]:
        """The errors, a rule at a time."""
        return self._groups(Severity.ERROR)

    @property
    def query_groups(self) -> tuple[Group, ...]:
        """The queries, a rule at a time."""
        return self._groups(Severity.QUERY)

    def _groups(self, severity: Severity) -> tuple[Group, ...]:
        people = {member.pupil: member for member in self.members}
        return tuple(
            self._group(kind, people)
            for kind in by_kind(self.findings)
            if kind.severity is severity
        )

    def _group(self, kind: Kind, people: Mapping[int, Member]) -> Group:
        affected = (self._affected(finding, people) for finding in kind.findings)
        alike = len({finding.message for finding in kind.findings}) == 1
        return Group(
            code=kind.code,
            heading=_heading(kind) if alike else rule(kind.code).title,
            remedy=kind.remedy,
            dfe=kind.dfe,
            affected=tuple(sorted(affected, key=_place)),
            alike=alike,
        )

    def _affected(self, finding: Finding, people: Mapping[int, Member]) -> Affected:
        """The pupil behind a finding, with the cell it names or the first one empty."""
        member = people.get(finding.key) if isinstance(finding.key, int) else None
        here = about(finding)
        return Affected(
            token=_token(here),
            message=finding.message,
            member=member,
            item=self._cell(finding, member),
            accepted=self.accepted.get(here),
        )

    def _cell(self, finding: Finding, member: Member | None) -> str | None:
        if finding.item_code or member is None or finding.item is None:
            return finding.item_code
        empty = lacking(self.going.collection, member)
        return empty[0].full_code if empty else None

    @property
    def results(self) -> int:
        """How many results go into the file."""
        return sum(len(pupil.results) for pupil in self.sending)

    @property
    def leavers(self) -> tuple[Member, ...]:
        """Those who have left and are counted all the same."""
        return tuple(member for member in self.members if member.left_on)

    @property
    def begins(self) -> date | None:
        """From when on a leaver is counted."""
        return self.going.book.season_begins(self.going.collection)


def _heading(kind: Kind) -> str:
    """What all of them say; of several pupils as of several."""
    message = kind.findings[0].message
    if len(kind.findings) == 1:
        return message
    for of_one, of_many in _OF_MANY.items():
        message = message.replace(of_one, of_many)
    return message


def _place(affected: Affected) -> tuple[bool, str, str, str, str, int] | tuple[bool]:
    """Findings about no pupil first, then in the order of the grid."""
    return affected.member.place if affected.member else (False,)
