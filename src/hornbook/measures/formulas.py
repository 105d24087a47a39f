"""How a pupil's results are read for a measure: what they count for, or why not."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, NamedTuple

from hornbook.identifiers import AcademicYear
from hornbook.measures.people import Assessed
from hornbook.rulebook.items import Marks
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.measures import Measure, measures
from hornbook.rulebook.standings import at_odds

NO_RESULT: Final = "No result recorded"
LEFT: Final = "Left the school"
NO_SCORE: Final = "No scaled score recorded"
AT_ODDS: Final = "Scaled score and outcome say different things"
NO_THRESHOLD: Final = "The standard of that year is not known"


class Span(NamedTuple):
    """The least and the most that a pupil can count for."""

    least: int
    most: int


class Judged(NamedTuple):
    """What a pupil counts for: 1 or 0, or a mark; None leaves them out, with why."""

    value: int | None
    reason: str = ""


Formula = Callable[[Measure, Assessed, int], Judged]
_MET: Final = Judged(1)
_NOT_MET: Final = Judged(0)


def judge(measure: Measure, pupil: Assessed, year: AcademicYear) -> Judged:
    """What a pupil counts for in a measure of a year."""
    if _gone(measure, pupil, year.ends):
        return Judged(None, LEFT)
    return _FORMULAS[measure.formula](measure, pupil, year.ends)


def span(measure: Measure, year: AcademicYear) -> Span:
    """What a pupil can count for: 0 or 1, or as many as there are goals or marks."""
    if measure.formula == "count":
        return Span(0, len(measure.items))
    if measure.is_mean:
        held = marks(measure.full_items[0], year.ends)
        return Span(held.lowest, held.highest)
    return Span(0, 1)


def _gone(measure: Measure, pupil: Assessed, ends: int) -> bool:
    """Whether a pupil left before the assessment, and has no result of it."""
    if pupil.left_on is None:
        return False
    if any(pupil.value(item, ends) for item in items_of(measure)):
        return False
    begins = _begins(measure.collection, ends)
    return begins is None or pupil.left_on.toordinal() < begins


@cache
def _begins(collection: str, ends: int) -> int | None:
    book = rulebook(AcademicYear(ends))
    first = book.season_begins(book.collections[collection])
    return first.toordinal() if first else None


@cache
def items_of(measure: Measure) -> tuple[str, ...]:
    """The items of a measure, those of its parts too, each once."""
    parts = (item for part in measure.parts for item in items_of(measures()[part]))
    return tuple(dict.fromkeys((*measure.full_items, *parts)))


@cache
def meaning(item: str, ends: int, value: str) -> str:
    """What a value means, in the words of the year."""
    if not value:
        return NO_RESULT
    return rulebook(AcademicYear(ends)).item(item).meaning(value) or value


@cache
def marks(item: str, ends: int) -> Marks:
    """The marks of an item in a year."""
    found = rulebook(AcademicYear(ends)).item(item).marks
    if found is None:
        raise LookupError(f"{item} has no marks.")
    return found


@cache
def threshold(item: str, ends: int) -> int | None:
    """The mark that met the standard in a year; None where it is not known.

    A year before the first rulebook is known by what it says of a check held again.
    """
    if AcademicYear(ends) in years():
        return marks(item, ends).expected
    if AcademicYear(ends + 1) not in years():
        return None
    collection, _, code = item.partition(".")
    recheck = rulebook(AcademicYear(ends + 1)).collections[collection].recheck
    return recheck.met_from if recheck and recheck.item == code else None


def _every(measure: Measure, pupil: Assessed, ends: int) -> Judged:
    answer = _MET
    for item in measure.full_items:
        value = pupil.value(item, ends)
        if value in measure.not_met:
            answer = _NOT_MET
        elif value not in measure.met:
            return Judged(None, meaning(item, ends, value))
    return answer


def _count(measure: Measure, pupil: Assessed, ends: int) -> Judged:
    met = 0
    for item in measure.full_items:
        value = pupil.value(item, ends)
        if value in measure.met:
            met += 1
        elif value not in measure.not_met:
            return Judged(None, meaning(item, ends, value))
    return Judged(met)


def _threshold(measure: Measure, pupil: Assessed, ends: int) -> Judged:
    [item] = measure.full_items
    if not measure.earlier:
        return _against(measure, item, pupil.value(item, ends), ends)
    sittings = sorted(pupil.results.get(item, {}).items(), reverse=True)
    judged = [
        _against(measure, item, value, sat) for sat, value in sittings if sat <= ends
    ]
    for answer in (_MET, _NOT_MET):
        if answer in judged:
            return answer
    return judged[0] if judged else Judged(None, NO_RESULT)


def _against(measure: Measure, item: str, value: str, sat: int) -> Judged:
    """One mark or code, held against the standard of the year it was given in."""
    if value in measure.met:
        return _MET
    if value in measure.not_met:
        return _NOT_MET
    if not value.isdecimal():
        known = max(sat, years()[0].ends)
        return Judged(None, meaning(item, known, value))
    expected = threshold(item, sat)
    if expected is None:
        return Judged(None, NO_THRESHOLD)
    return _MET if int(value) >= expected else _NOT_MET


def _scaled(measure: Measure, pupil: Assessed, ends: int) -> Judged:
    """By the outcome where it says all; by the score where it does not."""
    by_score, by_outcome = measure.full_items
    score, outcome = pupil.value(by_score, ends), pupil.value(by_outcome, ends)
    if outcome in measure.not_met:
        return _NOT_MET
    if outcome and outcome not in measure.met:
        return Judged(None, meaning(by_outcome, ends, outcome))
    if outcome and measure.at_least is None:
        return _MET
    if score.isdecimal():
        wanted = measure.at_least or marks(by_score, ends).expected or 0
        return _MET if int(score) >= wanted else _NOT_MET
    if score:
        return _NOT_MET
    return Judged(None, NO_SCORE if outcome else NO_RESULT)


def _average(measure: Measure, pupil: Assessed, ends: int) -> Judged:
    """The mark; of a test no score that its outcome speaks against."""
    item, *outcomes = measure.full_items
    value = pupil.value(item, ends)
    if not value.isdecimal():
        return Judged(None, meaning(item, ends, value))
    beside = (pupil.value(outcome, ends) for outcome in outcomes)
    if any(_at_odds(item, ends, value, outcome) for outcome in beside):
        return Judged(None, AT_ODDS)
    return Judged(int(value))


@cache
def _at_odds(item: str, ends: int, score: str, outcome: str) -> bool:
    """Whether a scaled score and an outcome cannot both be so."""
    book = rulebook(AcademicYear(ends))
    collection = book.collections[item.partition(".")[0]]
    return at_odds(collection, book.item(item), score, outcome)


def _highest(measure: Measure, pupil: Assessed, ends: int) -> Judged:
    [item] = measure.full_items
    value = pupil.value(item, ends)
    if value.isdecimal():
        return _MET if int(value) == marks(item, ends).highest else _NOT_MET
    return _without_mark(measure, item, value, ends)


def _took(measure: Measure, pupil: Assessed, ends: int) -> Judged:
    """By the first item that says anything: an outcome before its score."""
    items = measure.full_items
    item = next((one for one in items if pupil.value(one, ends)), items[0])
    value = pupil.value(item, ends)
    if value.isdecimal() or value in measure.met:
        return _MET
    return _without_mark(measure, item, value, ends)


def _without_mark(measure: Measure, item: str, value: str, ends: int) -> Judged:
    if value in measure.not_met:
        return _NOT_MET
    return Judged(None, meaning(item, ends, value))


def _combined(measure: Measure, pupil: Assessed, ends: int) -> Judged:
    answer = _MET
    for code in measure.parts:
        part = measures()[code]
        judged = _FORMULAS[part.formula](part, pupil, ends)
        if judged.value is None:
            return Judged(None, f"{part.short_title}: {judged.reason}")
        if not judged.value:
            answer = _NOT_MET
    return answer


_FORMULAS: Final[Mapping[str, Formula]] = {
    "every": _every,
    "count": _count,
    "threshold": _threshold,
    "scaled": _scaled,
    "average": _average,
    "highest": _highest,
    "took": _took,
    "combined": _combined,
}
