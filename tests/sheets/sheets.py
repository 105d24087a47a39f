"""Sheets as people have them, made for a test."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl

from hornbook.identifiers import AcademicYear
from hornbook.sheets.kinds import SheetKind, kind_of
from hornbook.sheets.result_columns import known_heading
from hornbook.sheets.results import ResultsSheet, read_results
from hornbook.sheets.table import read_table

YEAR = AcademicYear(2026)
ADA = "B801200005001"
BO = "U801200005004"
CY = "Q801200005002"
NO_MAP: Mapping[str, str] = {}


def csv_results(
    *lines: str, name: str = "sheet.csv", mapping: Mapping[str, str] = NO_MAP
) -> ResultsSheet:
    content = "\n".join(lines).encode()
    return read_results(io.BytesIO(content), name, year=YEAR, mapping=mapping)


def kind_of_sheet(
    content: bytes, name: str, mapping: Mapping[str, str] = NO_MAP
) -> SheetKind:
    table = read_table(io.BytesIO(content), name, known_heading(mapping))
    return kind_of(table, mapping)


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


def open_document(*rows: Sequence[str], each_time: int = 1) -> bytes:
    """A spreadsheet as LibreOffice writes one: its last row stands for all below it."""
    said = '<table:table-cell office:value-type="string"><text:p>{}</text:p>'
    cell = f"{said}</table:table-cell>"
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    below = row.format(
        1_048_000, '<table:table-cell table:number-columns-repeated="9"/>'
    )
    table = "".join(row.format(each_time, "".join(map(cell.format, r))) for r in rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", f"<m:manifest {_SPACES}/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="1B">{table}{below}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "m": "manifest",
    }.items()
)
