"""A sound file of every collection, year and recipient, and one fault in each."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from hornbook.ctf.write import Outgoing, write_ctf
from hornbook.identifiers import AcademicYear, check_letter
from hornbook.inspection.check import check_stream
from hornbook.inspection.report import FileReport
from hornbook.records import Pupil, Result, School
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Collection, Item, Recipient

SCHOOL = School(la="846", estab="3010", urn="114500", name="Hove Lane School")
NOW = datetime(2027, 11, 1, tzinfo=UTC)


def files() -> Iterator[tuple[AcademicYear, Collection, Recipient]]:
    for year in years():
        for collection in rulebook(year).collections.values():
            if any(item.ctf for item in collection.items):
                for recipient in collection.recipients:
                    yield year, collection, recipient


def named(part: AcademicYear | Collection | Recipient) -> str:
    return str(part) if isinstance(part, AcademicYear) else part.code


def value_of(item: Item) -> str:
    """A mark or a code that nobody queries."""
    if item.marks:
        return str(item.marks.highest - 1)
    return next(
        outcome.code
        for outcome in item.outcomes
        if outcome.set_by == "school" and not outcome.queried
    )


def pupil_of(
    collection: Collection, year: AcademicYear, group: str, value: str | None
) -> Pupil:
    age = 5 if group == "R" else 5 + int(group)
    body = f"84630102500{age % 10}"
    results = []
    for item in collection.items:
        stated = value or value_of(item)
        combination = item.combination_for(value_of(item))
        if item.required and combination:
            results.append(Result(combination, str(year.ends), stated))
    return Pupil(
        upn=check_letter(body) + body,
        surname="Nowak",
        forename=f"Zoë {group}",
        dob=f"{year.starts - age + 1}-05-04",
        sex="F",
        nc_year=group,
        results=tuple(results),
    )


def check(
    year: AcademicYear,
    collection: Collection,
    recipient: Recipient,
    *,
    value: str | None = None,
) -> FileReport:
    la, estab = recipient.la or "846", recipient.estab or "3010"
    content = write_ctf(
        Outgoing(
            version=rulebook(year).ctf.version,
            date_time=f"{year.ends}-06-20T10:00:00",
            source=School(
                la=SCHOOL.la,
                estab=SCHOOL.estab,
                urn=SCHOOL.urn,
                name=SCHOOL.name,
                academic_year=str(year.starts),
            ),
            destination=School(la=la, estab=estab),
            qualifier=recipient.qualifier,
            pupils=[
                pupil_of(collection, year, group, value)
                for group in collection.nc_years
            ],
        )
    )
    name = f"8463010_{recipient.infix}_{la}{estab}_001.xml"
    return check_stream(io.BytesIO(content), name, now=NOW)


@pytest.mark.parametrize(("year", "collection", "recipient"), list(files()), ids=named)
def test_a_sound_file_is_passed(
    year: AcademicYear, collection: Collection, recipient: Recipient
) -> None:
    report = check(year, collection, recipient)

    codes = {finding.code for finding in report.findings}
    assert codes == (
        {"R26"} if not collection.statutory and report.purpose == "return" else set()
    )
    assert report.contains == (collection.code,)
    assert report.academic_year == year.ends


@pytest.mark.parametrize(("year", "collection", "recipient"), list(files()), ids=named)
def test_a_value_that_no_year_has_is_found(
    year: AcademicYear, collection: Collection, recipient: Recipient
) -> None:
    report = check(year, collection, recipient, value="BLW")

    assert "R02" in {finding.code for finding in report.findings}
    assert str(year) in report.findings[0].message
