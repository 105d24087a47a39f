"""Sheets as people have them, made for a test."""

import io
from collections.abc import Mapping, Sequence

import openpyxl

from hornbook.identifiers import AcademicYear
from hornbook.sheets.results import ResultsSheet, read_results

YEAR = AcademicYear(2026)
ADA = "B801200005001"
BO = "U801200005004"
NO_MAP: Mapping[str, str] = {}


def csv_results(
    *lines: str, name: str = "sheet.csv", mapping: Mapping[str, str] = NO_MAP
) -> ResultsSheet:
    content = "\n".join(lines).encode()
    return read_results(io.BytesIO(content), name, year=YEAR, mapping=mapping)


def values(sheet: ResultsSheet) -> dict[tuple[str, int], str]:
    """The values of the only pupil."""
    (pupil,) = sheet.pupils
    return dict(pupil.values)


def messages(sheet: ResultsSheet) -> list[str]:
    return [fault.message for fault in sheet.faults]


def workbook(*sheets: Sequence[Sequence[object]], titles: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets):
        title = titles[number] if titles else f"Sheet{number + 1}"
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
