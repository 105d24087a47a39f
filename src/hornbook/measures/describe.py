"""The measures as a page of the reference: docs/reference/measures.md."""

from collections.abc import Iterator
from typing import Final

from hornbook.rulebook.groups import Grouping, groupings
from hornbook.rulebook.measures import Measure, measures_of, reports

_HEADING: Final = """\
# Measures

What Hornbook counts, of whom, who is left out, why it matters, and where the definition
comes from. No percentage is shown without its number of pupils. A pupil who left before
the assessment and has no result of it is always left out."""
_NOT_CERTAIN: Final = " (not confirmed)"


def measures_page() -> str:
    """Every measure by its report, and the groups."""
    parts = [_HEADING]
    for report in reports().values():
        parts.append(f"## {report.title}")
        parts += map(_measure, measures_of(report.code))
    parts += ["## Groups", "\n".join(_groups())]
    return "\n\n".join(parts) + "\n"


def _measure(measure: Measure) -> str:
    doubt = "" if measure.confirmed else _NOT_CERTAIN
    return "\n".join(
        [
            f"### {measure.title}",
            "",
            f"- Code: `{measure.code}`",
            f"- Counted: {measure.counts}",
            f"- Of: {measure.out_of}",
            f"- Left out: {measure.left_out}",
            f"- Why it matters: {measure.why}",
            f"- Source: {measure.source}{doubt}",
        ]
    )


def _groups() -> Iterator[str]:
    yield from map(_group, groupings().values())


def _group(grouping: Grouping) -> str:
    titles = ", ".join(value.title for value in grouping.values)
    words = f"- **{grouping.title}**: {titles or 'as the school names them'}."
    note = f" {grouping.note}" if grouping.note else ""
    return words + note + ("" if grouping.confirmed else _NOT_CERTAIN)
