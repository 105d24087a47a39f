"""Old workbooks (.xls): whether the file system inside one is whole, and how large.

What reads workbooks follows the chains of such a file wherever they lead, round and
round too, and makes room for as many cells as the last one's place would need. A
damaged file must not take the server down with it, so both are looked at first.
"""

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hornbook.sheets.measure import DAMAGED, MOST_CELLS, TOO_LARGE, WorkbookFault

_HEADER: Final = struct.Struct("<30xHH14xI4xII4xI")
_HEADER_SIZE: Final = 512
_ENTRY_SIZE: Final = 128
_NAMES: Final = ("Workbook", "Book")
# From here on a sector's number is no sector, but says what it is.
_SPECIAL: Final = 0xFFFFFFFA
_SHIFTS: Final = (9, 12)
_MINI_SHIFT: Final = 6
_RECORD: Final = struct.Struct("<HH")
_PLACE: Final = struct.Struct("<HH")
_WIDE: Final = struct.Struct("<IIHH")
_NARROW: Final = struct.Struct("<HHHH")
_STRINGS: Final = 0x00FC
_DIMENSIONS: Final = frozenset((0x0000, 0x0200))
_BEGINS: Final = frozenset((0x0009, 0x0209, 0x0409, 0x0809))
_CELLS: Final = frozenset(
    (0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E)
)
_SEVERAL: Final = frozenset((0x00BD, 0x00BE))


def measure_old(content: bytes) -> None:
    """Refuse an old workbook that is damaged or would unfold beyond measure."""
    try:
        streams = _Compound(content).streams()
        book = next(data for name, data in streams.items() if name in _NAMES)
    except (struct.error, StopIteration, ValueError, IndexError):
        raise WorkbookFault(DAMAGED) from None
    _measure_cells(book)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A stream or store: where it begins, and how many bytes it has."""

    name: str
    kind: int
    start: int
    size: int


class _Compound:
    """The sectors of a compound file, and which follows which; ValueError if broken."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        found = _HEADER.unpack_from(content)
        shift, mini, self._dirs, self._cutoff, minis, more = found
        if shift not in _SHIFTS or mini != _MINI_SHIFT:
            raise ValueError("The sectors are of no size that there is.")
        self._size = 1 << shift
        self._next = self._table(self._allocated(more))
        self._mini_next = self._table(self._chain(minis, self._next))

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]

    def _allocated(self, more: int) -> Iterator[int]:
        """The sectors that say which follows which."""
        listed = array("I", self._content[76:_HEADER_SIZE])
        seen: set[int] = set()
        while more < _SPECIAL:
            if more in seen:
                raise ValueError("A chain goes round.")
            seen.add(more)
            *here, more = array("I", self._sector(more))
            listed.extend(here)
        return (number for number in listed if number < _SPECIAL)

    def _table(self, sectors: Iterator[int]) -> "array[int]":
        """What follows each sector; no chain of it may go round or lead nowhere."""
        following = array("I", b"".join(map(self._sector, sectors)))
        met = array("I", bytes(4 * len(following)))
        for start in range(len(following)):
            at = start
            while at < _SPECIAL and not met[at]:
                met[at] = start + 1
                at = following[at]
                if at < _SPECIAL and met[at] == start + 1:
                    raise ValueError("A chain goes round.")
        return following

    def _chain(self, start: int, following: "array[int]") -> Iterator[int]:
        while start < _SPECIAL:
            yield start
            start = following[start]

    def streams(self) -> dict[str, bytes]:
        """Every stream by its name."""
        listed = b"".join(map(self._sector, self._chain(self._dirs, self._next)))
        if len(listed) % _ENTRY_SIZE:
            raise ValueError("The list of streams breaks off.")
        entries = [
            _entry(listed[at : at + _ENTRY_SIZE])
            for at in range(0, len(listed), _ENTRY_SIZE)
        ]
        if any(each.size > len(self._content) for each in entries if each.kind):
            raise ValueError("A stream is longer than the file.")
        root = self._large(entries[0])
        return {each.name: self._stream(each, root) for each in entries if each.kind}

    def _stream(self, entry: _Entry, root: bytes) -> bytes:
        if entry.size >= self._cutoff:
            return self._large(entry)
        step = 1 << _MINI_SHIFT
        chain = self._chain(entry.start, self._mini_next) if entry.size else iter(())
        return b"".join(root[at * step : at * step + step] for at in chain)

    def _large(self, entry: _Entry) -> bytes:
        return b"".join(map(self._sector, self._chain(entry.start, self._next)))


def _entry(told: bytes) -> _Entry:
    length = int.from_bytes(told[64:66], "little")
    name = told[: max(length - 2, 0)].decode("utf-16-le", "replace")
    start = int.from_bytes(told[116:120], "little")
    return _Entry(name, told[66], start, int.from_bytes(told[120:124], "little"))


def _measure_cells(book: bytes) -> None:
    """Refuse a sheet whose last cell is too far from the first."""
    rows = columns = 0
    for kind, data in _records(book):
        if kind in _BEGINS:
            rows = columns = 0
        elif kind == _STRINGS and int.from_bytes(data[4:8], "little") > len(book):
            raise WorkbookFault(DAMAGED)
        far = _farthest(kind, data)
        rows, columns = max(rows, far[0]), max(columns, far[1])
        if rows * columns > MOST_CELLS:
            raise WorkbookFault(TOO_LARGE)


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a workbook: of what kind, and what is in them."""
    at = 0
    while at + _RECORD.size <= len(book):
        kind, size = _RECORD.unpack_from(book, at)
        at += _RECORD.size
        yield kind, book[at : at + size]
        at += size


def _farthest(kind: int, data: bytes) -> tuple[int, int]:
    """How many rows and columns a record needs; none of a record without cells."""
    if kind in _DIMENSIONS:
        return _dimensions(data)
    if kind not in _CELLS | _SEVERAL or len(data) < _PLACE.size:
        return 0, 0
    row, column = _PLACE.unpack_from(data)
    if kind in _SEVERAL:
        column = max(column, int.from_bytes(data[-2:], "little"))
    return row + 1, column + 1


def _dimensions(data: bytes) -> tuple[int, int]:
    """The rows and columns that a sheet says it has: none may end before it begins."""
    shape = _NARROW if len(data) < _WIDE.size else _WIDE
    if len(data) < shape.size:
        return 0, 0
    first_row, rows, first_column, columns = shape.unpack_from(data)
    if first_row > rows or first_column > columns:
        raise WorkbookFault(DAMAGED)
    return rows, columns
