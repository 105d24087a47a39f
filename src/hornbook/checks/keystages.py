"""Key stages 1 and 2: teacher assessment."""

from collections.abc import Iterator, Mapping
from typing import Final

from hornbook.checks.cases import Case, Context, Sitting, Stated, fault_of
from hornbook.findings import (
    Faults,
    Repair,
    Severity,
    fault,
    pupil_rule,
    result_rule,
)
from hornbook.rulebook.items import Item, OnlyWhere, Outcome
from hornbook.rulebook.standings import STANDINGS
from hornbook.wording import are

_TEACHER_ASSESSMENT: Final = ("ks1", "ks2-teacher-assessment")
_KS2: Final = ("ks2-teacher-assessment",)


@result_rule(
    "R12",
    "{item} is {value}. Guidance for schools has listed it, but the DfE's own list of "
    "codes has not.",
    severity=Severity.QUERY,
    repair=Repair.ASK,
    hint="The DfE's list has {instead}.",
    collections=_TEACHER_ASSESSMENT,
)
def code_in_dispute(stated: Stated, context: Context) -> Faults:
    """A science code that guidance for schools lists, but the DfE's own list does not.

    Why it matters: some recipients take it, others refuse the result.
    How to fix: where the recipient refuses it, use the code that says the standard was
    not met. Otherwise leave it.
    """
    item = stated.item
    if item and stated.outcome and stated.outcome.queried and not stated.refused_by:
        instead = next(outcomes_of(item, "not met"), None)
        yield fault_of(
            stated,
            code=instead and instead.code,
            instead=instead and f"{instead.code}, {instead.title}",
        )


def outcomes_of(item: Item, standing: str) -> Iterator[Outcome]:
    """The undisputed codes of an item for a standard that was met, or was not."""
    for outcome in item.outcomes:
        if STANDINGS.get(outcome.code) == standing and not outcome.queried:
            yield outcome


@result_rule(
    "R13",
    "{item} is {value}. Teacher assessment of it is only for pupils below the standard "
    "of the tests: {allowed}.",
    severity=Severity.ERROR,
    repair=Repair.ASK,
    collections=_KS2,
)
def teacher_assessment_of_a_test(stated: Stated, context: Context) -> Faults:
    """Reading or mathematics has a teacher assessment that a test should give.

    Why it matters: pupils at the standard of the tests have a test result instead, and
    the recipient refuses the file.
    How to fix: where the pupil sat the test, let Hornbook take this result out. Where
    the pupil worked below the standard of the test, enter the pre-key stage standard.
    """
    if stated.item and stated.refused_by == "R13":
        yield fault_of(stated, allowed=stated.item.allowed_in_words)


@pupil_rule(
    "R15",
    "{missing} missing. Every pupil must have {all}.",
    severity=Severity.ERROR,
    returns_only=True,
    collections=_KS2,
)
def subject_missing(case: Case, context: Context) -> Faults:
    """A pupil has no teacher assessment of writing or of science.

    Why it matters: every pupil at the end of key stage 2 must have both, also one who
    sat no test or has left.
    How to fix: enter the judgement, or the code that says why there is none.
    """
    for sitting in case.sittings_of(_KS2):
        there = sitting.values()
        needed = [item for item in sitting.collection.items if item.required]
        missing = [item.title for item in needed if item.code not in there]
        if missing:
            yield fault(
                element="StageAssessments",
                index=case.index(sitting.stated[0]) if sitting.stated else None,
                item=missing[0],
                missing=f"{' and '.join(missing)} {are(len(missing))}",
                all=" and ".join(item.title for item in needed),
            )


@pupil_rule(
    "R29",
    "{item} is missing. {needed}",
    severity=Severity.QUERY,
    returns_only=True,
    collections=_KS2,
)
def below_the_test_missing(case: Case, context: Context) -> Faults:
    """A pupil below the standard of a test has no teacher assessment of its subject.

    Why it matters: the test gives no result, so the recipient waits for the judgement.
    How to fix: enter the pre-key stage standard, or the code that says why there is
    none. Where the pupil is at the standard of the test, put the outcome right.
    """
    for sitting, item, rule, stands in _of_some_only(case):
        needed = rule.needed(stands)
        if needed and item.code not in sitting.values():
            yield fault(
                element="StageAssessments",
                index=case.index(sitting.stated[0]) if sitting.stated else None,
                item=item.title,
                item_code=item.full_code,
                needed=needed,
            )


@pupil_rule(
    "R30",
    "{item} is {value}, but teacher assessment of it is only for pupils below the "
    "standard of the test. {against}",
    severity=Severity.QUERY,
    collections=_KS2,
)
def beside_a_result_of_the_test(case: Case, context: Context) -> Faults:
    """A pupil has both a result of a test and a teacher assessment in its place.

    Why it matters: the two say different things of the pupil.
    How to fix: clear the teacher assessment, or put the outcome of the test right.
    """
    for sitting, item, rule, stands in _of_some_only(case):
        stated = sitting.values().get(item.code)
        against = rule.against(stands)
        if stated and against:
            yield fault_of(stated, index=case.index(stated), against=against)


def _of_some_only(
    case: Case,
) -> Iterator[tuple[Sitting, Item, OnlyWhere, Mapping[str, str]]]:
    """The items that are wanted of some pupils only, and what stands of this one."""
    for sitting in case.sittings_of(_KS2):
        stands = case.stands(sitting.term.year)
        for item in sitting.collection.items:
            if item.only_where:
                yield sitting, item, item.only_where, stands


@pupil_rule(
    "R18",
    "{item} is {value}, below the key stage, but {other} is {above}.",
    severity=Severity.QUERY,
    collections=_TEACHER_ASSESSMENT,
)
def far_apart(case: Case, context: Context) -> Faults:
    """A pupil is below the key stage in one subject and at greater depth in another.

    Why it matters: it can be right, but it is more often a slip by a row or a column.
    How to fix: check both judgements. Where both are right, nothing is wrong.
    """
    for sitting in case.sittings_of(_TEACHER_ASSESSMENT):
        stated = sitting.values().values()
        below = [one for one in stated if STANDINGS.get(one.value) == "below"]
        above = [one for one in stated if STANDINGS.get(one.value) == "above"]
        for one in below if above else ():
            yield fault_of(
                one,
                index=case.index(one),
                other=above[0].title,
                above=above[0].value,
            )
