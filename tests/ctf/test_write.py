import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ctf.samples import MARK, REASON, outgoing, phonics, pupil

from hornbook.ctf.elements import elements, inside, sex_element
from hornbook.ctf.read import open_ctf
from hornbook.ctf.write import write_ctf
from hornbook.identifiers import AcademicYear
from hornbook.records import Combination, Pupil, Result
from hornbook.rulebook.load import rulebook, years

GOLDEN = Path(__file__).parents[1] / "golden" / "ctf"
GOAL = Combination("EYF", "COM", "FA", "E01", "FD")
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
    | st.sampled_from("&<>'\"\r\n\t"),
    min_size=1,
    max_size=12,
).filter(lambda text: not re.search("[\ufffe\uffff]", text))
STATED = st.none() | TEXTS
RESULTS = st.builds(
    Result,
    combination=st.sampled_from((GOAL, MARK, REASON)),
    year=st.sampled_from(("2025", "2026")),
    value=TEXTS,
    status=st.sampled_from(("R", None)),
    locale=st.sampled_from(("ENG", None)),
    date=st.sampled_from((None, "2026-06-12")),
)
PUPILS = st.builds(
    Pupil,
    upn=STATED,
    surname=STATED,
    forename=STATED,
    dob=STATED,
    sex=STATED,
    former_upn=STATED,
    middle_names=STATED,
    preferred_surname=STATED,
    preferred_forename=STATED,
    former_surname=STATED,
    nc_year=STATED,
    ethnicity=STATED,
    service_child=st.sampled_from((None, "Y", "N")),
    enrol_status=STATED,
    postcode=STATED,
    # A file holds the results a stage at a time.
    results=st.lists(RESULTS, max_size=4).map(
        lambda found: tuple(sorted(found, key=lambda one: one.combination.stage))
    ),
)


@given(st.lists(PUPILS, max_size=3), st.sampled_from(("15.0", "22.0", "23.0", "26.0")))
def test_reading_undoes_writing(pupils: list[Pupil], version: str) -> None:
    content = write_ctf(outgoing(*pupils, version=version))

    reading = open_ctf(io.BytesIO(content))

    assert [each.record for each in reading.pupils()] == pupils
    assert reading.faults == []
    assert not reading.unknown


@given(PUPILS)
def test_another_reader_reads_what_is_written(stated: Pupil) -> None:
    (element,) = ET.fromstring(write_ctf(outgoing(stated))).findall(".//Pupil")

    assert element.findtext("Surname") == stated.surname
    assert element.findtext("Sex") == stated.sex
    assert element.findtext("BasicDetails/NCyearActual") == stated.nc_year
    assert element.findtext("Address/PostCode") == stated.postcode
    values = [result.findtext("Result") for result in element.iter("StageAssessment")]
    assert values == [result.value for result in stated.results]


@given(PUPILS)
def test_elements_are_written_in_the_order_of_the_specification(stated: Pupil) -> None:
    order = [element.path.rpartition("/")[2] for element in inside("Pupil")]

    for each in ET.fromstring(write_ctf(outgoing(stated))).iter("Pupil"):
        places = [order.index(child.tag) for child in each]

        assert places == sorted(places)


def test_the_header_is_in_the_order_of_the_specification() -> None:
    header = ET.fromstring(phonics())[0]
    order = [element.path.rpartition("/")[2] for element in inside("Header")]

    places = [order.index(child.tag) for child in header]

    assert places == sorted(places)
    assert [child.tag for child in header][-1] == "DestSchool"


def test_a_file_is_written_as_it_always_was() -> None:
    absent = (Result(REASON, "2026", "A"),)
    file = outgoing(pupil(1), pupil(2, postcode="ZZ99 3WZ").with_results(absent))

    assert write_ctf(file) == (GOLDEN / "phonics.xml").read_bytes()


def test_characters_that_xml_cannot_carry_are_left_out() -> None:
    content = write_ctf(outgoing(pupil(1, surname="O\x00'B\x0brien\ud800")))

    assert ET.fromstring(content).findtext(".//Surname") == "O'Brien"


def test_nothing_is_written_where_nothing_is_stated() -> None:
    content = write_ctf(outgoing(Pupil(upn="A801200005001"), Pupil()))

    one, none = ET.fromstring(content).findall(".//Pupil")
    assert [child.tag for child in one] == ["UPN"]
    assert list(none) == []
    assert not re.search(rb"\n\s*\n", content)


@pytest.mark.parametrize(
    ("version", "name"),
    [("15.0", "Gender"), ("22.0", "Gender"), ("23.0", "Sex"), ("new", "Sex")],
)
def test_the_name_of_the_sex_element_hangs_on_the_version(
    version: str, name: str
) -> None:
    assert sex_element(version) == name


def test_every_element_says_where_it_is_known_from() -> None:
    for element in elements().values():
        assert element.source
        assert element.confidence in {"spec", "dfe", "real", "vendor", "memory"}


@pytest.mark.parametrize("year", years(), ids=str)
def test_the_rulebook_names_the_sex_element_of_its_version(year: AcademicYear) -> None:
    told = rulebook(year).ctf

    assert told.sex_element == sex_element(told.version)
