"""Phonics screening check: the mark, the reasons for none, and the two year groups."""

from typing import Final

from hornbook.checks.cases import Case, Context, Seen, Stated, Tally, fault_of
from hornbook.findings import (
    Faults,
    Repair,
    Severity,
    cohort_rule,
    fault,
    pupil_rule,
    result_rule,
)
from hornbook.rulebook.load import codeset
from hornbook.wording import are, many

_HERE: Final = ("phonics",)
STANDINGS: Final = codeset("standings")


@pupil_rule(
    "R06",
    "There is a mark, {mark}, and also {value}: {meaning}. It must be one or the "
    "other.",
    severity=Severity.ERROR,
    repair=Repair.ASK,
    collections=_HERE,
)
def mark_and_reason(case: Case, context: Context) -> Faults:
    """A pupil has a phonics mark and a reason for having none.

    Why it matters: the recipient cannot tell whether the pupil took the check.
    How to fix: look at the answer sheet. Where the pupil took the check, keep the mark
    and take the reason out; where not, take the mark out.
    """
    for sitting in case.sittings_of(_HERE):
        marks = [stated for stated in sitting.stated if stated.mark is not None]
        for reason in filter(_is_reason, sitting.stated) if marks else ():
            yield fault_of(
                reason,
                index=case.index(reason),
                mark=marks[0].value,
                marks=[case.index(mark) for mark in marks],
                meaning=reason.outcome and reason.outcome.title,
            )


def _is_reason(stated: Stated) -> bool:
    """Whether a code says why there is no mark."""
    return bool(stated.outcome) and not _worked_out(stated)


def _worked_out(stated: Stated) -> bool:
    """Whether a code only repeats what the mark says: met, or not met."""
    return stated.outcome is not None and stated.outcome.set_by == "worked-out"


@result_rule(
    "R07",
    "The mark is {value}. Was the check taken? A mark of {value} says that it was.",
    severity=Severity.QUERY,
    collections=_HERE,
)
def mark_of_nought(stated: Stated, context: Context) -> Faults:
    """The phonics mark is 0, which is sometimes entered for a pupil who took no check.

    Why it matters: a pupil who was absent or did not take part is counted as having
    read no word.
    How to fix: where the pupil read no word right, nothing is wrong. Where the check
    was not taken, take the mark out and enter the reason: absent, did not take part,
    left.
    """
    if stated.mark == 0 and _is_phonics(stated):
        yield fault_of(stated)


@result_rule(
    "R08",
    "The outcome {value} ({meaning}) is in the file. Recipients want the mark.",
    severity=Severity.QUERY,
    repair=Repair.SAFE,
    collections=_HERE,
)
def outcome_sent(stated: Stated, context: Context) -> Faults:
    """The file says whether the standard was met, which recipients work out.

    Why it matters: the mark that meets the standard is not known when results are
    sent, so recipients ask for the mark alone and some refuse the outcome.
    How to fix: let Hornbook take the outcome out. The mark, or the reason for none,
    stays.
    """
    if _worked_out(stated) and _is_phonics(stated):
        yield fault_of(stated, meaning=stated.outcome and stated.outcome.title)


def _is_phonics(stated: Stated) -> bool:
    """Whether a result is one of the phonics check."""
    return stated.term is not None and stated.term.group.collection in _HERE


@pupil_rule(
    "R09",
    "The outcome is {value}, but the mark is {mark}. In {year} the standard was met "
    "from {expected} marks.",
    severity=Severity.ERROR,
    repair=Repair.ASK,
    collections=_HERE,
)
def outcome_disagrees(case: Case, context: Context) -> Faults:
    """The outcome does not agree with the mark and the standard of that year.

    Why it matters: the recipient does not know which of the two is right.
    How to fix: check the mark against the answer sheet, then take the outcome out:
    recipients work it out from the mark.
    """
    for sitting in case.sittings_of(_HERE):
        outcomes = list(filter(_worked_out, sitting.stated))
        marks = [one for one in sitting.stated if _met(one) is not None]
        for outcome in outcomes if marks else ():
            if _says_met(outcome) != _met(marks[0]):
                yield fault_of(
                    outcome,
                    index=case.index(outcome),
                    mark=marks[0].value,
                    year=sitting.term.year,
                    expected=_expected(marks[0]),
                )


def _expected(stated: Stated) -> int | None:
    """The mark that meets the standard, None until it is published."""
    return stated.item.marks.expected if stated.item and stated.item.marks else None


def _met(stated: Stated) -> bool | None:
    """Whether a mark meets the standard; None where that is not known."""
    mark, expected = stated.mark, _expected(stated)
    return None if mark is None or expected is None else mark >= expected


def _says_met(stated: Stated) -> bool:
    """Whether an outcome says that the standard was met."""
    return stated.outcome is not None and STANDINGS[stated.outcome.code] == "met"


@cohort_rule(
    "R24",
    "{title} of autumn {value}: {note}",
    severity=Severity.NOTE,
    collections=_HERE,
)
def autumn_check(tally: Tally, context: Context) -> Faults:
    """The file holds results of the phonics check of autumn 2020 or autumn 2021.

    Why it matters: those checks were held in another term and for another year group,
    so they are not the results of a Year 1 summer.
    How to fix: nothing is to be done. Keep these results apart from those of a summer.
    """
    for seen in tally.seen.values():
        if seen.term.autumn:
            yield fault(
                element="Year",
                subject=seen.subject,
                title=seen.term.collection.title,
                value=seen.term.group.calendar_year,
                note=seen.term.autumn,
            )


@cohort_rule(
    "R25",
    "{count} with a phonics result in Year {value}, and nobody in Year {other}. Was a "
    "second file meant? Recipients want both year groups in one.",
    severity=Severity.QUERY,
    returns_only=True,
    collections=_HERE,
)
def one_year_group_only(tally: Tally, context: Context) -> Faults:
    """A phonics return has Year 1 only, or Year 2 only.

    Why it matters: a second file can replace the first one at the recipient, and the
    results of one year group are lost.
    How to fix: make one file with Year 1 and the Year 2 re-check together. Where the
    school has no re-check this year, nothing is wrong.
    """
    for seen in tally.seen.values():
        groups = [group for group in seen.year_groups if group in seen.term.nc_years]
        of_the_year = context.year in (None, seen.term.year)
        others = [group for group in seen.term.nc_years if group not in groups]
        alone = len(groups) == 1 and others and _all_told(seen)
        if of_the_year and seen.term.recheck and alone:
            yield fault(
                element="NCyearActual",
                subject=seen.subject,
                value=groups[0],
                other=others[0],
                count=_pupils(seen.year_groups[groups[0]]),
            )


def _all_told(seen: Seen) -> bool:
    """Whether the year group of every pupil can be told."""
    return not seen.year_groups[""]


def _pupils(count: int) -> str:
    """There is 1 pupil, or there are 2 pupils."""
    return f"There {are(count)} {many(count, 'pupil')}"
