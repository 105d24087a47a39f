"""Key stage 2 tests: mark, scaled score and outcome, held against one another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hornbook.checks.cases import Case, Context, Sitting, Stated, fault_of
from hornbook.checks.keystages import STANDINGS, outcomes_of
from hornbook.findings import Faults, Repair, Severity, pupil_rule, result_rule
from hornbook.rulebook.items import Item, Scale

_TESTS: Final = ("ks2-tests",)
_MET: Final = "met"
_NOT_MET: Final = "not met"


@result_rule(
    "R16",
    "{item} is {value}. It must be {allowed}.",
    severity=Severity.ERROR,
    collections=_TESTS,
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


@dataclass(frozen=True, slots=True)
class Sat:
    """What a pupil has of one test; nothing that is out of range."""

    scaled: Item
    mark: Stated | None
    score: Stated | None
    outcome: Stated | None


@pupil_rule(
    "R17",
    "{item} is {value}, but {other} is {stated}. {must}",
    severity=Severity.ERROR,
    repair=Repair.ASK,
    collections=_TESTS,
)
def outcome_disagrees_with_score(case: Case, context: Context) -> Faults:
    """A test's outcome, scaled score and mark do not agree.

    The mark is held against the year's table, as far as that is known.

    Why it matters: the school's figures come out differently from the two of them.
    How to fix: compare them with the results from the portal.
    """
    for sitting in case.sittings_of(_TESTS):
        for test in _tests(sitting):
            for found in (_outcome_and_score(test), _score_and_mark(test, sitting)):
                if found is not None:
                    yield fault_of(
                        found.wrong,
                        index=case.index(found.wrong),
                        other=found.other.title,
                        stated=found.other.value,
                        must=found.must,
                        right=found.right,
                    )


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two results of a test that do not go together, and what would."""

    wrong: Stated
    other: Stated
    must: str
    right: list[tuple[str, str]]


def _tests(sitting: Sitting) -> Iterator[Sat]:
    there = {
        code: stated
        for code, stated in sitting.values().items()
        if not stated.refused_by
    }
    for scaled in sitting.collection.items:
        if scaled.scaled_from:
            outcomes = (
                stated
                for stated in there.values()
                if stated.item and _is_outcome(stated.item, scaled)
            )
            yield Sat(
                scaled,
                there.get(scaled.scaled_from),
                there.get(scaled.code),
                next(outcomes, None),
            )


def _is_outcome(item: Item, scaled: Item) -> bool:
    """Whether an item is the outcome of the test that a scaled score is of."""
    return item.area == scaled.area and item.marks is None


def _outcome_and_score(test: Sat) -> Disagreement | None:
    """The outcome, held against the score, or against the mark where there is none."""
    outcome, other = test.outcome, test.score or test.mark
    standing = STANDINGS.get(outcome.value) if outcome else None
    shown = _standing(other) if other else None
    if not (outcome and outcome.item and other and standing and shown):
        return None
    if standing == shown:
        return None
    right = [(one.code, one.title) for one in outcomes_of(outcome.item, shown)]
    return Disagreement(outcome, other, _met_from(other), right)


def _score_and_mark(test: Sat, sitting: Sitting) -> Disagreement | None:
    """The score, held against what the mark gives by the year's table."""
    score, mark = test.score, test.mark
    if not score or not mark or mark.mark is None:
        return None
    scale = test.scaled.scale
    given = scale.scores.get(mark.mark) if scale else None
    if given is None:
        return _either_side(score, mark)
    if given == score.value.upper():
        return None
    must = f"{mark.mark} marks give {given} in {sitting.term.year}."
    source = sitting.collection.scaled_scores
    if source and not source.confirmed:
        must = f"{must} The table of that year is not confirmed."
    return Disagreement(score, mark, must, [(given, f"what {mark.mark} marks give")])


def _either_side(score: Stated, mark: Stated) -> Disagreement | None:
    """A score and a mark on two sides of the standard, where that is all we know."""
    shown = _standing(mark)
    if shown is None or shown == _standing(score):
        return None
    return Disagreement(score, mark, _met_from(mark), [])


def _expected(stated: Stated) -> int | None:
    """The mark or the scaled score that meets the standard."""
    return stated.item.marks.expected if stated.item and stated.item.marks else None


def _standing(stated: Stated) -> str | None:
    """Whether a score or a mark meets the standard; having no score does not."""
    expected = _expected(stated)
    if expected is None:
        return None
    return _MET if stated.mark is not None and stated.mark >= expected else _NOT_MET


def _met_from(stated: Stated) -> str:
    return f"The standard is met from {_expected(stated)}."
