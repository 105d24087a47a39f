"""Files with what the check says of them, word for word; `make golden` rewrites it.

Each folder of tests/golden/check holds one file and findings.txt; where the file is
held against a list of pupils, pupils.csv; and where it has codes that an administrator
has written down, ctf-mapping.toml.
"""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hornbook.findings import Finding, rules
from hornbook.inspection.check import check_stream
from hornbook.inspection.lists import read_list
from hornbook.inspection.report import FileReport

GOLDEN = Path(__file__).parents[1] / "golden" / "check"
FOLDERS = sorted(GOLDEN.iterdir())
# They ask what only a school's own record knows, or its recipient wants; see
# tests/checks/cases.
NEED_A_SCHOOL = {"C01", "C04", "C05", "C07", "P17"}
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

    listed = folder / "pupils.csv"
    expected = read_list(listed).expected if listed.exists() else None
    mapping = folder / "ctf-mapping.toml"

    with path.open("rb") as stream:
        report = check_stream(
            stream, path.name, now=NOW, expected=expected, mapping=mapping
        )
    found = page(report)
    if os.environ.get("HORNBOOK_GOLDEN") == "write":
        golden.write_text(found, encoding="utf-8")

    assert found == golden.read_text(encoding="utf-8")


def test_every_rule_that_a_file_alone_can_break_is_found_in_some_file() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in GOLDEN.rglob("*.txt"))
    found = set(re.findall(r"^([A-Z]\d\d) ", told, re.MULTILINE))

    lacking = {rule.code for rule in rules()} - found

    assert lacking == NEED_A_SCHOOL
