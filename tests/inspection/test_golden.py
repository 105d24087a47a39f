"""Files with what the check says of them, word for word; `make golden` rewrites it.

Each folder of tests/golden/check holds one file and findings.txt.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hornbook.findings import Finding
from hornbook.inspection.check import check_stream
from hornbook.inspection.report import FileReport

FOLDERS = sorted((Path(__file__).parents[1] / "golden" / "check").iterdir())
NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


def told(finding: Finding) -> str:
    """A finding as text: where, of whom, what, and what to do."""
    place = f"line {finding.line}, column {finding.column}" if finding.line else "file"
    about = ", ".join(
        part for part in (finding.pupil, finding.upn, finding.item) if part
    )
    first = f"{finding.code} {finding.severity} ({finding.repair}), {place}: {about}"
    return f"{first.removesuffix(': ')}\n  {finding.message}\n  {finding.remedy}\n"


def page(report: FileReport) -> str:
    """A whole report as text."""
    said = (
        f"{report.name}: {report.purpose} of {report.producer}, "
        f"pupils: {report.pupils}, holds {', '.join(report.contains) or 'nothing'}\n"
        f"errors: {report.errors}, queries: {report.queries}, notes: {report.notes}\n\n"
    )
    missed = "".join(f"Not checked: {words}\n" for words in report.not_checked)
    return said + "\n".join([*map(told, report.findings), missed])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_file_gets_the_findings_written_beside_it(folder: Path) -> None:
    [path] = folder.glob("*.xml")
    golden = folder / "findings.txt"

    with path.open("rb") as stream:
        found = page(check_stream(stream, path.name, now=NOW))
    if os.environ.get("HORNBOOK_GOLDEN") == "write":
        golden.write_text(found, encoding="utf-8")

    assert found == golden.read_text(encoding="utf-8")
