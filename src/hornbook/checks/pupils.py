"""Who the pupil is: UPN, names, date of birth and sex."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from hornbook.checks.cases import Case, Context, Term, fault_of
from hornbook.findings import Faults, Repair, Severity, fault, pupil_rule
from hornbook.identifiers import (
    CHECK_LETTERS,
    NC_YEARS,
    check_letter,
    check_sum,
    is_upn,
    likely_upns,
    parse_nc_year,
)
from hornbook.rulebook.load import codeset

_SHAPE: Final = re.compile(rf"[{CHECK_LETTERS}][0-9]{{11}}[0-9{CHECK_LETTERS}]")
# Latin letters with or without accents, digits, hyphen and the plain apostrophe.
_WELCOME: Final = (
    r"A-Za-z0-9'\-\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0300-\u036f"
)
_REFUSED: Final = re.compile(rf"[^{_WELCOME} ]")
_WORD: Final = rf"[{_WELCOME}]+"
_PLAIN_NAMES: Final = re.compile(
    rf"{_WORD}(?: {_WORD})*\n{_WORD}(?: {_WORD})*(?:\n(?:{_WORD}(?: {_WORD})*)?){{4}}"
)
_DIGITS: Final = "0123456789"
_LENGTH: Final = 13
_SPACES: Final = re.compile(r"^\s|\s$|\s\s")
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RECEPTION: Final = "R"
_NAMES: Final = (
    ("Surname", "surname", "surname"),
    ("Forename", "forename", "forename"),
    ("MiddleNames", "middle_names", "middle name"),
    ("PreferredSurname", "preferred_surname", "preferred surname"),
    ("PreferredForename", "preferred_forename", "preferred forename"),
    ("FormerSurname", "former_surname", "former surname"),
)
_REQUIRED: Final = (
    *_NAMES[:2],
    ("DOB", "dob", "date of birth"),
    ("Sex", "sex", "sex"),
)
_SPACED: Final = (
    ("UPN", "upn", "UPN"),
    *_NAMES,
    *_REQUIRED[2:],
    ("NCyearActual", "nc_year", "year group"),
)


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


def plain(case: Case, context: Context) -> bool:
    """Whether names, date of birth and sex are there and have nothing odd in them."""
    pupil = case.pupil
    return (
        pupil.sex in codeset("sexes")
        and pupil.dob is not None
        and _is_past(pupil.dob, context.today)
        and pupil.forename is not None
        and pupil.surname is not None
        and _PLAIN_NAMES.fullmatch(
            f"{pupil.forename}\n{pupil.surname}\n{pupil.middle_names or ''}\n"
            f"{pupil.preferred_surname or ''}\n{pupil.preferred_forename or ''}\n"
            f"{pupil.former_surname or ''}"
        )
        is not None
    )


def not_renamed(case: Case, context: Context) -> bool:
    """Whether every element has the name it should."""
    return not context.renamed


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
            likely=_likely(upn),
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


def _likely(upn: str) -> str:
    """The sound UPNs one slip away, likeliest first."""
    known = codeset("la_numbers")
    close = [slip for slip in likely_upns(upn) if slip[1:4] in known]
    return f"It may be {_either(close[:3])}." if close else ""


def _either(choices: list[str]) -> str:
    """In words: a, b or c."""
    *most, last = choices
    return f"{', '.join(most)} or {last}" if most else last


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
            likely=_likely(upn),
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
    "P07",
    "The {what} is missing. Every pupil must have one.",
    severity=Severity.ERROR,
    unless=plain,
)
def detail_missing(case: Case, context: Context) -> Faults:
    """The surname, forename, date of birth or sex of a pupil is missing.

    Why it matters: the recipient compares these with what it holds before it takes
    the results.
    How to fix: enter what is missing in the pupil's record, then make the file again.
    """
    pupil = case.pupil
    if pupil.surname and pupil.forename and pupil.dob and pupil.sex:
        return
    for element, field, what in _REQUIRED:
        if not (getattr(pupil, field) or "").strip():
            yield fault(element=element, what=what)


@pupil_rule(
    "P08",
    "The date of birth is {value}. {must}",
    severity=Severity.ERROR,
    unless=plain,
)
def date_of_birth_impossible(case: Case, context: Context) -> Faults:
    """A date of birth is no date, or is still to come.

    Why it matters: the recipient cannot match the child to the one it holds.
    How to fix: correct the date of birth in the pupil's record.
    """
    stated = (case.pupil.dob or "").strip()
    if not stated:
        return
    born = _date(stated)
    if born is None:
        yield fault(
            element="DOB",
            value=stated,
            must="It must be a day of the calendar, written as 2020-04-19.",
        )
    elif born > context.today:
        yield fault(element="DOB", value=stated, must="It must be a day in the past.")


@lru_cache(maxsize=4096)
def _date(text: str) -> date | None:
    """A date as a CTF writes it; fromisoformat alone also takes other forms."""
    if not _ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_past(text: str, today: date) -> bool:
    """Whether a text is a date, and not one still to come."""
    day = _date(text)
    return day is not None and day <= today


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
    born = _date(case.pupil.dob or "") if case.sittings else None
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
    "P10",
    "The sex stands under Gender. From CTF {version} the element is Sex.",
    severity=Severity.ERROR,
    repair=Repair.SAFE,
    unless=not_renamed,
)
def gender_for_sex(case: Case, context: Context) -> Faults:
    """The old element Gender stands where the CTF version has Sex.

    Why it matters: a reader of the newer version finds no sex for the pupil and
    refuses the file.
    How to fix: let Hornbook rename the element, or make the file again for the
    current CTF version.
    """
    version = context.renamed.get("Gender")
    if version and "Gender" in case.elements:
        yield fault(element="Gender", value=case.pupil.sex, version=version)


@pupil_rule(
    "P11",
    "The sex stands under Sex. Up to CTF {version} the element is Gender.",
    severity=Severity.ERROR,
    repair=Repair.SAFE,
    unless=not_renamed,
)
def sex_for_gender(case: Case, context: Context) -> Faults:
    """The new element Sex stands where the CTF version has Gender.

    Why it matters: a reader of the older version finds no sex for the pupil and
    refuses the file.
    How to fix: let Hornbook rename the element, or make the file again for the
    current CTF version.
    """
    version = context.renamed.get("Sex")
    if version and "Sex" in case.elements:
        yield fault(element="Sex", value=case.pupil.sex, version=version)


@pupil_rule(
    "P12",
    "The sex is {value}. It must be {allowed}.",
    severity=Severity.ERROR,
    unless=plain,
)
def sex_not_allowed(case: Case, context: Context) -> Faults:
    """The sex of a pupil is not one of the codes in use.

    Why it matters: the recipient refuses a code it does not know.
    How to fix: correct the sex in the pupil's record.
    """
    sex = (case.pupil.sex or "").strip()
    allowed = codeset("sexes")
    if sex and sex not in allowed:
        choices = [f"{code} ({title})" for code, title in allowed.items()]
        yield fault(element="Sex", value=sex, allowed=_either(choices))


@pupil_rule(
    "P13",
    "The {what} {value} has {marks} in it, which some recipients refuse.",
    severity=Severity.QUERY,
    repair=Repair.ASK,
    unless=plain,
)
def name_with_odd_marks(case: Case, context: Context) -> Faults:
    """A name has a character that some recipients refuse.

    Why it matters: letters with accents are welcome everywhere, but curly quotation
    marks, long dashes and invisible characters have stopped files.
    How to fix: write the name with a plain apostrophe, a plain hyphen and spaces.
    """
    for element, field, what in _NAMES:
        name = getattr(case.pupil, field)
        if name and _REFUSED.search(name):
            yield fault(
                element=element,
                value=name,
                what=what,
                marks=_marks(name),
            )


def _marks(name: str) -> str:
    """The characters at fault, by name where they cannot be seen."""
    found = dict.fromkeys(_REFUSED.findall(name))
    return _listed([_shown(character) for character in found])


def _shown(character: str) -> str:
    """A character as it can be printed: itself, or its number."""
    if character.isprintable() and not character.isspace():
        return character
    return f"an invisible character (U+{ord(character):04X})"


def _listed(things: list[str]) -> str:
    """In words: a, b and c."""
    *most, last = things
    return f"{', '.join(most)} and {last}" if most else last


@pupil_rule(
    "P14",
    "The {what} has spaces {where}: “{value}”.",
    severity=Severity.QUERY,
    repair=Repair.SAFE,
)
def stray_spaces(case: Case, context: Context) -> Faults:
    """There are spaces before, after or doubled inside a name or a code.

    Why it matters: a recipient that compares letter by letter does not find the pupil.
    How to fix: let Hornbook take the spaces out, and correct the pupil's record so
    that they do not come back.
    """
    for element, field, what in _SPACED:
        text = getattr(case.pupil, field)
        if text and _SPACES.search(text):
            yield fault(
                element=element,
                value=text,
                what=what,
                where=_where(text),
            )
    for index, stated in enumerate(case.stated):
        if stated.value != stated.result.value and stated.value:
            yield fault_of(
                stated,
                index=index,
                value=stated.result.value,
                what="result",
                where=_where(stated.result.value),
            )


def _where(text: str) -> str:
    """Where the spaces are."""
    if not text.strip() or text[0].isspace():
        return "before it"
    return "after it" if text[-1].isspace() else "doubled inside it"


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
        expected = _expected_groups(sitting.term, context)
        stated = case.pupil.nc_year
        if _group(stated) not in expected:
            yield fault(
                element="NCyearActual",
                value=stated,
                stated=stated or "missing",
                title=sitting.collection.title,
                year=sitting.term.year,
                expected=_either([_group_in_words(group) for group in expected]),
            )


def _expected_groups(term: Term, context: Context) -> tuple[str, ...]:
    """The year groups that pupils assessed then are in by the file's year."""
    later = context.year.ends - term.year.ends if context.year else 0
    groups = NC_YEARS.index(RECEPTION)
    return tuple(
        NC_YEARS[NC_YEARS.index(group) + later]
        for group in term.nc_years
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
    return "Reception" if group == RECEPTION else f"Year {group}"
