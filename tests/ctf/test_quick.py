"""The two ways to read a pupil agree, with each other and with another reader."""

import io
import re
from dataclasses import replace
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.ctf.paths import PARTS
from hornbook.ctf.read import FilePupil, Reading, open_ctf
from hornbook.records import Combination, Result

HEADER = (
    "<Header><DateTime>2026-06-19T15:02:11</DateTime><SourceSchool><LEA>909</LEA>"
    "<Estab>2155</Estab></SourceSchool></Header>"
)
GAPS = st.sampled_from(("", " ", "\n    ", "\r\n\t"))
TEXTS = st.one_of(
    st.sampled_from(("", "909", "2155", "2026-01-01", "F", "true", "A & <B>", "it's")),
    st.text("abcé'\"]> \n\t&<\u2019\U0001f600", max_size=6),
)
LEAVES = (
    "UPN", "Surname", "Forename", "DOB", "Sex", "Gender", "Pets", "Email",
    "UniqueLearnerNumber",
)  # fmt: skip


def leaf(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else f"<{name}/>"


@st.composite
def wrapped(draw: st.DrawFn, name: str, inside: st.SearchStrategy[str]) -> str:
    gap = draw(GAPS)
    parts = draw(st.lists(inside, max_size=3))
    return f"<{name}>{gap}{gap.join(parts)}{gap}</{name}>"


def leaves(*names: str) -> st.SearchStrategy[str]:
    return st.builds(leaf, st.sampled_from(names), TEXTS)


LANGUAGE = wrapped("Type", leaves("LanguageType", "Language"))
BASIC = st.one_of(
    leaves("FormerUPN", "MiddleNames", "NCyearActual", "MedicalFlag", "ServiceChild"),
    wrapped("Languages", LANGUAGE),
)
RESULT = wrapped("StageAssessment", leaves(*PARTS, "Remark"))
USUAL_RESULT = st.builds(
    lambda year, value: (
        "<StageAssessment>" + leaf("Locale", "ENG") + leaf("Year", year)
        + leaf("Subject", "PHO") + leaf("Result", value) + "</StageAssessment>"
    ),
    st.sampled_from(("2025", "2026")),
    st.sampled_from(("34", "A&B", "Wt")),
)  # fmt: skip
KEY_STAGE = wrapped(
    "KeyStage",
    st.one_of(leaves("Stage"), USUAL_RESULT, USUAL_RESULT, RESULT),
)
USUAL_KEY_STAGE = st.builds(
    lambda stage, results: (
        f"<KeyStage><Stage>{stage}</Stage>\n{''.join(results)}</KeyStage>"
    ),
    st.sampled_from(("KS1", "EYF")),
    st.lists(USUAL_RESULT, max_size=3),
)
CONTENT = st.one_of(
    leaves(*LEAVES),
    wrapped("BasicDetails", BASIC),
    wrapped(
        "FSMhistory",
        st.one_of(
            leaves("FSMreviewDate"),
            wrapped("FSMinstance", leaves("FSMstartDate", "FSMendDate")),
        ),
    ),
    wrapped(
        "SENhistory", wrapped("SEN", leaves("StartDate", "EndDate", "SENprovision"))
    ),
    wrapped("LookedAfter", leaves("InCare", "CareAuthority")),
    wrapped("Address", st.one_of(leaves("PostCode"), leaves("County"))),
    wrapped("Contacts", wrapped("Contact", leaves("Surname", "Forename", "Email"))),
    wrapped("SchoolHistory", wrapped("School", leaves("LEA", "Estab", "EntryDate"))),
    wrapped("StageAssessments", st.one_of(USUAL_KEY_STAGE, KEY_STAGE)),
    wrapped("StageAssessments", USUAL_KEY_STAGE),
)
PUPILS = st.lists(wrapped("Pupil", CONTENT), max_size=4)


def file_of(pupils: list[str], *, gap: str = "\n", mark: str = "") -> bytes:
    inside = gap.join(one.replace("<Pupil>", f"<Pupil>{mark}", 1) for one in pupils)
    text = f"<CTfile>{HEADER}<CTFpupilData>{gap}{inside}{gap}</CTFpupilData></CTfile>"
    return text.encode()


def read(content: bytes) -> tuple[Reading, list[FilePupil]]:
    reading = open_ctf(io.BytesIO(content))
    return reading, list(reading.pupils())


def shown(content: bytes, pupil: FilePupil) -> list[bytes]:
    """The bytes that every result's place points at."""
    places = [pupil.result_place(index) for index in range(len(pupil.record.results))]
    return [content[place.start : place.end] for place in places if place]


@given(PUPILS, GAPS)
def test_the_quick_reader_and_the_general_one_read_the_same(
    pupils: list[str], gap: str
) -> None:
    # A comment is not of the usual form: the general reader takes every pupil.
    usual = file_of(pupils, gap=gap)
    unusual = file_of(pupils, gap=gap, mark="<!-- x -->")

    quick, one_way = read(usual)
    general, other_way = read(unusual)

    assert [each.record for each in one_way] == [each.record for each in other_way]
    assert [each.elements for each in one_way] == [each.elements for each in other_way]
    assert [each.orders for each in one_way] == [each.orders for each in other_way]
    assert quick.unknown == general.unknown
    assert quick.left_out == general.left_out
    assert [shown(usual, each) for each in one_way] == [
        shown(unusual, each) for each in other_way
    ]


DRESSES = st.sampled_from(("", "", " ", "\n", ' a="b"', " x:a = 'b' ", ' a="1" b="2"'))


@given(PUPILS, st.data())
def test_what_is_in_a_tag_beside_its_name_is_passed_over(
    pupils: list[str], data: st.DataObject
) -> None:
    def dressed(tag: re.Match[str]) -> str:
        dress = data.draw(DRESSES)
        closing = tag[1].startswith("/")
        return f"<{tag[1]}{' ' if closing and dress else dress}{tag[2]}>"

    worn = [re.sub(r"<(/?[\w.]+)(/?)>", dressed, one) for one in pupils]

    _, bare = read(file_of(pupils))
    quick, found = read(file_of(worn))

    assert quick.faults == []
    assert [each.record for each in found] == [each.record for each in bare]
    assert [each.elements for each in found] == [each.elements for each in bare]


def plainly(assessment: ET.Element, stage: str | None) -> Result:
    """A result read in the simplest way there is."""
    first = {part.tag: part.text or "" for part in reversed(assessment)}
    codes = ("Subject", "Method", "Component", "ResultQualifier")
    return Result(
        Combination(stage or "", *(first.get(code, "") for code in codes)),
        first.get("Year", ""),
        first.get("Result", ""),
        first.get("ResultStatus"),
        first.get("Locale"),
        first.get("ResultDate"),
    )


@given(PUPILS)
def test_what_is_read_is_what_an_independent_reader_reads(pupils: list[str]) -> None:
    content = file_of(pupils)
    tree = ET.fromstring(content)

    reading, found = read(content)

    assert reading.faults == []
    expected = tree.findall("CTFpupilData/Pupil")
    assert len(found) == len(expected)
    for each, element in zip(found, expected, strict=True):
        assert each.elements == tuple(child.tag for child in element)
        assert each.record.surname == element.findtext("Surname")
        assert each.record.nc_year == element.findtext("BasicDetails/NCyearActual")
        assert each.record.postcode == element.findtext("Address/PostCode")
        assert list(each.record.results) == [
            plainly(assessment, stage.findtext("Stage"))
            for stage in element.findall("StageAssessments/KeyStage")
            for assessment in stage.findall("StageAssessment")
        ]


PLAIN = (
    "<Pupil><UPN>A1</UPN><Surname>Byrne</Surname><StageAssessments><KeyStage>"
    "<Stage>KS1</Stage><StageAssessment><Year>2026</Year><Result>34</Result>"
    "</StageAssessment></KeyStage></StageAssessments></Pupil>"
)


@pytest.mark.parametrize(
    ("usual", "unusual"),
    [
        ("<UPN>", "<UPN >"),
        ("</UPN>", "</UPN >"),
        ("<UPN>", "<UPN kind='>'>"),
        ("<Pupil>", '<Pupil a="b">'),
        ("</Pupil>", "</Pupil >"),
        ("Byrne", "<![CDATA[Byrne]]>"),
        ("Byrne", "By<?note </Surname>?>rne"),
        ("<UPN>", "<!-- </Pupil> --><UPN>"),
        ("<StageAssessment>", "<StageAssessment id='1' of=\"a > b\">"),
        ("<StageAssessment>", "<StageAssessment id='/>'>"),
        ("<StageAssessment>", "<StageAssessment xml:lang='en'>"),
        ("<StageAssessments>", "<StageAssessments>stray<!-- -->"),
        ("<StageAssessments>", "<StageAssessments>stray"),
        ("<KeyStage>", "<KeyStage>stray"),
        ("</KeyStage>", "stray</KeyStage>"),
        ("<StageAssessment>", "<StageAssessment >"),
        ("</StageAssessments>", "</StageAssessments >"),
        ("</StageAssessments>", "</StageAssessments><StageAssessments/>"),
        ("<StageAssessment>", "<StageAssessment>stray"),
        ("<Result>34</Result>", "<Result>34</Result><Result/>"),
        ("<Surname>", "<Surname>\r\n"),
        ("Byrne", "&#66;&#x79;rne"),
        ("</UPN>", "</UPN><Email />"),
    ],
)
def test_an_unusual_spelling_of_a_pupil_says_the_same(usual: str, unusual: str) -> None:
    assert usual in PLAIN
    other = PLAIN.replace(usual, unusual, 1)

    reading, pupils = read(file_of([PLAIN, other, PLAIN]))

    assert reading.faults == []
    first, second, third = (each.record for each in pupils)
    assert replace(second, surname=(second.surname or "").strip()) == first
    assert third == first


def test_a_space_before_a_bracket_in_a_name_stays() -> None:
    pupil = PLAIN.replace("Byrne", "Byrne >").replace("</UPN>", "</UPN >")

    _, [read_as] = read(file_of([pupil]))

    assert read_as.record.surname == "Byrne >"


def test_a_pupil_inside_a_pupil_is_no_pupil() -> None:
    nested = PLAIN.replace("<UPN>", f"<Old>{PLAIN}</Old><UPN>", 1)

    _, pupils = read(file_of([PLAIN, nested, PLAIN]))

    assert [each.record.upn for each in pupils] == ["A1", "A1", "A1"]
    assert [len(each.record.results) for each in pupils] == [1, 1, 1]


def test_what_stands_between_pupils_is_read_past() -> None:
    content = file_of([PLAIN, PLAIN, PLAIN], gap="<!-- <Pupil> --><Between/>text")

    reading, pupils = read(content)

    assert len(pupils) == 3
    assert reading.unknown == {"Between": 4}
