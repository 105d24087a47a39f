"""Reports to take away: as PDF, as Excel, as CSV."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils import formats

from hornbook.identifiers import AcademicYear
from hornbook.measures.disclosure import Guards
from hornbook.reports.document import Document, Part, part_of
from hornbook.reports.lines import HEADINGS
from hornbook.reports.over_time import Cohorts
from hornbook.reports.section import section
from hornbook.reports.table import Report
from hornbook.rulebook.measures import ReportFacts, reports
from hornbook.sheets.lists import List, Written, written
from hornbook.web.reporting.drawing.render import svg
from hornbook.web.reporting.pages import headlines_by_group, trends_of
from hornbook.web.reporting.printing import pdf

PDF: Final = "pdf"
FORMS: Final = {PDF: "PDF", "xlsx": "Excel", "csv": "CSV"}
_COLUMNS: Final = {
    "Table": 44,
    **dict(zip(("Row", *HEADINGS[1:]), (44, 12, 16, 18, 34), strict=True)),
}


def document(
    facts: ReportFacts, school: str, cohorts: Cohorts, guards: Guards, today: date
) -> Document:
    """One report of the last of the years."""
    year = max(cohorts)
    return Document(
        title=f"{facts.title}, {year}",
        school=school,
        notes=_notes(guards, today),
        parts=(_part(facts, cohorts, guards),),
    )


def for_governors(
    school: str, cohorts: Cohorts, guards: Guards, today: date
) -> Document:
    """Every report of the last of the years that has results."""
    parts = (_part(facts, cohorts, guards) for facts in reports().values())
    return Document(
        title=f"Report for governors, {max(cohorts)}",
        school=school,
        notes=_notes(guards, today),
        parts=tuple(part for part in parts if part.charts),
    )


def _part(facts: ReportFacts, cohorts: Cohorts, guards: Guards) -> Part:
    year: AcademicYear = max(cohorts)
    found = section(facts, year, cohorts[year], guards, headlines_by_group(facts))
    return part_of(found, trends_of(facts, cohorts, guards))


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
