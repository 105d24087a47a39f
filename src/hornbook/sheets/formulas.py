"""Cells of a workbook whose formula gives no value: an error of Excel's, or nothing.

What reads workbooks takes both for blank, and a result that is not there is no small
thing: here they are found, so that they can be told.
"""

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final

# Stands in a cell whose formula was saved without the value it had.
NO_VALUE: Final = "#NO-VALUE!"
_ERROR: Final = re.compile(r"#[A-Z][A-Z0/-]*[!?]?")
_BOOK: Final = "xl/workbook.xml"
_LINKS: Final = "xl/_rels/workbook.xml.rels"
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_LINK: Final = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_SHOWN: Final = re.compile(rb"<(?:\w+:)?v[^>/]*>([^<]+)<")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PLACE: Final = re.compile(r"([A-Z]+)(\d+)")

Places = Mapping[tuple[int, int], str]


def cell_error(text: str) -> str:
    """What is wrong with a cell in which Excel shows no value; blank if it does."""
    if text == NO_VALUE:
        return (
            "The cell has a formula, and the file does not say what came of it. Write "
            "the value itself in its place."
        )
    if not _ERROR.fullmatch(text):
        return ""
    return (
        f"The cell shows {text}: its formula does not work. Write the value itself in "
        "its place."
    )


def without_value(content: bytes) -> dict[str, Places]:
    """By sheet, the row and column from 0 of each such cell, and what stands for it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if not {_BOOK, _LINKS} <= set(archive.namelist()):
            return {}
        return {
            name: dict(_in_sheet(archive.read(part)))
            for name, part in _parts(archive)
            if part in archive.namelist()
        }


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of every sheet and the part of the archive that it is in."""
    links = {
        said.get("Id", ""): said.get("Target", "")
        for said in map(_attributes, _LINK.findall(archive.read(_LINKS)))
    }
    for said in map(_attributes, _SHEET.findall(archive.read(_BOOK))):
        linked = next((v for k, v in said.items() if k.endswith(":id")), "")
        target = links.get(linked, "")
        yield said.get("name", ""), posixpath.join("xl", target).lstrip("/")


def _attributes(tag: bytes) -> dict[str, str]:
    pairs = re.findall(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag.decode())
    return {name: html.unescape(one or other) for name, one, other in pairs}


def _in_sheet(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b"<f" not in part and b":f" not in part and b'"e"' not in part:
        return
    for tag, inside in _CELL.findall(part):
        said = _attributes(tag)
        shown = _SHOWN.search(inside)
        place = _PLACE.fullmatch(said.get("r", ""))
        if place is None:
            continue
        if said.get("t") == "e":
            yield _from_zero(place), shown[1].decode() if shown else NO_VALUE
        elif not shown and said.get("t") != "str" and _FORMULA.search(inside):
            yield _from_zero(place), NO_VALUE


def _from_zero(place: re.Match[str]) -> tuple[int, int]:
    """Row and column, counted from 0, of a place such as AB12."""
    column = 0
    for letter in place[1]:
        column = column * 26 + ord(letter) - 64
    return int(place[2]) - 1, column - 1
