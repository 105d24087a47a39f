"""Key stage 2 tests: mark, scaled score and outcome, held against one another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from hornbook.checks.cases import Case, Context, Stated, fault_of
from hornbook.checks.keystages import outcomes_of
from hornbook.findings import Faults, Repair, Severity, pupil_rule, result_rule
from hornbook.identifiers import AcademicYear
from hornbook.rulebook.items import Item, Scale
from hornbook.rulebook.model import Collection
from hornbook.rulebook.standings import differ, standing

TESTS: Final = "ks2-tests"


@result_rule(
    "R16",
    "{item} is {value}. It must be {allowed}.",
    severity=Severity.ERROR,
    collections=(TESTS,),
)
def score_out_of_range(stated: Stated, context: Context) -> Faults:
    """A test's scaled score or mark is outside the range of that test.

    Where the year's table is known, a scaled score that no mark gives is outside too.

    Why it matters: no pupil can have it, so it belongs to another column or is a slip.
    How to fix: compare it with the results from the portal.
    """
    item = stated.item
    if item and stated.refused_by == "R16":
        yield fault_of(stated, allowed=item.allowed_in_words)
    elif item and item.scale and not _can_be_given(stated, item.scale):
        yield fault_of(stated, allowed=f"one that a mark gives in {stated.year}")


def _can_be_given(stated: Stated, scale: Scale) -> bool:
    return stated.mark is None or scale.gives(str(stated.mark))


@pupil_rule(
    "R17",
    "{item} is {value}, but {other} is {stated}. {must}",
    severity=Severity.ERROR,
    repair=Repair.ASK,
    collections=(TESTS,),
)
def outcome_disagrees_with_score(case: Case, context: Context) -> Faults:
    """A test's outcome, scaled score and mark do not agree.

    The mark is held against the year's table, as far as that is known. Beside an
    outcome that says that there is no result, no scaled score can stand.

    Why it matters: the school's figures come out differently from the two of them.
    How to fix: compare them with the results from the portal.
    """
    for sitting in case.sittings_of((TESTS,)):
        there = sitting.values()
        values = {
            code: stated.value
            for code, stated in there.items()
            if not stated.refused_by
        }
        for found in at_odds(sitting.collection, values, sitting.term.year):
            wrong = there[found.item.code]
            yield fault_of(wrong, index=case.index(wrong), **found.facts)


@dataclass(frozen=True, slots=True)
class Odds:
    """Two results of a test that do not go together, and what would."""

    item: Item
    value: str
    other: Item
    stated: str
    must: str
    right: list[tuple[str, str]]

    @property
    def facts(self) -> dict[str, Any]:
        """What fills the rule's message, and what would be right."""
        return {
            "other": self.other.title,
            "stated": self.stated,
            "must": self.must,
            "right": self.right,
        }


def at_odds(
    collection: Collection, values: Mapping[str, str], year: AcademicYear
) -> Iterator[Odds]:
    """Where a pupil's mark, scaled score and outcome of a test do not agree.

    values are those of the collection's items, by code, that may stand.
    """
    for scaled in collection.items:
        if scaled.scaled_from:
            test = _test(collection, scaled, values)
            found = (
                _outcome_and_score(test),
                _score_beside_none(test, collection),
                _score_and_mark(test, scaled, _doubted(collection, scaled, year)),
            )
            yield from filter(None, found)


class One(NamedTuple):
    """A result of a test."""

    item: Item
    value: str


class OfTest(NamedTuple):
    """What a pupil has of one test."""

    mark: One | None
    score: One | None
    outcome: One | None


def _test(collection: Collection, scaled: Item, values: Mapping[str, str]) -> OfTest:
    there = {
        item.code: One(item, values[item.code])
        for item in collection.items
        if values.get(item.code)
    }
    outcomes = (
        one
        for one in there.values()
        if one.item.area == scaled.area and one.item.marks is None
    )
    return OfTest(
        there.get(scaled.scaled_from), there.get(scaled.code), next(outcomes, None)
    )


def _outcome_and_score(test: OfTest) -> Odds | None:
    """The outcome, held against the score, or against the mark where there is none."""
    outcome, other = test.outcome, test.score or test.mark
    if outcome is None or other is None:
        return None
    if not differ(*other, outcome.value):
        return None
    shown = standing(*other) or ""
    right = [(one.code, one.title) for one in outcomes_of(outcome.item, shown)]
    return Odds(*outcome, *other, _met_from(other), right)


def _score_beside_none(test: OfTest, collection: Collection) -> Odds | None:
    """A score beside an outcome that says that there is none."""
    outcome, score = test.outcome, test.score
    if outcome is None or score is None or not score.value.isdecimal():
        return None
    none = collection.without_score(outcome.value)
    if none is None:
        return None
    sure = "" if none.confirmed else " That is not confirmed."
    meaning = outcome.item.meaning(outcome.value)
    must = f"With {outcome.value}, {meaning}, there must be no scaled score.{sure}"
    return Odds(*score, *outcome, must, [])


def _score_and_mark(test: OfTest, scaled: Item, doubted: str) -> Odds | None:
    """The score, held against what the mark gives by the year's table."""
    score, mark = test.score, test.mark
    if not score or not mark or not mark.value.isdecimal():
        return None
    given = scaled.scale.scores.get(int(mark.value)) if scaled.scale else None
    if given is None:
        return _either_side(score, mark)
    if given == score.value.upper():
        return None
    marks = f"{mark.value} marks give {given}"
    right = [(given, f"what {mark.value} marks give")]
    return Odds(*score, *mark, f"{marks} {doubted}", right)


def _doubted(collection: Collection, scaled: Item, year: AcademicYear) -> str:
    """The year of the table, and that it is not confirmed where it is not."""
    if scaled.scale and scaled.scale.own:
        return f"in {year}. The table is one that the school wrote down."
    source = collection.scaled_scores
    sure = source is None or source.confirmed
    return f"in {year}." + ("" if sure else " The table of that year is not confirmed.")


def _either_side(score: One, mark: One) -> Odds | None:
    """A score and a mark on two sides of the standard, where that is all we know."""
    shown = standing(*mark)
    if shown is None or shown == standing(*score):
        return None
    return Odds(*score, *mark, _met_from(mark), [])


def _met_from(one: One) -> str:
    return f"The standard is met from {one.item.marks and one.item.marks.expected}."
