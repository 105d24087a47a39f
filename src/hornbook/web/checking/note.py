"""A note for whoever made a file: what is wrong, and nothing of a child.

It is made of lines, items and what rules say of themselves, never of a finding's own
message, which may name a pupil.
"""

import textwrap
from collections.abc import Callable, Iterator
from typing import Final

from hornbook import __version__
from hornbook.findings import Finding, rule
from hornbook.inspection.report import FileReport, Kind, by_kind
from hornbook.web.checking import wording

Where = Callable[[Finding], str]

_MOST: Final = 12
_WIDTH: Final = 78
_MARGIN: Final = "   "
_MISNAMED: Final = ("F03", "F04")


def note(report: FileReport) -> str:
    """The note, by line numbers."""
    return _note(report, _line)


def note_with_upns(report: FileReport) -> str:
    """The note with the pupils' UPNs, where a person wants them in it."""
    return _note(report, _line_and_upn)


def _note(report: FileReport, where: Where) -> str:
    kinds = enumerate(by_kind(report.findings), 1)
    paragraphs = [
        ["Hello,"],
        _head(report),
        *(list(_kind(number, kind, where)) for number, kind in kinds),
        _wrapped(
            f"Found by Hornbook {__version__}, which holds a file against the "
            "specification of the Common Transfer File and the rules of the year."
        ),
    ]
    return "\n\n".join(map("\n".join, paragraphs)) + "\n"


def _head(report: FileReport) -> list[str]:
    """Which file it is about, and how much was found."""
    # A name that is not of the DfE's pattern may hold anything, a child's name too.
    misnamed = any(report.has(code) for code in _MISNAMED)
    named = "a file" if misnamed else f"the file {report.name}"
    return _wrapped(
        f"We checked {named} ({wording.in_short(report)}) and found "
        f"{wording.counts(report)}. Could you put this right where the file is made, "
        "and send it to us again?"
    )


def _kind(number: int, kind: Kind, where: Where) -> Iterator[str]:
    """One kind of fault: what it is, where, and what to do."""
    dfe = f", DfE {kind.dfe}" if kind.dfe else ""
    yield from _wrapped(
        f"{number}. {rule(kind.code).title} ({kind.severity} {kind.code}{dfe})"
    )
    yield from _wrapped(_places(kind, where), _MARGIN)
    yield from _wrapped(f"What to do: {kind.remedy}", _MARGIN)


def _places(kind: Kind, where: Where) -> str:
    """Every item with the lines it is at fault on, the first of them."""
    by_item: dict[str, list[str]] = {}
    for finding in kind.findings:
        item = finding.item or finding.element or "Where"
        by_item.setdefault(item, []).append(where(finding))
    return "; ".join(f"{item}: {_first(places)}" for item, places in by_item.items())


def _first(places: list[str]) -> str:
    more = len(places) - _MOST
    shown = ", ".join(places[:_MOST])
    return f"{shown} and {more} more" if more > 0 else shown


def _line(finding: Finding) -> str:
    return f"line {finding.line}" if finding.line else "the whole file"


def _line_and_upn(finding: Finding) -> str:
    upn = f" ({finding.upn})" if finding.upn else ""
    return _line(finding) + upn


def _wrapped(text: str, margin: str = "") -> list[str]:
    """Text in lines that every mail program leaves alone."""
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )
