"""A whole report to print or download: parts with words, charts and tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hornbook.reports.charts import Chart, Distribution, Grid, Lines
from hornbook.reports.section import Section
from hornbook.reports.table import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One heading of a document and what stands below it."""

    title: str
    charts: tuple[Chart, ...] = ()
    tables: tuple[Report, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report with its title, what is to be known of it, and its parts."""

    title: str
    school: str
    notes: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def tables(self) -> Iterator[Report]:
        """Every table, in order."""
        for part in self.parts:
            yield from part.tables


def part_of(
    found: Section, trends: Iterable[Lines], pupils: Iterable[Distribution | Grid] = ()
) -> Part:
    """A section as a part: its headlines pictured, everything as tables.

    pupils are charts in which single pupils can be told, for use in school.
    """
    lines, others = tuple(trends), tuple(pupils)
    pictured = [found.bars] if found.bars.bars else []
    drawn = [one for one in lines if one.pictured]
    hidden = (
        f"Not shown, so that nobody's result is given away: {'; '.join(found.hidden)}."
    )
    return Part(
        title=found.facts.title,
        charts=(*pictured, *drawn, *others),
        tables=(
            found.as_report(),
            *(table.as_report() for table in found.told_tables),
            *(chart.table() for chart in (*lines, *others)),
        ),
        notes=(*found.notes, *((hidden,) if found.hidden else ())),
    )
