"""File names: read loosely, written strictly. The name is the address."""

import re
from dataclasses import dataclass
from typing import Final

_CODE: Final = r"(?:\d{3}(?:\d{4}|LLLL|DfE)|NAALLLL|XXXXXXX|MMMMMMM)"
_PATTERN: Final = rf"({_CODE})_([A-Z0-9]{{3}})_({_CODE})_(\d{{3}})"
# Capitals as the DfE writes them; only the extension may be in any case.
_STRICT: Final = re.compile(rf"{_PATTERN}\.[xX][mM][lL]", re.ASCII)
_LOOSE: Final = re.compile(_PATTERN, re.ASCII | re.IGNORECASE)
# What a second download or a copy is given: " (1)", "[1]", " - Copy (2)", " copy 2",
# and behind the sequence number also "-1" or " 2".
_BROWSER: Final = re.compile(
    r"(?:[\s_]*(?:\(\d+\)|\[\d+\])|\s*-\s*copy|\s+copy(?:\s+\d+)?"
    r"|(?<=_\d{3})(?:-| )\d{1,2})+(?=\.[A-Za-z]{3}$|$)",
    re.IGNORECASE,
)
INFIXES: Final = ("CTF", "FSP", "PHO", "KS1", "KS2", "MTC", "FTF")


@dataclass(frozen=True, slots=True)
class FileName:
    """A name of the DfE's pattern: source, infix, destination, sequence number."""

    source: str
    infix: str
    destination: str
    sequence: int

    @property
    def text(self) -> str:
        """As it is written: 9262155_PHO_926LLLL_001.xml."""
        return f"{self.source}_{self.infix}_{self.destination}_{self.sequence:03}.xml"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class NameReading:
    """What a name says, however much of the pattern it keeps.

    name is None where no part of it is of the pattern; strict is whether all of it is,
    a browser's suffix aside.
    """

    name: FileName | None
    browser_copy: bool
    strict: bool


def parse_name(text: str) -> NameReading:
    """Read a file's name as it comes, in any case, copied by a browser or renamed."""
    plain = _BROWSER.sub("", text)
    copied = plain != text
    found = _STRICT.fullmatch(plain)
    strict = found is not None and found[2] in INFIXES
    found = found or _LOOSE.search(plain)
    if found is None:
        return NameReading(None, copied, strict=False)
    source, infix, destination, sequence = found.groups()
    name = FileName(
        _as_written(source), infix.upper(), _as_written(destination), int(sequence)
    )
    return NameReading(name, copied, strict)


def _as_written(code: str) -> str:
    """A school's or an authority's code in the capitals that it is written in."""
    return code.upper().replace("DFE", "DfE")
