"""One report of one year: its measures, and each headline by group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hornbook.identifiers import AcademicYear
from hornbook.measures.breakdown import by_group
from hornbook.measures.disclosure import Guard, Guarded, Guards, Shown
from hornbook.measures.people import Assessed
from hornbook.measures.tally import Tally, tally
from hornbook.reports.charts import Bars, bars
from hornbook.reports.lines import HEADINGS, Line, as_report, group_lines, line
from hornbook.reports.table import Report
from hornbook.rulebook.groups import Grouping
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.measures import Measure, ReportFacts, measures_of
from hornbook.rulebook.national import England


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A measure by group, as it may be told."""

    guarded: Guarded
    lines: tuple[Line, ...]

    @property
    def measure(self) -> Measure:
        """What is counted."""
        return self.guarded.breakdown.whole.measure

    @property
    def title(self) -> str:
        """What is counted, by what."""
        return f"{self.measure.marked_title}, by {self.guarded.breakdown.by}"

    def as_report(self) -> Report:
        """As headings and rows."""
        table = as_report(self.title, self.lines)
        headings = (self.guarded.breakdown.title, *HEADINGS[1:])
        return replace(table, headings=headings, notes=self.notes + table.notes)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known of the groups."""
        return self.guarded.breakdown.notes

    @property
    def bars(self) -> Bars:
        """As a picture."""
        return bars(self.title, self.lines, self.guarded.breakdown.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A report of a year for some readers."""

    facts: ReportFacts
    year: AcademicYear
    lines: tuple[Line, ...]
    tables: tuple[GroupTable, ...] = ()

    @property
    def headlines(self) -> tuple[Line, ...]:
        """The lines that come first."""
        return tuple(one for one in self.lines if one.measure.headline)

    @property
    def bars(self) -> Bars:
        """The headlines as a picture."""
        return bars(
            f"{self.facts.short_title} {self.year} beside England", self.headlines
        )

    @property
    def empty(self) -> bool:
        """Whether nobody counts in anything."""
        return not any(one.shown.tally.values for one in self.lines)

    @property
    def not_yet(self) -> str:
        """Why some of it cannot be counted yet, in a sentence; blank where all can."""
        reasons = dict.fromkeys(one.shown.tally.unknown for one in self.lines)
        return "".join(f"{reason}. " for reason in reasons if reason).strip()

    def line(self, code: str) -> Line | None:
        """The line of a measure."""
        return next((one for one in self.lines if one.measure.code == code), None)

    @property
    def told_tables(self) -> tuple[GroupTable, ...]:
        """The tables of which something may be told."""
        return tuple(one for one in self.tables if one.guarded.told)

    @property
    def by_measure(self) -> tuple[tuple[Measure, tuple[GroupTable, ...]], ...]:
        """The tables of which something may be told, under what they count."""
        found: dict[str, list[GroupTable]] = {}
        for table in self.told_tables:
            found.setdefault(table.measure.code, []).append(table)
        return tuple((held[0].measure, tuple(held)) for held in found.values())

    @property
    def hidden(self) -> tuple[str, ...]:
        """The tables of which nothing may be told: each measure, and by what."""
        found: dict[str, list[str]] = {}
        for table in self.tables:
            if not table.guarded.told:
                by = found.setdefault(table.measure.title, [])
                by.append(table.guarded.breakdown.by)
        return tuple(f"{title}, by {', '.join(by)}" for title, by in found.items())

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known of the year: that nothing was collected in it."""
        book = rulebook(self.year).collections
        if any(book[code].statutory for code in self.facts.collections):
            return ()
        said = (
            f"In {self.year} the school itself chose whether to make this assessment, "
            "and nothing was collected nationally: a figure of England is of an "
            "earlier year."
        )
        return (said,)

    def as_report(self) -> Report:
        """The measures as headings and rows."""
        return as_report(f"{self.facts.title}, {self.year}", self.lines)


def section(
    facts: ReportFacts,
    year: AcademicYear,
    pupils: Sequence[Assessed],
    guards: Guards,
    england: England,
    groups: Iterable[tuple[Measure, Sequence[Grouping]]] = (),
) -> Section:
    """Count a report's measures, and some of them by group, as the guard lets them.

    Every year group has a guard of its own: no pupil is in two.
    """
    tallies = [tally(measure, year, pupils) for measure in measures_of(facts.code)]
    guard_of = {one.measure.nc_year: guards() for one in tallies}
    shown: dict[str, Shown] = {}
    for nc_year, guard in guard_of.items():
        shown |= guard.totals(one for one in tallies if one.measure.nc_year == nc_year)
    by_code = {one.measure.code: one for one in tallies}
    tables = []
    for measure, groupings in groups:
        whole = by_code[measure.code]
        guard = guard_of[measure.nc_year]
        if shown[measure.code].exact and whole.values:
            tables.append(_table(whole, pupils, guard, groupings, england))
    return Section(
        facts=facts,
        year=year,
        lines=tuple(line(shown[one.measure.code], england) for one in tallies),
        tables=tuple(tables),
    )


def _table(
    whole: Tally,
    pupils: Sequence[Assessed],
    guard: Guard,
    groupings: Sequence[Grouping],
    england: England,
) -> GroupTable:
    guarded = guard.breakdown(by_group(whole, pupils, groupings))
    return GroupTable(guarded, group_lines(guarded, england))
