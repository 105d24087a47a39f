"""A measure over several years, with the national line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from hornbook.identifiers import AcademicYear
from hornbook.measures.disclosure import Guards, Shown
from hornbook.measures.people import Assessed
from hornbook.measures.tally import tally
from hornbook.reports.numbers import in_numbers
from hornbook.reports.table import Report
from hornbook.rulebook.measures import Break, Measure
from hornbook.rulebook.national import England, National

Cohorts = Mapping[AcademicYear, Sequence[Assessed]]


@dataclass(frozen=True, slots=True)
class Point:
    """A measure in one year, and the national figure of that very year."""

    year: AcademicYear
    shown: Shown
    national: National | None


@dataclass(frozen=True, slots=True)
class Trend:
    """A measure over the years that have results; the others are named."""

    measure: Measure
    points: tuple[Point, ...]
    without: tuple[AcademicYear, ...]

    @property
    def note(self) -> str:
        """Which years may not be compared, and which are left out."""
        said = [one.why for one in self.breaks]
        if self.without:
            named = ", ".join(map(str, self.without))
            said.append(f"No results are held for {named}: left out.")
        return " ".join(said)

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks between its years."""
        ends = [point.year.ends for point in self.points]
        return self.measure.breaks_within(min(ends), max(ends))

    @property
    def national_runs(self) -> tuple[tuple[Point, ...], ...]:
        """The points with a national figure, apart where they may not be compared."""
        known = (point for point in self.points if point.national)
        runs = groupby(known, self._breaks_before)
        return tuple(tuple(points) for _, points in runs)

    def _breaks_before(self, point: Point) -> int:
        return sum(one.since <= point.year.ends for one in self.breaks)

    def as_report(self) -> Report:
        """As headings and rows."""
        rows = tuple(
            (
                str(point.year),
                point.shown.figure,
                point.shown.pupils,
                point.national.marked(point.year) if point.national else "",
            )
            for point in self.points
        )
        title = f"{self.measure.marked_title}, over time"
        numbers = tuple(
            in_numbers(str(point.year), point.shown, point.national)
            for point in self.points
        )
        notes = (self.note,) if self.note else ()
        headings = ("Year", "School", "Pupils", "England")
        return Report(title, headings, rows, notes, numbers)


def trends(
    measures: Sequence[Measure], cohorts: Cohorts, guards: Guards, england: England
) -> tuple[Trend, ...]:
    """Measures in every year, oldest first.

    Those of one year group and year are guarded together, as in the report of the year.
    """
    shown = {year: _shown(measures, year, cohorts[year], guards) for year in cohorts}
    return tuple(_trend(measure, shown, england) for measure in measures)


def _shown(
    measures: Sequence[Measure],
    year: AcademicYear,
    pupils: Sequence[Assessed],
    guards: Guards,
) -> dict[str, Shown]:
    """What of a year may be told, by measure."""
    told: dict[str, Shown] = {}
    for nc_year in dict.fromkeys(measure.nc_year for measure in measures):
        inside = (measure for measure in measures if measure.nc_year == nc_year)
        told |= guards().totals([tally(each, year, pupils) for each in inside])
    return told


def _trend(
    measure: Measure, shown: Mapping[AcademicYear, dict[str, Shown]], england: England
) -> Trend:
    points, without = [], []
    for year in sorted(shown):
        one = shown[year][measure.code]
        if one.tally.values:
            points.append(Point(year, one, england.of_year(measure, year)))
        else:
            without.append(year)
    return Trend(measure, tuple(points), tuple(without))
