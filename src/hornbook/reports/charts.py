"""Charts as facts: what is to be drawn, the same in words, and the same as a table."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final, TypeVar

from hornbook.measures.conversions import Matrix
from hornbook.measures.formulas import marks, threshold
from hornbook.measures.people import Assessed
from hornbook.measures.tally import Tally
from hornbook.reports.lines import Line
from hornbook.reports.over_time import Trend
from hornbook.reports.table import Cell, Report
from hornbook.rulebook.items import Item

_ROWS_A_PAGE: Final = 40
_BARS_A_PAGE: Final = 24
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, with a marker where England is; value is None where it is not told."""

    label: str
    value: Decimal | None
    figure: str
    pupils: str
    england: Decimal | None
    england_text: str

    @property
    def text(self) -> str:
        """The figure with the number of pupils."""
        return f"{self.figure} ({self.pupils})"


@dataclass(frozen=True, slots=True)
class Bars:
    """Shares of pupils, side by side, of a hundred."""

    title: str
    bars: tuple[Bar, ...]
    what: str = "Measure"

    @property
    def words(self) -> str:
        """What the picture shows."""
        told = [f"{bar.label}: {bar.text}{_beside(bar)}" for bar in self.bars]
        return f"{self.title}. {'; '.join(told)}."

    def on_pages(self) -> "tuple[Bars, ...]":
        """The same in parts, each of which has room on a page."""
        return tuple(
            replace(self, title=title, bars=held)
            for title, held in _pages(self.title, self.bars, _BARS_A_PAGE)
        )

    def table(self) -> Report:
        """The figures behind it."""
        rows = tuple((bar.label, bar.text, bar.england_text) for bar in self.bars)
        return Report(self.title, (self.what, "School", "England"), rows)


def _pages(
    title: str, rows: tuple[_Row, ...], most: int
) -> Iterator[tuple[str, tuple[_Row, ...]]]:
    """Rows in parts of so many at most, each with its title; none of no rows."""
    parts = [rows[first : first + most] for first in range(0, len(rows), most)]
    for at, part in enumerate(parts, 1):
        yield title if len(parts) == 1 else f"{title}, {at} of {len(parts)}", part


def _beside(bar: Bar) -> str:
    return f", England {bar.england_text}" if bar.england_text else ""


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many pupils have each mark, and from where the standard is met."""

    title: str
    columns: tuple[tuple[int, int], ...]
    threshold: int | None
    bands: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """What the picture shows."""
        pupils = sum(count for _, count in self.columns)
        given = [mark for mark, count in self.columns if count]
        words = f"{self.title}: {pupils} pupils"
        if given:
            words += f" with marks from {given[0]} to {given[-1]}"
        if self.threshold is None:
            return f"{words}."
        above = sum(count for mark, count in self.columns if mark >= self.threshold)
        return f"{words}; {above} have {self.threshold} or more."

    def table(self) -> Report:
        """The figures behind it, marks that nobody has left out."""
        rows = tuple((mark, count) for mark, count in self.columns if count)
        return Report(self.title, ("Mark", "Pupils"), rows)

    def in_bands(self) -> Report:
        """The pupils in bands of marks; one begins where the standard is met."""
        last = self.columns[-1][0]
        edges = sorted({*self.bands, *filter(None, [self.threshold])})
        rows = tuple(
            (_band(low, high), self._pupils(low, high), self._share(low, high))
            for low, high in pairwise([*edges, last + 1])
        )
        headings = ("Marks", "Pupils", "Share")
        return Report(f"{self.title}, in bands", headings, rows)

    def _pupils(self, low: int, high: int) -> int:
        return sum(count for mark, count in self.columns if low <= mark < high)

    def _share(self, low: int, high: int) -> str:
        everybody = sum(count for _, count in self.columns)
        return f"{(200 * self._pupils(low, high) + everybody) // (2 * everybody)}%"


def _band(low: int, high: int) -> str:
    return str(low) if high == low + 1 else f"{low} to {high - 1}"


@dataclass(frozen=True, slots=True)
class Heat:
    """Who is where in every goal: a row a pupil, a column a goal."""

    title: str
    headings: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    key: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """What the picture shows."""
        size = f"{len(self.rows)} pupils by {len(self.headings)} goals"
        told = (f"{name}: {self._of(values)}" for name, values in self.rows)
        return f"{self.title}: {size}. {'; '.join(told)}."

    def _of(self, values: Sequence[str]) -> str:
        """The goals of a pupil by what stands in them."""
        goals: dict[str, list[str]] = {}
        for (code, _), value in zip(self.headings, values, strict=True):
            goals.setdefault(value or "no result", []).append(code)
        if len(goals) == 1:
            return f"{next(iter(goals))} in all"
        most = max(goals, key=lambda value: len(goals[value]))
        told = [
            f"{value} in {', '.join(codes)}"
            for value, codes in sorted(goals.items())
            if value != most
        ]
        return f"{', '.join(told)}, else {most}"

    def on_pages(self) -> "tuple[Heat, ...]":
        """The same in parts, each of which has room on a page."""
        return tuple(
            replace(self, title=title, rows=rows)
            for title, rows in _pages(self.title, self.rows, _ROWS_A_PAGE)
        )

    def table(self) -> Report:
        """The values behind it."""
        headings = ("Pupil", *(title for _, title in self.headings))
        rows = tuple((name, *values) for name, values in self.rows)
        return Report(self.title, headings, rows)


@dataclass(frozen=True, slots=True)
class Lines:
    """A figure over years, and England's."""

    title: str
    trend: Trend

    @property
    def words(self) -> str:
        """What the picture shows."""
        told = [
            f"{point.year}: {point.shown.text}"
            + (
                f", England {point.national.marked(point.year)}"
                if point.national
                else ""
            )
            for point in self.trend.points
        ]
        return f"{self.title}. {'; '.join(told)}. {self.trend.note}".strip()

    @property
    def pictured(self) -> bool:
        """Whether there is anything of the school's to draw."""
        return any(point.shown.value is not None for point in self.trend.points)

    def table(self) -> Report:
        """The figures behind it."""
        return self.trend.as_report()


@dataclass(frozen=True, slots=True)
class Grid:
    """Pupils by where they stood and where they stand."""

    title: str
    matrix: Matrix

    @property
    def words(self) -> str:
        """What the picture shows."""
        told = [
            f"{row} to {column}: {len(keys)}"
            for row in self.matrix.rows
            for column in self.matrix.columns
            if (keys := self.matrix.keys(row, column))
        ]
        return f"{self.title}. Pupils: {'; '.join(told) or 'none'}."

    def table(self) -> Report:
        """The numbers behind it."""
        matrix = self.matrix
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (row, *(count for _, count in counts)) for row, counts in self.cells
        )
        side = f"{matrix.conversion.before.title}, {matrix.before}"
        return Report(self.title, (side, *matrix.columns), rows)

    @property
    def cells(self) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """Each row with the number of pupils under each column."""
        matrix = self.matrix
        return tuple(
            (row, tuple((each, len(matrix.keys(row, each))) for each in matrix.columns))
            for row in matrix.rows
        )


Chart = Bars | Distribution | Heat | Lines | Grid


def bars(title: str, lines: Iterable[Line], what: str = "Measure") -> Bars:
    """The shares among some lines."""
    shares = [one for one in lines if not one.measure.is_mean]
    told = (one for one in shares if one.value is not None or one.shown.nearly)
    return Bars(title, tuple(map(_bar, told)), what)


def _bar(line: Line) -> Bar:
    held = line.national
    england = held.value if held else None
    shown = line.shown
    return Bar(
        line.title, line.value, shown.figure, shown.pupils, england, line.england
    )


def distribution(found: Tally) -> Distribution:
    """The marks of a measure that is a mean of one item."""
    item = found.measure.full_items[0]
    span = marks(item, found.year.ends)
    counts = Counter(found.values.values())
    columns = tuple(
        (mark, counts[mark]) for mark in range(span.lowest, span.highest + 1)
    )
    title = f"{found.measure.item(found.year).title}, {found.year}"
    standard = threshold(item, found.year.ends)
    return Distribution(title, columns, standard, found.measure.bands)


def heat(
    title: str,
    ends: int,
    items: Sequence[Item],
    pupils: Iterable[Assessed],
    names: Mapping[int, str],
) -> Heat:
    """The pupils who have a value, by name, and what each has in every item."""
    rows = [
        (names[one.key], tuple(one.value(item.full_code, ends) for item in items))
        for one in pupils
    ]
    held = sorted((name, values) for name, values in rows if any(values))
    key = tuple((outcome.code, outcome.title) for outcome in items[0].outcomes)
    headings = tuple((item.code, item.title) for item in items)
    return Heat(title, headings, tuple(held), key)
