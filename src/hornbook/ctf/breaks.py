"""Where and how a file's XML breaks, in words."""

from typing import Final
from xml.parsers import expat

from hornbook.records import Pupil

_CUT_SHORT: Final = {
    "no element found",
    "unclosed token",
    "unclosed CDATA section",
    "partial character",
}
_BREAKS: Final = {
    "mismatched tag": "an end tag is not that of the element that is open",
    "undefined entity": "an & stands for itself, which must be written &amp;",
    "not well-formed (invalid token)": (
        "a character stands where none may, often an & or < "
        "that must be written &amp; or &lt;"
    ),
    "junk after document element": "something follows the end of the file's content",
}


def how_it_breaks(
    broken: expat.ExpatError, inside: str, count: int, last: Pupil | None
) -> str:
    """What is wrong, inside which element, and how far the file can be believed."""
    words = expat.ErrorString(broken.code)
    where = f" inside {inside}" if inside else ""
    if words in _CUT_SHORT:
        said = f"The file is cut short{where}."
    else:
        reason = _BREAKS.get(words, "a rule of XML is broken")
        said = f"It cannot be read further{where}: {reason}."
    return f"{said} {_complete(count, last)}"


def _complete(count: int, last: Pupil | None) -> str:
    """Which pupil is the last complete one."""
    if last is None:
        return "No pupil before it is complete."
    who = last.name or last.upn or "without a name"
    return f"The last complete pupil is number {count}, {who}."
