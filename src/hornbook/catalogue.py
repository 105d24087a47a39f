"""The rules as Markdown: docs/reference/rules.md, and `hornbook rules CODE`."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import hornbook.checks
import hornbook.ctf.form
import hornbook.ctf.header_rules  # noqa: F401  (fills the register)
from hornbook.findings import Repair, Rule, Severity, rules

_HEADING: Final = """\
# Rules

Every rule that Hornbook checks, by code: F the file, H its header, P the pupil, R the
result, C the cohort. A code never changes its meaning. An *error* is refused by the
recipient, or the data is wrong; a *query* may be right, and a person must look; a
*note* asks for nothing. Where the DfE has a number of its own for a rule, it is shown.

This page is written by `python -m hornbook.catalogue`.
"""
_REPAIRS: Final = {
    Repair.SAFE: "repaired without asking",
    Repair.ASK: "repair offered",
    Repair.NO: "needs a person",
}
_BLOCKS: Final = "FHPRC"
_PAGE: Final = Path("docs/reference/rules.md")


def entry(rule: Rule) -> str:
    """One rule: its facts, its message, and why and how in words."""
    return (
        f"## {rule.code} {rule.name}\n\n"
        f"{' · '.join(_facts(rule))}\n\n"
        f"> {rule.message}\n\n"
        f"{rule.title}\n\n"
        f"Why it matters: {rule.why}\n"
        f"How to fix: {rule.remedy}\n"
    )


def _facts(rule: Rule) -> Iterable[str]:
    """Severity, collections, DfE number and repair."""
    yield rule.severity.capitalize() + _elsewhere(rule.elsewhere)
    yield ", ".join(rule.collections) or "every collection"
    if rule.returns_only:
        yield "returns only"
    if rule.since is not None:
        yield f"since {rule.since}"
    if rule.until is not None:
        yield f"until {rule.until}"
    if rule.dfe:
        yield f"DfE {rule.dfe}"
    yield _REPAIRS[rule.repair]


def _elsewhere(severity: Severity | None) -> str:
    """Where a rule is milder outside a return."""
    return f" in a return, {severity} elsewhere" if severity else ""


def ordered() -> list[Rule]:
    """All the rules: the file first, then its header, pupils, results and cohort."""
    return sorted(rules(), key=lambda one: (_BLOCKS.index(one.code[0]), one.code))


def page() -> str:
    """All the rules on one page."""
    return "\n".join([_HEADING, *map(entry, ordered())])


def main(arguments: list[str]) -> int:
    """Write the page, or with --check say whether it is as it would be written."""
    if "--check" not in arguments:
        _PAGE.parent.mkdir(parents=True, exist_ok=True)
        _PAGE.write_text(page(), encoding="utf-8", newline="\n")
        return 0
    if _PAGE.is_file() and _PAGE.read_text(encoding="utf-8") == page():
        return 0
    sys.stderr.write(f"{_PAGE} is out of date: python -m hornbook.catalogue\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
