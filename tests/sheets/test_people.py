import io
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest

from hornbook.sheets.people import People, read_people

ADA = ("B801200005001", "Byrne", "Ada", "2020-02-03")


def csv_list(*lines: str, encoding: str = "utf-8") -> People:
    return read_people(io.BytesIO("\r\n".join(lines).encode(encoding)), "list.csv")


def workbook(*rows: Sequence[object]) -> People:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return read_people(out, "list.xlsx")


def first(people: People) -> tuple[str | None, ...]:
    pupil = people.pupils[0]
    return pupil.upn, pupil.surname, pupil.forename, pupil.dob


@pytest.mark.parametrize(
    ("heading", "written", "kept"),
    [
        ("SEN", "K - SEN Support", {"sen_provision": "K"}),
        ("Ethnicity", "White - British", {"ethnicity": "WBRI"}),
        ("Ethnicity", "WBRI: White British", {"ethnicity": "WBRI"}),
    ],
)
def test_a_code_may_stand_with_what_it_means(
    heading: str, written: str, kept: dict[str, str]
) -> None:
    people = csv_list(f"UPN,{heading}", f"{ADA[0]},{written}")

    assert people.faults == ()
    assert {name: getattr(people.pupils[0], name) for name in kept} == kept


def test_a_code_beside_the_meaning_of_another_is_told() -> None:
    people = csv_list("UPN,SEN", f"{ADA[0]},K - EHCP")

    (fault,) = people.faults
    assert fault.value == "K - EHCP"


@pytest.mark.parametrize(
    "lines",
    [
        ("UPN,Surname,Forename,DOB", "B801200005001,Byrne,Ada,03/02/2020"),
        ("Date of birth;First name;Last name;UPN", "3.2.20;Ada;Byrne;b801200005001"),
        ("sep=;", "UPN;Name;DOB", 'B801200005001;"Byrne, Ada";3 February 2020'),
        (
            "Pupil Surname\tPupil Forename\tUPN\tDOB",
            "Byrne\tAda\tB801200005001\t2020-02-03",
        ),
        (
            "Class 1B",
            "",
            "UPN,Surname,Forename,DOB",
            "B801200005001,Byrne,Ada,03/02/2020",
        ),
    ],
)
def test_a_list_is_read_whatever_its_manner(lines: tuple[str, ...]) -> None:
    people = csv_list(*lines)

    assert first(people) == ADA
    assert people.faults == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_accents_arrive_whole(encoding: str) -> None:
    people = csv_list(
        "UPN,Surname,Forename", "B801200005001,Ó Súilleabháin,Zoë", encoding=encoding
    )

    assert people.pupils[0].surname == "Ó Súilleabháin"


def test_a_workbook_is_read_with_dates_as_dates() -> None:
    people = workbook(
        ("Hazel Bank, Year 1",),
        (),
        ("Reg", "Legal Surname", "Legal Forename", "Date of Birth", "UPN", "Sex"),
        ("1B", "Byrne", "Ada", date(2020, 2, 3), "B801200005001", "Female"),
    )

    assert first(people) == ADA
    assert (people.persons[0].row, people.pupils[0].sex) == (4, "F")
    assert people.faults == ()


def test_what_cannot_be_read_is_told_with_its_row() -> None:
    people = csv_list(
        "UPN,Surname,Forename,DOB,Sex,Year group",
        "C801200005001,Byrne,Ada,31/02/2020,?,27",
        "B801200005001,Byrne,Ada,03/02/2020,F,1",
        "B801200005001,Byrne,Ida,03/02/2020,F,1",
        ",Byrne,,03/02/2020,F,1",
        "8.012E+11,Bird,Bo,03/02/2020,F,1",
    )

    assert [fault.row for fault in people.faults] == [2, 2, 2, 2, 4, 5, 6]
    assert "B801200005001" in people.faults[0].message
    assert "row 3 already" in people.faults[4].message
    assert [person.row for person in people.sound] == [3]


def test_a_name_of_one_part_is_asked_about() -> None:
    people = csv_list("UPN,Name", "B801200005001,Ada Byrne")

    assert "which part is the surname" in people.faults[0].message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"Shoes,Colour\nred,blue\n", "no heading for UPN"),
        (b"UPN,Surname\n", "no rows"),
        (b"%PDF-1.7", "PDF"),
        (b"<?xml version='1.0'?><CTfile/>", "Transfer File"),
        (b"PK\x03\x04nonsense", "Unpack it first"),
    ],
)
def test_what_is_no_list_is_told_in_words(content: bytes, words: str) -> None:
    people = read_people(io.BytesIO(content), "list")

    assert words in people.faults[0].message
    assert people.pupils == ()


def test_a_heading_that_stands_twice_is_told() -> None:
    people = csv_list("UPN,Surname,Surname,Shoes", "B801200005001,Byrne,Bird,4")

    assert people.pupils[0].surname == "Byrne"
    assert "second heading" in people.faults[0].message
    assert people.not_used == ("Surname", "Shoes")
