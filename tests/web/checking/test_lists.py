"""The whole list, to take away as CSV or Excel."""

import csv
import io

import openpyxl
import pytest
from tests.inspection.files import NAME, ctf, pupil, second, sound
from tests.web.checking.conftest import Send

pytestmark = pytest.mark.django_db

RISKY = ctf([pupil("=1+1", surname="@Byrne"), second("20", surname="=HYPERLINK(1)")])
LIST = "checking:list"


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_list_as_csv_has_a_row_for_each_finding(send: Send) -> None:
    answer = send(ctf([pupil("41")]), sound(), page=LIST, form="csv")

    rows = rows_of_csv(answer.content)
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="findings.csv"'
    )
    assert rows[0]["File"] == NAME
    assert (rows[0]["Code"], rows[0]["Value"], rows[0]["Line"]) == ("R02", "41", "21")
    assert "0 to 40" in rows[0]["What is wrong"]


def test_no_cell_of_the_csv_is_run_as_a_formula(send: Send) -> None:
    rows = rows_of_csv(send(RISKY, page=LIST, form="csv").content)

    assert "'=1+1" in {row["Value"] for row in rows}
    starts = {cell[:1] for row in rows for cell in row.values()}
    assert not starts & {"=", "+", "-", "@"}


def test_the_list_as_excel_holds_text_and_numbers_and_no_formula(send: Send) -> None:
    answer = send(RISKY, page=LIST, form="xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    headings, *rows = sheet.iter_rows()
    by_heading = [
        dict(zip([cell.value for cell in headings], row, strict=True)) for row in rows
    ]
    assert "=1+1" in {row["Value"].value for row in by_heading}
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert by_heading[0]["Line"].data_type == "n"
    assert sheet.auto_filter.ref == f"A1:M{len(rows) + 1}"


def test_what_no_cell_can_hold_is_left_out(send: Send) -> None:
    content = ctf([pupil("x" * 40_000), second("20")])

    answer = send(content, page=LIST, form="xlsx")

    assert openpyxl.load_workbook(io.BytesIO(answer.content)).active is not None


def test_a_list_of_nothing_is_refused_with_the_page(send: Send) -> None:
    answer = send(page=LIST, form="csv")

    assert "Choose a file." in answer.content.decode()


def test_a_list_in_no_known_form_is_not_made(send: Send) -> None:
    answer = send(sound(), page=LIST, form="pdf")

    assert "Content-Disposition" not in answer.headers
