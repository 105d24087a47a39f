"""Reports to take away: as PDF, as Excel, as CSV."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils import formats

from hornbook.measures.disclosure import Guards, InSchool
from hornbook.reports import numbers
from hornbook.reports.across import Across
from hornbook.reports.charts import Distribution, Grid
from hornbook.reports.document import Document, Part, part_of
from hornbook.reports.lines import HEADINGS, as_report
from hornbook.reports.over_time import Cohorts
from hornbook.reports.section import Section, section
from hornbook.reports.table import Report
from hornbook.rulebook.measures import ReportFacts, reports
from hornbook.rulebook.national import England
from hornbook.sheets.lists import EXCEL_TYPE, List, Written, as_workbook, written
from hornbook.web.reporting.drawing.render import svg
from hornbook.web.reporting.forms import Choice
from hornbook.web.reporting.pages import (
    Groups,
    distributions_of,
    headlines_by_group,
    heat_of,
    matrices_of,
    trends_of,
)
from hornbook.web.reporting.printing import pdf
from hornbook.web.reporting.queries import Named
from hornbook.web.reporting.reader import Reader, outside
from hornbook.wording import many

PDF: Final = "pdf"
EXCEL: Final = "xlsx"
FORMS: Final = {PDF: "PDF", EXCEL: "Excel", "csv": "CSV"}
_COLUMNS: Final = {
    "Table": 44,
    **dict(zip(("Row", *HEADINGS[1:]), (44, 12, 16, 18, 34), strict=True)),
}


_NUMBERS: Final = {
    **dict.fromkeys(numbers.HEADINGS, 14),
    **dict.fromkeys(("Table", "Row"), 44),
    **dict.fromkeys(("About the school's", "About England's", "Difference"), 34),
}


def outside_school(
    facts: ReportFacts, school: str, cohorts: Cohorts, england: England, today: date
) -> Document:
    """One report of the last of the years, as it may leave the school."""
    found = _section(facts, cohorts, outside, england)
    part = part_of(found, trends_of(facts, cohorts, outside, england))
    return _document(facts, school, cohorts, outside, today, part)


def in_school(
    facts: ReportFacts,
    school: str,
    cohorts: Cohorts,
    england: England,
    today: date,
    names: Mapping[int, Named],
    choice: Choice,
) -> Document:
    """One report of the last of the years with its small groups, marks and pupils.

    What was chosen to be told apart comes first, and what if.
    """
    chosen = [(choice.measure, list(choice.by))] if choice.by else []
    found = _section(facts, cohorts, InSchool, england, chosen)
    pupils = cohorts[max(cohorts)]
    charts: tuple[Distribution | Grid, ...] = (
        *distributions_of(found),
        *matrices_of(found, pupils),
    )
    part = part_of(found, trends_of(facts, cohorts, InSchool, england), charts)
    part = replace(part, tables=(*_what_if(found, choice), *part.tables))
    heat = heat_of(found, pupils, names)
    if heat is not None:
        part = replace(part, charts=(*part.charts, *heat.on_pages()))
    return _document(facts, school, cohorts, InSchool, today, part)


def _what_if(found: Section, choice: Choice) -> Iterator[Report]:
    """How many more pupils the chosen percentage would take, group by group."""
    if not choice.target or choice.measure.is_mean:
        return
    lines = [one for one in found.lines if one.measure == choice.measure]
    for table in found.tables:
        if (table.measure, table.guarded.breakdown.groupings) == (
            choice.measure,
            choice.by,
        ):
            lines += table.lines
    target = choice.target
    rows = tuple((one.title, one.more(target) or one.needed(target)) for one in lines)
    title = f"What if {target}%: {choice.measure.marked_title}"
    yield Report(title, ("Group", "More pupils it takes"), rows)


def _document(
    facts: ReportFacts,
    school: str,
    cohorts: Cohorts,
    guards: Guards,
    today: date,
    part: Part,
) -> Document:
    return Document(
        title=f"{facts.title}, {max(cohorts)}",
        school=school,
        notes=_notes(guards, today),
        parts=(part,),
    )


def for_governors(
    school: str, cohorts: Cohorts, england: England, today: date
) -> Document:
    """Every report of the last of the years that has results, as it may be told."""
    parts = (
        part_of(
            _section(facts, cohorts, outside, england),
            trends_of(facts, cohorts, outside, england),
        )
        for facts in reports().values()
    )
    return Document(
        title=f"Report for governors, {max(cohorts)}",
        school=school,
        notes=_notes(outside, today),
        parts=tuple(part for part in parts if part.charts),
    )


def headlines(
    school: str, cohorts: Cohorts, england: England, today: date, guards: Guards
) -> Document:
    """The headlines of every report of a year that has results."""
    year = max(cohorts)
    sections = (
        section(facts, year, cohorts[year], guards, england)
        for facts in reports().values()
    )
    return Document(
        title=f"Headlines, {year}",
        school=school,
        notes=_notes(guards, today),
        parts=tuple(_headlines(one) for one in sections if not one.empty),
    )


def of_schools(found: Across, today: date) -> Document:
    """A headline in several schools, as it may leave them."""
    return Document(
        title=found.title,
        school=many(len(found.rows), "school"),
        notes=_notes(outside, today),
        parts=(found.as_part(),),
    )


def _headlines(found: Section) -> Part:
    title = f"{found.facts.title}, {found.year}"
    return Part(
        title=found.facts.title,
        charts=(found.bars,) if found.bars.bars else (),
        tables=(as_report(title, found.headlines),),
    )


def _section(
    facts: ReportFacts,
    cohorts: Cohorts,
    guards: Guards,
    england: England,
    chosen: Groups = (),
) -> Section:
    year = max(cohorts)
    headlines = headlines_by_group(facts)
    groups = [*(one for one in chosen if one not in headlines), *headlines]
    return section(facts, year, cohorts[year], guards, england, groups)


def _notes(guards: Guards, today: date) -> tuple[str, ...]:
    made = f"Made on {formats.date_format(today)} from the results that stood then."
    return (made, guards().note)


def as_read_by(made: Document, person: Reader) -> Document:
    """The document, saying so where only a teacher's own classes are counted."""
    if not person.named or person.whole:
        return made
    own = "Only the pupils of one teacher's own classes are counted."
    return replace(made, notes=(*made.notes, own))


def as_file(made: Document, form: str) -> Written:
    """The document in one of the forms; raises KeyError on another."""
    if form == PDF:
        return Written(pdf("report", as_data(made)), "application/pdf")
    if form == EXCEL:
        return Written(as_workbook(_sheets(made)), EXCEL_TYPE)
    return written(_as_list(made), form)


def _sheets(made: Document) -> Iterator[List]:
    """The figures on one sheet, every other table on its own, and what is to be known.

    A number is a number there, and stands in a cell of its own.
    """
    figures = [(table.title, *row) for table in made.tables for row in table.numbers]
    yield List(title="Figures", columns=_NUMBERS, rows=figures)
    others = [table for table in made.tables if not table.numbers]
    for number, table in enumerate(others, 1):
        columns = dict.fromkeys(table.headings, 16)
        yield List(title=f"{number} {table.title}", columns=columns, rows=table.rows)
    sheets = (f"Sheet {number}: {one.title}." for number, one in enumerate(others, 1))
    notes = [(note,) for note in (*_known(made), *sheets)]
    yield List(title="To be known", columns={"To be known": 100}, rows=notes)


def _known(made: Document) -> Iterator[str]:
    """Whose it is, and what is to be known of the whole and its parts, once each."""
    yield from dict.fromkeys(
        (
            f"{made.school}: {made.title}.",
            *made.notes,
            *(note for part in made.parts for note in part.notes),
            *(f"{one.title}: {note}" for one in made.tables for note in one.notes),
        )
    )


def _as_list(made: Document) -> List:
    """All tables under one another, each row with the title of its table."""
    rows = [
        (table.title, *map(str, row), *[""] * (len(HEADINGS) - len(row)))
        for table in made.tables
        for row in table.rows
    ]
    notes = [(note, *[""] * len(HEADINGS)) for note in _known(made)]
    return List(title="Report", columns=_COLUMNS, rows=[*rows, *notes])


def as_data(made: Document) -> Mapping[str, object]:
    """The document as the template of the PDF reads it."""
    return {
        "title": made.title,
        "school": made.school,
        "notes": made.notes,
        "parts": [
            {
                "title": part.title,
                "notes": part.notes,
                "pictures": [
                    {"title": chart.title, "svg": svg(chart), "words": chart.words}
                    for chart in part.charts
                ],
                "tables": [_table(table) for table in part.tables],
            }
            for part in made.parts
        ],
    }


def _table(table: Report) -> Mapping[str, object]:
    return {
        "title": table.title,
        "headings": table.headings,
        "rows": [[str(cell) for cell in row] for row in table.rows],
        "notes": table.notes,
    }


def file_name(stem: str, guards: Guards, form: str) -> str:
    """A name that says whether the file may leave the school."""
    return f"{stem}-{guards().suffix}.{form}"
