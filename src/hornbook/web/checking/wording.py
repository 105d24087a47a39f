"""What is said of a file that was checked, in a school's words. Pure."""

from collections.abc import Sequence
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.inspection.report import FileReport
from hornbook.records import School
from hornbook.rulebook.load import rulebook, years
from hornbook.wording import are, many

_PURPOSES: Final = {
    "dfe-download": "A download from the DfE",
    "mis": "Data for the school's own system",
    "return": "A return to the local authority or the Standards and Testing Agency",
    "transfer": "Pupils' records for another school",
}
_UNKNOWN: Final = "unknown"
_KILOBYTE: Final = 1024


def counts(report: FileReport) -> str:
    """2 errors, 1 query."""
    found = (
        (report.errors, "error", "errors"),
        (report.queries, "query", "queries"),
        (report.notes, "note", "notes"),
    )
    return ", ".join(many(*each) for each in found if each[0])


def state(report: FileReport) -> str:
    """How bad it is: unreadable, error, query or good."""
    if report.stopped:
        return "unreadable"
    if report.errors:
        return "error"
    return "query" if report.queries else "good"


def verdict(report: FileReport) -> str:
    """The one sentence to read."""
    if report.stopped and report.unread:
        return report.stopped.message
    if report.stopped:
        return "This file is broken: it cannot be read to its end."
    if report.errors:
        errors = many(report.errors, "error", "errors")
        if report.purpose == "return":
            return f"This file would be refused: it has {errors}."
        return f"This file is not right: it has {errors}."
    if report.queries:
        look = many(report.queries, "query", "queries")
        return f"No errors were found. There {are(report.queries)} {look} to look at."
    return "No errors were found in what was checked."


def why(report: FileReport) -> str:
    """What stopped the reading, or what to do instead; blank where nothing did."""
    if report.stopped is None:
        return ""
    return report.stopped.remedy if report.unread else report.stopped.message


def of_all(reports: Sequence[FileReport]) -> str:
    """The one sentence on several files, or the verdict on a single one."""
    if len(reports) == 1:
        found = "" if reports[0].unread else counts(reports[0])
        return f"{reports[0].name}. {verdict(reports[0])} {found}"
    bad = sum(state(report) in {"unreadable", "error"} for report in reports)
    if not bad:
        return f"{len(reports)} files were checked. No errors were found in them."
    have = "has" if bad == 1 else "have"
    return f"{len(reports)} files were checked. {bad} {have} errors."


def facts(report: FileReport) -> list[tuple[str, str]]:
    """What the file is; nothing of one that could not be read at all."""
    if report.unread:
        return [("Size", size(report.size))] if report.size else []
    year = report.academic_year
    known = [
        ("Holds", contents(report)),
        ("Made by", "" if report.producer == _UNKNOWN else report.producer),
        ("Version", _version(report)),
        ("What it is for", _PURPOSES[report.purpose]),
        ("From", _school(report.source)),
        ("To", _school(report.destination)),
        ("School year", str(AcademicYear(year)) if year else ""),
        ("Size", size(report.size)),
    ]
    return [(name, said) for name, said in known if said]


def in_short(report: FileReport) -> str:
    """In brackets: made by Arbor, CTF 25.0, 30 pupils, Phonics screening check."""
    made_by = "" if report.producer == _UNKNOWN else f"made by {report.producer}"
    version = f"CTF {report.version}" if report.version else ""
    return ", ".join(filter(None, [made_by, version, contents(report)]))


def contents(report: FileReport) -> str:
    """30 pupils, Phonics screening check."""
    pupils = many(report.pupils, "pupil", "pupils")
    return ", ".join([pupils, *map(_title, report.contains)])


def _title(code: str) -> str:
    """A collection by its title; a file without results holds the pupils alone."""
    collection = rulebook(years()[-1]).collections.get(code)
    return collection.title if collection else "no results"


def _version(report: FileReport) -> str:
    """CTF 25.0, partial."""
    stated = f"CTF {report.version}" if report.version else ""
    return ", ".join(filter(None, [stated, report.qualifier]))


def _school(school: School) -> str:
    """A school by its name, and the two numbers it is known by."""
    numbers = "/".join(filter(None, [school.la, school.estab]))
    return ", ".join(filter(None, [school.name, numbers]))


def size(octets: int) -> str:
    """7 KB, 2.3 MB."""
    if octets < _KILOBYTE:
        return many(octets, "byte", "bytes")
    if octets < _KILOBYTE * _KILOBYTE:
        return f"{octets / _KILOBYTE:.0f} KB"
    megabytes = octets / _KILOBYTE / _KILOBYTE
    return f"{megabytes:.1f}".removesuffix(".0") + " MB"
