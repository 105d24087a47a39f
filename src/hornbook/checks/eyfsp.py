"""Early years foundation stage profile: every goal, and one code on all or none."""

from typing import Final

from hornbook.checks.cases import Case, Context, Sitting, Stated, fault_of
from hornbook.findings import Fault, Faults, Repair, Severity, fault, pupil_rule

_HERE: Final = ("eyfsp",)
_NAMED: Final = 3


def none_marked(case: Case, context: Context) -> bool:
    """Whether no result is the code that must stand on all or on none."""
    return not any(
        stated.value == sitting.collection.all_or_none
        for sitting in case.sittings
        if sitting.collection.all_or_none
        for stated in sitting.stated
    )


@pupil_rule(
    "R04",
    "{value} is on {count} of the {all} goals. It must be on every goal or on none.",
    severity=Severity.ERROR,
    repair=Repair.ASK,
    collections=_HERE,
    unless=none_marked,
)
def code_on_some_goals(case: Case, context: Context) -> Faults:
    """A child has the code A on some early learning goals but not on all.

    Why it matters: A says that the child was not assessed at all, so the profile
    contradicts itself and is refused.
    How to fix: where the child has an exemption, put A on every goal. Where not, give
    each goal its level; a child who came late or was long absent is 1, emerging.
    """
    for sitting in case.sittings_of(_HERE):
        marked = _marked(sitting)
        if 0 < len(marked) < _goals(sitting):
            yield _at(case, sitting, marked)


@pupil_rule(
    "R05",
    "{count} of the {all} goals have a result. Missing: {missing}.",
    severity=Severity.ERROR,
    collections=_HERE,
)
def goals_missing(case: Case, context: Context) -> Faults:
    """A child has results for some early learning goals only.

    Why it matters: the profile must be whole; the recipient refuses a part of one.
    How to fix: enter the goals that are missing in your system, and make the file
    again.
    """
    for sitting in case.sittings_of(_HERE):
        there = sitting.values()
        needed = [item for item in sitting.collection.items if item.required]
        missing = [item.title for item in needed if item.code not in there]
        if missing:
            yield fault(
                element="StageAssessments",
                index=case.index(sitting.stated[0]) if sitting.stated else None,
                item=sitting.collection.title,
                count=len(needed) - len(missing),
                all=len(needed),
                missing=_some(missing),
            )


def _some(titles: list[str]) -> str:
    """The first few, and how many more."""
    more = len(titles) - _NAMED
    shown = "; ".join(titles[:_NAMED])
    return f"{shown}; and {more} more" if more > 0 else shown


@pupil_rule(
    "R28",
    "{value} is on all {all} goals. {note}",
    severity=Severity.QUERY,
    collections=_HERE,
    since=2023,
    unless=none_marked,
)
def code_on_every_goal(case: Case, context: Context) -> Faults:
    """A child has the code A on every early learning goal.

    Why it matters: since 2023 A is only for a child with an exemption. For a child who
    was absent or came late, the recipient will send it back.
    How to fix: where the child has an exemption, say so in a note. Where not, give
    each goal its level, 1 or 2.
    """
    for sitting in case.sittings_of(_HERE):
        marked = _marked(sitting)
        if len(marked) == _goals(sitting):
            yield _at(case, sitting, marked)


def _marked(sitting: Sitting) -> list[Stated]:
    """The goals with the code that must stand on all or on none."""
    code = sitting.collection.all_or_none
    return [stated for stated in sitting.values().values() if stated.value == code]


def _at(case: Case, sitting: Sitting, marked: list[Stated]) -> Fault:
    """A fault at the first goal with the code."""
    return fault_of(
        marked[0],
        index=case.index(marked[0]),
        count=len(marked),
        all=_goals(sitting),
        note=sitting.collection.all_or_none_note,
        marked=[case.index(stated) for stated in marked],
        unmarked=[
            case.index(stated)
            for stated in sitting.values().values()
            if stated not in marked
        ],
    )


def _goals(sitting: Sitting) -> int:
    """How many goals there are."""
    return sum(item.required for item in sitting.collection.items)
