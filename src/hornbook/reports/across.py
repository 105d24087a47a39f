"""One headline in several schools, beside England: a row a school, and all together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.measures.disclosure import Guards, Shown
from hornbook.measures.tally import Tally, tally
from hornbook.reports.charts import Bars, bars
from hornbook.reports.document import Part
from hornbook.reports.lines import HEADINGS, Line, as_report
from hornbook.reports.over_time import Cohorts, Trend, trends
from hornbook.reports.table import Report
from hornbook.rulebook.measures import Measure, measures_of, report_of
from hornbook.rulebook.national import England, National
from hornbook.wording import many

_WHAT: Final = "School"
NO_RESULTS: Final = "No results"


@dataclass(frozen=True, slots=True)
class Place:
    """A school, its pupils by year, and what the reader may be told of them."""

    name: str
    address: str
    cohorts: Cohorts
    guards: Guards


@dataclass(frozen=True, slots=True)
class Row:
    """A school's figure of the year, and of the years before."""

    line: Line
    address: str
    before: tuple[Shown, ...]

    @property
    def empty(self) -> bool:
        """Whether the school has no results of the measure in the year."""
        return not self.line.shown.tally.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """A headline of a year in several schools."""

    measure: Measure
    year: AcademicYear
    before: tuple[AcademicYear, ...]
    rows: tuple[Row, ...]
    total: Line

    @property
    def title(self) -> str:
        """What is counted, when."""
        return f"{self.measure.marked_title}, {self.year}"

    @property
    def empty(self) -> bool:
        """Whether no school has results."""
        return all(row.empty for row in self.rows)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The schools with results, then all together."""
        return (*(row.line for row in self.rows if not row.empty), self.total)

    @property
    def without(self) -> tuple[str, ...]:
        """The schools that have no results."""
        return tuple(row.line.title for row in self.rows if row.empty)

    @property
    def notes(self) -> tuple[str, ...]:
        """Who is missing in it."""
        names = "; ".join(self.without)
        return (f"{NO_RESULTS} of {self.year}: {names}.",) if names else ()

    @property
    def bars(self) -> Bars:
        """As a picture."""
        return bars(self.title, self.lines, _WHAT)

    def as_report(self) -> Report:
        """The year as headings and rows."""
        table = as_report(self.title, self.lines)
        return replace(table, headings=(_WHAT, "Result", *HEADINGS[2:]))

    def over_time(self) -> Report:
        """The years as headings, a school a row."""
        years = (*self.before, self.year)
        rows = tuple(
            (row.line.title, *map(_figure, row.before), _figure(row.line.shown))
            for row in self.rows
        )
        title = f"{self.measure.marked_title}, over time"
        breaks = self.measure.breaks_within(years[0].ends, self.year.ends)
        notes = tuple(one.why for one in breaks)
        return Report(title, (_WHAT, *map(str, years)), rows, notes)

    def as_part(self) -> Part:
        """As a part of a document."""
        return Part(
            title=self.title,
            charts=self.bars.on_pages(),
            tables=(self.as_report(), self.over_time()),
            notes=self.notes,
        )


def across(
    measure: Measure,
    years: Sequence[AcademicYear],
    places: Iterable[Place],
    england: England,
) -> Across:
    """Count a headline in each school, as in the school's own report.

    years are oldest first: the last is the one in question. All together are those
    schools of which the exact number is told, so that they give no other away.
    """
    year = years[-1]
    national = england.latest(measure, year)
    rows = []
    for place in places:
        told = _told(_trend(measure, place, england), years)
        line = Line(place.name, told[year], national)
        before = tuple(told[one] for one in years[:-1])
        rows.append(Row(line, place.address, before))
    return Across(
        measure=measure,
        year=year,
        before=tuple(years[:-1]),
        rows=tuple(rows),
        total=_together(measure, year, [row.line for row in rows], national),
    )


def counted_for(measure: Measure, guards: Guards) -> Sequence[Measure]:
    """The headlines of its report that are counted to tell one as the report does."""
    together = [
        one
        for one in measures_of(report_of(measure).code)
        if one.headline and one.nc_year == measure.nc_year
    ]
    return guards().deciding(measure, together)


def _trend(measure: Measure, place: Place, england: England) -> Trend:
    """A headline over the years, guarded beside the others of its report."""
    together = counted_for(measure, place.guards)
    found = trends(together, place.cohorts, place.guards, england)
    return next(one for one in found if one.measure == measure)


def _told(trend: Trend, years: Iterable[AcademicYear]) -> Mapping[AcademicYear, Shown]:
    """What is told of each year; of one without results, that nobody counts."""
    nobody = {
        year: Shown(tally(trend.measure, year, ()), whole=False) for year in years
    }
    return nobody | {point.year: point.shown for point in trend.points}


def _figure(shown: Shown) -> str:
    if shown.tally.values:
        return shown.text
    return shown.tally.unknown or NO_RESULTS


def _together(
    measure: Measure,
    year: AcademicYear,
    lines: Iterable[Line],
    national: National | None,
) -> Line:
    exact = [line.shown.tally for line in lines if line.shown.whole]
    values = {key: value for one in exact for key, value in one.values.items()}
    whole = Tally(measure=measure, year=year, values=values)
    title = f"All pupils of {many(len(exact), 'school')}"
    return Line(title, Shown(whole, whole=True), national)
