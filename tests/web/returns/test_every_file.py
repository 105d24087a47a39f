"""Every collection, year and recipient: what is written is read back equal.

Two readers that know nothing of each other: plain ElementTree, and Hornbook's own.
"""

import string
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import upns
from tests.web.results.scene import enrol, give, make_school
from tests.web.returns.reader import Read, read

from hornbook import records
from hornbook.ctf.read import open_ctf
from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Collection, Item, Recipient
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.cohort import Held, Member
from hornbook.web.results.models import Result
from hornbook.web.results.queries import Sight
from hornbook.web.returns import actions, queries
from hornbook.web.returns.outgoing import Going, as_bytes, as_sent
from hornbook.web.schools.models import School

WHEN = "2026-06-24T11:00:00"
EVERY = [
    (year, collection, recipient)
    for year in years()
    for collection in rulebook(year).collections.values()
    for recipient in collection.recipients
]
WRITTEN = [one for one in EVERY if any(item.ctf for item in one[1].items)]
NOT_WRITTEN = [one for one in EVERY if one not in WRITTEN]
FEW = settings(max_examples=12)


def each(
    found: list[tuple[AcademicYear, Collection, Recipient]],
) -> pytest.MarkDecorator:
    """Run a test for each of them."""
    names = [f"{year} {one.code} to {recipient.code}" for year, one, recipient in found]
    return pytest.mark.parametrize(
        ("year", "collection", "recipient"), found, ids=names
    )


# The order of the specification, with those of its elements that a return may have.
HEADER = [
    "DocumentName",
    "CTFversion",
    "DateTime",
    "DocumentQualifier",
    "DataDescriptor",
    "SupplierID",
    "SourceSchool",
    "DestSchool",
]
PUPIL = ["UPN", "Surname", "Forename", "DOB", "sex", "BasicDetails", "Address"]
RESULT = [
    "Locale",
    "Year",
    "Subject",
    "Method",
    "Component",
    "ResultStatus",
    "ResultQualifier",
    "Result",
]
NAMES = st.text(string.ascii_letters + "éöñłŵ'- &<>\"", min_size=1, max_size=30).filter(
    lambda name: name.strip() == name
)


def going(year: AcademicYear, collection: Collection, recipient: Recipient) -> Going:
    school = School(name="St Æthel's & St John's", la="926", estab="2155", urn="123456")
    return Going(
        school=school,
        book=rulebook(year),
        collection=collection,
        recipient=recipient,
    )


def values(item: Item) -> list[str]:
    """Everything the year allows, the outcomes that are worked out as well."""
    marks = item.marks
    numbers = range(marks.lowest, marks.highest + 1) if marks else ()
    return [*map(str, numbers), *(outcome.code for outcome in item.outcomes), ""]


@st.composite
def pupils(draw: st.DrawFn, collection: Collection) -> tuple[Pupil, Member]:
    pupil = Pupil(
        pk=draw(st.integers(1, 9999)),
        upn=str(draw(upns)),
        surname=draw(NAMES),
        forename=draw(NAMES),
        dob=draw(st.dates(date(2010, 1, 1), date(2022, 8, 31))),
        sex=draw(st.sampled_from("MF")),
        postcode=draw(st.sampled_from(("", "NR1 1AA"))),
    )
    held = {
        item.code: Held(number, draw(st.sampled_from(values(item))))
        for number, item in enumerate(collection.items)
    }
    member = Member(
        pupil=pupil.pk,
        surname=pupil.surname,
        forename=pupil.forename,
        class_name="",
        nc_year=draw(st.sampled_from(collection.nc_years)),
        held=held,
    )
    return pupil, member


def expected(member: Member, going: Going) -> set[tuple[str, ...]]:
    """The results of a pupil that must be in the file, worked out from the rulebook."""
    found: set[tuple[str, ...]] = set()
    for item in going.collection.items:
        value = member.values.get(item.code, "")
        is_mark = item.marks is not None and value.isdigit()
        for travel in item.ctf:
            carried = travel.carries in {"either", "mark" if is_mark else "outcome"}
            if value and carried and value not in {"Wa", "Wt"}:
                codes = travel.subject, travel.method, travel.component
                found.add((travel.stage, *codes, travel.qualifier, value))
    return found


@each(WRITTEN)
@FEW
@given(data=st.data())
def test_what_is_written_is_read_back(
    year: AcademicYear,
    collection: Collection,
    recipient: Recipient,
    data: st.DataObject,
) -> None:
    asked = going(year, collection, recipient)
    one, other = data.draw(pupils(collection)), data.draw(pupils(collection))

    sent = tuple(as_sent(pupil, member, asked) for pupil, member in (one, other))
    content = as_bytes(asked, sent, WHEN)

    plain = read(content)
    for (pupil, member), element in zip((one, other), plain.pupils, strict=True):
        assert element.findtext("UPN") == pupil.upn
        assert element.findtext("Surname") == pupil.surname
        assert element.findtext("Forename") == pupil.forename
        assert element.findtext("DOB") == pupil.dob.isoformat()
        assert sex(element, year) == pupil.sex
        assert element.findtext("BasicDetails/NCyearActual") == member.nc_year
        wanted = pupil.postcode if recipient.wants_postcode else ""
        assert (element.findtext("Address/PostCode") or "") == wanted
        assert results_of(element) == expected(member, asked)
    in_order(content)
    assert tuple(ours(content)) == sent


def sex(element: ET.Element, year: AcademicYear) -> str:
    """The sex under the name that the year's version has for it, and under no other."""
    new, old = element.findtext("Sex"), element.findtext("Gender")
    assert (new is None) != (old is None)
    assert (new is not None) == (year.ends >= 2024)
    return new or old or ""


def results_of(pupil: ET.Element) -> set[tuple[str, ...]]:
    names = ("Subject", "Method", "Component", "ResultQualifier", "Result")
    return {
        (stage.findtext("Stage") or "", *(one.findtext(name) or "" for name in names))
        for stage in pupil.iter("KeyStage")
        for one in stage.iter("StageAssessment")
    }


def in_order(content: bytes) -> None:
    """Every element stands where the specification has it, and none is empty."""
    root = ET.fromstring(content)
    assert [part.tag for part in root] == ["Header", "CTFpupilData"]
    assert [part.tag for part in root.iterfind("Header/*")] == HEADER
    for pupil in root.iter("Pupil"):
        tags = ["sex" if t in {"Sex", "Gender"} else t for t in (p.tag for p in pupil)]
        assert tags == [name for name in [*PUPIL, "StageAssessments"] if name in tags]
    for one in root.iter("StageAssessment"):
        assert [part.tag for part in one] == RESULT
        assert one.findtext("ResultStatus") == "R"
        assert one.findtext("Locale") == "ENG"
    assert all(len(part) or (part.text or "").strip() for part in root.iter())


def ours(content: bytes) -> Iterator[records.Pupil]:
    """The pupils as Hornbook reads them."""
    return (each.record for each in open_ctf(BytesIO(content)).pupils())


@each(WRITTEN)
def test_the_header_says_from_whom_to_whom_and_of_which_year(
    year: AcademicYear, collection: Collection, recipient: Recipient
) -> None:
    asked = going(year, collection, recipient)

    plain = read(as_bytes(asked, (), WHEN))

    assert plain.header["DocumentName"] == "Common Transfer File"
    assert plain.header["CTFversion"] == f"{year.starts % 100}.0"
    assert plain.header["DateTime"] == WHEN
    assert plain.header["DocumentQualifier"] == "partial"
    assert plain.source["AcademicYear"] == str(year.starts)
    assert plain.source["SchoolName"] == asked.school.name
    assert (
        plain.destination
        == {
            "la": {"LEA": "926", "Estab": "LLLL"},
            "sta": {"LEA": "NAA", "Estab": "LLLL"},
            "mis": {"LEA": "926", "Estab": "2155", "URN": "123456"},
        }[recipient.code]
    )


@each(WRITTEN)
@FEW
@given(data=st.data())
def test_one_record_gives_one_file_but_for_its_time(
    year: AcademicYear,
    collection: Collection,
    recipient: Recipient,
    data: st.DataObject,
) -> None:
    asked = going(year, collection, recipient)
    sent = (as_sent(*data.draw(pupils(collection)), asked),)

    first = as_bytes(asked, sent, WHEN)
    later = as_bytes(asked, sent, "2026-06-25T09:30:00")

    assert first == as_bytes(asked, sent, WHEN)
    assert first == later.replace(b"2026-06-25T09:30:00", WHEN.encode())


INFIXES = {
    "eyfsp": "FSP",
    "phonics": "PHO",
    "ks1": "KS1",
    "ks2-teacher-assessment": "KS2",
}


@pytest.mark.django_db
@each(WRITTEN)
def test_a_made_file_is_what_the_database_holds(
    year: AcademicYear, collection: Collection, recipient: Recipient
) -> None:
    school = make_school()
    for number, nc_year in enumerate(collection.nc_years * 2):
        pupil = enrol(school, f"Pupil{number}", nc_year, year=year.ends)
        for item in collection.items:
            allowed = [value for value in values(item) if value]
            give(pupil, item.full_code, allowed[number % len(allowed)], year.ends)
        # Another year's result is of another year's file.
        give(pupil, collection.items[0].full_code, "", year.ends + 1)
    asked = queries.going(school, collection.code, year, recipient.code)

    (made,) = actions.make(
        sight=Sight.whole(school), going=asked, by=None, known_errors=999
    )

    plain = read(actions.content_of(made))
    infix = INFIXES.get(collection.code, "MTC" if year.ends >= 2025 else "KS2")
    address = {"la": "926LLLL", "sta": "NAALLLL", "mis": "9262155"}[recipient.code]
    assert made.name == f"9262155_{infix}_{address}_001.xml"
    assert told(plain) == held(school, collection, year)
    assert (made.pupils, made.results) == (len(plain.pupils), len(plain.results))
    assert made.checked["errors"] == 0, made.checked


def told(plain: Read) -> set[tuple[str, str, str]]:
    return {(one[0], one[6], one[7]) for one in plain.results}


def held(
    school: School, collection: Collection, year: AcademicYear
) -> set[tuple[str, str, str]]:
    """UPN, year and value of what the database holds and the file may tell."""
    travels = [item.full_code for item in collection.items if item.ctf]
    rows = Result.objects.current().filter(
        pupil__school=school, year=year.ends, item__in=travels
    )
    return {
        (row.pupil.upn, str(row.year), row.value)
        for row in rows.exclude(value__in=["Wa", "Wt"]).select_related("pupil")
    }


@pytest.mark.django_db
@each(NOT_WRITTEN)
def test_what_has_no_confirmed_codes_is_in_no_file(
    year: AcademicYear, collection: Collection, recipient: Recipient
) -> None:
    school = make_school()
    give(enrol(school, "Byrne", "6", year=year.ends), "ks2-tests.reading-score", "104")
    asked = queries.going(school, collection.code, year, recipient.code)

    with pytest.raises(actions.NotMade, match="makes no file of them"):
        actions.make(sight=Sight.whole(school), going=asked, by=None, known_errors=999)

    assert collection.code == "ks2-tests"


@pytest.mark.django_db
def test_the_autumn_check_of_2021_is_not_sent_as_that_of_the_summer() -> None:
    school = make_school()
    met, again = (enrol(school, name, "2", year=2022) for name in ("Met", "Again"))
    first = enrol(school, "First", "1", year=2022)
    give(met, "phonics.mark", "38", 2021)
    give(again, "phonics.mark", "20", 2021)
    give(again, "phonics.mark", "33", 2022)
    give(first, "phonics.mark", "35", 2022)
    asked = queries.going(school, "phonics", AcademicYear(2022), "la")

    (made,) = actions.make(
        sight=Sight.whole(school), going=asked, by=None, known_errors=0
    )

    plain = read(actions.content_of(made))
    assert told(plain) == {(again.upn, "2022", "33"), (first.upn, "2022", "35")}
