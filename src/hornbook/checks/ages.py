"""The date of birth and the year group, against the assessment and its year."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from hornbook.checks.cases import Case, Context, Term
from hornbook.checks.words import either
from hornbook.findings import Faults, Repair, Severity, fault, pupil_rule
from hornbook.identifiers import NC_YEARS, nc_year_of, parse_nc_year

_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RECEPTION: Final = "R"


@lru_cache(maxsize=4096)
def day_of(text: str) -> date | None:
    """A date as a CTF writes it; fromisoformat alone also takes other forms."""
    if not _ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_past(text: str, today: date) -> bool:
    """Whether a text is a date, and not one still to come."""
    day = day_of(text)
    return day is not None and day <= today


def plausible(case: Case, context: Context) -> bool:
    """Whether there is a date of birth, in the past."""
    return is_past(case.pupil.dob or "", context.today)


@pupil_rule(
    "P08",
    "The date of birth is {value}. {must}",
    severity=Severity.ERROR,
    unless=plausible,
)
def date_of_birth_impossible(case: Case, context: Context) -> Faults:
    """A date of birth is no date, or is still to come.

    Why it matters: the recipient cannot match the child to the one it holds.
    How to fix: correct the date of birth in the pupil's record.
    """
    stated = (case.pupil.dob or "").strip()
    if not stated:
        return
    born = day_of(stated)
    if born is None:
        yield fault(
            element="DOB",
            value=stated,
            must="It must be a day of the calendar, written as 2020-04-19.",
        )
    elif born > context.today:
        yield fault(element="DOB", value=stated, must="It must be a day in the past.")


@pupil_rule(
    "P09",
    "Born on {value}, this pupil is not of the age for {title} in {year}: born "
    "from {earliest} to {latest}.",
    severity=Severity.QUERY,
)
def age_unexpected(case: Case, context: Context) -> Faults:
    """A date of birth is outside the ages expected for the assessment and its year.

    Why it matters: it is often a slip in the date of birth, or a pupil of another
    year group in the wrong list.
    How to fix: check the date of birth and the year of the result. Where the pupil is
    taught with another year group, nothing is wrong.
    """
    born = day_of(case.pupil.dob or "") if case.sittings else None
    if born is None:
        return
    for sitting in case.sittings:
        term = sitting.term
        if not term.born_from <= born <= term.born_to:
            yield fault(
                element="DOB",
                value=_in_words(born),
                title=sitting.collection.title,
                year=term.year,
                earliest=_in_words(term.born_from),
                latest=_in_words(term.born_to),
            )


def _in_words(day: date) -> str:
    """1 September 2019."""
    return f"{day.day} {day:%B %Y}"


@pupil_rule(
    "P16",
    "The year group is {stated}. {title} in {year} was for {expected}.",
    severity=Severity.QUERY,
    repair=Repair.ASK,
    returns_only=True,
)
def year_group_unexpected(case: Case, context: Context) -> Faults:
    """A year group is missing, unreadable, or not one that the assessment is for.

    Why it matters: the recipient tells a phonics check from a re-check, and one
    cohort from another, by the year group.
    How to fix: check the year group in the pupil's record and make the file again
    with the year group in it.
    """
    for sitting in case.sittings:
        term, stated = sitting.term, case.pupil.nc_year or ""
        accepted = {*term.nc_years, *_groups_now(term, context)}
        if stated.strip() not in accepted:
            yield fault(
                element="NCyearActual",
                value=case.pupil.nc_year,
                stated=stated or "missing",
                title=sitting.collection.title,
                year=term.year,
                expected=_in_words_of(term.nc_years, misspelt=_group(stated)),
                groups=_likeliest_first(case, term),
            )


def _in_words_of(groups: tuple[str, ...], misspelt: str | None) -> str:
    """The year groups, and how they are written where that is what is wrong."""
    words = either([_group_in_words(group) for group in groups])
    return f"{words}, written {either(groups)}" if misspelt in groups else words


def _likeliest_first(case: Case, term: Term) -> list[str]:
    """The year groups assessed, the one of the pupil's age first."""
    own = nc_year_of(case.pupil.born, term.year) if case.pupil.born else ""
    return sorted(term.nc_years, key=lambda group: group != own)


def _groups_now(term: Term, context: Context) -> tuple[str, ...]:
    """The year groups that pupils assessed then are in by the file's year."""
    later = max(0, context.year.ends - term.year.ends) if context.year else 0
    return _groups_later(term.nc_years, later)


@lru_cache(maxsize=64)
def _groups_later(nc_years: tuple[str, ...], later: int) -> tuple[str, ...]:
    """The year groups that pupils are in some years later, or earlier."""
    groups = NC_YEARS.index(_RECEPTION)
    return tuple(
        NC_YEARS[NC_YEARS.index(group) + later]
        for group in nc_years
        if groups <= NC_YEARS.index(group) + later < len(NC_YEARS)
    )


@lru_cache(maxsize=64)
def _group(text: str | None) -> str | None:
    """The year group, where it can be read."""
    try:
        return parse_nc_year(text or "")
    except ValueError:
        return None


def _group_in_words(group: str) -> str:
    """Reception, or Year 1."""
    return "Reception" if group == _RECEPTION else f"Year {group}"
