"""Reports put together for a reader: what is counted, pictured and listed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.measures.conversions import matrix
from hornbook.measures.disclosure import Guards
from hornbook.measures.people import Assessed
from hornbook.reports import charts
from hornbook.reports.lines import Line
from hornbook.reports.over_time import Cohorts, trends
from hornbook.reports.section import Section, section
from hornbook.rulebook.groups import Grouping, groupings
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.measures import (
    Measure,
    ReportFacts,
    conversions,
    measures_of,
    reports,
)
from hornbook.rulebook.national import England
from hornbook.web.reporting.forms import Choice
from hornbook.web.reporting.queries import Named
from hornbook.web.reporting.reader import Reader, outside

# By what a report that leaves the school tells its headlines apart, in this order:
# what an earlier table tells may keep a later one from being told.
OUTSIDE: Final = ("sex", "disadvantaged", "sen", "eal", "term")
_GOALS: Final = "goal-"
Groups = Sequence[tuple[Measure, Sequence[Grouping]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A report of a year as a reader sees it."""

    section: Section
    chosen: tuple[Line, ...]
    bars: charts.Bars
    goals: charts.Bars | None = None
    distributions: tuple[charts.Distribution, ...] = ()
    heat: charts.Heat | None = None
    trends: tuple[charts.Lines, ...] = ()
    matrices: tuple[charts.Grid, ...] = ()
    names: Mapping[int, Named] = field(default_factory=dict)

    @property
    def measures(self) -> tuple[Line, ...]:
        """The lines, goals apart."""
        return tuple(one for one in self.section.lines if not _is_goal(one))

    @property
    def goal_lines(self) -> tuple[Line, ...]:
        """The goals, a line each."""
        return tuple(filter(_is_goal, self.section.lines))


def _is_goal(line: Line) -> bool:
    return line.measure.code.startswith(_GOALS)


def for_reader(
    reader: Reader,
    facts: ReportFacts,
    cohorts: Cohorts,
    england: England,
    choice: Choice,
    names: Mapping[int, Named],
) -> Page:
    """The report of the last of the years; names only of pupils the reader sees."""
    year = max(cohorts)
    pupils = cohorts[year]
    groups = [(choice.measure, choice.by)] if choice.by else []
    chosen = groups if reader.named else headlines_by_group(facts)
    found = section(facts, year, pupils, reader.guard, england, chosen)
    page = Page(
        section=found,
        chosen=tuple(one for one in found.lines if one.measure == choice.measure),
        bars=_shares(found),
        goals=_goals(found),
        trends=tuple(trends_of(facts, cohorts, reader.guard, england)),
        names=names,
    )
    return _with_pupils(page, pupils) if reader.named else page


def headlines_by_group(facts: ReportFacts) -> Groups:
    """The headlines of a report by each group that may be told outside the school."""
    return [
        (measure, [groupings()[code]])
        for code in OUTSIDE
        for measure in measures_of(facts.code)
        if measure.headline
    ]


def _shares(found: Section) -> charts.Bars:
    lines = (one for one in found.lines if not _is_goal(one))
    return charts.bars(f"{found.facts.title}, {found.year}", lines)


def _goals(found: Section) -> charts.Bars | None:
    lines = [one for one in found.lines if _is_goal(one)]
    title = f"Each goal at the expected level, {found.year}"
    return charts.bars(title, lines) if lines else None


def trends_of(
    facts: ReportFacts, cohorts: Cohorts, guards: Guards, england: England
) -> Iterator[charts.Lines]:
    """The headlines over the years, where more than one has results."""
    headlines = [measure for measure in measures_of(facts.code) if measure.headline]
    for found in trends(headlines, cohorts, guards, england):
        if len(found.points) > 1:
            yield charts.Lines(f"{found.measure.marked_title}, over time", found)


def _with_pupils(page: Page, pupils: Sequence[Assessed]) -> Page:
    """The page with the pictures that show single pupils."""
    found = page.section
    return replace(
        page,
        distributions=tuple(distributions_of(found)),
        heat=heat_of(found, pupils, page.names),
        matrices=tuple(matrices_of(found, pupils)),
    )


def distributions_of(found: Section) -> Iterator[charts.Distribution]:
    """How many pupils have each mark."""
    for line in found.lines:
        if line.measure.formula == "average" and line.shown.tally.values:
            yield charts.distribution(line.shown.tally)


def heat_of(
    found: Section, pupils: Iterable[Assessed], names: Mapping[int, Named]
) -> charts.Heat | None:
    """Pupils by goal, where a report has goals."""
    goals = [one.measure for one in found.lines if _is_goal(one)]
    if not goals or found.empty:
        return None
    book = rulebook(found.year)
    items = [book.item(goal.full_items[0]) for goal in goals]
    known = {key: named.told_apart_shortly for key, named in names.items()}
    inside = [one for one in pupils if one.nc_year == goals[0].nc_year]
    title = f"Goals by pupil, {found.year}"
    shown = (one for one in inside if one.key in known)
    return charts.heat(title, found.year.ends, items, shown, known)


def matrices_of(found: Section, pupils: Sequence[Assessed]) -> Iterator[charts.Grid]:
    """Where the pupils stood before."""
    for conversion in conversions().values():
        if conversion.report == found.facts.code:
            sorted_in = matrix(conversion, found.year, pupils)
            if sorted_in.known:
                yield charts.Grid(conversion.title, sorted_in)


def everything_outside(
    year: AcademicYear, pupils: Sequence[Assessed], england: England
) -> tuple[Section, ...]:
    """Every report of a year as it may leave the school."""
    sections = (
        section(facts, year, pupils, outside, england, headlines_by_group(facts))
        for facts in reports().values()
    )
    return tuple(one for one in sections if not one.empty)
