"""Dates as schools type them: the day first, with figures or the month's name."""

import re
from datetime import date, timedelta
from typing import Final

_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ][\d:.]+z?)?")
_FIGURES: Final = re.compile(
    r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?:[t ][\d:.]+)?"
)
_NAMED: Final = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[-/., ]+([a-z]{3,9})\.?[-/., ]+"
    r"(\d{4}|\d{2})"
)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december",
)  # fmt: skip
# A date that Excel was told to show as a number: the days since this one.
_SERIAL: Final = re.compile(r"[2-6]\d{4}")
_EXCEL_BEGINS: Final = date(1899, 12, 30)
_CENTURY: Final = 2000


def read_day(text: str) -> date:
    """Read a date as typed or as Excel has it; ValueError says what it must be."""
    written = " ".join(text.casefold().split())
    if _SERIAL.fullmatch(written):
        return _EXCEL_BEGINS + timedelta(days=int(written))
    try:
        return _parts(written)
    except ValueError:
        raise ValueError(
            f"{text} is not a date, day first, such as 19/04/2020."
        ) from None


def _parts(written: str) -> date:
    if found := _ISO.fullmatch(written):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(written):
        return date(_year(found[3]), int(found[2]), int(found[1]))
    if found := _NAMED.fullmatch(written):
        return date(_year(found[3]), _month(found[2]), int(found[1]))
    raise ValueError(written)


def _year(figures: str) -> int:
    """A year; of two figures, one of this century, as every pupil's is."""
    return int(figures) + (_CENTURY if len(figures) == 2 else 0)


def _month(name: str) -> int:
    """The number of a month by its name or the first letters of it."""
    for number, month in enumerate(_MONTHS, 1):
        if month.startswith(name):
            return number
    raise ValueError(name)
