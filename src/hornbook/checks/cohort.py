"""The pupils together: who must be there and is not, and who is there and need not be.

These rules run where there is a list to hold the pupils against.
"""

from typing import Final

from hornbook.checks.cases import Case, Context, Tally, bare_upn
from hornbook.findings import (
    Faults,
    Repair,
    Severity,
    Subject,
    cohort_rule,
    fault,
    pupil_rule,
)
from hornbook.identifiers import parse_nc_year
from hornbook.rulebook.model import Collection

_DETAILS: Final = (
    ("la", "local authority number"),
    ("estab", "establishment number"),
    ("name", "name"),
    ("urn", "URN"),
)


def no_collection(case: Case, context: Context) -> bool:
    """Whether nothing says which results the pupils should have."""
    return context.collection is None


def no_list(case: Case, context: Context) -> bool:
    """Whether nothing says which pupils there should be."""
    return context.expected is None


@pupil_rule(
    "C01",
    "{title}: this pupil has no result. Every pupil in {group} must have one.",
    severity=Severity.ERROR,
    unless=no_collection,
)
def no_result(case: Case, context: Context) -> Faults:
    """A pupil who must have a result has none.

    Why it matters: the recipient counts the pupil as missing and asks for the result.
    How to fix: enter the result, or the code that says why there is none.
    """
    collection = context.collection
    if collection and _lacks_result(case, collection) and not _again(case, collection):
        yield fault(
            item=collection.title,
            title=collection.title,
            group=_group_in_words(case.pupil.nc_year),
        )


def _lacks_result(case: Case, collection: Collection) -> bool:
    """Whether a pupil on roll must have a result of the collection and has none."""
    group = _group(case.pupil.nc_year)
    return (
        not case.pupil.leaving_date
        and not _has_result(case, collection)
        and collection.must_have_result(group, case.earlier)
    )


def _has_result(case: Case, collection: Collection) -> bool:
    """Whether a pupil has a result of the collection that is not blank."""
    return any(
        sitting.values()
        for sitting in case.sittings
        if sitting.collection.code == collection.results_of
    )


def _again(case: Case, collection: Collection) -> bool:
    """Whether the pupil is in the year group that is assessed again."""
    recheck = collection.recheck
    return recheck is not None and recheck.nc_year == _group(case.pupil.nc_year)


def _group(text: str | None) -> str:
    """The year group; blank where it cannot be read."""
    try:
        return parse_nc_year(text or "")
    except ValueError:
        return ""


def _group_in_words(text: str | None) -> str:
    """Reception, or Year 1."""
    group = _group(text)
    return "Reception" if group == "R" else f"Year {group}"


@cohort_rule(
    "C02",
    "{who} is expected and is not here.",
    severity=Severity.ERROR,
)
def expected_pupil_absent(tally: Tally, context: Context) -> Faults:
    """A pupil who is on the list is not in the file or the return.

    Why it matters: the recipient expects every pupil on its list, with a result or
    with the code that says why there is none.
    How to fix: add the pupil with a result or a code. Where the pupil should not be on
    the list, put the list right with whoever keeps it.
    """
    for upn, pupil in (context.expected or {}).items():
        if upn not in tally.upns and not pupil.leaving_date:
            yield fault(
                element="UPN",
                value=upn,
                who=pupil.name or upn,
                subject=Subject(upn=upn, pupil=pupil.name or None),
            )


@pupil_rule(
    "C03",
    "This pupil is not on the list of those expected.",
    severity=Severity.QUERY,
    hint="The list has {listed} for this name and date of birth.",
    unless=no_list,
)
def pupil_not_expected(case: Case, context: Context) -> Faults:
    """A pupil in the file or the return is not on the list: not on roll, or too young.

    Why it matters: a result for a pupil of another school or year group is counted in
    the wrong place.
    How to fix: check whether the pupil is on roll and in the year group. Where not,
    leave the pupil out; where so, put the list right.
    """
    if context.expected is not None and bare_upn(case.pupil) not in context.expected:
        listed = context.expected.alike(case.pupil)
        yield fault(element="UPN", value=case.pupil.upn, listed=listed)


@pupil_rule(
    "C04",
    "This pupil left on {value}, within the time of the assessment, and has no result.",
    severity=Severity.QUERY,
    repair=Repair.ASK,
    unless=no_collection,
)
def leaver_without_result(case: Case, context: Context) -> Faults:
    """A pupil who left while the assessment was going on has no result and no code.

    Why it matters: which school reports a pupil who moves depends on the day, and a
    pupil reported by neither is missing.
    How to fix: where the pupil took the assessment here, enter the result. Where not,
    enter the code that says the pupil left.
    """
    collection, left = context.collection, case.pupil.leaving_date
    if collection is None or left is None or _has_result(case, collection):
        return
    if _within(collection, left):
        yield fault(item=collection.title, value=left)


def _within(collection: Collection, day: str) -> bool:
    """Whether a day falls in one of the spans of the collection."""
    spans = [span for span in collection.dates if span.opens and span.closes]
    return any(str(span.opens) <= day <= str(span.closes) for span in spans)


@pupil_rule(
    "C05",
    "{title}: this pupil must be checked again in Year {group} and has no result. "
    "{before}",
    severity=Severity.ERROR,
    unless=no_collection,
)
def not_checked_again(case: Case, context: Context) -> Faults:
    """A Year 2 pupil who did not meet the phonics standard is not in the re-check.

    Why it matters: pupils who did not meet the standard in Year 1, or have no result
    from Year 1, must take the check in Year 2.
    How to fix: enter the mark of the re-check, or the code that says why there is
    none. Where the pupil met the standard in Year 1, enter that result first.
    """
    collection = context.collection
    if collection and _lacks_result(case, collection) and _again(case, collection):
        recheck = collection.recheck
        earlier = case.earlier.get(recheck.item) if recheck else None
        yield fault(
            item=collection.title,
            title=collection.title,
            group=_group(case.pupil.nc_year),
            before=f"The earlier result is {earlier}."
            if earlier
            else "There is no earlier result.",
        )


@cohort_rule(
    "C06",
    "There are {count} pupils, and {expected} are expected.",
    severity=Severity.QUERY,
)
def fewer_than_expected(tally: Tally, context: Context) -> Faults:
    """There are fewer pupils than are on the list.

    Why it matters: it is the first thing the recipient compares.
    How to fix: look at who is missing, add them, or put the list right.
    """
    if context.expected is not None and tally.pupils < len(context.expected):
        yield fault(count=tally.pupils, expected=len(context.expected))


@cohort_rule(
    "C07",
    "The school's {what} is missing. A file without it is refused.",
    severity=Severity.ERROR,
)
def school_details_missing(tally: Tally, context: Context) -> Faults:
    """The school's own numbers or name are not filled in.

    Why it matters: they stand in the name and the header of every file, and a file
    without them is refused.
    How to fix: fill in the school's details on its settings page.
    """
    for field, what in _DETAILS if context.school else ():
        if not getattr(context.school, field):
            yield fault(element=field, what=what)
