"""Files to look at: a file, a folder of them, or a zip with files inside."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, Final, TypeAlias

# What unpacking raises where a zip is cut, damaged or packed in an unusual way.
DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
Opened: TypeAlias = Path | IO[bytes]

_LOOKED_AT: Final = (".xml", ".zip")
# What a Mac or Windows puts beside the files of a folder, unasked.
_BESIDE: Final = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
_MEGABYTE: Final = 1024 * 1024
# A CTF shrinks to a twentieth or so; only a trap shrinks to less than a hundredth.
_SHRINKS_TO: Final = 100
_SMALL: Final = 10 * _MEGABYTE
_MOST_ENTRIES: Final = 1000
_LARGEST: Final = 2048 * _MEGABYTE
_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class Source:
    """One file to look at; entry is its place in a zip, size what it unpacks to.

    refused says in words why a zip, or one entry of it, is not opened.
    """

    name: str
    held: Opened
    entry: str | None = None
    refused: str | None = None
    size: int = 0

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes of the file."""
        if self.entry is not None:
            with (
                zipfile.ZipFile(self.held) as archive,
                archive.open(self.entry) as part,
            ):
                yield part
        elif isinstance(self.held, Path):
            with self.held.open("rb") as stream:
                yield stream
        else:
            yield self.held


def sources(path: Path) -> Iterator[Source]:
    """The files of a folder, the entries of a zip, or the file itself."""
    if not path.is_dir():
        yield from sources_in(path, path.name)
        return
    for inside in sorted(path.rglob("*")):
        looked_at = inside.suffix.lower() in _LOOKED_AT
        if looked_at and inside.is_file() and not _beside(inside):
            yield from sources_in(inside, inside.name)


def _beside(path: PurePath) -> bool:
    """Whether a file is of the computer's own making."""
    made_itself = any(part.lower() in _BESIDE for part in path.parts)
    return made_itself or path.name.startswith("._")


def sources_in(held: Opened, name: str) -> Iterator[Source]:
    """The entries of a zip, or the file itself."""
    if name.lower().endswith(".zip") and zipfile.is_zipfile(held):
        yield from in_archive(held, name)
    else:
        yield Source(name, held)


def in_archive(held: Opened, name: str) -> Iterator[Source]:
    """The files in a zip, folders aside."""
    try:
        with zipfile.ZipFile(held) as archive:
            entries = [
                entry
                for entry in archive.infolist()
                if not entry.is_dir() and not _beside(PurePosixPath(entry.filename))
            ]
    except DAMAGED:
        yield Source(name, held, refused="This zip is damaged.")
    else:
        yield from _entries(entries, held, name)


def _entries(
    entries: list[zipfile.ZipInfo], held: Opened, name: str
) -> Iterator[Source]:
    """A source for each file in a zip, refused where it is a trap."""
    if not entries:
        yield Source(name, held, refused="There is no file in this zip.")
    elif len(entries) > _MOST_ENTRIES or _total(entries) > _LARGEST:
        yield Source(name, held, refused=_too_much(entries))
    else:
        for entry in entries:
            inside = PurePosixPath(entry.filename).name
            yield Source(inside, held, entry.filename, _why_not(entry), entry.file_size)


def _total(entries: list[zipfile.ZipInfo]) -> int:
    """How large the files of a zip say they are, together."""
    return sum(entry.file_size for entry in entries)


def _too_much(entries: list[zipfile.ZipInfo]) -> str:
    """Why a whole zip is refused."""
    return (
        f"This zip unpacks to {len(entries)} files and "
        f"{_total(entries) // _MEGABYTE} MB. At most {_MOST_ENTRIES} files and "
        f"{_LARGEST // _MEGABYTE} MB are opened."
    )


def _why_not(entry: zipfile.ZipInfo) -> str | None:
    """Why one entry is not opened; None where it is."""
    if entry.flag_bits & _ENCRYPTED:
        return "This file in the zip is locked with a password."
    packed = max(entry.compress_size, 1)
    if entry.file_size > _SMALL and entry.file_size > packed * _SHRINKS_TO:
        return (
            f"This file in the zip unpacks from {packed // 1024} KB to "
            f"{entry.file_size // _MEGABYTE} MB, which no Common Transfer File does."
        )
    return None
