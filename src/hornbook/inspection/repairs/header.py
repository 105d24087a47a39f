"""Repairs of a file's header: the H rules."""

from collections.abc import Iterator
from typing import Final

from hornbook.ctf.edits import TYPED, Edit
from hornbook.ctf.elements import order_in
from hornbook.ctf.header_rules import (
    DOCUMENT_NAME,
    QUALIFIERS,
    moment,
    takers,
)
from hornbook.ctf.purpose import RETURN
from hornbook.ctf.trees import Tree
from hornbook.identifiers import AcademicYear
from hornbook.inspection.repairs.names import to_destination
from hornbook.inspection.repairs.offers import Choice, Spot, repair
from hornbook.rulebook.load import codeset

_HEADER: Final = "Header"
_SUPPLIER: Final = "Hornbook"
_LA_DIGITS: Final = 3
_PARTIAL: Final = QUALIFIERS[-1]


def _written(spot: Spot, element: str, value: str) -> tuple[Edit, ...]:
    """A value in an element of the header's own."""
    if spot.header is None:
        return ()
    return (spot.header.put(spot.header.root, element, value, order_in(_HEADER)),)


def _in_school(
    tree: Tree | None, which: str, values: dict[str, str]
) -> tuple[Edit, ...]:
    """Values in one of the two schools of the header, which is made if need be."""
    if tree is None:
        return ()
    school = tree.root.kid(which)
    if school is None:
        content = "".join(f"<{name}>{text}</{name}>" for name, text in values.items())
        return (tree.insert(tree.root, which, content, order_in(_HEADER)),)
    order = order_in(f"{_HEADER}/{which}")
    return tuple(tree.put(school, name, text, order) for name, text in values.items())


@repair("H01")
def write_needed_version(spot: Spot) -> Iterator[Choice]:
    """Write the version that the results need."""
    needed = str(spot.fault.facts["needed"])
    yield Choice(
        words=f"Write CTF version {needed}.",
        edits=_written(spot, "CTFversion", needed),
    )


@repair("H03")
def write_document_name(spot: Spot) -> Iterator[Choice]:
    """Write the name that every such document has."""
    yield Choice(
        words=f"Write {DOCUMENT_NAME}.",
        edits=_written(spot, "DocumentName", DOCUMENT_NAME),
    )


@repair("H04")
def write_partial(spot: Spot) -> Iterator[Choice]:
    """Write that the file is partial, as returns are."""
    yield Choice(
        words=f"Write {_PARTIAL}: the file is a return of results.",
        edits=_written(spot, "DocumentQualifier", _PARTIAL),
    )


@repair("H05")
def write_source_number(spot: Spot) -> Iterator[Choice]:
    """Write the number that the file's name has, or one that is typed."""
    part = spot.fault.element or ""
    name = spot.file.parsed.name
    la, estab = (
        (name.source[:_LA_DIGITS], name.source[_LA_DIGITS:]) if name else ("",) * 2
    )
    number = la if part == "LEA" else estab
    if la in codeset("la_numbers") and estab.isdigit():
        yield Choice(
            words=f"Write {number}, as in the name of the file.",
            edits=_in_school(spot.header, "SourceSchool", {part: number}),
        )
    yield Choice(
        words="Write the number that you type.",
        edits=_in_school(spot.header, "SourceSchool", {part: TYPED}),
        asks_for=str(spot.fault.facts["which"]),
    )


@repair("H06")
def write_destination(spot: Spot) -> Iterator[Choice]:
    """Address the file to one who takes what it holds, in the name too."""
    own = spot.file.header.school.la or ""
    for taker in takers(spot.file):
        la, estab = taker.la or own, taker.estab or ""
        if la == taker.la or la in codeset("la_numbers"):
            yield Choice(
                words=f"Address it to {taker.title} ({la}{estab}).",
                edits=_in_school(
                    spot.header, "DestSchool", {"LEA": la, "Estab": estab}
                ),
                rename=to_destination(f"{la}{estab}"),
            )


@repair("H07")
def write_academic_year(spot: Spot) -> Iterator[Choice]:
    """Write the year of the results, or else the year in which the file was made."""
    year = spot.file.newest if spot.file.purpose == RETURN else None
    made = moment(spot.file.header.date_time)
    if year is None and made is not None:
        year = AcademicYear.of(made.date())
    stated = spot.file.header.get("SourceSchool/AcademicYear")
    if year is not None and stated != str(year.starts):
        yield Choice(
            words=f"Write {year.starts}, for the academic year {year}.",
            edits=_in_school(
                spot.header, "SourceSchool", {"AcademicYear": str(year.starts)}
            ),
        )


@repair("H08")
def write_date(spot: Spot) -> Iterator[Choice]:
    """Write the time at which the file is put right."""
    now = spot.file.now.replace(tzinfo=None).isoformat(timespec="seconds")
    yield Choice(
        words=f"Write the time now, {now}.", edits=_written(spot, "DateTime", now)
    )


@repair("H09")
def write_urn(spot: Spot) -> Iterator[Choice]:
    """Write the URN that is typed."""
    yield Choice(
        words="Write the URN that you type.",
        edits=_in_school(spot.header, "SourceSchool", {"URN": TYPED}),
        asks_for="URN",
    )


@repair("H10")
def write_supplier(spot: Spot) -> Iterator[Choice]:
    """Name the system that last wrote the file."""
    yield Choice(
        words=f"Write {_SUPPLIER} as the system that wrote it.",
        edits=_written(spot, "SupplierID", _SUPPLIER),
    )
