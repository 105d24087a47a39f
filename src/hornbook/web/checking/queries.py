"""Looking at files that were sent: what each is, what is wrong, and the lines of it."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Final

from django.conf import settings

from hornbook.findings import Finding, Severity, rule
from hornbook.inspection.check import Asked, check_source
from hornbook.inspection.excerpts import Line, excerpts
from hornbook.inspection.report import FileReport, Kind, by_kind
from hornbook.inspection.sources import DAMAGED, Source, sources_in
from hornbook.web.checking import wording
from hornbook.web.checking.mending import Mendable, Mended, mendable
from hornbook.web.checking.note import note, note_with_upns

# How many of a kind are seen at once, and how many of a file are on the page: those of
# a file that has few are all there from the start.
FIRST: Final = 20
FEW: Final = 300
MOST: Final = 1000
_MOST_FILES: Final = 50
# What files may unpack to together, for one file of the largest size.
_UNPACKED: Final = 4

Lines = Mapping[tuple[int, int], tuple[Line, ...]]


class TooMuch(ValueError):
    """More than is looked at in one go; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent: the number of the upload, and its own within a zip."""

    source: Source
    upload: int
    entry: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with the lines around it; hint is what helps with it alone."""

    finding: Finding
    hint: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one kind: the first, the rest, and how many are not shown."""

    kind: Kind
    title: str
    first: Sequence[Shown]
    rest: Sequence[Shown]
    left: int


@dataclass(frozen=True)
class Looked:
    """A file that was looked at, with the findings to show by kind.

    beside is how many other files are on the page.
    """

    report: FileReport
    sent: Sent
    lines: Lines
    shown: Mapping[str, Sequence[Finding]]
    mendable: Mendable | None = None
    beside: int = 0

    @property
    def folded(self) -> bool:
        """Whether no more is seen of it than its verdict, so that others are seen."""
        return self.beside > 0 and self.state == "good"

    @property
    def number(self) -> str:
        """What tells it from the other files, in names of parts of the page."""
        return f"{self.sent.upload}-{self.sent.entry}"

    @cached_property
    def groups(self) -> list[Group]:
        """The findings by kind, errors first."""
        return [self._group(kind) for kind in by_kind(self.report.findings)]

    def _group(self, kind: Kind) -> Group:
        shown = [self._shown(each, kind) for each in self.shown[_key(kind)]]
        left = len(kind.findings) - len(shown)
        title = rule(kind.code).title
        return Group(kind, title, shown[:FIRST], shown[FIRST:], left)

    def _shown(self, finding: Finding, kind: Kind) -> Shown:
        where = (finding.line or 0, finding.column or 0)
        hint = finding.remedy.removesuffix(kind.remedy).strip()
        return Shown(finding, hint, self.lines.get(where, ()))

    @property
    def left(self) -> int:
        """How many findings are not on the page."""
        return sum(group.left for group in self.groups)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many there are of each severity that was found."""
        report = self.report
        found = (
            (Severity.ERROR.value, "Errors", report.errors),
            (Severity.QUERY.value, "Queries", report.queries),
            (Severity.NOTE.value, "Notes", report.notes),
        )
        return [each for each in found if each[2]]

    @property
    def state(self) -> str:
        """How bad it is."""
        return wording.state(self.report)

    @property
    def verdict(self) -> str:
        """The one sentence to read."""
        return wording.verdict(self.report)

    @property
    def why(self) -> str:
        """Why it cannot be read; blank where it can."""
        return wording.why(self.report)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the file is."""
        return wording.facts(self.report)

    @property
    def note(self) -> str:
        """A note for whoever made the file."""
        return note(self.report)

    @property
    def note_with_upns(self) -> str:
        """The note with the pupils' UPNs in it."""
        return note_with_upns(self.report)


@dataclass(frozen=True, slots=True)
class Answer:
    """All the files that were looked at."""

    files: Sequence[Looked]

    @property
    def said(self) -> str:
        """What a person who cannot see the page is told."""
        return wording.of_all([each.report for each in self.files])

    @property
    def found(self) -> bool:
        """Whether anything was found in any."""
        return any(each.groups for each in self.files if not each.report.unread)


def look(sent: Sequence[Sent], asked: Asked, of_a_kind: int) -> Answer:
    """Look at each file, and show so many of each kind of finding."""
    beside = len(sent) - 1
    return Answer([_looked(one, asked, of_a_kind, beside) for one in sent])


def reports(sent: Iterable[Sent], asked: Asked) -> Iterator[FileReport]:
    """The whole of what was found in each file."""
    return (_report(one.source, asked) for one in sent)


def _report(source: Source, asked: Asked) -> FileReport:
    return check_source(source, to=asked.to, mapping=asked.mapping)


def gathered(uploads: Sequence[IO[bytes]]) -> list[Sent]:
    """Every file there is, those in zips too; raises TooMuch."""
    found = [
        Sent(source, number, entry)
        for number, upload in enumerate(uploads)
        for entry, source in enumerate(sources_in(upload, upload.name))
    ]
    if len(found) > _MOST_FILES:
        raise TooMuch(
            f"There are {len(found)} files in all. Choose at most {_MOST_FILES}."
        )
    unpacked = sum(one.source.size for one in found)
    if unpacked > settings.HORNBOOK_MAX_UPLOAD * _UNPACKED:
        raise TooMuch(
            f"The files unpack to {wording.size(unpacked)} in all, which is too much "
            "to check on a page. Choose fewer of them."
        )
    for upload in uploads:
        upload.seek(0)
    return found


def _looked(one: Sent, asked: Asked, of_a_kind: int, beside: int) -> Looked:
    """One file: checked, and then gone through once more for the lines to show."""
    can = _mendable(one.source, asked)
    report = can.offered.report if can else _report(one.source, asked)
    shown = _chosen(report, of_a_kind)
    findings = [each for found in shown.values() for each in found]
    return Looked(report, one, _excerpts(one.source, findings), shown, can, beside)


def _mendable(source: Source, asked: Asked) -> Mendable | None:
    """What can be put right in a file; None where it cannot even be opened."""
    if source.refused:
        return None
    try:
        return mendable(source, asked)
    except DAMAGED:
        return None


def looked_at(mended: Mended) -> Looked:
    """A file that was put right, with the lines around what is left in it."""
    report = mended.repaired.report
    sent = Sent(Source(report.name, io.BytesIO(mended.content)), 0, 0)
    shown = _chosen(report, FIRST)
    findings = [each for found in shown.values() for each in found]
    return Looked(report, sent, _excerpts(sent.source, findings), shown)


def _key(kind: Kind) -> str:
    return f"{kind.severity}{kind.code}"


def _chosen(report: FileReport, of_a_kind: int) -> dict[str, Sequence[Finding]]:
    """Which findings of each kind are shown: all of them where they are few."""
    amount = FEW if len(report.findings) <= FEW else of_a_kind
    return {_key(kind): kind.findings[:amount] for kind in by_kind(report.findings)}


def _excerpts(source: Source, findings: Iterable[Finding]) -> Lines:
    """The lines of the file around each finding that has a place."""
    places = [
        (each.line, each.column) for each in findings if each.line and each.column
    ]
    if source.refused or not places:
        return {}
    if not isinstance(source.held, Path):
        source.held.seek(0)
    try:
        with source.open() as stream:
            return excerpts(stream, places)
    except DAMAGED:
        return {}
