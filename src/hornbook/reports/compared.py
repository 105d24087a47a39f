"""The school beside England, as letters to parents must tell it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.measures.disclosure import Guards
from hornbook.measures.people import Assessed
from hornbook.measures.tally import tally
from hornbook.reports.lines import Line, line
from hornbook.reports.table import Report
from hornbook.rulebook.letters import LetterFacts
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.measures import measures_of
from hornbook.rulebook.national import BY_SCHOOL, England
from hornbook.wording import listed

NO_ENGLAND: Final = "Not available"
COMPARED: Final = ("At the expected standard", "This school", "England")


def is_statutory(facts: LetterFacts, year: AcademicYear) -> bool:
    """Whether what a letter tells is collected in a year."""
    return rulebook(year).collections[facts.collection].statutory


def compared(
    facts: LetterFacts,
    year: AcademicYear,
    pupils: Sequence[Assessed],
    guards: Guards,
    england: England,
) -> Report | None:
    """The school's pupils and England's, for letters that must have them.

    All measures of the report are guarded together, so that a letter and a report tell
    the same. Where nothing is collected there is no England to stand beside. The notes
    are for the school, not for parents.
    """
    if not facts.compared or not is_statutory(facts, year):
        return None
    tallies = [tally(measure, year, pupils) for measure in measures_of(facts.code)]
    shown = guards().totals(tallies)
    lines = [line(shown[code], england) for code in facts.compared]
    rows = tuple(map(_compared_row, lines))
    return Report(facts.title, COMPARED, rows, tuple(_notes(lines)))


def _compared_row(one: Line) -> tuple[str, str, str]:
    return one.measure.short_title, one.shown.figure, _to_parents(one) or NO_ENGLAND


def _to_parents(one: Line) -> str:
    """England's figure, with the release where the school has written it down."""
    by_school = one.national is not None and one.national.source == BY_SCHOOL
    release = f" ({one.national.release})" if one.national and by_school else ""
    return one.england_figure + release


def _notes(lines: Iterable[Line]) -> Iterator[str]:
    doubted = [
        one.measure.short_title
        for one in lines
        if one.national is not None and not one.national.confirmed
    ]
    if doubted:
        yield f"England's figure for {listed(doubted)} is not confirmed."
