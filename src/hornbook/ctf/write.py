"""Records to bytes, in the order of the specification. UTF-8, no empty elements."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape

from hornbook.ctf.elements import sex_element
from hornbook.records import Pupil, Result, School

_IDENTITY: Final = (
    ("UPN", "upn"),
    ("Surname", "surname"),
    ("Forename", "forename"),
    ("DOB", "dob"),
)
_BASIC: Final = (
    ("FormerUPN", "former_upn"),
    ("PreferredSurname", "preferred_surname"),
    ("FormerSurname", "former_surname"),
    ("PreferredForename", "preferred_forename"),
    ("MiddleNames", "middle_names"),
    ("NCyearActual", "nc_year"),
    ("Ethnicity", "ethnicity"),
    ("ServiceChild", "service_child"),
    ("EnrolStatus", "enrol_status"),
)


_NOT_IN_XML: Final = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
# A reader makes a line feed of it unless it is written as a reference.
_KEPT: Final = {"\r": "&#13;"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A file to be written: its header and its pupils."""

    version: str
    date_time: str
    source: School
    destination: School
    pupils: Sequence[Pupil]
    descriptor: str = ""
    qualifier: str = "partial"
    supplier: str = "Hornbook"


def write_ctf(file: Outgoing) -> bytes:
    """The file's bytes."""
    return "\n".join(_lines(file)).encode("utf-8") + b"\n"


def _element(name: str, value: str | None) -> str:
    """An element, or nothing where there is no value.

    Characters that XML cannot carry at all are left out, so that the file is sound.
    """
    text = escape(_NOT_IN_XML.sub("", value or ""), _KEPT)
    return f"<{name}>{text}</{name}>" if text else ""


def _together(name: str, parts: Iterable[str]) -> str:
    """An element round others, or nothing round nothing."""
    inside = "".join(parts)
    return f"<{name}>{inside}</{name}>" if inside else ""


def _lines(file: Outgoing) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<CTfile>"
    yield "  <Header>"
    for line in _header(file):
        if line:
            yield f"    {line}"
    yield "  </Header>"
    yield "  <CTFpupilData>"
    for pupil in file.pupils:
        yield from _pupil(pupil, file.version)
    yield "  </CTFpupilData>"
    yield "</CTfile>"


def _header(file: Outgoing) -> Iterator[str]:
    yield _element("DocumentName", "Common Transfer File")
    yield _element("CTFversion", file.version)
    yield _element("DateTime", file.date_time)
    yield _element("DocumentQualifier", file.qualifier)
    yield _element("DataDescriptor", file.descriptor)
    yield _element("SupplierID", file.supplier)
    yield _together("SourceSchool", _school(file.source))
    yield _together("DestSchool", _school(file.destination))


def _school(school: School) -> Iterator[str]:
    yield _element("LEA", school.la)
    yield _element("Estab", school.estab)
    yield _element("URN", school.urn)
    yield _element("SchoolName", school.name)
    yield _element("AcademicYear", school.academic_year)


def _pupil(pupil: Pupil, version: str) -> Iterator[str]:
    yield "    <Pupil>"
    identity = [_element(name, getattr(pupil, field)) for name, field in _IDENTITY]
    sex = _element(sex_element(version), pupil.sex)
    basic = _together(
        "BasicDetails",
        (_element(name, getattr(pupil, field)) for name, field in _BASIC),
    )
    address = _together("Address", [_element("PostCode", pupil.postcode)])
    for line in (*identity, sex, basic, address):
        if line:
            yield f"      {line}"
    if pupil.results:
        yield "      <StageAssessments>"
        for stage, results in groupby(_sorted(pupil.results), _stage):
            yield f"        <KeyStage>{_element('Stage', stage)}"
            for result in results:
                yield f"          {_result(result)}"
            yield "        </KeyStage>"
        yield "      </StageAssessments>"
    yield "    </Pupil>"


def _stage(result: Result) -> str:
    return result.combination.stage


def _sorted(results: Iterable[Result]) -> list[Result]:
    """By stage; within one, in the order given."""
    return sorted(results, key=_stage)


def _result(result: Result) -> str:
    codes = result.combination
    return _together(
        "StageAssessment",
        (
            _element("Locale", result.locale),
            _element("Year", result.year),
            _element("Subject", codes.subject),
            _element("Method", codes.method),
            _element("Component", codes.component),
            _element("ResultStatus", result.status),
            _element("ResultQualifier", codes.qualifier),
            _element("Result", result.value),
            _element("ResultDate", result.date),
        ),
    )
