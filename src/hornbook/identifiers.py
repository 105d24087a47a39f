"""UPN, LAEstab, URN, academic year and NC year: read, check and print.

Sources: the check letter and the permitted characters of a UPN are those of the
multiplication tables check service's own code; the rule numbers 1500 to 1550 are the
DfE's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import mul
from typing import Final, Self

# I, O and S are left out because they are easily misread.
CHECK_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
_BODY = re.compile(rf"[0-9]{{11}}[0-9{CHECK_LETTERS}]")
_UPN = re.compile(rf"[{CHECK_LETTERS}][0-9]{{11}}[0-9{CHECK_LETTERS}]")
_LAESTAB = re.compile(r"([0-9]{3})[/ -]?([0-9]{4})")
_YEAR = re.compile(r"([0-9]{4})(?:[/-]([0-9]{2}|[0-9]{4}))?")
_VALUES = {character: value for value, character in enumerate(CHECK_LETTERS)} | {
    str(digit): digit for digit in range(10)
}
_WEIGHTS = range(2, 14)
_FIRST_MONTH_OF_THE_YEAR: Final = 9


def check_sum(body: str) -> tuple[tuple[int, int], ...]:
    """The (value, weight) pairs of a UPN's twelve characters after the letter.

    Raises ValueError where the body is not eleven digits and a digit or letter.
    """
    if not _BODY.fullmatch(body):
        raise ValueError("After its letter a UPN has 12 digits.")
    return tuple(zip(map(_VALUES.__getitem__, body), _WEIGHTS, strict=True))


def check_letter(body: str) -> str:
    """The letter that belongs before the twelve characters of a UPN."""
    if not _BODY.fullmatch(body):
        raise ValueError("After its letter a UPN has 12 digits.")
    return _letter(body)


def _letter(body: str) -> str:
    """The letter of a body that is known to be one: asked of every pupil of a file."""
    total = sum(map(mul, map(_VALUES.__getitem__, body), _WEIGHTS))
    return CHECK_LETTERS[total % len(CHECK_LETTERS)]


@dataclass(frozen=True, slots=True, order=True)
class UPN:
    """A unique pupil number that has been checked: 13 characters, capitals."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a UPN as typed; raise ValueError if it cannot be one."""
        upn = text.strip().upper()
        if not _UPN.fullmatch(upn):
            raise ValueError(
                "A UPN is a letter, then 12 digits (a temporary one ends in a letter)."
            )
        if upn[0] != check_letter(upn[1:]):
            raise ValueError("The check letter does not match the digits.")
        return cls(upn)

    @property
    def temporary(self) -> bool:
        """Whether the UPN ends in a letter: given until the permanent one is known."""
        return not self.text[12].isdigit()

    @property
    def la_number(self) -> str:
        """The local authority that gave the number, which may be a former one."""
        return self.text[1:4]

    def __str__(self) -> str:
        return self.text


def likely_upns(text: str) -> Iterator[str]:
    """Valid UPNs one slip away, likeliest first; never the one that is typed."""
    typed = text.strip().upper()
    seen = {text.strip()}
    for candidate in _slips(typed):
        if candidate not in seen and is_upn(candidate):
            seen.add(candidate)
            yield candidate


def _slips(typed: str) -> Iterator[str]:
    """What a person may have meant, likeliest first."""
    head, body = typed[:1], typed[1:]
    digits = body[:11].translate(str.maketrans("OIL", "011")) + body[11:]
    digits = digits[:11] + digits[11:].replace("O", "0").replace("I", "1")
    yield head + digits
    if _BODY.fullmatch(digits):
        yield check_letter(digits) + digits
    for place in range(len(digits) - 1):
        swapped = list(digits)
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        yield head + "".join(swapped)
    yield from _one_character_out(typed)
    yield from _one_digit_wrong(head, digits)


def _one_character_out(typed: str) -> Iterator[str]:
    """A character was typed twice, or the first one not at all."""
    for place in range(len(typed)):
        yield typed[:place] + typed[place + 1 :]
    if _BODY.fullmatch(typed):
        yield check_letter(typed) + typed


def _one_digit_wrong(head: str, digits: str) -> Iterator[str]:
    """Another digit in one place, from the end: that is where pupils differ."""
    for place in reversed(range(len(digits))):
        for digit in "0123456789":
            yield head + digits[:place] + digit + digits[place + 1 :]


def is_upn(text: str) -> bool:
    """Whether the text is a sound UPN, permanent or temporary."""
    return bool(_UPN.fullmatch(text)) and text[0] == _letter(text[1:])


@dataclass(frozen=True, slots=True, order=True)
class LAEstab:
    """A school's DfE number: local authority number and establishment number."""

    la: str
    estab: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 9262155, 926/2155 or 926 2155; raise ValueError if it is none."""
        found = _LAESTAB.fullmatch(text.strip())
        if found is None:
            raise ValueError("A DfE number is 3 digits and 4 digits, such as 909/2155.")
        return cls(found[1], found[2])

    def __str__(self) -> str:
        return self.la + self.estab


def parse_urn(text: str) -> str:
    """Read a URN, six digits; raise ValueError if it is not one."""
    urn = text.strip()
    if not re.fullmatch(r"[1-9][0-9]{5}", urn):
        raise ValueError("A URN is 6 digits, such as 123456.")
    return urn


@dataclass(frozen=True, slots=True, order=True)
class AcademicYear:
    """A school year, named by the summer it ends in: 2026 is 2025/26."""

    ends: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 2026, 2025/26, 2025-26 or 2025/2026; raise ValueError if none."""
        found = _YEAR.fullmatch(text.strip())
        if found is None:
            raise ValueError("Write a school year as 2026 or 2025/26.")
        first = int(found[1])
        if found[2] is None:
            return cls(first)
        if int(found[2]) % 100 != (first + 1) % 100:
            raise ValueError(f"{text} is not one school year.")
        return cls(first + 1)

    @classmethod
    def of(cls, day: date) -> Self:
        """The school year a day falls in; a year begins on 1 September."""
        return cls(day.year + (day.month >= _FIRST_MONTH_OF_THE_YEAR))

    @property
    def starts(self) -> int:
        """The calendar year of its autumn."""
        return self.ends - 1

    @property
    def first_day(self) -> date:
        """1 September."""
        return date(self.starts, _FIRST_MONTH_OF_THE_YEAR, 1)

    @property
    def last_day(self) -> date:
        """31 August."""
        return date(self.ends, _FIRST_MONTH_OF_THE_YEAR - 1, 31)

    @property
    def ctf_version(self) -> str:
        """The CTF version of the year, such as 25.0 for 2025/26."""
        return f"{self.starts % 100}.0"

    @property
    def folder(self) -> str:
        """As the rulebook's folders are named: 2025-26."""
        return f"{self.starts}-{self.ends % 100:02}"

    def __str__(self) -> str:
        return f"{self.starts}/{self.ends % 100:02}"


NC_YEARS: Final = ("N1", "N2", "R", *(str(year) for year in range(1, 15)), "X")


def parse_nc_year(text: str) -> str:
    """Read a year group: R, Reception, 0, Year 2, Y2, 2; raise ValueError if none."""
    year = re.sub(r"^(?:year|yr|y)\s*", "", text.strip(), flags=re.IGNORECASE).upper()
    year = {"RECEPTION": "R", "REC": "R", "0": "R", "E1": "N1", "E2": "N2"}.get(
        year, year.lstrip("0")
    )
    if year not in NC_YEARS:
        raise ValueError(f"{text} is not a year group: R, or 1 to 14.")
    return year


def nc_year_of(born: date, year: AcademicYear) -> str:
    """The year group a child of that age is normally in: R at 5, 1 at 6, and so on.

    A child reaches 5 between 1 September and 31 August of the reception year.
    Outside R to 14 the answer is "X".
    """
    group = year.ends - AcademicYear.of(born).ends - 5
    if group == 0:
        return "R"
    return str(group) if 1 <= group <= 14 else "X"
