"""Who the pupil is: names, sex, and the spelling of both."""

import re
from typing import Final

from hornbook.checks.cases import Case, Context, fault_of
from hornbook.checks.words import either, listed
from hornbook.findings import Faults, Repair, Severity, fault, pupil_rule
from hornbook.rulebook.load import codeset

# Latin letters with or without accents, digits, hyphen and the plain apostrophe.
_WELCOME: Final = (
    r"A-Za-z0-9'\-\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0300-\u036f"
)
_REFUSED: Final = re.compile(rf"[^{_WELCOME} ]")
_WORD: Final = rf"[{_WELCOME}]+"
_PLAIN_NAMES: Final = re.compile(
    rf"{_WORD}(?: {_WORD})*\n{_WORD}(?: {_WORD})*(?:\n(?:{_WORD}(?: {_WORD})*)?){{4}}"
)
_SPACES: Final = re.compile(r"^\s|\s$|\s\s")
_SPACES_AMONG: Final = re.compile(r"(?:^|\|)\s|\s(?:\||$)|\s\s")
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


def plain(case: Case, context: Context) -> bool:
    """Whether the names and the sex are there, with nothing odd in them."""
    pupil = case.pupil
    return (
        pupil.sex in codeset("sexes")
        and bool(pupil.dob)
        and pupil.forename is not None
        and pupil.surname is not None
        and _PLAIN_NAMES.fullmatch(
            f"{pupil.forename}\n{pupil.surname}\n{pupil.middle_names or ''}\n"
            f"{pupil.preferred_surname or ''}\n{pupil.preferred_forename or ''}\n"
            f"{pupil.former_surname or ''}"
        )
        is not None
    )


def tidy(case: Case, context: Context) -> bool:
    """Whether no name and no code has a space too many."""
    pupil = case.pupil
    stated = (
        f"{pupil.upn}|{pupil.surname}|{pupil.forename}|{pupil.dob}|{pupil.sex}|"
        f"{pupil.nc_year}|{pupil.middle_names}|{pupil.preferred_surname}|"
        f"{pupil.preferred_forename}|{pupil.former_surname}"
    )
    return not _SPACES_AMONG.search(stated) and all(
        one.value == one.result.value for one in case.stated
    )


def not_renamed(case: Case, context: Context) -> bool:
    """Whether every element has the name it should."""
    return not context.renamed


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
    for element, field, what in _REQUIRED:
        if not (getattr(pupil, field) or "").strip():
            yield fault(element=element, what=what)


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
        yield fault(element="Sex", value=sex, allowed=either(choices))


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
    return listed([_shown(character) for character in found])


def _shown(character: str) -> str:
    """A character as it can be printed: itself, or its number."""
    if character.isprintable() and not character.isspace():
        return character
    return f"an invisible character (U+{ord(character):04X})"


@pupil_rule(
    "P14",
    "The {what} has spaces {where}: “{value}”.",
    severity=Severity.QUERY,
    repair=Repair.SAFE,
    unless=tidy,
)
def stray_spaces(case: Case, context: Context) -> Faults:
    """There are spaces before, after or doubled inside a name or a code.

    Why it matters: a recipient that compares letter by letter does not find the pupil.
    How to fix: let Hornbook take the spaces out, and correct the pupil's record so
    that they do not come back.
    """
    for element, field, what in _SPACED:
        text = getattr(case.pupil, field)
        if text and text.strip() and _SPACES.search(text):
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
    if text[0].isspace():
        return "before it"
    return "after it" if text[-1].isspace() else "doubled inside it"


def no_postcode_wanted(case: Case, context: Context) -> bool:
    """Whether nobody is known to want the home postcode."""
    return context.recipient is None or not context.recipient.wants_postcode


@pupil_rule(
    "P17",
    "This pupil has no home postcode, which the recipient wants.",
    severity=Severity.QUERY,
    returns_only=True,
    unless=no_postcode_wanted,
)
def postcode_missing(case: Case, context: Context) -> Faults:
    """A pupil whose results are sent has no home postcode, and the recipient wants it.

    Why it matters: the recipient sends the file back, or asks the school for it.
    How to fix: enter the postcode on the pupil's page, or bring pupils in from your MIS
    with their postcodes. Where the recipient does not want it, say so in how it wants
    its files.
    """
    if case.stated and not (case.pupil.postcode or "").strip():
        yield fault(element="Address/PostCode")
