"""The H rules: a file's header, held against what the file contains."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from hornbook.ctf.elements import elements, oldest_version
from hornbook.ctf.form import FileFacts
from hornbook.ctf.purpose import DOWNLOAD
from hornbook.findings import Faults, Repair, Severity, fault, file_rule
from hornbook.identifiers import AcademicYear, parse_urn
from hornbook.rulebook.load import codeset, rulebook, years
from hornbook.rulebook.model import Collection, Recipient

ERROR, QUERY = Severity.ERROR, Severity.QUERY
DOCUMENT_NAME: Final = "Common Transfer File"
QUALIFIERS: Final = ("full", "partial")
_AUGUST: Final = 8
_FOUR_DIGITS: Final = (
    "it must be the 4 digits of the year that the school year began in"
)
_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII
)


def version_number(text: str | None) -> int | None:
    """25 for 25.0; None where it is no version."""
    whole, _, part = (text or "").partition(".")
    ok = whole.isascii() and whole.isdigit() and part in {"", "0"}
    return int(whole) if ok and len(whole) <= 3 else None


def needed_version(newest: AcademicYear | None) -> int | None:
    """The version of the year of the newest result."""
    return None if newest is None else int(newest.ctf_version.partition(".")[0])


def effective_version(file: FileFacts) -> int | None:
    """The later of the version stated and, in a return, the one its results need."""
    stated = version_number(file.header.version)
    needed = needed_version(file.newest) if file.purpose == "return" else None
    return max(filter(None, (stated, needed)), default=None)


@file_rule(
    "H01",
    "The file says CTF version {value}. Its results of {year} need {needed}.",
    severity=ERROR,
    repair=Repair.SAFE,
)
def version_too_old(file: FileFacts) -> Faults:
    """The version is older than the year of the results needs.

    Why it matters: the portal and many local authorities refuse the file.
    How to fix: let Hornbook write the version of the year, and what changed with it.
    """
    stated, needed = version_number(file.header.version), needed_version(file.newest)
    if stated is not None and needed is not None and stated < needed:
        yield fault(
            element="CTFversion",
            value=file.header.version,
            year=file.newest,
            needed=f"{needed}.0",
            place=file.header.place("CTFversion"),
        )


@file_rule(
    "H02",
    "The file says {stated}. Hornbook knows {oldest}.0 to {latest}.",
    severity=QUERY,
)
def version_unknown(file: FileFacts) -> Faults:
    """The version is not known, or newer than this Hornbook.

    Why it matters: what came in with that version was not checked.
    How to fix: see whether there is a newer Hornbook, or whether the number is a slip.
    """
    number = version_number(file.header.version)
    latest = years()[-1].ctf_version
    if number is None or not oldest_version() <= number <= float(latest):
        yield fault(
            element="CTFversion",
            value=file.header.version,
            stated=_in_words(file.header.version),
            oldest=oldest_version(),
            latest=latest,
            place=file.header.place("CTFversion"),
        )


def _in_words(version: str | None) -> str:
    return f"CTF version {version}" if version else "no CTF version"


@file_rule(
    "H03",
    "The document is named {value}. It must be named " + DOCUMENT_NAME + ".",
    severity=ERROR,
    repair=Repair.SAFE,
)
def document_name_wrong(file: FileFacts) -> Faults:
    """The header does not name the document as it must.

    Why it matters: the recipient takes it for another kind of file.
    How to fix: let Hornbook write the right name into the header.
    """
    if file.header.text.get("DocumentName") != DOCUMENT_NAME:
        yield fault(
            element="DocumentName",
            value=file.header.document_name or "nothing",
            place=file.header.place("DocumentName"),
        )


@file_rule(
    "H04",
    "The document qualifier is {value}. In a return of results it must be partial.",
    severity=ERROR,
    returns_only=True,
    repair=Repair.ASK,
)
def qualifier_wrong(file: FileFacts) -> Faults:
    """The qualifier is missing or unknown, or a return of results says full.

    Why it matters: a full file is a pupil's transfer to another school.
    How to fix: write partial, if the file is a return; otherwise export a return.
    """
    stated = file.header.qualifier
    if stated not in QUALIFIERS or (stated == "full" and file.contains):
        yield fault(
            element="DocumentQualifier",
            value=stated or "missing",
            place=file.header.place("DocumentQualifier"),
        )


@file_rule(
    "H05",
    "The source school's {which} is {value}. It must be {must}.",
    severity=ERROR,
    repair=Repair.ASK,
)
def source_school_wrong(file: FileFacts) -> Faults:
    """The source school's local authority or establishment number cannot be right.

    Why it matters: the recipient cannot tell which school the file comes from.
    How to fix: correct the school's details in the system that made the file.
    """
    source = file.header.school
    if (source.la, source.estab) == ("XXX", "XXXX"):
        return
    if (source.la or "") not in codeset("la_numbers"):
        yield fault(
            element="LEA",
            value=source.la or "missing",
            which="local authority number",
            must="the 3 digits of a local authority",
            place=file.header.place("SourceSchool/LEA"),
        )
    estab = source.estab or ""
    if not (len(estab) == 4 and estab.isascii() and estab.isdigit()):
        yield fault(
            element="Estab",
            value=estab or "missing",
            which="establishment number",
            must="4 digits",
            place=file.header.place("SourceSchool/Estab"),
        )


@file_rule(
    "H06",
    "The file is addressed to {value}. {title} goes to {allowed}.",
    severity=ERROR,
    returns_only=True,
    repair=Repair.ASK,
)
def destination_wrong(file: FileFacts) -> Faults:
    """The destination is not one that takes what the file holds.

    Why it matters: the file arrives nowhere, or somewhere that must not have it.
    How to fix: make the file again for the right recipient.
    """
    source, to = file.header.school, file.header.destination
    if (source.la, source.estab) == (to.la, to.estab):
        return
    for collection, takers in _returned_to(file):
        if not any(_takes(to.la, to.estab, taker) for taker in takers):
            yield fault(
                element="DestSchool",
                value=f"{to.la or ''}{to.estab or ''}" or "nobody",
                title=collection.title,
                allowed=" or ".join(_address(each) for each in takers),
                place=file.header.place("DestSchool/LEA"),
            )


def _returned_to(
    file: FileFacts,
) -> Iterator[tuple[Collection, tuple[Recipient, ...]]]:
    """The collections in the file that are returned, and to whom."""
    book = rulebook(year_held(file.newest))
    for code in file.contains:
        collection = book.collections.get(code)
        recipients = collection.recipients if collection else ()
        takers = tuple(each for each in recipients if each.code != "mis")
        if collection and takers:
            yield collection, takers


def takers(file: FileFacts) -> tuple[Recipient, ...]:
    """Those who take all that is returned in the file."""
    found = [takers for _, takers in _returned_to(file)]
    if not found:
        return ()
    addresses = [{(one.la, one.estab) for one in each} for each in found]
    everyones = set.intersection(*addresses)
    return tuple(one for one in found[0] if (one.la, one.estab) in everyones)


def year_held(year: AcademicYear | None) -> AcademicYear:
    """The year, or the nearest for which there is a rulebook."""
    return min(max(year or years()[-1], years()[0]), years()[-1])


def _takes(la: str | None, estab: str | None, recipient: Recipient) -> bool:
    """Whether a destination is the recipient's address."""
    if estab != recipient.estab:
        return False
    return la == recipient.la if recipient.la else (la or "") in codeset("la_numbers")


def _address(recipient: Recipient) -> str:
    la = recipient.la or "the LA number and "
    return f"{recipient.title} ({la}{recipient.estab})"


@file_rule(
    "H07",
    "The header says academic year {value}, but {other}.",
    severity=QUERY,
    repair=Repair.ASK,
)
def years_disagree(file: FileFacts) -> Faults:
    """The academic year, the date and the results of the file are of different years.

    Why it matters: the recipient may put the results into the wrong year.
    How to fix: look at the year that the file is for, and export it for that year.
    """
    stated = file.header.get("SourceSchool/AcademicYear")
    if stated is None:
        return
    plain = len(stated) == 4 and stated.isascii() and stated.isdigit()
    other = _other_year(file, int(stated)) if plain else _FOUR_DIGITS
    if other:
        yield fault(
            element="AcademicYear",
            value=stated or "nothing",
            other=other,
            place=file.header.place("SourceSchool/AcademicYear"),
        )


def _other_year(file: FileFacts, stated: int) -> str:
    """What says another year than the header, in words."""
    if file.purpose == "return" and file.newest and file.newest.starts != stated:
        return f"the newest results are of {file.newest}"
    made = moment(file.header.date_time)
    if made is None or made_within(stated, made.date()):
        return ""
    year = AcademicYear.of(made.date())
    return f"the file was made on {made:%d %B %Y}, in {year}"


def made_within(starts: int, day: date) -> bool:
    """Whether a file of the year that starts then may be made on a day."""
    now = AcademicYear.of(day).starts
    return starts in {now, now + 1 if day.month == _AUGUST else now}


@file_rule(
    "H08",
    "The date and time of the file is {value}. It must be {must}.",
    severity=ERROR,
    repair=Repair.SAFE,
)
def date_wrong(file: FileFacts) -> Faults:
    """The date and time of the file is missing, cannot be read, or is in the future.

    Why it matters: strict readers refuse the file, others take it for the newest.
    How to fix: let Hornbook write the time at which the file is put right.
    """
    stated = file.header.date_time
    made = moment(stated)
    soon = file.now.replace(tzinfo=None) + timedelta(days=1)
    if made is None or made > soon:
        yield fault(
            element="DateTime",
            value=stated or "missing",
            must="like 2026-06-19T15:02:11" if made is None else "in the past",
            place=file.header.place("DateTime"),
        )


def moment(text: str | None) -> datetime | None:
    """A date and time as stated, its zone put aside; None where it is none."""
    if not _MOMENT.fullmatch(text or ""):
        return None
    try:
        return datetime.fromisoformat(text or "").replace(tzinfo=None)
    except ValueError:
        return None


@file_rule(
    "H09",
    "The source school's URN is {value}. It must be 6 digits.",
    severity=QUERY,
    repair=Repair.ASK,
)
def urn_wrong(file: FileFacts) -> Faults:
    """The source school's URN is missing or cannot be right.

    Why it matters: some recipients know a school by its URN.
    How to fix: correct the school's details in the system that made the file.
    """
    version = version_number(file.header.version) or oldest_version()
    expected = elements()["Header/SourceSchool/URN"].stands_in(version)
    if file.purpose == DOWNLOAD or not expected:
        return
    stated = file.header.school.urn or ""
    try:
        parse_urn(stated)
    except ValueError:
        yield fault(
            element="URN",
            value=stated or "missing",
            place=file.header.place("SourceSchool/URN"),
        )


@file_rule(
    "H10",
    "The file does not say which system made it: SupplierID is {value}.",
    severity=QUERY,
    repair=Repair.SAFE,
)
def supplier_blank(file: FileFacts) -> Faults:
    """The file does not name the system that made it.

    Why it matters: some systems refuse a file without it, and nobody can be asked.
    How to fix: let Hornbook write a name, or ask the maker of the file.
    """
    if not file.header.supplier:
        yield fault(
            element="SupplierID",
            value="blank" if file.header.supplier is not None else "missing",
            place=file.header.place("SupplierID"),
        )
