"""Compare two files: the pupils added, gone and changed, their results, the header.

Each file is read through once for a print of every pupil: a few numbers that say who it
is and whether anything is other. Only pupils whose prints differ are read again, some
thousands at a time, so that what is held does not grow with what the files hold.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import IO, Final, NamedTuple

import hornbook.ctf.form  # noqa: F401  (fills the register)
from hornbook.checks.judge import Judge
from hornbook.ctf.form import FileFacts
from hornbook.ctf.header import Header
from hornbook.ctf.names import parse_name
from hornbook.ctf.producers import producer
from hornbook.ctf.purpose import TRANSFER
from hornbook.ctf.read import Reading, open_ctf
from hornbook.ctf.shapes import Shapes
from hornbook.findings import rule
from hornbook.inspection.differences import (
    FIELDS,
    Pairs,
    Person,
    PupilChange,
    person,
    pupil_change,
)
from hornbook.inspection.sources import DAMAGED, Source, sources, sources_in
from hornbook.matching.people import name_key, plain_upn
from hornbook.records import Pupil

_AT_ONCE: Final = 20_000
_ROOT: Final = "CTfile"
_UNREADABLE: Final = ("F01", "F02", "F06", "F13")
_FIELDS: Final = attrgetter(*FIELDS)
_NOT_COMPARED: Final = (
    "The order of pupils and elements, and details of a pupil that Hornbook does not "
    "keep, such as attendance or the dates of free school meals."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two files.

    refused says in words why a file could not be read; nothing else is known then.
    """

    old: str
    new: str
    refused: tuple[str, ...] = ()
    pupils: tuple[int, int] = (0, 0)
    added: tuple[Person, ...] = ()
    removed: tuple[Person, ...] = ()
    changed: tuple[PupilChange, ...] = ()
    header: Pairs = field(default_factory=dict)
    not_compared: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing that was compared differs."""
        return not (self.added or self.removed or self.changed or self.header)

    @property
    def results(self) -> int:
        """How many results differ, of the pupils who are in both files."""
        return sum(len(change.results) for change in self.changed)

    def as_json(self) -> dict[str, object]:
        """As the report for machines lays it down."""
        return {
            "old": {"name": self.old, "pupils": self.pupils[0]},
            "new": {"name": self.new, "pupils": self.pupils[1]},
            "refused": list(self.refused),
            "added": _upns(self.added),
            "removed": _upns(self.removed),
            "changed": [change.as_json() for change in self.changed],
            "header": {name: list(pair) for name, pair in self.header.items()},
            "added_pupils": [one.as_json() for one in self.added],
            "removed_pupils": [one.as_json() for one in self.removed],
            "not_compared": list(self.not_compared),
        }


def _upns(people: Iterable[Person]) -> list[str]:
    """The UPNs of those who have one."""
    return [one.upn for one in people if one.upn]


def compare_paths(old: Path, new: Path) -> Comparison:
    """Compare two files on disk; either may be in a zip of its own."""
    return compare_files(only(sources(old), old.name), only(sources(new), new.name))


def compare_uploads(
    old: tuple[IO[bytes], str], new: tuple[IO[bytes], str]
) -> Comparison:
    """Compare two files that were sent, each with its name."""
    return compare_files(only(sources_in(*old), old[1]), only(sources_in(*new), new[1]))


def only(found: Iterable[Source], name: str) -> Source:
    """The one file there is; refused, in words, where there are none or several."""
    held = list(found)
    if len(held) == 1:
        return held[0]
    how_many = f"There are {len(held)} files" if held else "There is no file"
    where = "zip" if name.lower().endswith(".zip") else "folder"
    why = f"{how_many} in this {where}. One file is compared with one other."
    return Source(name, Path(name), refused=why)


def compare_files(old: Source, new: Source) -> Comparison:
    """What differs between two files, each read twice at the least."""
    before, after = _File(old), _File(new)
    refused = tuple(
        f"{one.source.name}: {one.refused}" for one in (before, after) if one.refused
    )
    if refused:
        return Comparison(old=old.name, new=new.name, refused=refused)
    pairs, gone, come = _paired(before.prints, after.prints)
    return Comparison(
        old=old.name,
        new=new.name,
        pupils=(len(before.prints), len(after.prints)),
        added=after.people(come),
        removed=before.people(gone),
        changed=tuple(_changes(before, after, pairs)),
        header=_header(before.header, after.header),
        not_compared=tuple(_not_compared(before, after)),
    )


class _Print(NamedTuple):
    """A pupil of a file in little: the UPN, who, and all that is stated of them.

    who is None where name or date of birth is missing.
    """

    upn: str
    who: int | None
    whole: int

    @classmethod
    def of(cls, record: Pupil) -> "_Print":
        """The print of a record; the order of its results is nothing in it."""
        results = sum(map(hash, record.results))
        return cls(
            plain_upn(record.upn), _who(record), hash((_FIELDS(record), results))
        )


def _who(record: Pupil) -> int | None:
    """Name and date of birth, however they are written."""
    surname, forename = name_key(record.surname), name_key(record.forename)
    dob = (record.dob or "").strip()
    return hash((surname, forename, dob)) if surname and forename and dob else None


class _File:
    """One of the two files: its first reading, and later ones of some of its pupils."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.prints: list[_Print] = []
        self.header = Header()
        self.passed_over: list[str] = []
        self.refused = source.refused or self._read()

    def _read(self) -> str | None:
        """Go through the whole file once; why that is not possible, in words."""
        try:
            with self.source.open() as stream:
                reading = _from_the_start(stream)
                self.prints += (_Print.of(each.record) for each in reading.pupils())
        except DAMAGED:
            return "It cannot be unpacked from the zip."
        self.header = reading.header
        self.passed_over += [*reading.unknown, *reading.left_out]
        return _unreadable(reading, self.source.name)

    def records(self, wanted: Collection[int]) -> Iterator[tuple[int, Pupil]]:
        """The records of some pupils by their number in the file, from 0."""
        if not wanted:
            return
        with self.source.open() as stream:
            for number, each in enumerate(_from_the_start(stream).pupils()):
                if number in wanted:
                    yield number, each.record

    def people(self, wanted: Collection[int]) -> tuple[Person, ...]:
        """Who some pupils of the file are."""
        return tuple(person(record) for _, record in self.records(wanted))


def _from_the_start(stream: IO[bytes]) -> Reading:
    """A reading from the first byte, whatever was read before."""
    if stream.seekable():
        stream.seek(0)
    return open_ctf(stream)


def _unreadable(reading: Reading, name: str) -> str | None:
    """Why a file cannot be compared, as the check says it; None where it can."""
    if reading.whole and reading.root == _ROOT:
        return None
    facts = FileFacts(
        name=name,
        parsed=parse_name(name),
        reading=reading,
        shapes=Shapes(),
        producer=producer(reading.header),
        purpose=TRANSFER,
        now=datetime.now(UTC),
    )
    checked = (rule(code) for code in _UNREADABLE)
    words = [one.finding(fault).message for one in checked for fault in one.body(facts)]
    return " ".join(words)


def _paired(
    old: Sequence[_Print], new: Sequence[_Print]
) -> tuple[list[tuple[int, int]], set[int], set[int]]:
    """Who is whom, by their numbers in the files, and those left over on each side.

    By UPN; pupils who share one, or whose UPN is missing or another, by name and date
    of birth. Where two could be meant nobody is chosen.
    """
    gone, come = set(range(len(old))), set(range(len(new)))
    pairs: list[tuple[int, int]] = []
    for likeness in (_upn, _upn_and_who, _only_who, _upn):
        before, after = _once(old, gone, likeness), _once(new, come, likeness)
        alike = [(before[one], after[one]) for one in before.keys() & after.keys()]
        gone.difference_update(number for number, _ in alike)
        come.difference_update(number for _, number in alike)
        pairs += alike
    return sorted(pairs), gone, come


def _upn(one: _Print) -> object:
    return one.upn or None


def _upn_and_who(one: _Print) -> object:
    return (one.upn, one.who) if one.upn and one.who is not None else None


def _only_who(one: _Print) -> object:
    return one.who


def _once(
    prints: Sequence[_Print], among: Iterable[int], likeness: Callable[[_Print], object]
) -> Mapping[object, int]:
    """The pupils that nobody else among them is like."""
    found: dict[object, int] = {}
    shared = set()
    for number in among:
        key = likeness(prints[number])
        if key is not None and found.setdefault(key, number) != number:
            shared.add(key)
    return {key: number for key, number in found.items() if key not in shared}


def _changes(
    before: _File, after: _File, pairs: Sequence[tuple[int, int]]
) -> Iterator[PupilChange]:
    """What differs in those who are in both, so many at a time."""
    judge = Judge(purpose="return")
    unlike = [
        (one, other)
        for one, other in pairs
        if before.prints[one].whole != after.prints[other].whole
    ]
    for start in range(0, len(unlike), _AT_ONCE):
        some = unlike[start : start + _AT_ONCE]
        old = dict(before.records({one for one, _ in some}))
        whose = {other: old[one] for one, other in some}
        for number, record in after.records(whose.keys()):
            change = pupil_change(whose[number], record, judge)
            if change is not None:
                yield change


def _header(old: Header, new: Header) -> Pairs:
    """The values of the header that are not the same, by path."""
    paths = {**old.text, **new.text}
    pairs = ((path, (old.text.get(path), new.text.get(path))) for path in paths)
    return {path: pair for path, pair in pairs if pair[0] != pair[1]}


def _not_compared(before: _File, after: _File) -> Iterator[str]:
    """What is not held against each other."""
    yield _NOT_COMPARED
    passed_over = Counter([*before.passed_over, *after.passed_over])
    if passed_over:
        yield f"Read past and not compared: {', '.join(passed_over)}."
