import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from tests.sheets.sheets import ADA, BO, YEAR, messages, open_document, workbook

from hornbook.sheets.corrections import Corrected, lost, with_errors
from hornbook.sheets.people import read_people
from hornbook.sheets.person import SheetFault
from hornbook.sheets.results import ResultsSheet, read_results

ROWS: Sequence[Sequence[object]] = (
    ("Hazel Bank, Year 1",),
    (),
    ("UPN", "Born", "Phonics", "Double"),
    (ADA, date(2020, 2, 3), 41, "=C4*2"),
    (BO, date(2020, 3, 4), 34, "=C5*2"),
)


def read(content: bytes, name: str = "a.xlsx") -> ResultsSheet:
    return read_results(io.BytesIO(content), name, year=YEAR)


def given_back(content: bytes, name: str = "a.xlsx") -> Corrected:
    return with_errors(content, name, read(content, name).faults)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_persons_own() -> bytes:
    book = opened(workbook(ROWS, [("Notes",), ("=1+1",)], titles=["1B", "Other"]))
    sheet = book["1B"]
    sheet["A1"].font = Font(bold=True, size=20)
    sheet["B5"].fill = PatternFill("solid", start_color="FF00FF00")
    sheet["B5"].comment = Comment("Check the birthday", "Mr Jones")
    sheet["C4"].comment = Comment("From paper", "Mr Jones")
    sheet["B4"].number_format = "DD MMM YYYY"
    sheet.column_dimensions["A"].width = 31
    sheet.merge_cells("A1:D1")
    sheet.freeze_panes = "B4"
    return saved(book)


def test_a_workbook_comes_back_as_it_was_with_what_to_correct() -> None:
    back = given_back(a_persons_own())

    book = opened(back.content)
    sheet: Worksheet = book["1B"]
    assert back.name == "a.xlsx"
    assert [cell.value for cell in sheet["E"]] == [
        None,
        None,
        "What to correct",
        "Phonics mark is 41. It must be a whole number from 0 to 40, or A, D, L or Q.",
        None,
    ]
    assert sheet["C4"].fill.start_color.rgb == "FFFFE699"
    assert sheet["C4"].comment is not None
    assert sheet["C4"].comment.text.startswith("From paper\n\nWhat to correct: Phonics")
    assert sheet["C5"].comment is None


def test_formatting_formulas_and_other_sheets_are_kept() -> None:
    book = opened(given_back(a_persons_own()).content)

    sheet = book["1B"]
    assert (sheet["A1"].font.size, sheet["B5"].fill.start_color.rgb) == (20, "FF00FF00")
    assert (sheet["D4"].value, book["Other"]["A2"].value) == ("=C4*2", "=1+1")
    assert (sheet.column_dimensions["A"].width, sheet.freeze_panes) == (31, "B4")
    assert sheet["B4"].number_format == "DD MMM YYYY"
    assert sheet["B5"].comment.text == "Check the birthday"
    assert str(sheet.merged_cells) == "A1:D1"


def test_a_sheet_that_was_put_right_is_brought_again_without_a_trace() -> None:
    book = opened(given_back(a_persons_own()).content)
    book["1B"]["C4"] = 40

    again = read(saved(book))
    back = opened(with_errors(saved(book), "a.xlsx", again.faults).content)["1B"]

    assert messages(again) == []
    assert "What to correct" not in (*again.not_used, *again.table.headings)
    assert [cell.value for cell in back["E"]] == [None, None, "What to correct"] + [
        None
    ] * 2
    assert back["C4"].comment.text == "From paper"
    assert back["C4"].fill.fill_type is None


def test_a_second_time_there_is_still_one_column() -> None:
    once = given_back(a_persons_own()).content
    book = opened(once)
    book["1B"]["F3"] = "Mine"
    book["1B"]["F4"] = "kept"

    twice = opened(given_back(saved(book)).content)["1B"]

    headings = [cell.value for cell in twice[3]]
    assert headings == ["UPN", "Born", "Phonics", "Double", "What to correct", "Mine"]
    assert twice["F4"].value == "kept"
    assert twice["C4"].comment.text.count("What to correct") == 1


def test_a_fault_of_a_heading_or_the_whole_sheet_is_in_the_first_row() -> None:
    content = workbook([("UPN", "Reading scaled score"), (ADA, 100)])

    sheet = opened(given_back(content).content).worksheets[0]

    assert sheet["C2"].value.startswith("Of the whole sheet: Reading scaled score")
    assert sheet["B1"].comment is not None


def test_a_list_of_pupils_comes_back_in_the_same_way() -> None:
    content = workbook([("UPN", "Surname"), ("A123", "Byrne")])
    faults = read_people(io.BytesIO(content), "a.xlsx").faults

    sheet = opened(with_errors(content, "a.xlsx", faults).content).worksheets[0]

    assert "A UPN is a letter, then 12 digits" in sheet["C2"].value


def test_a_merged_cell_is_marked_where_it_begins() -> None:
    book = opened(workbook([("UPN", "Phonics", "PSC"), (ADA, 41, None), (BO, 3, None)]))
    book.worksheets[0].merge_cells("B2:F3")
    fault = SheetFault(message="No.", row=3, column=1)

    sheet = opened(with_errors(saved(book), "a.xlsx", [fault]).content).worksheets[0]

    assert sheet["B2"].comment is not None
    assert sheet["G3"].value == "No."


def test_nothing_that_is_said_runs_as_a_formula() -> None:
    fault = SheetFault(message="=cmd() is not a date.", row=2, column=0)
    content = workbook([("UPN", "Phonics"), (ADA, 34)])

    sheet = opened(with_errors(content, "a.xlsx", [fault]).content).worksheets[0]
    text = with_errors(f"UPN,Phonics\n{ADA},34".encode(), "a.csv", [fault]).content

    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=cmd() is not a date.", "s")
    assert b",'=cmd() is not a date." in text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_keeps_its_delimiter_and_its_encoding(codec: str, delimiter: str) -> None:
    rows = ("UPN", "Surname", "Phonics"), (ADA, "Zoë, O'Neill", "41"), (BO, "Ó", "")
    lines = [
        delimiter.join(f'"{cell}"' if "," in cell else cell for cell in row)
        for row in rows
    ]
    content = "\r\n".join(lines).encode(codec)

    back = given_back(content, "class.csv")

    first, second, third = back.content.decode(codec).splitlines()
    assert first == delimiter.join([*rows[0], "What to correct"])
    assert f"41{delimiter}" in second
    assert "Phonics mark is 41" in second
    assert third == delimiter.join([*rows[2], ""])


def test_a_csv_that_was_put_right_is_brought_again() -> None:
    content = f"sep=;\r\nPhonics;UPN\r\n41;{ADA}\r\n3;{BO};x\r\n".encode()
    back = given_back(content, "a.csv").content

    twice = given_back(back, "a.csv").content
    again = read(back.replace(b"41;", b"40;"), "a.csv")

    assert twice == back
    assert messages(again) == []
    assert [list(each.values.values()) for each in again.pupils] == [["40"], ["3"]]


def test_what_is_drawn_is_said_to_be_lost_and_macros_are_kept() -> None:
    out = io.BytesIO(a_persons_own())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/media/image1.png", b"png")
        archive.writestr("xl/vbaProject.bin", b"macro")

    back = given_back(out.getvalue(), "a.xlsm")

    assert back.name == "a.xlsm"
    assert "Pictures, charts and pivot tables" in lost(out.getvalue())
    with zipfile.ZipFile(io.BytesIO(back.content)) as archive:
        assert archive.read("xl/vbaProject.bin") == b"macro"


OLD = (Path(__file__).parents[1] / "golden" / "sheets" / "old.xls").read_bytes()
OPEN = open_document(("UPN", "Born", "Phonics"), (ADA, "3/2/20", "41"))


@pytest.mark.parametrize(("name", "content"), [("old.xls", OLD), ("open.ods", OPEN)])
def test_another_kind_of_workbook_comes_back_as_values(
    name: str, content: bytes
) -> None:
    back = given_back(content, name)

    assert back.name == name.partition(".")[0] + ".xlsx"
    assert "not its colours" in lost(content)
    sheet = opened(back.content).worksheets[0]
    assert "Phonics mark is 41" in sheet["D2"].value
    assert messages(read(back.content)) == messages(read(content, name))


def test_what_is_no_spreadsheet_comes_back_untouched() -> None:
    assert with_errors(b"%PDF", "a.pdf", []).content == b"%PDF"


CELLS = st.one_of(
    st.sampled_from(
        ("UPN", "Phonics", "What to correct", ADA, "41", "", "=1", "Total")
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=5),
)


@settings(deadline=None)
@example([["What to correct", "Phonics", "UPN"], ["UPN", "=1"]], "a.xlsx")
@given(
    st.lists(st.lists(CELLS, max_size=5), min_size=1, max_size=6),
    st.sampled_from(("a.csv", "a.xlsx")),
)
def test_any_sheet_can_be_given_back_and_says_the_same(
    rows: list[list[str]], form: str
) -> None:
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    text = "\n".join(lines).encode()
    content = text if form == "a.csv" else workbook(rows)
    sheet = read(content, form)

    back = with_errors(content, form, sheet.faults)

    again = read(back.content, form)
    assert messages(again) == messages(sheet)
    assert [each.values for each in again.pupils] == [e.values for e in sheet.pupils]


def test_a_list_that_begins_like_xml_can_be_brought_again() -> None:
    content = b'"<18",UPN\nx,1'

    back = with_errors(content, "a.csv", read(content, "a.csv").faults)

    assert back.content.startswith(b'"<18"')
    assert messages(read(back.content, "a.csv")) == messages(read(content, "a.csv"))
