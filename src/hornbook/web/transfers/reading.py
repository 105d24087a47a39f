"""Reading a file that is to be brought in, and refusing what cannot be."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO, Final

from django.utils import timezone

from hornbook.findings import Finding
from hornbook.identifiers import AcademicYear
from hornbook.inspection.incoming import Incoming, read_transfer
from hornbook.matching import Update
from hornbook.rulebook.load import RulebookError
from hornbook.web.schools.models import School
from hornbook.web.transfers.staging import Staged, stage

_SHOWN: Final = 3
_FROM_DFE: Final = ("XXX", "XXXX")
_NOT_A_PUPIL: Final = "pupils"


class Refused(ValueError):
    """The file cannot be brought in; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file of the school, read and sorted; nothing of it is stored yet."""

    name: str
    incoming: Incoming
    staged: Staged

    @property
    def year(self) -> AcademicYear:
        """The school year of the file: as its header says, else by its date."""
        stated = self.incoming.header.school.academic_year or ""
        if len(stated) == len("2026") and stated.isascii() and stated.isdigit():
            return AcademicYear(int(stated) + 1)
        try:
            made = datetime.fromisoformat(self.incoming.header.date_time or "").date()
        except ValueError:
            made = timezone.localdate()
        return AcademicYear.of(made)

    @property
    def whole_school(self) -> bool:
        """Whether it holds everybody: who is not in it may have left."""
        header = self.incoming.header
        return header.qualifier == "full" and self.incoming.purpose == "mis"

    @property
    def update(self) -> Update:
        """What it is for, by what it holds."""
        if self.incoming.purpose == "dfe-download":
            return Update.ASSESSMENTS
        results = [kind for kind in self.incoming.contains if kind != _NOT_A_PUPIL]
        if self.incoming.header.qualifier == "partial" and results:
            return Update.ASSESSMENTS
        return Update.BOTH

    @property
    def counts(self) -> dict[str, object]:
        """What is told of the file for good: numbers, never a child's name."""
        header = self.incoming.header
        return {
            "pupils": len(self.staged.offers),
            "results": sum(len(offer.values) for offer in self.staged.offers),
            "contains": list(self.incoming.contains),
            "left_out": dict(self.incoming.left_out),
            "not_taken": dict(self.staged.not_taken),
            "errors": self.incoming.report.errors,
            "queries": self.incoming.report.queries,
            "made": header.date_time or "",
            "version": header.version or "",
            "source": header.school.name or "",
        }


def read(*, school: School, stream: IO[bytes], name: str) -> FileRead:
    """Read a file for a school without touching the database; raises Refused."""
    incoming = read_transfer(stream, name)
    _refuse_what_stops_it(incoming)
    _refuse_another_school(incoming, school)
    if not incoming.pupils:
        raise Refused("There is no pupil in this file.")
    try:
        return FileRead(name, incoming, stage(incoming.pupils))
    except RulebookError as fault:
        raise Refused(
            f"Nothing can be brought in until this is put right: {fault}"
        ) from fault


def _refuse_what_stops_it(incoming: Incoming) -> None:
    said = [_in_words(finding) for finding in incoming.stopping]
    if said:
        more = len(said) - _SHOWN
        tail = [f"And {more} more like this."] if more > 0 else []
        remedy = incoming.stopping[0].remedy
        raise Refused(" ".join([*said[:_SHOWN], *tail, remedy]))


def _in_words(finding: Finding) -> str:
    """The fault, and whose it is."""
    whose = f"{finding.pupil}, line {finding.line}: " if finding.pupil else ""
    return whose + finding.message


def _refuse_another_school(incoming: Incoming, school: School) -> None:
    source, to = incoming.header.school, incoming.header.destination
    stated = {(source.la, source.estab), (to.la, to.estab)}
    if (school.la, school.estab) in stated or (source.la, source.estab) == _FROM_DFE:
        return
    raise Refused(
        f"This file is of another school: {source.name or 'no name'}, "
        f"{source.la or '?'}/{source.estab or '?'}. "
        f"It must be of {school.name}, {school.la}/{school.estab}. "
        "Export it again from your own MIS."
    )
