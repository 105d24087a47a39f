"""The whole list of what was found, to take away as CSV or Excel."""

from collections.abc import Iterable, Iterator
from typing import Final

from hornbook.inspection.report import FileReport
from hornbook.sheets.lists import Cell, List, Written, written

_COLUMNS: Final = {
    "File": 30,
    "Severity": 10,
    "Code": 7,
    "DfE": 7,
    "Line": 8,
    "Column": 8,
    "UPN": 16,
    "Pupil": 24,
    "Item": 24,
    "Element": 20,
    "Value": 16,
    "What is wrong": 60,
    "What to do": 60,
}


def made(reports: Iterable[FileReport], form: str) -> Written:
    """The list as csv or xlsx."""
    rows = list(_rows(reports))
    return written(List(title="Findings", columns=_COLUMNS, rows=rows), form)


def _rows(reports: Iterable[FileReport]) -> Iterator[tuple[Cell, ...]]:
    """A row a finding, in the order of the columns."""
    for report in reports:
        for one in report.findings:
            yield (
                report.name, one.severity.value, one.code, one.dfe, one.line,
                one.column, one.upn, one.pupil, one.item, one.element, one.value,
                one.message, one.remedy,
            )  # fmt: skip
