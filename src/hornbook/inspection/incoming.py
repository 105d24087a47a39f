"""A file to bring in: who is in it, what is left out, and what stops it."""

from collections import Counter
from dataclasses import dataclass
from typing import IO, Final

from hornbook.ctf.header import Header
from hornbook.findings import Finding
from hornbook.inspection.check import Asked, Look
from hornbook.inspection.report import FileReport
from hornbook.records import Pupil

# What makes it impossible to say whose the results are.
STOPPING: Final = ("F01", "F02", "F06", "F13", "P01", "P03")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file read to be brought in; nothing is brought in where anything stops it."""

    header: Header
    pupils: tuple[Pupil, ...]
    left_out: Counter[str]
    report: FileReport

    @property
    def producer(self) -> str:
        """The system that made the file."""
        return self.report.producer

    @property
    def purpose(self) -> str:
        """What the file is for."""
        return self.report.purpose

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return self.report.sha256

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.report.size

    @property
    def contains(self) -> tuple[str, ...]:
        """The collections it has results of."""
        return self.report.contains

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """The findings that stop it."""
        return tuple(one for one in self.report.findings if one.code in STOPPING)


def read_transfer(stream: IO[bytes], name: str) -> Incoming:
    """Read a file that is to be brought in, and check it on the way."""
    pupils: list[Pupil] = []
    look = Look(stream, name, Asked(), keep=pupils.append)
    return Incoming(
        header=look.reading.header,
        pupils=tuple(pupils),
        left_out=look.reading.left_out,
        report=look.report(),
    )
