"""Reading whatever is to be brought in: by its content, not by its name."""

import zipfile
from dataclasses import dataclass
from typing import IO, Final

from django.conf import settings

from hornbook.inspection.sources import DAMAGED, Source, in_archive
from hornbook.rulebook.load import RulebookError
from hornbook.sheets.table import LARGEST_FILE
from hornbook.sheets.writing import Writing, what_it_is
from hornbook.web.schools.models import School
from hornbook.web.transfers import ctf_files, queries, sheet_files
from hornbook.web.transfers.files import FileRead, Refused
from hornbook.web.transfers.sheet_files import Sheet

_HEAD: Final = 4096
# How many times the largest upload a zip may unpack to.
_UNPACKED: Final = 4
# How workbooks begin, the new ones and the old.
_BINARY: Final = (b"PK", b"\xd0\xcf\x11\xe0")
# What every workbook or document that is a zip inside has in it.
_DOCUMENT: Final = frozenset({"[Content_Types].xml", "mimetype"})


@dataclass(frozen=True, slots=True)
class Opened:
    """What was sent: the files that were read, oldest first, and why others were not.

    refused are names of files with the words that say why.
    """

    files: tuple[FileRead, ...]
    refused: tuple[tuple[str, str], ...] = ()


def open_all(*, school: School, stream: IO[bytes], name: str) -> Opened:
    """Read a file, or every file in a zip, without changing the database.

    Raises Refused where nothing of it can be brought in.
    """
    if not _is_archive(stream):
        return Opened((read(school=school, stream=stream, name=name),))
    inside = list(in_archive(stream, name))
    if sum(source.size for source in inside) > _UNPACKED * settings.HORNBOOK_MAX_UPLOAD:
        raise Refused(
            "This zip unpacks to more than Hornbook takes at once. Send less."
        )
    files, refused = [], []
    for source in inside:
        try:
            files.append(_read_source(school, source))
        except Refused as refusal:
            refused.append((source.name, refusal))
    if not files:
        raise Refused(
            " ".join(f"{one}: {why}" for one, why in refused),
            nameless=" ".join(f"{one}: {why.nameless}" for one, why in refused),
        )
    said = tuple((one, str(why)) for one, why in refused)
    return Opened(tuple(sorted(files, key=_made)), said)


def _made(file: FileRead) -> str:
    return str(file.counts.get("made", ""))


def _is_archive(stream: IO[bytes]) -> bool:
    """Whether it is a zip of files, not a document, which is a zip inside too."""
    stream.seek(0)
    try:
        if not zipfile.is_zipfile(stream):
            return False
        with zipfile.ZipFile(stream) as archive:
            return not _DOCUMENT.intersection(archive.namelist())
    except DAMAGED:
        return False
    finally:
        stream.seek(0)


def _read_source(school: School, source: Source) -> FileRead:
    if source.refused:
        raise Refused(source.refused)
    try:
        with source.open() as stream:
            return read(school=school, stream=stream, name=source.name)
    except DAMAGED as fault:
        raise Refused("It cannot be unpacked from the zip.") from fault


def _spreadsheet(stream: IO[bytes]) -> bytes | None:
    """The bytes of a file that is a spreadsheet; raises Refused where it is locked."""
    head = stream.read(_HEAD)
    stream.seek(0)
    binary = head.startswith(_BINARY)
    if not binary and what_it_is(head) is not Writing.TEXT:
        return None
    content = stream.read(LARGEST_FILE + 1)
    stream.seek(0)
    if binary and what_it_is(content).fault:
        raise Refused(what_it_is(content).fault)
    return content


def read(*, school: School, stream: IO[bytes], name: str) -> FileRead:
    """Read one file for a school without changing the database; raises Refused."""
    content = _spreadsheet(stream)
    if content is not None:
        return sheet_files.read(Sheet(content, name, queries.meanings(school)))
    try:
        return ctf_files.read(school=school, stream=stream, name=name)
    except RulebookError as fault:
        raise Refused(
            f"Nothing can be brought in until this is put right: {fault}"
        ) from fault
