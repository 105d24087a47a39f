"""Reading a Common Transfer File that is to be brought in."""

from dataclasses import replace
from datetime import datetime
from typing import IO, Any, Final

from django.utils import timezone

from hornbook.ctf.header import Header
from hornbook.findings import Finding
from hornbook.identifiers import AcademicYear
from hornbook.inspection.incoming import Incoming, read_transfer
from hornbook.inspection.kinds import Kind, kind_of
from hornbook.matching import Update
from hornbook.web.schools.models import School
from hornbook.web.transfers.files import FileRead, Refused
from hornbook.web.transfers.staging import Staged, stage

_SHOWN: Final = 3
_LOOK: Final = "Choose Check a file to see what is wrong with it."
_FROM_DFE: Final = ("XXX", "XXXX")
_NOT_A_PUPIL: Final = "pupils"
_ANY: Final = (Update.BOTH, Update.PUPILS, Update.ASSESSMENTS)
_RESULTS_FIRST: Final = (Update.ASSESSMENTS, Update.BOTH, Update.PUPILS)


def read(*, school: School, stream: IO[bytes], name: str) -> FileRead:
    """Read a CTF for a school; raises Refused, and RulebookError where codes are."""
    incoming = read_transfer(stream, name)
    _refuse_what_stops_it(incoming)
    _refuse_another_school(incoming, school)
    if not incoming.pupils:
        raise Refused("There is no pupil in this file.")
    kind = _kind(incoming, school)
    year = _year(incoming.header, kind)
    pupils = incoming.pupils
    if kind is Kind.NEW_PUPILS:
        aside = _of_elsewhere(incoming.header, year)
        pupils = tuple(replace(each, **aside) for each in pupils)
    staged = stage(pupils)
    return FileRead(
        name=name,
        kind=kind,
        sha256=incoming.sha256,
        size=incoming.size,
        producer=incoming.producer,
        purpose=incoming.purpose,
        year=year,
        updates=_updates(incoming, kind),
        counts=_counts(incoming, staged),
        staged=staged,
        results=tuple(result for each in pupils for result in each.results),
        original=_bytes(stream) if kind.from_dfe else b"",
    )


def _kind(incoming: Incoming, school: School) -> Kind:
    to = incoming.header.destination
    return kind_of(
        incoming.header,
        maker=incoming.producer,
        purpose=incoming.purpose,
        contains=incoming.contains,
        here=(to.la, to.estab) == (school.la, school.estab),
    )


def _bytes(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read()


def _year(header: Header, kind: Kind) -> AcademicYear:
    """The school year of the file; a pupil from elsewhere joins now, not last year."""
    year = _stated_year(header)
    if kind is Kind.NEW_PUPILS:
        return max(year, AcademicYear.of(timezone.localdate()))
    return year


def _stated_year(header: Header) -> AcademicYear:
    """As the header says, else by the day the file was made."""
    stated = header.school.academic_year or ""
    if len(stated) == len("2026") and stated.isascii() and stated.isdigit():
        return AcademicYear(int(stated) + 1)
    try:
        made = datetime.fromisoformat(header.date_time or "").date()
    except ValueError:
        made = timezone.localdate()
    return AcademicYear.of(made)


def _of_elsewhere(header: Header, year: AcademicYear) -> dict[str, Any]:
    """What a file of another school says that is not so of a pupil who joins.

    In a later year than the file's the year group follows from the date of birth.
    """
    days: dict[str, Any] = {"entry_date": None, "leaving_date": None}
    return days if _stated_year(header) == year else days | {"nc_year": None}


def _updates(incoming: Incoming, kind: Kind) -> tuple[Update, ...]:
    """What the file can be for, by what it holds; who joins is added first of all."""
    results = any(code != _NOT_A_PUPIL for code in incoming.contains)
    if kind.from_dfe:
        return (Update.ASSESSMENTS,)
    joining = kind is Kind.NEW_PUPILS
    if incoming.header.qualifier == "partial" and results and not joining:
        return _RESULTS_FIRST
    return _ANY


def _counts(incoming: Incoming, staged: Staged) -> dict[str, object]:
    header = incoming.header
    return {
        "pupils": len(staged.offers),
        "results": sum(len(offer.values) for offer in staged.offers),
        "contains": list(incoming.contains),
        "left_out": dict(incoming.left_out),
        "not_taken": dict(staged.not_taken),
        "presumed": dict(staged.presumed),
        "errors": incoming.report.errors,
        "queries": incoming.report.queries,
        "made": header.date_time or "",
        "version": header.version or "",
        "source": header.school.name or "",
    }


def _refuse_what_stops_it(incoming: Incoming) -> None:
    said = [_in_words(finding) for finding in incoming.stopping]
    if said:
        more = len(said) - _SHOWN
        tail = [f"And {more} more like this."] if more > 0 else []
        remedy = incoming.stopping[0].remedy
        places = [_nameless(finding) for finding in incoming.stopping[:_SHOWN]]
        raise Refused(
            " ".join([*said[:_SHOWN], *tail, remedy]),
            nameless=" ".join([f"{', '.join(places)}.", *tail, _LOOK]),
        )


def _nameless(finding: Finding) -> str:
    """The rule and the line, without whom it is about."""
    return f"{finding.code} in line {finding.line}" if finding.line else finding.code


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
