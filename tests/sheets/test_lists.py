"""A list to take away: the same in CSV and Excel, and never a formula."""

import io

import pytest
from openpyxl import load_workbook

from hornbook.sheets.lists import List, written

FORMULAS = ("=1+1", "+44", "-2", "@SUM(A1)", "\tx", "\rx")


def of(*rows: tuple[str | int | None, ...]) -> List:
    return List(title="Pupils", columns={"Name": 20, "Mark": 8}, rows=rows)


def test_a_list_in_csv_is_read_by_excel_as_utf_8() -> None:
    content = written(of(("Zoë", 31), ("Ada", None)), "csv").content

    assert content.decode("utf-8-sig").split("\r\n") == [
        "Name,Mark",
        "Zoë,31",
        "Ada,",
        "",
    ]
    assert content.startswith(b"\xef\xbb\xbf")


def test_a_list_in_excel_has_headings_that_stay_and_numbers_as_numbers() -> None:
    content = written(of(("Zoë", 31)), "xlsx").content

    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert sheet.title == "Pupils"
    assert sheet.freeze_panes == "A2"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [["Name", "Mark"], ["Zoë", 31]]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_run_as_a_formula(text: str) -> None:
    as_csv = written(of((text, 1)), "csv").content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(written(of((text, 1)), "xlsx").content))

    assert f"'{text}" in as_csv
    assert book.active is not None
    assert book.active["A2"].data_type == "s"


def test_a_character_that_no_workbook_holds_becomes_a_space() -> None:
    content = written(of(("a\x0bb", 1)), "xlsx").content

    book = load_workbook(io.BytesIO(content))
    assert book.active is not None
    assert book.active["A2"].value == "a b"


@pytest.mark.parametrize(
    ("title", "tab"),
    [
        ("Multiplication Tables Check Names", "Multiplication Tables Check"),
        ("A" * 40, "A" * 31),
        ("Years 1/2: names", "Years 1 2  names"),
    ],
)
def test_a_title_that_no_tab_can_have_is_cut(title: str, tab: str) -> None:
    made = List(title=title, columns={"Name": 20}, rows=[])

    content = written(made, "xlsx").content

    assert load_workbook(io.BytesIO(content)).sheetnames == [tab]
