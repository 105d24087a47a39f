"""`hornbook check`: what is wrong with a Common Transfer File."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

import typer

from hornbook import __version__
from hornbook.checks.cases import Expected
from hornbook.cli.progress import watched
from hornbook.cli.text import wrapped
from hornbook.findings import Finding
from hornbook.home import folder
from hornbook.identifiers import AcademicYear
from hornbook.inspection.check import check_source
from hornbook.inspection.lists import read_list
from hornbook.inspection.many import check_many
from hornbook.inspection.report import FileReport, Kind, by_kind
from hornbook.inspection.sources import sources
from hornbook.rulebook.load import RulebookError, rulebook, years
from hornbook.rulebook.mapping import MAPPING_FILE, held
from hornbook.sheets.lists import as_plain
from hornbook.wording import many

_SHOWN: Final = 5
_UNREADABLE: Final = "F01"
_COLUMNS: Final = (
    "file", "code", "severity", "dfe", "line", "column", "upn", "pupil", "item",
    "element", "value", "message", "remedy", "repair",
)  # fmt: skip

PURPOSES: Final = {
    "dfe-download": "a download from the DfE",
    "mis": "data for the school's own system",
    "return": "a return to the local authority or the Standards and Testing Agency",
    "transfer": "pupils' records for another school",
}


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


ToOption: TypeAlias = Annotated[
    Recipient | None,
    typer.Option(help="Whom the file is for, where Hornbook cannot tell."),
]
YearOption: TypeAlias = Annotated[
    str | None, typer.Option(help="The school year it is for: 2026 or 2025/26.")
]
PupilsOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        help="The pupils there should be: a CTF, or a spreadsheet or CSV with UPN, "
        "surname, forename and date of birth.",
        exists=True,
        dir_okay=False,
    ),
]
MappingOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        help="What the codes of test results stand for, as the page of codes wrote it; "
        f"by default {MAPPING_FILE} of the data folder.",
        exists=True,
        dir_okay=False,
    ),
]


def check(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files, folders or zips.", exists=True, show_default=False),
    ],
    form: Annotated[
        Format, typer.Option("--format", help="For people, or for machines.")
    ] = Format.TEXT,
    to: ToOption = None,
    year: YearOption = None,
    pupils: PupilsOption = None,
    mapping: MappingOption = None,
    show: Annotated[
        Amount, typer.Option(help="How many findings of a kind are printed.")
    ] = Amount.FIRST,
) -> None:
    """Find what is wrong with a Common Transfer File.

    Exit status: 0 no errors, 1 errors found, 2 a file could not be read at all.
    """
    held_against = None if year is None else school_year(year)
    expected = None if pupils is None else listed(pupils)
    found = [source for path in files for source in sources(path)]
    checking = partial(
        check_source,
        to=to,
        year=held_against,
        expected=expected,
        mapping=mapped(mapping),
    )
    with watched(found) as tell:
        reports = list(check_many(found, checking, tell))
    if form is Format.JSON:
        typer.echo(as_json(reports))
    elif form is Format.CSV:
        typer.echo(as_csv(reports), nl=False)
    else:
        typer.echo(as_text(reports, None if show is Amount.ALL else _SHOWN))
    raise typer.Exit(exit_status(reports))


def mapped(path: Path | None) -> Path:
    """The mapping file that was named, or the data folder's; it can be read."""
    chosen = path or folder() / MAPPING_FILE
    try:
        held(chosen)
    except RulebookError as fault:
        raise typer.BadParameter(str(fault), param_hint="--mapping") from fault
    return chosen


def listed(path: Path) -> Expected:
    """The pupils of a list; what of it cannot be used is said beside the report."""
    found = read_list(path)
    for problem in found.problems:
        typer.echo(f"{path.name}: {problem}", err=True)
    if not found.expected:
        raise typer.BadParameter(
            f"{path.name} has no pupil that can be used.", param_hint="--pupils"
        )
    return found.expected


def school_year(text: str) -> AcademicYear:
    """The school year that was typed."""
    try:
        return AcademicYear.parse(text)
    except ValueError as reason:
        raise typer.BadParameter(str(reason), param_hint="--year") from None


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
            row: dict[str, Any] = {"file": report.name, **finding.as_json()}
            writer.writerow([as_plain(row[column]) for column in _COLUMNS])
    return text.getvalue()


def as_text(reports: Sequence[FileReport], shown: int | None) -> str:
    """All files, for people."""
    if not reports:
        return "There is no file to check here."
    return "\n\n".join("\n".join(_file(report, shown)) for report in reports)


def _file(report: FileReport, shown: int | None) -> Iterator[str]:
    """One file: what it is, what was found by kind, and what was not looked at."""
    yield report.name
    if not report.unread:
        yield from wrapped(_what_it_is(report), "  ")
    yield f"  {_found(report)}"
    for kind in by_kind(report.findings):
        yield ""
        yield from _kind(kind, shown)
    if report.not_checked and not report.unread:
        yield ""
        yield "  Not checked:"
        for matter in report.not_checked:
            yield from wrapped(matter, "  - ")


def _what_it_is(report: FileReport) -> str:
    """Contents, maker, version and purpose, in a line."""
    parts = [
        many(report.pupils, "pupil"),
        ", ".join(map(_contents, report.contains)),
        f"made by {report.producer}",
        f"CTF {report.version}" if report.version else "",
        PURPOSES[report.purpose],
    ]
    return " · ".join(part for part in parts if part)


def _contents(code: str) -> str:
    """A collection by its title; a file without results holds the pupils alone."""
    collection = rulebook(years()[-1]).collections.get(code)
    return collection.title if collection else "no results"


def _found(report: FileReport) -> str:
    """How much was found, never more than was looked at."""
    if not report.findings:
        return "No errors found in what was checked."
    counts = (
        (report.errors, "error", "errors"),
        (report.queries, "query", "queries"),
        (report.notes, "note", "notes"),
    )
    return ", ".join(many(*each) for each in counts if each[0])


def _kind(kind: Kind, shown: int | None) -> Iterator[str]:
    """The findings of one rule: the first places, and what to do."""
    dfe = f" (DfE {kind.dfe})" if kind.dfe else ""
    number = f", {len(kind.findings)} times" if len(kind.findings) > 1 else ""
    yield f"  {kind.severity.upper()} {kind.code}{dfe}{number}"
    for finding in kind.findings[:shown]:
        words = f"{finding.message} {finding.remedy.removesuffix(kind.remedy)}"
        yield from wrapped(f"{_where(finding)}{words}", "    ")
    more = len(kind.findings) - len(kind.findings[:shown])
    if more:
        yield f"    and {more} more (--show all prints them)"
    yield from wrapped(f"What to do: {kind.remedy}", "    ")


def _where(finding: Finding) -> str:
    """The line and the pupil a finding is about."""
    line = f"line {finding.line}" if finding.line else ""
    pupil = " ".join(part for part in (finding.pupil, finding.upn) if part)
    where = ", ".join(part for part in (line, pupil) if part)
    return f"{where}: " if where else ""
