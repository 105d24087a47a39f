"""`hornbook check`: what is wrong with a Common Transfer File."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from hornbook import __version__
from hornbook.findings import Finding
from hornbook.inspection.check import check_path
from hornbook.inspection.report import FileReport, Kind, by_kind
from hornbook.rulebook.load import rulebook

_SHOWN: Final = 5
_UNREADABLE: Final = "F01"
_COLUMNS: Final = (
    "file", "code", "severity", "dfe", "line", "column", "upn", "pupil", "item",
    "element", "value", "message", "remedy", "repair",
)  # fmt: skip
# A spreadsheet would run a cell that begins like this as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Format(StrEnum):
    """How the findings are printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class Recipient(StrEnum):
    """Whom a file is for, where a person says so."""

    LA = "la"
    STA = "sta"
    MIS = "mis"
    SCHOOL = "school"


class Amount(StrEnum):
    """How many findings of a kind are shown to a person."""

    FIRST = "first"
    ALL = "all"


def check(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files, folders or zips.", exists=True, show_default=False),
    ],
    form: Annotated[
        Format, typer.Option("--format", help="For people, or for machines.")
    ] = Format.TEXT,
    to: Annotated[
        Recipient | None,
        typer.Option(help="Whom the file is for, where Hornbook cannot tell."),
    ] = None,
    show: Annotated[
        Amount, typer.Option(help="How many findings of a kind are printed.")
    ] = Amount.FIRST,
) -> None:
    """Find what is wrong with a Common Transfer File.

    Exit status: 0 no errors, 1 errors found, 2 a file could not be read at all.
    """
    reports = [report for path in files for report in check_path(path, to=to)]
    if form is Format.JSON:
        typer.echo(as_json(reports))
    elif form is Format.CSV:
        typer.echo(as_csv(reports), nl=False)
    else:
        typer.echo(as_text(reports, None if show is Amount.ALL else _SHOWN))
    raise typer.Exit(exit_status(reports))


def exit_status(reports: Iterable[FileReport]) -> int:
    """2 where a file could not be read, 1 where there are errors, else 0."""
    statuses = [
        2 if report.has(_UNREADABLE) else 1 if report.errors else 0
        for report in reports
    ]
    return max(statuses, default=0)


def as_json(reports: Iterable[FileReport]) -> str:
    """One object for all files."""
    files = [report.as_json() for report in reports]
    document = {"hornbook": __version__, "files": files}
    return json.dumps(document, ensure_ascii=False, indent=1)


def as_csv(reports: Iterable[FileReport]) -> str:
    """One row a finding, safe to open in a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for report in reports:
        for finding in report.findings:
            row = {"file": report.name, **finding.as_json()}
            writer.writerow([_cell(row[column]) for column in _COLUMNS])
    return text.getvalue()


def _cell(value: object) -> str:
    """A value that a spreadsheet takes as text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_text(reports: Iterable[FileReport], shown: int | None) -> str:
    """All files, for people."""
    return "\n\n".join("\n".join(_file(report, shown)) for report in reports)
