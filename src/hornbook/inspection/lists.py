"""The list of pupils that a file is held against: a CTF, a spreadsheet, a CSV."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from hornbook.checks.cases import Expected, bare_upn
from hornbook.ctf.read import open_ctf
from hornbook.records import Pupil
from hornbook.sheets.people import read_people
from hornbook.sheets.table import begun

_HEAD: Final = 256


@dataclass(frozen=True, slots=True)
class PupilList:
    """Who is expected, by UPN, and in words what of the list could not be used."""

    expected: Expected
    problems: tuple[str, ...] = ()
    name: str = field(default="")


def read_list(path: Path) -> PupilList:
    """Read a list from disk, whatever it is."""
    with path.open("rb") as stream:
        return list_of(stream, path.name)


def list_of(stream: IO[bytes], name: str) -> PupilList:
    """Read a list: by its content, not by its name."""
    head = stream.read(_HEAD)
    stream.seek(0)
    if b"<" in head.replace(b"\0", b"")[:8]:
        return _of_ctf(stream, name)
    people = read_people(stream, name)
    wrong = {fault.row for fault in people.faults}
    used = [one.pupil for one in people.persons if one.row not in wrong]
    words = tuple(
        f"{begun(people.table.where(fault.row))}: {fault.message}"
        if fault.row
        else fault.message
        for fault in people.faults
    )
    return _listed(used, name, words)


def _of_ctf(stream: IO[bytes], name: str) -> PupilList:
    """The pupils of a Common Transfer File."""
    reading = open_ctf(stream)
    pupils = [one.record.with_results(()) for one in reading.pupils() if one.record.upn]
    if reading.sound:
        return _listed(pupils, name, ())
    return PupilList(Expected(), ("It is not a whole Common Transfer File.",), name)


def _listed(pupils: Iterable[Pupil], name: str, problems: tuple[str, ...]) -> PupilList:
    """The pupils by UPN; those without one cannot be looked for."""
    listed = list(pupils)
    expected = Expected({bare_upn(one): one for one in listed if bare_upn(one)})
    without = sum(not bare_upn(one) for one in listed)
    if without:
        problems = (*problems, f"{without} on the list have no UPN and were not used.")
    return PupilList(expected, problems, name)
