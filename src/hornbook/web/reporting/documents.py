"""Reports to take away: as PDF, as Excel, as CSV."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils import formats

from hornbook.measures.disclosure import Guards, InSchool
from hornbook.reports.charts import Distribution, Grid
from hornbook.reports.document import Document, Part, part_of
from hornbook.reports.lines import HEADINGS
from hornbook.reports.over_time import Cohorts
from hornbook.reports.section import Section, section
from hornbook.reports.table import Report
from hornbook.rulebook.measures import ReportFacts, reports
from hornbook.rulebook.national import England
from hornbook.sheets.lists import List, Written, written
from hornbook.web.reporting.drawing.render import svg
from hornbook.web.reporting.pages import (
    distributions_of,
    headlines_by_group,
    heat_of,
    matrices_of,
    trends_of,
)
from hornbook.web.reporting.printing import pdf
from hornbook.web.reporting.queries import Named
from hornbook.web.reporting.reader import outside

PDF: Final = "pdf"
FORMS: Final = {PDF: "PDF", "xlsx": "Excel", "csv": "CSV"}
_COLUMNS: Final = {
    "Table": 44,
    **dict(zip(("Row", *HEADINGS[1:]), (44, 12, 16, 18, 34), strict=True)),
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
) -> Document:
    """One report of the last of the years with its small groups, marks and pupils."""
    found = _section(facts, cohorts, InSchool, england)
    pupils = cohorts[max(cohorts)]
    charts: tuple[Distribution | Grid, ...] = (
        *distributions_of(found),
        *matrices_of(found, pupils),
    )
    part = part_of(found, trends_of(facts, cohorts, InSchool, england), charts)
    heat = heat_of(found, pupils, names)
    if heat is not None:
        part = replace(part, charts=(*part.charts, *heat.on_pages()))
    return _document(facts, school, cohorts, InSchool, today, part)


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


def _section(
    facts: ReportFacts, cohorts: Cohorts, guards: Guards, england: England
) -> Section:
    year = max(cohorts)
    groups = headlines_by_group(facts)
    return section(facts, year, cohorts[year], guards, england, groups)


def _notes(guards: Guards, today: date) -> tuple[str, ...]:
    made = f"Made on {formats.date_format(today)} from the results that stood then."
    return (made, guards().note)


def as_file(made: Document, form: str) -> Written:
    """The document in one of the forms; raises KeyError on another."""
    if form == PDF:
        return Written(pdf("report", as_data(made)), "application/pdf")
    return written(_as_list(made), form)


def _as_list(made: Document) -> List:
    """All tables under one another, each row with the title of its table."""
    rows = [
        (table.title, *map(str, row), *[""] * (len(HEADINGS) - len(row)))
        for table in made.tables
        for row in table.rows
    ]
    notes = [(note, *[""] * len(HEADINGS)) for note in made.notes]
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
