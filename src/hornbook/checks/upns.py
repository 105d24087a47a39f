"""The UPN: there, whole, of a real local authority, and of one pupil only."""

import re
from typing import Final

from hornbook.checks.cases import Case, Context
from hornbook.checks.words import either
from hornbook.findings import Faults, Repair, Severity, fault, pupil_rule
from hornbook.identifiers import (
    CHECK_LETTERS,
    check_letter,
    check_sum,
    is_upn,
    likely_upns,
)
from hornbook.rulebook.load import codeset

_SHAPE: Final = re.compile(rf"[{CHECK_LETTERS}][0-9]{{11}}[0-9{CHECK_LETTERS}]")
_DIGITS: Final = "0123456789"
_LENGTH: Final = 13
_SHOWN: Final = 3


def _upn(case: Case) -> str:
    """The UPN without the spaces round it, which are a fault of their own."""
    return (case.pupil.upn or "").strip()


def sound_upn(case: Case, context: Context) -> bool:
    """Whether the UPN is permanent and has nothing wrong with it."""
    upn = case.pupil.upn or ""
    return is_upn(upn) and upn[12] in _DIGITS and upn[1:4] in codeset("la_numbers")


def alone(case: Case, context: Context) -> bool:
    """Whether no earlier pupil is this one, by UPN or by name and date of birth."""
    return case.same_upn is None and case.same_person is None


@pupil_rule(
    "P01",
    "This pupil has no UPN. Every pupil must have one.",
    severity=Severity.ERROR,
    dfe="1500",
    unless=sound_upn,
)
def no_upn(case: Case, context: Context) -> Faults:
    """A pupil has no UPN.

    Why it matters: the recipient cannot tell which child the results belong to, and
    refuses the file.
    How to fix: enter the UPN in the pupil's record. Ask the school the pupil came
    from; where the pupil has never had one, let your system give one.
    """
    if not _upn(case):
        yield fault(element="UPN")


@pupil_rule(
    "P02",
    "The UPN {value} begins with {found}. Its digits belong to the letter {letter}.",
    severity=Severity.ERROR,
    repair=Repair.ASK,
    hint="{working} {likely}",
    dfe="1510",
    unless=sound_upn,
)
def upn_letter_wrong(case: Case, context: Context) -> Faults:
    """The first letter of a UPN does not agree with its digits.

    Why it matters: the letter is there to catch a slip of the hand. The number may be
    another child's, so the recipient refuses it.
    How to fix: compare the UPN with the pupil's record or with the file the pupil
    came with, and correct it there.
    """
    upn = _upn(case)
    if _SHAPE.fullmatch(upn) and not is_upn(upn):
        yield fault(
            element="UPN",
            value=upn,
            found=upn[0],
            letter=check_letter(upn[1:]),
            working=_working(upn),
            likely=_in_words(_likely(upn)),
            candidates=_likely(upn),
        )


def _working(upn: str) -> str:
    """The sum behind the letter, as a person would check it."""
    terms = check_sum(upn[1:])
    total = sum(value * weight for value, weight in terms)
    shown = " + ".join(f"{value} x {weight}" for value, weight in terms)
    return (
        f"{shown} = {total}; divided by {len(CHECK_LETTERS)} it leaves "
        f"{total % len(CHECK_LETTERS)}, the letter {check_letter(upn[1:])}."
    )


def _likely(upn: str) -> list[str]:
    """The sound UPNs one slip away, likeliest first."""
    known = codeset("la_numbers")
    return [slip for slip in likely_upns(upn) if slip[1:4] in known][:_SHOWN]


def _in_words(likely: list[str]) -> str:
    return f"It may be {either(likely)}." if likely else ""


@pupil_rule(
    "P03",
    "The UPN {value} is also that of {other}. Each pupil has a UPN of their own.",
    severity=Severity.ERROR,
    dfe="1520",
    unless=alone,
)
def upn_twice(case: Case, context: Context) -> Faults:
    """Two pupils have the same UPN.

    Why it matters: one child's results would be given to the other.
    How to fix: find out whose UPN it is and correct the other pupil's. Where both are
    the same child, leave one of them out.
    """
    if case.same_upn:
        yield fault(element="UPN", value=_upn(case), other=case.same_upn)


@pupil_rule(
    "P04",
    "Characters 2 to 4 of the UPN {value} are {la}. They must be the number of a local "
    "authority, present or past.",
    severity=Severity.ERROR,
    dfe="1530",
    unless=sound_upn,
)
def upn_la_unknown(case: Case, context: Context) -> Faults:
    """Characters 2 to 4 of a UPN are not the number of a local authority.

    Why it matters: no local authority can have given this number, so it is not the
    child's.
    How to fix: compare the UPN with the pupil's record or with the file the pupil
    came with, and correct it there.
    """
    upn = _upn(case)
    if upn[1:4] not in codeset("la_numbers") and _SHAPE.fullmatch(upn):
        yield fault(element="UPN", value=upn, la=upn[1:4])


@pupil_rule(
    "P05",
    "The UPN {value} {problem}. A UPN is a letter, then 12 digits.",
    severity=Severity.ERROR,
    repair=Repair.ASK,
    hint="{likely}",
    dfe="1540",
    unless=sound_upn,
)
def upn_misshapen(case: Case, context: Context) -> Faults:
    """A UPN is too short or too long, or has a character where it cannot stand.

    Why it matters: the recipient cannot look the child up, and refuses the file.
    How to fix: look for the letter O in place of 0, or I in place of 1, and for
    characters left out. Correct the UPN in the pupil's record.
    """
    upn = _upn(case)
    if upn and not _SHAPE.fullmatch(upn):
        problem, number = _problem(upn)
        yield fault(
            element="UPN",
            value=upn,
            problem=problem,
            likely=_in_words(_likely(upn)),
            candidates=_likely(upn),
            dfe=number,
        )


def _problem(upn: str) -> tuple[str, str | None]:
    """What is wrong with the shape of a UPN, and the DfE's number for it."""
    if len(upn) != _LENGTH:
        return f"has {len(upn)} characters, not {_LENGTH}", None
    if upn[0] not in CHECK_LETTERS:
        return f"begins with {upn[0]}, which no UPN does", "1510"
    for place, character in enumerate(upn[1:12], start=2):
        if character not in _DIGITS:
            return f"has {character} in place {place}, where a digit stands", None
    return f"ends in {upn[12]}, which no UPN does", "1550"


@pupil_rule(
    "P06",
    "The UPN {value} is a temporary one: it ends in a letter.",
    severity=Severity.QUERY,
    unless=sound_upn,
)
def upn_temporary(case: Case, context: Context) -> Faults:
    """A pupil has a temporary UPN.

    Why it matters: results sent under a temporary number may not find their way to
    the child's record when the permanent one is known.
    How to fix: ask the school the pupil came from for the permanent UPN. Where there
    is none, let your system give one. A temporary UPN can be sent while you wait.
    """
    upn = _upn(case)
    if upn[12:].isalpha() and _SHAPE.fullmatch(upn):
        yield fault(element="UPN", value=upn)


@pupil_rule(
    "P15",
    "{other} has the same name and date of birth, under another UPN.",
    severity=Severity.QUERY,
    unless=alone,
)
def same_person_twice(case: Case, context: Context) -> Faults:
    """Two pupils have the same name and date of birth, but different UPNs.

    Why it matters: it is often one child entered twice, whose results are then split
    between two records.
    How to fix: find out whether they are one child. Where they are, keep the
    permanent UPN and leave the other out. Where they are not, nothing is wrong.
    """
    if case.same_person:
        yield fault(element="UPN", value=_upn(case), other=case.same_person)
