"""Damaged and dangerous workbooks: refused in words, and nothing else comes of them."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sheets.sheets import ADA, YEAR, messages, open_document, workbook

from hornbook.sheets.corrections import with_errors
from hornbook.sheets.results import ResultsSheet, read_results

OLD = (Path(__file__).parents[1] / "golden" / "sheets" / "old.xls").read_bytes()
NEW = workbook([("UPN", "Phonics"), (ADA, 41)])
OPEN = open_document(("UPN", "Phonics"), (ADA, "41"))
DAMAGED = "The workbook is damaged and cannot be read."
TOO_LARGE = "The workbook is too large to be a list of pupils."
SECTOR = 512


def read(content: bytes) -> ResultsSheet:
    return read_results(io.BytesIO(content), "a", year=YEAR)


def refused(content: bytes) -> str:
    (fault,) = read(content).faults
    return fault.message


def put(content: bytes, at: int, *numbers: int) -> bytes:
    """The content with other numbers of four bytes at a place."""
    data = struct.pack(f"<{len(numbers)}I", *numbers)
    return content[:at] + data + content[at + len(data) :]


def table_at(content: bytes) -> int:
    """Where an old workbook says which sector follows which."""
    (sector,) = struct.unpack_from("<I", content, 76)
    return int((sector + 1) * SECTOR)


def record_at(content: bytes, kind: int, size: int | None = None) -> int:
    """Where the content of a record of an old workbook begins."""
    head = struct.pack("<H", kind) + (struct.pack("<H", size) if size else b"")
    return content.index(head, SECTOR) + 4


def directory_at(content: bytes) -> int:
    """Where the second entry of an old workbook's list of streams begins."""
    (sector,) = struct.unpack_from("<I", content, 48)
    return int((sector + 1) * SECTOR) + 128


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (lambda c: put(c, table_at(c), 0), DAMAGED),
        (lambda c: put(c, table_at(c), 1, 0), DAMAGED),
        (lambda c: put(c, table_at(c), 0xFFFF), DAMAGED),
        (lambda c: put(put(c, 68, 0), 2 * SECTOR - 4, 0), DAMAGED),
        (lambda c: put(put(c, 68, 0), 2 * SECTOR - 4, 1 << 31), DAMAGED),
        (lambda c: put(c, 30, 0), DAMAGED),
        (lambda c: put(c, directory_at(c) + 120, 1 << 30), DAMAGED),
        (lambda c: put(c, record_at(c, 0x0200, 14), 900, 3), DAMAGED),
        (lambda c: put(c, record_at(c, 0x0200, 14), 0, 1 << 30), TOO_LARGE),
        (lambda c: put(c, record_at(c, 0x00FD, 10), 0xFFFFFFFF), TOO_LARGE),
        (lambda c: put(c, record_at(c, 0x00FC) + 4, 1 << 31), DAMAGED),
        (lambda c: c[:600], "This is not a spreadsheet that Hornbook can read."),
        (lambda c: c[:-100], DAMAGED),
    ],
)
def test_an_old_workbook_that_leads_astray_is_refused(
    spoilt: Callable[[bytes], bytes], words: str
) -> None:
    assert refused(spoilt(OLD)).startswith(words)


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, change(data) if name == part else data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "part"), [(NEW, "xl/worksheets/sheet1.xml"), (OPEN, "content.xml")]
)
@pytest.mark.parametrize(
    "change",
    [
        lambda part: part[:-20],
        lambda part: b"",
        lambda part: b'<?xml version="1.0" encoding="UDF-8"?>' + part,
    ],
)
def test_a_workbook_whose_parts_break_off_is_refused(
    content: bytes, part: str, change: Callable[[bytes], bytes]
) -> None:
    assert refused(changed(content, part, change)).startswith(DAMAGED)


@pytest.mark.parametrize("content", [NEW, OPEN])
def test_an_archive_that_breaks_off_is_refused(content: bytes) -> None:
    assert refused(content[: len(content) // 2]).startswith(DAMAGED)


def test_an_archive_without_a_book_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/styles.xml", "<a/>")

    assert refused(out.getvalue()).startswith(DAMAGED)


def test_a_cell_far_out_is_refused() -> None:
    far = changed(
        NEW,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b'r="B2"', b'r="XFD1048576"'),
    )

    assert refused(far).startswith(TOO_LARGE)


def test_more_columns_than_any_list_has_are_refused() -> None:
    wide = ",".join(["UPN", "Phonics", *["x"] * 1_000])

    assert refused(f"{wide}\n{wide}".encode()) == "There are more than 1,000 columns."


def test_a_workbook_that_cannot_be_written_again_comes_back_as_values() -> None:
    styles = b"<styleSheet><fonts><font><sz val='tall'/></font></fonts></styleSheet>"
    content = changed(NEW, "xl/styles.xml", lambda _: styles)

    back = with_errors(content, "a.xlsx", read(content).faults)

    assert messages(read(back.content)) == messages(read(NEW))


CONTENTS = st.sampled_from((OLD, OPEN, NEW))


@settings(deadline=None, max_examples=60)
@given(CONTENTS, st.data())
def test_no_damage_makes_it_fall(content: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(content) - 1))
    spoilt = content[:at] + data.draw(st.binary(max_size=8)) + content[at + 4 :]

    sheet = read(spoilt)

    assert sheet.pupils or sheet.faults or sheet.notices
    assert with_errors(spoilt, "a", sheet.faults).content


def test_a_sheet_that_is_called_otherwise_is_measured_too() -> None:
    far = changed(
        NEW,
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"/></row></sheetData>'
        ),
    )
    renamed = changed(
        far,
        "xl/_rels/workbook.xml.rels",
        lambda data: data.replace(b"worksheets/sheet1.xml", b"worksheets/sheet1.dat"),
    )
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(renamed)) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for name in before.namelist():
            after.writestr(name.replace("sheet1.xml", "sheet1.dat"), before.read(name))

    assert refused(out.getvalue()).startswith(TOO_LARGE)
