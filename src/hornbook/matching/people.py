"""A pupil as recorded beside a pupil as a file states them, field by field."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from hornbook.identifiers import AcademicYear, nc_year_of, parse_nc_year
from hornbook.records import Pupil

# A result's item in the rulebook, such as phonics.mark, and its calendar year.
ResultKey = tuple[str, int]
Fields = Mapping[str, tuple[str | None, str | None]]

NAMES: Final = (
    "surname",
    "forename",
    "middle_names",
    "preferred_surname",
    "preferred_forename",
    "former_surname",
)
COMPARED: Final = (
    *NAMES,
    "dob",
    "sex",
    "nc_year",
    "ethnicity",
    "first_language",
    "service_child",
    "fsm",
    "fsm_ever6",
    "sen_provision",
    "looked_after",
    "postcode",
    "entry_date",
    "leaving_date",
)
# Letters that are no plain one with an accent, as people write them without.
_PLAIN_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)
REQUIRED: Final = {
    "upn": "UPN",
    "surname": "surname",
    "forename": "forename",
    "dob": "date of birth",
    "sex": "sex",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A pupil as recorded; key is the caller's, such as a row's number.

    The record's year group and dates are those of the file's academic year; seen is
    the last year in which the pupil was enrolled, with the year group. classes are
    those of the two years, the last one first.
    """

    key: int
    record: Pupil
    former_upns: frozenset[str] = frozenset()
    values: Mapping[ResultKey, str] = field(default_factory=dict)
    on_roll: bool = True
    seen: tuple[AcademicYear, str] | None = None
    classes: tuple[str, ...] = ()

    @property
    def upn(self) -> str:
        """The UPN by which the pupil is recorded."""
        return self.record.upn or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A pupil as a file states them, with the results that can be recorded.

    A name that nobody can cut in two stands whole as the forename.
    """

    record: Pupil
    values: Mapping[ResultKey, str] = field(default_factory=dict)
    class_name: str = ""

    @property
    def upn(self) -> str:
        """The UPN in the file, spaces and small letters aside."""
        return plain_upn(self.record.upn)

    @property
    def former_upn(self) -> str:
        """The former UPN in the file, written in the same way."""
        return plain_upn(self.record.former_upn)

    @property
    def code(self) -> str:
        """What tells the pupil from others of the file: the UPN, else name and dob.

        Of a pupil with a name alone, all that narrows down whose it is.
        """
        name, dob = who(self.record)
        if self.upn or dob:
            return self.upn or f"{name} {dob}"
        beside = (self.record.nc_year, self.record.sex, name_key(self.class_name))
        return " ".join([name, *filter(None, beside)])

    @property
    def by_name_alone(self) -> bool:
        """Whether there is nothing but a name to find the pupil by."""
        return not (self.upn or self.former_upn or self.record.dob)

    @property
    def called(self) -> str:
        """The UPN, else the name as the file has it."""
        return self.upn or self.record.name


def name_key(*names: str | None) -> str:
    """Names with case, accents, hyphens, apostrophes and spaces put aside."""
    text = unicodedata.normalize("NFKD", " ".join(name or "" for name in names))
    plain = text.casefold().translate(_PLAIN_LETTERS)
    return "".join(letter for letter in plain if letter.isalnum())


def who(record: Pupil) -> tuple[str, str | None]:
    """The name, however it is written, and the date of birth."""
    return name_key(record.forename, record.surname), record.dob


def stated(record: Pupil) -> dict[str, str]:
    """What the file says of a pupil, tidied; what it is silent about is not there.

    A preferred name that repeats the legal one says that there is no other, so it
    stands as blank.
    """
    said = ((name, _tidied(getattr(record, name))) for name in COMPARED)
    says = {name: value for name, value in said if value}
    for name in ("surname", "forename"):
        if name in says and says.get(f"preferred_{name}") == says[name]:
            says[f"preferred_{name}"] = ""
    for name in _READ.keys() & says.keys():
        says[name] = _READ[name](says[name])
        if not says[name]:
            del says[name]
    return says


def _tidied(text: str | None) -> str:
    return " ".join((text or "").split())


def _year_group(text: str) -> str:
    try:
        return parse_nc_year(text)
    except ValueError:
        return ""


def _day(text: str) -> str:
    day = Pupil(dob=text).born
    return day.isoformat() if day else ""


# A year group or day that nobody can read says nothing.
_READ: Final[Mapping[str, Callable[[str], str]]] = {
    "nc_year": _year_group,
    "dob": _day,
    "entry_date": _day,
    "leaving_date": _day,
}


def placed(record: Pupil, year: AcademicYear) -> str:
    """The year group: as the file states it, else by date of birth."""
    says = stated(record).get("nc_year")
    if says or record.born is None:
        return says or ""
    return nc_year_of(record.born, year)


def differences(held: Held, record: Pupil, year: AcademicYear) -> Fields:
    """What the file would change of a pupil, field by field: old, new.

    Without a UPN a pupil is known by the names, so that those of the file are no news.
    """
    upn_given = bool(plain_upn(record.upn) or plain_upn(record.former_upn))
    fields: dict[str, tuple[str | None, str | None]] = {}
    upn, formers = _upns(held, record)
    if upn != held.upn:
        fields["upn"] = (held.upn, upn)
    formers -= held.former_upns | {held.upn, upn}
    if formers:
        fields["former_upn"] = (None, ", ".join(sorted(formers)))
    says = stated(record)
    if held.record.nc_year is None:
        says["nc_year"] = placed(record, year)
    for name, new in says.items():
        old = getattr(held.record, name) or ""
        if new != old and not (name in NAMES and _only_capitals(old, new)):
            fields[name] = (old or None, new or None)
    if not upn_given and not _same_names(held.record, record):
        return {name: pair for name, pair in fields.items() if name not in NAMES}
    return fields


def _same_names(held: Pupil, said: Pupil) -> bool:
    """Whether the names are the legal ones, and more than names told who it is."""
    names = ("surname", "forename")
    return said.dob is not None and all(
        name_key(getattr(held, name)) == name_key(getattr(said, name)) for name in names
    )


def _only_capitals(old: str, new: str) -> bool:
    """Whether the file has the same name, written all in capitals."""
    return new == new.upper() and name_key(old) == name_key(new)


def _upns(held: Held, record: Pupil) -> tuple[str, set[str]]:
    """The UPN to keep and those to keep as former: a permanent one stays."""
    offered = plain_upn(record.upn)
    former = {plain_upn(record.former_upn)} - {""}
    if not offered:
        return held.upn, former
    if offered in held.former_upns or (is_temporary(offered) and offered != held.upn):
        return held.upn, former | {offered}
    return offered, former


def plain_upn(text: str | None) -> str:
    """A UPN without the spaces and small letters that a file may give it."""
    return (text or "").strip().upper()


def is_temporary(upn: str) -> bool:
    """Whether a UPN ends in a letter: given until the permanent one is known."""
    return not upn[-1:].isdigit()


def lacks(record: Pupil) -> str:
    """What a new pupil must have and the file does not give, in words."""
    says = stated(record) | ({"upn": plain_upn(record.upn)} if record.upn else {})
    return " or ".join(word for name, word in REQUIRED.items() if name not in says)
