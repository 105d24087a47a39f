"""Spreadsheets in every state in which schools have them."""

import datetime
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tests.sheets.sheets import (
    ADA,
    BO,
    YEAR,
    csv_results,
    messages,
    open_document,
    values,
    workbook,
)

from hornbook.sheets import table
from hornbook.sheets.people import read_people
from hornbook.sheets.results import ResultsSheet, read_results

# A cell of Excel knows no time zone.
MOMENT = datetime.datetime(2026, 6, 8, 9, 30)  # noqa: DTZ001


def read(content: bytes) -> ResultsSheet:
    return read_results(io.BytesIO(content), "sheet", year=YEAR)


def changed(content: bytes, change: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert callable(change)
    change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def phonics(sheet: ResultsSheet) -> list[str]:
    return [each.values["phonics.mark", 2026] for each in sheet.pupils]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", ",;\t|")
def test_any_text_in_columns_is_read(codec: str, delimiter: str) -> None:
    rows = ("UPN", "Surname", "Phonics"), (ADA, "Zoë", "34"), (BO, "Ó Sé", "3")
    content = "\r\n".join(map(delimiter.join, rows)).encode(codec)

    sheet = read(content)

    assert [each.pupil.surname for each in sheet.pupils] == ["Zoë", "Ó Sé"]
    assert phonics(sheet) == ["34", "3"]


def test_an_open_document_is_read() -> None:
    sheet = read(open_document(("UPN", "Phonics"), (ADA, "34")))

    assert values(sheet) == {("phonics.mark", 2026): "34"}


def test_an_open_document_that_repeats_itself_beyond_measure_is_refused() -> None:
    sheet = read(open_document(("UPN", "Phonics"), (ADA, "34"), each_time=9_000_000))

    assert "too large" in sheet.faults[0].message


def test_an_open_text_is_refused_in_words() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")

    assert "not a spreadsheet" in read(out.getvalue()).faults[0].message


def test_a_binary_workbook_is_refused_in_words() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.bin", "")

    assert "save it as .xlsx" in read(out.getvalue()).faults[0].message


def test_titles_blank_rows_and_totals_do_not_matter() -> None:
    content = workbook(
        [
            ("Hazel Bank Primary",),
            ("Phonics check, June", None, date(2026, 6, 8)),
            (),
            ("Pupil", "UPN", "Score"),
            (),
            ("Byrne, Ada", ADA, 34),
            (),
            ("Bird, Bo", BO, 12),
            (),
            ("Average", None, "=AVERAGE(C6:C8)"),
            (None, None, 23),
        ]
    )

    sheet = read(content)

    assert phonics(sheet) == ["34", "12"]
    assert [each.rows for each in sheet.pupils] == [(6,), (8,)]
    assert messages(sheet) == []


def test_merged_and_hidden_cells_do_not_matter() -> None:
    rows = [("Year 1", None, None), ("UPN", "Phonics", "Notes"), (ADA, 34, "x")]

    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("C2:D2")
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[3].hidden = True

    sheet = read(changed(workbook(rows), change))

    assert phonics(sheet) == ["34"]


def test_a_hidden_sheet_is_not_read() -> None:
    rows = [("UPN", "Phonics"), (ADA, 34)]
    content = workbook([("UPN", "Phonics"), (ADA, 1)], rows)

    def change(sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"

    assert phonics(read(changed(content, change))) == ["34"]


def test_the_errors_of_formulas_are_told() -> None:
    rows = [
        ("UPN", "Born", "Phonics", "MTC"),
        (ADA, "=1/0", "=B9", 3),
        (BO, None, "#REF!", "#N/A"),
    ]

    def change(sheet: Worksheet) -> None:
        sheet["C3"].data_type = sheet["D3"].data_type = "e"

    sheet = read(changed(workbook(rows), change))

    told = [(fault.row, fault.column, fault.message[:28]) for fault in sheet.faults]
    assert told == [
        (2, 2, "The cell has a formula, and "),
        (2, 1, "The cell has a formula, and "),
        (3, 2, "The cell shows #REF!: its fo"),
        (3, 3, "The cell shows #N/A: its for"),
    ]
    assert [dict(each.values) for each in sheet.pupils] == [
        {("mtc.mark", 2026): "3"},
        {},
    ]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (date(2020, 2, 3), "2020-02-03"),
        (43864, "2020-02-03"),
        ("43864", "2020-02-03"),
        ("03/02/2020", "2020-02-03"),
        ("3.2.20", "2020-02-03"),
        ("3rd February 2020", "2020-02-03"),
        ("\uff10\uff13/02/2020", "2020-02-03"),
        ("03/02/2020\xa0", "2020-02-03"),
    ],
)
def test_a_date_is_read_however_it_is_written(written: object, read_as: str) -> None:
    content = workbook([("UPN", "DOB", "Phonics"), (ADA, written, 1)])

    assert [each.pupil.dob for each in read(content).pupils] == [read_as]


@pytest.mark.parametrize("written", ["31/04/2020", "Sept 2019", "2020", "04/31/2020"])
def test_what_is_no_date_is_told(written: str) -> None:
    (fault,) = csv_results("UPN,DOB,Phonics", f"{ADA},{written},1").faults

    assert fault.message == (f"{written} is not a date, day first, such as 19/04/2020.")
    assert (fault.row, fault.column, fault.value) == (2, 1, written)


@pytest.mark.parametrize(
    "written",
    [
        f"\xa0{ADA}\xa0",
        ADA.lower(),
        f"{ADA[:4]} {ADA[4:]}",
        "B\uff18\uff10\uff11" + ADA[4:],
        f"\u200b{ADA}",
        f"'{ADA}",
    ],
)
def test_a_upn_is_read_however_it_is_written(written: str) -> None:
    content = workbook([("UPN", "Phonics"), (written, 34)])

    (pupil,) = read(content).pupils

    assert pupil.pupil.upn == ADA


def test_a_upn_that_became_a_number_is_told() -> None:
    content = workbook([("UPN", "Surname", "Phonics"), (8.01200005001e11, "Byrne", 1)])

    (fault,) = read(content).faults

    assert "A UPN begins with a letter" in fault.message


def test_a_heading_that_stands_twice_is_told_for_pupils_only() -> None:
    sheet = csv_results("UPN,Surname,Surname,Phonics,Phonics", f"{ADA},A,B,3,3")

    assert ["second heading Surname" in words for words in messages(sheet)] == [True]
    assert phonics(sheet) == ["3"]


def test_breaks_and_spaces_in_headings_do_not_matter() -> None:
    content = workbook([("UPN ", "Phonics\nmark\xa0"), (ADA, "34 ")])

    assert phonics(read(content)) == ["34"]


def test_fifty_thousand_rows_are_the_most() -> None:
    lines = "\n".join(["UPN,Phonics", *["x,1"] * 50_001])

    assert csv_results(lines).faults[0].message == "There are more than 50,000 rows."


def test_a_list_of_pupils_knows_formulas_too() -> None:
    content = workbook([("UPN", "Class"), (ADA, "=A1")])

    people = read_people(io.BytesIO(content), "a.xlsx")

    assert [fault.row for fault in people.faults] == [2]
    assert people.persons[0].class_name is None


def test_other_values_of_cells_are_read_as_they_look() -> None:
    rows = [
        ("UPN", "Class", "Forename", "Surname", "Phonics"),
        (ADA, True, datetime.time(9, 30), 1.5, 34),
        (BO, False, MOMENT, None, 3),
    ]

    sheet = read(workbook(rows))

    assert [each.class_name for each in sheet.pupils] == ["TRUE", "FALSE"]
    assert [each.pupil.forename for each in sheet.pupils] == [
        "09:30:00",
        "2026-06-08 09:30",
    ]
    assert sheet.pupils[0].pupil.surname == "1.5"


def test_a_file_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "LARGEST_FILE", 1024 * 1024)

    sheet = read(b"UPN,Phonics\n" + b"x" * 1024 * 1024)

    assert messages(sheet) == ["The file is larger than 1 MB."]


def test_a_workbook_that_unfolds_beyond_measure_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr("xl/media/a", b"x" * (201 * 1024 * 1024))

    assert "too large" in messages(read(out.getvalue()))[0]


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    lines = "\n".join(f"{ADA},{number}" for number in range(9_000))

    sheet = csv_results("UPN,Phonics", f'{ADA},"3', lines)

    assert "Row 2 has a cell longer than Excel allows" in messages(sheet)[0]


def test_a_cell_that_swallows_the_rows_below_it_is_told() -> None:
    swallowed = "\n".join(f"{ADA},{number}" for number in range(2_000))

    sheet = csv_results("UPN,Phonics", f'{ADA},"3', f'{swallowed}"')

    assert "a quotation mark is opened in it" in messages(sheet)[0]


def test_months_that_there_are_not_are_told() -> None:
    (fault,) = csv_results("UPN,DOB,Phonics", f"{ADA},3 Brumaire 2020,1").faults

    assert fault.message.startswith("3 Brumaire 2020 is not a date")


def test_rows_without_a_pupil_are_passed_over_in_a_list() -> None:
    lines = f"UPN,Shoes\n{ADA},3\n,4"

    people = read_people(io.BytesIO(lines.encode()), "a.csv")

    assert [person.row for person in people.persons] == [2]


def test_a_table_can_be_read_of_which_nothing_is_known() -> None:
    found = table.read_table(io.BytesIO(b"Title\nA,B,C\n1,2,3"), "a.csv")

    assert (found.headings, found.heading_row) == (("A", "B", "C"), 2)
