"""Measures as lines of a table: the school beside England, with the pupils behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from hornbook.measures.breakdown import Part
from hornbook.measures.disclosure import Guarded, Shown
from hornbook.measures.tally import gap_in_words, more_needed
from hornbook.reports.numbers import in_numbers
from hornbook.reports.table import Report
from hornbook.rulebook.measures import Measure
from hornbook.rulebook.national import England, National
from hornbook.wording import many

HEADINGS: Final = ("Measure", "School", "Pupils", "England", "Difference")


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of a school in a year, as it may be told, beside the national one."""

    title: str
    shown: Shown
    national: National | None
    groups: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """The groups as the end of an address; blank of all pupils."""
        pairs = [("by", by) for by, _ in self.groups]
        pairs += [("group", group) for _, group in self.groups]
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def measure(self) -> Measure:
        """What is counted."""
        return self.shown.tally.measure

    @property
    def england(self) -> str:
        """The national figure, with all that is to be known beside it."""
        return self.national.marked(self.shown.tally.year) if self.national else ""

    @property
    def england_figure(self) -> str:
        """The national figure, with its year where it is of another."""
        return self.national.beside(self.shown.tally.year) if self.national else ""

    @property
    def marked_title(self) -> str:
        """The title; of a measure, whether what it counts is not certain."""
        named = self.title == self.measure.title
        return self.measure.marked_title if named else self.title

    @property
    def left_out(self) -> str:
        """How many are left out, and why: for those who see the pupils."""
        reasons = [f"{why} ({count})" for why, count in self.shown.tally.reasons]
        count = many(len(self.shown.tally.left_out), "pupil")
        return f"{count} left out: {'; '.join(reasons)}" if reasons else ""

    @property
    def difference(self) -> str:
        """How far the school is from England, as pupils too; told of exact numbers."""
        if self.national is None or not self.shown.whole:
            return ""
        return gap_in_words(self.shown.tally, self.national)

    @property
    def value(self) -> Decimal | None:
        """The figure where it may be told."""
        return self.shown.value

    def needed(self, percent: int) -> str:
        """How many more pupils a percentage would take, in words."""
        more = self.more(percent)
        if more is None:
            return ""
        return f"{many(more, 'pupil')} more" if more else "reached"

    def more(self, percent: int) -> int | None:
        """How many more pupils a percentage would take; None where it is not told."""
        return more_needed(self.shown.tally, percent) if self.shown.whole else None

    def row(self) -> tuple[str, ...]:
        """As a row under the headings."""
        return (
            self.marked_title,
            self.shown.figure,
            self.shown.pupils,
            self.england,
            self.difference,
        )


def line(shown: Shown, england: England) -> Line:
    """A measure of all pupils."""
    tally = shown.tally
    return Line(tally.measure.title, shown, england.latest(tally.measure, tally.year))


def as_report(title: str, lines: Iterable[Line]) -> Report:
    """Lines as a table, with the sources of the national figures."""
    held = tuple(lines)
    numbers = tuple(
        in_numbers(one.marked_title, one.shown, one.national, one.difference)
        for one in held
    )
    rows = tuple(one.row() for one in held)
    return Report(title, HEADINGS, rows, _sources(held), numbers)


def _sources(lines: Iterable[Line]) -> tuple[str, ...]:
    """Each source once, with what it is the source of."""
    cited: dict[str, list[str]] = {}
    for one in lines:
        if one.national is not None:
            cited.setdefault(one.national.cited, []).append(one.title)
    return tuple(
        f"England, {source}. For: {'; '.join(titles)}."
        for source, titles in sorted(cited.items())
    )


def group_lines(guarded: Guarded, england: England) -> tuple[Line, ...]:
    """The parts of a breakdown as lines; those hidden keep their place."""
    return tuple(
        _group_line(guarded, part, england) for part in guarded.breakdown.parts
    )


def _group_line(guarded: Guarded, part: Part, england: England) -> Line:
    codes = (each.code for each in guarded.breakdown.groupings)
    return Line(
        part.title,
        Shown(part.tally, guarded.shows(part)),
        england.latest(part.tally.measure, part.tally.year, part.national),
        tuple(zip(codes, part.codes, strict=True)),
    )
