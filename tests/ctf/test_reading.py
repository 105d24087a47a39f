import io
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.ctf.samples import MARK, outgoing, phonics, pupil, upn

from hornbook.ctf.read import FilePupil, Limits, Reading, open_ctf
from hornbook.ctf.write import write_ctf

SOUND = phonics()


def read(
    content: bytes, limits: Limits | None = None
) -> tuple[Reading, list[FilePupil]]:
    reading = open_ctf(io.BytesIO(content), limits=limits)
    return reading, list(reading.pupils())


def codes(reading: Reading) -> list[str]:
    return [fault.code for fault in reading.faults]


def test_a_sound_file_is_read_whole() -> None:
    reading, pupils = read(SOUND)

    assert reading.faults == []
    assert reading.whole
    assert reading.header.school.la == "909"
    assert reading.header.destination.estab == "LLLL"
    assert [each.record.upn for each in pupils] == [upn(0), upn(1)]
    assert pupils[0].record.results[0].combination == MARK
    assert pupils[0].elements == (
        "UPN", "Surname", "Forename", "DOB", "Sex", "BasicDetails", "StageAssessments",
    )  # fmt: skip


def test_the_header_is_known_before_the_pupils_are_asked_for() -> None:
    assert open_ctf(io.BytesIO(SOUND)).header.version == "25.0"


def test_the_same_result_is_the_same_object() -> None:
    _, pupils = read(SOUND)

    assert pupils[0].record.results[0] is pupils[1].record.results[0]


def test_a_place_is_line_column_and_bytes() -> None:
    _, pupils = read(SOUND)

    place = pupils[1].place("Surname")
    result = pupils[1].result_place(0)

    assert place is not None
    assert result is not None
    line = SOUND.decode().split("\n")[place.line - 1]
    assert line[place.column - 1 :].startswith("O'Brien<")
    assert SOUND[place.start : place.end] == b"O'Brien"
    assert SOUND[result.start : result.end] == b"34"
    assert pupils[1].place("NCyearActual") is not None
    assert pupils[1].place("Nothing") is None
    assert pupils[1].result_place(5) is None


def test_a_column_counts_characters_and_not_bytes() -> None:
    content = SOUND.replace(b"\n", b" ")

    _, pupils = read(content)

    place = pupils[1].place("Forename")
    assert place is not None
    text = content.decode()
    assert place.line == 1
    assert text[place.column - 1 :].startswith("Zoë<")


@pytest.mark.parametrize("size", [1, 2, 7, 64, 1000])
def test_what_is_read_does_not_hang_on_how_it_arrives(size: int) -> None:
    class Dripping(io.BytesIO):
        def read(self, count: int | None = -1) -> bytes:
            return super().read(4096 if self.tell() == 0 else size)

    long = phonics(40)
    reading = open_ctf(Dripping(long))

    pupils = list(reading.pupils())

    assert [each.record for each in pupils] == [each.record for each in read(long)[1]]
    places = [each.result_place(0) for each in pupils]
    assert places == [each.result_place(0) for each in read(long)[1]]


@given(st.binary(max_size=400))
def test_arbitrary_bytes_never_crash_the_reader(content: bytes) -> None:
    reading, pupils = read(content)

    assert reading.faults
    assert pupils == []


@given(
    st.integers(0, len(SOUND) - 1),
    st.binary(max_size=8),
    st.integers(0, 40),
)
def test_a_mutated_file_never_crashes_the_reader(
    at: int, inserted: bytes, removed: int
) -> None:
    reading, pupils = read(SOUND[:at] + inserted + SOUND[at + removed :])

    assert len(pupils) <= 3
    for each in pupils:
        assert each.place("Pupil") is not None
    assert reading.size > 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"PK\x03\x04rest", "zip"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"<html><body/></html>", "web page"),
        (b"UPN,Surname\nA,B", "CSV"),
        (b"Dear office", "text that is not XML"),
        (b"\xd0\xcf\x11\xe0\xa1", "of an old kind, or one locked with a password"),
    ],
)
def test_what_is_not_xml_is_named(content: bytes, words: str) -> None:
    reading, pupils = read(content)

    assert codes(reading) == ["F01"]
    assert words in reading.faults[0].words
    assert pupils == []


def test_a_cut_file_says_where_and_keeps_the_pupils_before() -> None:
    reading, pupils = read(SOUND[: SOUND.rindex(b"<Forename>") + 12])

    assert codes(reading) == ["F01"]
    assert not reading.whole
    assert "cut short inside Forename" in reading.faults[0].words
    place = reading.faults[0].place
    assert place is not None
    assert place.line > 20
    assert len(pupils) == 1


def test_a_bare_ampersand_is_not_well_formed() -> None:
    reading, _ = read(SOUND.replace(b"Hazel Bank", b"Hazel & Bank"))

    assert codes(reading) == ["F01"]


def test_other_xml_is_no_ctf() -> None:
    reading, pupils = read(b"<?xml version='1.0'?><Feed><Pupil/></Feed>")

    assert codes(reading) == ["F02"]
    assert reading.faults[0].words == "Feed"
    assert pupils == []


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE CTfile [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE CTfile [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>',
        b"<!DOCTYPE CTfile>",
    ],
)
def test_a_document_type_is_refused(declaration: bytes) -> None:
    reading, pupils = read(SOUND.replace(b"<CTfile>", declaration + b"<CTfile>"))

    assert codes(reading) == ["F06"]
    assert pupils == []


@pytest.mark.parametrize(
    "limits",
    [
        Limits(bytes=100),
        Limits(depth=3),
        Limits(elements_of_a_pupil=2),
        Limits(paths=5),
    ],
)
def test_limits_end_the_reading(limits: Limits) -> None:
    reading, _ = read(SOUND, limits)

    assert codes(reading) == ["F13"]


def declared(encoding: str, codec: str) -> bytes:
    text = SOUND.decode().replace('encoding="UTF-8"', f'encoding="{encoding}"')
    return text.encode(codec)


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("UTF-8", "utf-8-sig"),
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-16-le"),
        ("UTF-16", "utf-16-be"),
    ],
)
def test_other_encodings_are_read(encoding: str, codec: str) -> None:
    reading, pupils = read(declared(encoding, codec))

    assert reading.faults == []
    assert pupils[0].record.forename == "Zoë"
    place = pupils[1].place("Surname")
    assert place is not None
    line = SOUND.decode().split("\n")[place.line - 1]
    assert line[place.column - 1 :].startswith("O'Brien")


@pytest.mark.parametrize(
    ("encoding", "codec"), [("UTF-8", "cp1252"), ("klingon", "utf-8")]
)
def test_bytes_that_are_not_as_declared_are_noted_and_read(
    encoding: str, codec: str
) -> None:
    reading, pupils = read(declared(encoding, codec))

    assert codes(reading) == ["F07"]
    assert [each.record.forename for each in pupils] == ["Zoë", "Zoë"]


def test_a_namespace_is_put_aside_and_noted() -> None:
    content = SOUND.replace(b"<CTfile>", b'<c:CTfile xmlns:c="urn:x" xmlns="urn:y">')
    content = content.replace(b"</CTfile>", b"</c:CTfile>")

    reading, pupils = read(content)

    assert reading.namespace
    assert reading.faults == []
    assert len(pupils) == 2


def test_comments_and_character_data_are_part_of_the_text() -> None:
    content = SOUND.replace(b"O'Brien", b"<![CDATA[O'Br]]><!-- x -->ien", 1)

    _, pupils = read(content)

    assert pupils[0].record.surname == "O'Brien"


def test_unknown_elements_are_counted_with_the_first_place() -> None:
    content = SOUND.replace(b"<UPN>", b"<Pets><Cat/></Pets><UPN>")

    reading, _ = read(content)

    assert dict(reading.unknown) == {"Pupil/Pets": 2}
    assert reading.unknown_places["Pupil/Pets"].line > 10


CONTACTS = b"""<Address><PostCode>ZZ99 3WZ</PostCode></Address>
<Phones><Phone><PhoneNo>01632 960001</PhoneNo></Phone></Phones>
<Email>zoe@example.invalid</Email><Contacts><Contact><Surname>Secret</Surname>
<Forename>Ma</Forename></Contact></Contacts><Attendance><YearData/></Attendance>
<StageAssessments>"""


def test_contacts_are_counted_and_forgotten() -> None:
    reading, pupils = read(SOUND.replace(b"<StageAssessments>", CONTACTS))

    assert dict(reading.left_out) == {
        "addresses": 2,
        "telephone numbers": 2,
        "e-mail addresses": 2,
        "contacts": 2,
        "attendance records": 2,
    }
    assert pupils[0].record.surname == "O'Brien"
    assert pupils[0].record.postcode == "ZZ99 3WZ"
    assert "Secret" not in repr(pupils[0].record)


GROUPS = b"""<FSMhistory><FSMinstance><FSMstartDate>2020-01-01</FSMstartDate>
<FSMendDate>%s</FSMendDate></FSMinstance></FSMhistory>
<LookedAfter><InCare>true</InCare></LookedAfter>
<SENhistory><SEN><StartDate>2024-01-01</StartDate><SENprovision>K</SENprovision></SEN>
<SEN><StartDate>2025-01-01</StartDate><SENprovision>E</SENprovision></SEN></SENhistory>
<StageAssessments>"""


@pytest.mark.parametrize(("end", "fsm"), [(b"2021-01-01", "N"), (b"2030-01-01", "Y")])
def test_groups_are_read_as_of_the_files_day(end: bytes, fsm: str) -> None:
    _, pupils = read(SOUND.replace(b"<StageAssessments>", GROUPS % end))

    record = pupils[0].record
    assert record.fsm == fsm
    assert record.looked_after == "Y"
    assert record.sen_provision == "E"


LANGUAGES = b"""<Languages><Type><LanguageType>H</LanguageType>
<Language>POL</Language></Type><Type><LanguageType>F</LanguageType>
<Language>ENG</Language></Type></Languages></BasicDetails>"""
HISTORY = b"""<SchoolHistory><School><LEA>909</LEA><Estab>2155</Estab>
<EntryDate>2024-09-03</EntryDate><LeavingDate>2026-05-01</LeavingDate></School>
<School><LEA>926</LEA><Estab>2000</Estab><EntryDate>2026-05-02</EntryDate></School>
</SchoolHistory></Pupil>"""


def test_the_first_language_and_the_days_at_this_school() -> None:
    content = SOUND.replace(b"</BasicDetails>", LANGUAGES)

    _, pupils = read(content.replace(b"</Pupil>", HISTORY))

    record = pupils[0].record
    assert record.first_language == "ENG"
    assert (record.entry_date, record.leaving_date) == ("2024-09-03", "2026-05-01")


def test_nothing_stated_is_none_and_not_blank() -> None:
    _, pupils = read(SOUND)

    record = pupils[0].record
    assert record.fsm is None
    assert record.first_language is None
    assert record.middle_names is None


@given(st.lists(strategies.any_upns, min_size=1, max_size=4), st.sampled_from((22, 25)))
def test_reading_undoes_writing(upns: list[object], version: int) -> None:
    pupils = [pupil(1, upn=str(each), surname="A & <B>") for each in upns]

    content = write_ctf(outgoing(*pupils, version=f"{version}.0"))

    assert [each.record for each in read(content)[1]] == pupils
    assert len(ET.fromstring(content).findall(".//Pupil")) == len(pupils)


@pytest.mark.parametrize(("version", "name"), [("22.0", "Gender"), ("23.0", "Sex")])
def test_sex_is_written_under_the_name_of_the_version(version: str, name: str) -> None:
    tree = ET.fromstring(write_ctf(outgoing(pupil(), version=version)))

    assert [element.tag for element in tree.iter() if element.text == "F"] == [name]


def test_what_is_blank_is_not_written() -> None:
    tree = ET.fromstring(phonics())

    empty = [each.tag for each in tree.iter() if not len(each) and not each.text]
    assert empty == []


@pytest.mark.parametrize("end", [b"</Pupil >", b"</Pupil\n>", b"</Pupil\t>"])
def test_a_pupil_may_end_with_a_space_in_the_tag(end: bytes) -> None:
    reading, pupils = read(phonics(3).replace(b"</Pupil>", end))

    assert reading.faults == []
    assert [each.record for each in pupils] == [
        each.record for each in read(phonics(3))[1]
    ]
