"""What differs between two files, for the page, in the words of the command line."""

from collections.abc import Iterator
from dataclasses import dataclass

from hornbook.inspection.compare import Comparison
from hornbook.inspection.differences import IN_WORDS, PupilChange


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that differs: what it is, and how it stands in each file."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A pupil of both files with all that differs."""

    name: str
    upn: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """What the page shows of a comparison."""

    comparison: Comparison

    @property
    def verdict(self) -> str:
        """How much differs, in one sentence."""
        found = self.comparison
        if found.refused:
            return "These files cannot be compared."
        if found.same:
            return "Nothing differs in what was compared."
        return (
            f"{len(found.added)} added, {len(found.removed)} gone, "
            f"{len(found.changed)} changed; {found.results} results and "
            f"{len(found.header)} values of the header differ."
        )

    @property
    def changed(self) -> list[Changed]:
        """The pupils of both files who differ."""
        return [
            Changed(one.name, one.upn or "no UPN", tuple(_lines(one)))
            for one in self.comparison.changed
        ]

    @property
    def header(self) -> list[Line]:
        """What differs in the header."""
        return [
            Line(path, _shown(old), _shown(new))
            for path, (old, new) in self.comparison.header.items()
        ]


def _lines(change: PupilChange) -> Iterator[Line]:
    for name, (old, new) in change.fields.items():
        yield Line(IN_WORDS[name].capitalize(), _shown(old), _shown(new))
    for result in change.results:
        what = f"{result.item}, {result.year}"
        if result.old != result.new:
            yield Line(what, _shown(result.old), _shown(result.new))
        for name, (old, new) in result.beside.items():
            yield Line(f"{what}: {name}", _shown(old), _shown(new))


def _shown(value: str | None) -> str:
    """A value; absent and blank are two things."""
    if value is None:
        return "not there"
    return value or "blank"
