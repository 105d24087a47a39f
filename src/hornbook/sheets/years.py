"""School years as people write them in a column."""

import re
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.sheets.days import read_day

_WORDS: Final = re.compile(
    r"^(?:[a-z]+ )*?(?:year|ay)(?![a-z]):?\s*|\s+(?:academic )?year$"
)
_SHORT: Final = re.compile(r"(\d\d)\s*[/-]\s*(\d\d)")
_UNTIL: Final = re.compile(r"\s+(?:-|\u2013|to|until)\s+")
_SPACED: Final = re.compile(r"\s*([/-]|\u2013|\u2014)\s*")


def read_year(text: str) -> AcademicYear:
    """Read 2021/22, AY 21-22, or the days it begins or ends; ValueError if none."""
    written = _WORDS.sub("", " ".join(text.casefold().split()))
    found = _of_days(written)
    if found is not None:
        return found
    plain = _SPACED.sub("/", written)
    if short := _SHORT.fullmatch(plain):
        plain = f"20{plain}" if int(short[2]) == int(short[1]) + 1 else plain
    return AcademicYear.parse(plain)


def _of_days(written: str) -> AcademicYear | None:
    """The year of a day, or of two in one year; None where they are no days."""
    try:
        told = {AcademicYear.of(read_day(part)) for part in _UNTIL.split(written)}
    except ValueError:
        return None
    return told.pop() if len(told) == 1 else None


def names_a_year(text: str) -> bool:
    """Whether a cell names a school year."""
    try:
        return bool(read_year(text))
    except ValueError:
        return False
