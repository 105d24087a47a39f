"""Check a file: one pass that reads it, runs every rule, and says what was not done."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final, cast

import hornbook.checks
import hornbook.ctf.form
import hornbook.ctf.header_rules  # noqa: F401  (fills the register)
from hornbook.checks.cases import Context, Expected, Tally
from hornbook.checks.examine import Examination
from hornbook.ctf.elements import elements
from hornbook.ctf.form import FileFacts
from hornbook.ctf.header_rules import effective_version
from hornbook.ctf.names import parse_name
from hornbook.ctf.producers import UNKNOWN, producer
from hornbook.ctf.purpose import TRANSFER, purpose
from hornbook.ctf.read import open_ctf
from hornbook.ctf.shapes import Shapes
from hornbook.findings import Finding, Kind, fault, rule, rules
from hornbook.identifiers import AcademicYear
from hornbook.inspection.notices import not_checked, stopped
from hornbook.inspection.report import FileReport
from hornbook.inspection.sources import DAMAGED, Source, sources_in
from hornbook.inspection.watching import Watcher
from hornbook.records import Pupil, School
from hornbook.rulebook.load import COLLECTIONS

# The rules that run on a file of which nothing else can be believed.
_ALWAYS: Final = ("F01", "F02", "F06", "F07", "F11", "F13")
_ROOT: Final = "CTfile"
_CHUNK: Final = 1 << 20
_PUPILS: Final = "pupils"
_YEAR_DIGITS: Final = 4
Keep = Callable[[Pupil], None]


def check_file(
    path: Path,
    *,
    to: str | None = None,
    year: AcademicYear | None = None,
) -> FileReport:
    """Check one file on disk, whatever it is."""
    with path.open("rb") as stream:
        return check_stream(stream, path.name, to=to, year=year)


def check_stream(
    stream: IO[bytes],
    name: str,
    *,
    to: str | None = None,
    year: AcademicYear | None = None,
    now: datetime | None = None,
    mapping: Path | None = None,
    expected: Expected | None = None,
) -> FileReport:
    """Check one file.

    to and year are whom it is for (la, sta, mis or school) and of which year, where a
    person says so. now is the moment to hold dates against. mapping is the file of
    codes that an administrator wrote down. expected are the pupils to hold it against.
    """
    asked = Asked(to, year, now or datetime.now(UTC), mapping, expected)
    return look_at(stream, name, asked)[0].report()


def check_upload(
    stream: IO[bytes], name: str, *, to: str | None = None
) -> Iterator[FileReport]:
    """Check a file that was sent, or each file inside a zip that was."""
    return (check_source(each, to=to) for each in sources_in(stream, name))


def check_source(
    source: Source,
    *,
    to: str | None = None,
    year: AcademicYear | None = None,
    expected: Expected | None = None,
    mapping: Path | None = None,
) -> FileReport:
    """Check one of several files; an entry of a zip that is refused is not opened."""
    if source.refused:
        return refused(source.name, source.refused)
    try:
        with source.open() as stream:
            return check_stream(
                stream,
                source.name,
                to=to,
                year=year,
                mapping=mapping,
                expected=expected,
            )
    except DAMAGED:
        return refused(source.name, "It cannot be unpacked from the zip.")


def refused(name: str, why: str) -> FileReport:
    """The report of a file that was not opened."""
    return FileReport(
        name=name,
        sha256="",
        size=0,
        producer=UNKNOWN,
        version=None,
        qualifier=None,
        purpose=TRANSFER,
        source=School(),
        destination=School(),
        academic_year=None,
        contains=(),
        pupils=0,
        findings=(
            rule("F01").finding(fault(words=f"not a file that can be opened. {why}")),
        ),
        not_checked=("The whole file: it was not opened.",),
    )


def look_at(
    stream: IO[bytes],
    name: str,
    asked: "Asked",
    watcher: Callable[[], Watcher] = Watcher,
) -> tuple["Look", Watcher]:
    """Look at a file, once more where its results turn out to need another version.

    The watcher is a new one for each look; the last is given back.
    """
    watching = watcher()
    look = Look(stream, name, asked, watcher=watching)
    if look.misjudged and stream.seekable():
        stream.seek(0)
        watching = watcher()
        look = Look(stream, name, asked, version=look.version, watcher=watching)
    return look, watching


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person said of a file; see `check_stream`."""

    to: str | None = None
    year: AcademicYear | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    mapping: Path | None = None
    expected: Expected | None = None


class _Hashed:
    """A stream that is hashed and counted as it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        chunk = self._stream.read(size)
        self._digest.update(chunk)
        self.size += len(chunk)
        return chunk

    def hexdigest(self) -> str:
        """The SHA-256 of all of it, to the end even where the reading stopped."""
        while self.read(_CHUNK):
            pass
        return self._digest.hexdigest()


class Look:
    """One look at a file, from its first byte to its last.

    version is the one to judge elements by, where an earlier look found that the
    results need a later one than the header states. keep is handed each pupil, and
    watcher is told of all that goes by.
    """

    def __init__(
        self,
        stream: IO[bytes],
        name: str,
        asked: Asked,
        *,
        version: int | None = None,
        keep: Keep | None = None,
        watcher: Watcher | None = None,
    ) -> None:
        self._watcher = watcher or Watcher()
        self._name = name
        self._asked = asked
        self._stream = _Hashed(stream)
        self.reading = open_ctf(cast("IO[bytes]", self._stream))
        self._shapes = Shapes()
        self._tally = Tally()
        self._judged_by = version or effective_version(self._facts())
        self._findings = self._go_through(keep)
        self.version = effective_version(self._facts())

    @property
    def misjudged(self) -> bool:
        """Whether the results turn out to need other names of elements."""
        return _renamed(self.version) != _renamed(self._judged_by)

    @property
    def believed(self) -> bool:
        """Whether there is a header of a Common Transfer File to go by."""
        return self.reading.root == _ROOT and bool(self.reading.header.elements)

    def _facts(self) -> FileFacts:
        """The file as a whole, as far as it has been read."""
        header = self.reading.header
        parsed = parse_name(self._name)
        made_by = producer(header)
        return FileFacts(
            name=self._name,
            parsed=parsed,
            reading=self.reading,
            shapes=self._shapes,
            producer=made_by,
            purpose=purpose(header, parsed.name, made_by, self._asked.to),
            now=self._asked.now,
            newest=self._tally.newest,
            contains=_contains(self._tally),
        )

    def _go_through(self, keep: Keep | None) -> list[Finding]:
        """Look at every pupil; what was found about them."""
        facts = self._facts()
        context = Context(
            purpose=facts.purpose,
            year=self._asked.year or _year(facts.header.school),
            today=self._asked.now.date(),
            renamed=_renamed(self._judged_by),
            mapping=self._asked.mapping,
            expected=self._asked.expected,
        )
        self._watcher.begin(facts, context)
        examination = Examination(context, self._watcher.about_pupil)
        self._tally = examination.tally
        self._shapes.see_header(facts.header)
        for pupil in self.reading.pupils():
            self._shapes.see(pupil)
            examination.look_at(pupil.record, elements=pupil.elements, where=pupil)
            self._watcher.see(pupil)
            if keep is not None:
                keep(pupil.record)
        if self.reading.whole and self.believed:
            examination.finish()
        return examination.findings

    def report(self) -> FileReport:
        """All that was found, in the order of the file."""
        facts = self._facts()
        header = facts.header
        year = _year(header.school)
        found = [*self._about_the_file(facts), *self._findings]
        return FileReport(
            name=self._name,
            sha256=self._stream.hexdigest(),
            size=self._stream.size,
            producer=facts.producer,
            version=header.version,
            qualifier=header.qualifier,
            purpose=facts.purpose,
            source=header.school,
            destination=header.destination,
            academic_year=year.ends if year else None,
            contains=facts.contains or ((_PUPILS,) if self._tally.pupils else ()),
            pupils=self._tally.pupils,
            findings=tuple(sorted(found, key=lambda finding: finding.line or 0)),
            not_checked=tuple(self._not_checked()),
        )

    def _about_the_file(self, facts: FileFacts) -> Iterator[Finding]:
        """What the file rules find; little is asked of a file that is no CTF."""
        for one in rules():
            asked = one.kind is Kind.FILE and one.runs_for(facts.purpose)
            if asked and (self.believed or one.code in _ALWAYS):
                for each in one.body(facts):
                    finding = one.finding(each, purpose=facts.purpose)
                    self._watcher.about_file(finding, each, facts)
                    yield finding

    def _not_checked(self) -> Iterator[str]:
        """What nothing looked at."""
        if not self.reading.whole:
            yield from stopped()
        yield from not_checked(
            tally=self._tally,
            listed=self._asked.expected is not None,
            unknown=self.reading.unknown,
            left_out=self.reading.left_out,
        )


def _contains(tally: Tally) -> tuple[str, ...]:
    """The collections that the results belong to, in their usual order."""
    found = {group.collection for group in tally.seen} | tally.other_contents
    return tuple(code for code in COLLECTIONS if code in found)


def _year(school: School) -> AcademicYear | None:
    """The academic year that the header names, by the autumn it starts in."""
    stated = school.academic_year or ""
    plain = len(stated) == _YEAR_DIGITS and stated.isascii() and stated.isdigit()
    return AcademicYear(int(stated) + 1) if plain else None


def _renamed(version: int | None) -> dict[str, str]:
    """The elements that have another name in a version: since, or until, which."""
    if version is None:
        return {}
    new, old = elements()["Pupil/Sex"], elements()["Pupil/Gender"]
    if new.stands_in(version):
        return {} if old.stands_in(version) else {"Gender": str(new.since)}
    return {"Sex": str(old.until)}
