"""Any result: its codes, its value, its year, and whether it stands twice."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from hornbook.checks.cases import (
    ORDINARY,
    Case,
    Context,
    Stated,
    Tally,
    fault_of,
)
from hornbook.checks.judge import narrowed
from hornbook.findings import (
    Faults,
    Repair,
    Severity,
    cohort_rule,
    fault,
    pupil_rule,
    result_rule,
)
from hornbook.records import Combination
from hornbook.rulebook.load import first_years, rulebook, years
from hornbook.wording import many

_ENOUGH_AGREE: Final = 3


@result_rule(
    "R01",
    "The codes {value} are not those of any assessment.",
    severity=Severity.ERROR,
    repair=Repair.ASK,
    hint="The nearest known are {nearest}: {title}.",
)
def codes_unknown(stated: Stated, context: Context) -> Faults:
    """The stage, subject, method, component and qualifier belong to no assessment.

    Why it matters: the recipient cannot tell what the result is a result of, and
    refuses it or leaves it out.
    How to fix: make the file again from the current version of your system. A result
    of the school's own does not belong in a file for others.
    """
    if stated.unknown:
        nearest = _nearest_codes(stated.result.combination, stated.value)
        book = rulebook(years()[-1])
        yield fault_of(
            stated,
            value=str(stated.result.combination),
            nearest=nearest and str(nearest),
            title=nearest and book.by_combination[nearest].item.title,
            known=nearest,
        )


def _nearest_codes(combination: Combination, value: str) -> Combination | None:
    """The known codes of the stage that agree with most of these.

    Where several agree as well, the value decides; where it cannot, there are none: a
    guess would give one assessment the result of another.
    """
    by_agreement: defaultdict[int, list[Combination]] = defaultdict(list)
    known = rulebook(years()[-1]).by_combination
    for codes in known:
        if codes.stage == combination.stage:
            by_agreement[sum(map(str.__eq__, codes, combination))].append(codes)
    agreement = max(by_agreement, default=0)
    if agreement < _ENOUGH_AGREE:
        return None
    nearest = by_agreement[agreement]
    if len(nearest) > 1:
        nearest = [
            one for one in nearest if narrowed(known[one].item, one).allows(value)
        ]
    return nearest[0] if len(nearest) == 1 else None


@result_rule(
    "R02",
    "{item} is {value}. In {year} it must be {allowed}.",
    severity=Severity.ERROR,
    repair=Repair.ASK,
    hint="The nearest is {nearest}.",
)
def value_not_allowed(stated: Stated, context: Context) -> Faults:
    """A result is not one that the assessment has in that year.

    Why it matters: the recipient refuses the result, and often the whole file.
    How to fix: look at the record of the assessment and enter the result again.
    """
    item = stated.item
    if item and stated.refused_by == "R02":
        nearest = item.nearest(stated.value)
        yield fault_of(
            stated,
            year=stated.year,
            allowed=item.allowed_in_words,
            nearest=nearest and f"{nearest}, {item.meaning(nearest)}",
            close=nearest,
        )


def no_repeats(case: Case, context: Context) -> bool:
    """Whether every result stands once."""
    stated = case.stated
    return len(stated) < 2 or len({one.slot for one in stated}) == len(stated)


@pupil_rule(
    "R10",
    "{item} in {year} is {value} here and {other} before. There can be one result.",
    severity=Severity.ERROR,
    unless=no_repeats,
)
def two_values(case: Case, context: Context) -> Faults:
    """A pupil has two different values for the same result.

    Why it matters: the recipient keeps one of the two, and you do not know which.
    How to fix: look at the record of the assessment, and leave out the value that is
    not right.
    """
    for first, again, index in _repeated(case):
        if again.value != first.value:
            yield fault_of(
                again,
                index=index,
                other=first.value,
                year=again.result.year,
            )


@pupil_rule(
    "R11",
    "{item} in {year} is in the file twice, both times {value}.",
    severity=Severity.QUERY,
    repair=Repair.SAFE,
    unless=no_repeats,
)
def same_result_twice(case: Case, context: Context) -> Faults:
    """A pupil has the same result twice.

    Why it matters: some recipients count it as two, or refuse the pupil.
    How to fix: let Hornbook take one of them out.
    """
    for first, again, index in _repeated(case):
        if again.value == first.value:
            yield fault_of(
                again,
                index=index,
                year=again.result.year,
            )


def _repeated(case: Case) -> Iterator[tuple[Stated, Stated, int]]:
    """Results that stand again, each with the first of its kind and its number."""
    first: dict[int, Stated] = {}
    for index, stated in enumerate(case.stated):
        if stated.slot in first:
            yield first[stated.slot], stated, index
        else:
            first[stated.slot] = stated


@result_rule(
    "R20",
    "The result is for {value}. {must}",
    severity=Severity.QUERY,
    repair=Repair.ASK,
    returns_only=True,
)
def year_unexpected(stated: Stated, context: Context) -> Faults:
    """A result is for another year than the file, or for a year without the collection.

    Why it matters: the recipient files the result under the wrong year, or not at all.
    How to fix: check the year of the result. Leave out results of earlier years: a
    return is for one year.
    """
    if stated.year is None:
        must = "It must be the four digits of a year."
    elif context.year and stated.year != context.year:
        must = f"The file is for {context.year}."
    elif stated.year > years()[-1]:
        must = f"Hornbook knows no year after {years()[-1]}."
    elif stated.year < years()[0] and _too_early(stated):
        first = first_years()[stated.result.combination]
        must = f"The first results of this kind are of {first}."
    else:
        return
    yield fault_of(stated, element="Year", value=stated.result.year, must=must)


def _too_early(stated: Stated) -> bool:
    """Whether a result is of a year before there was such an assessment."""
    first = first_years().get(stated.result.combination)
    return first is not None and stated.result.year.strip() < str(first)


@result_rule(
    "R22",
    "The status of the result is {stated}. In a return it must be "
    "{expected}, a result.",
    severity=Severity.ERROR,
    repair=Repair.ASK,
    returns_only=True,
)
def not_a_result(stated: Stated, context: Context) -> Faults:
    """The status says that this is no result but a target, an estimate or the like.

    Why it matters: a return holds results only; anything else is refused or ignored.
    How to fix: where it is the pupil's result, let Hornbook write R. Where it is a
    target or an estimate, leave it out.
    """
    if stated.result.status != ORDINARY.status:
        yield fault_of(
            stated,
            element="ResultStatus",
            value=stated.result.status or "",
            stated=stated.result.status or "missing",
            expected=ORDINARY.status,
        )


@result_rule(
    "R23",
    "The country of the result is {stated}. It must be {expected}, England.",
    severity=Severity.ERROR,
    repair=Repair.SAFE,
)
def locale_wrong(stated: Stated, context: Context) -> Faults:
    """The country of a result (Locale) is missing or is not England.

    Why it matters: readers that follow the specification refuse the result.
    How to fix: let Hornbook write ENG, or make the file again.
    """
    if stated.result.locale != ORDINARY.locale:
        yield fault_of(
            stated,
            element="Locale",
            value=stated.result.locale or "",
            stated=stated.result.locale or "missing",
            expected=ORDINARY.locale,
        )


@result_rule(
    "R27",
    "{item} is blank. There must be a result, or none at all.",
    severity=Severity.ERROR,
    repair=Repair.ASK,
)
def blank(stated: Stated, context: Context) -> Faults:
    """A result is there, but its value is blank.

    Why it matters: some recipients refuse the file, others wipe what they held.
    How to fix: enter the result, or let Hornbook leave the blank one out.
    """
    if not stated.value:
        yield fault_of(stated, value=stated.result.value)


@cohort_rule(
    "R14",
    "There are no assessment results in the file. It holds {holds}.",
    severity=Severity.ERROR,
    returns_only=True,
)
def no_results(tally: Tally, context: Context) -> Faults:
    """A return holds no results at all.

    Why it matters: the recipient refuses it, or counts every pupil as missing.
    How to fix: check that the results are entered for the right year in your system,
    and that the file was made with the assessments ticked.
    """
    # Where the collection is known beforehand, each pupil without a result is named.
    if not tally.results and not context.collection:
        yield fault(holds=_in_words(tally.pupils))


def _in_words(pupils: int) -> str:
    """What a file without results holds."""
    if not pupils:
        return "no pupils either"
    return f"the details of {many(pupils, 'pupil')}"


@cohort_rule(
    "R26",
    "{title} was not statutory in {year}: nobody collected it from schools.",
    severity=Severity.QUERY,
    returns_only=True,
)
def not_statutory(tally: Tally, context: Context) -> Faults:
    """A return holds results of a collection that was not statutory in that year.

    Why it matters: the recipient has no place for it, and may refuse the file.
    How to fix: ask the recipient before you send it. Keep the results in your own
    system.
    """
    for seen in tally.seen.values():
        if seen.term.known and not seen.term.collection.statutory:
            yield fault(
                element="Result",
                subject=seen.subject,
                title=seen.term.collection.title,
                year=seen.term.year,
            )
