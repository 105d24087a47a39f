"""The words for what is in a file and in the record."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils.formats import date_format

from hornbook.identifiers import AcademicYear
from hornbook.matching import Held
from hornbook.rulebook.load import codeset, nearest
from hornbook.rulebook.model import Collection, Item

FIELDS: Final = {
    "upn": "UPN",
    "former_upn": "Former UPN",
    "surname": "Surname",
    "forename": "Forename",
    "middle_names": "Middle names",
    "preferred_surname": "Preferred surname",
    "preferred_forename": "Preferred forename",
    "former_surname": "Former surname",
    "dob": "Date of birth",
    "sex": "Sex",
    "nc_year": "Year group",
    "ethnicity": "Ethnicity",
    "first_language": "First language",
    "service_child": "Service child",
    "fsm": "Free school meals",
    "fsm_ever6": "Free school meals in the last 6 years",
    "sen_provision": "Special educational needs",
    "looked_after": "Looked after",
    "postcode": "Home postcode",
    "entry_date": "Joined on",
    "leaving_date": "Left on",
}


def in_words(name: str, value: str | None) -> str:
    """A field's value for people; nothing where there is none."""
    if not value:
        return ""
    return _WORDS.get(name, str)(value)


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "j F Y")


def _coded(codes: str) -> Callable[[str], str]:
    def in_full(code: str) -> str:
        title = codeset(codes).get(code)
        return f"{title} ({code})" if title else code

    return in_full


def _yes_or_no(code: str) -> str:
    return {"Y": "Yes", "N": "No"}.get(code, code)


_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "dob": _day,
    "entry_date": _day,
    "leaving_date": _day,
    "nc_year": lambda code: codeset("nc_years").get(code, code),
    "sex": lambda code: {"F": "Female", "M": "Male"}.get(code, code),
    "ethnicity": _coded("ethnicities"),
    "first_language": _coded("languages"),
    "sen_provision": _coded("sen_provision"),
    "fsm": _yes_or_no,
    "fsm_ever6": _yes_or_no,
    "looked_after": _yes_or_no,
    "service_child": _yes_or_no,
}


def who(held: Held) -> str:
    """A pupil here, so that nobody takes them for another."""
    record = held.record
    where = held.classes[0] if held.classes else in_words("nc_year", record.nc_year)
    born = f"born {in_words('dob', record.dob)}"
    return ", ".join(filter(None, [record.name, where, born, held.upn]))


def item_of(code: str, year: int) -> tuple[Collection, Item] | None:
    """The item of a code as the rulebook nearest to the year has it."""
    book = nearest(AcademicYear(year))
    collection = book.collections.get(code.partition(".")[0])
    try:
        return (collection, book.item(code)) if collection else None
    except LookupError:
        return None


def title_of(code: str, year: int) -> str:
    """An item's title with its collection and year."""
    found = item_of(code, year)
    if found is None:
        return f"{code}, {AcademicYear(year)}"
    collection, item = found
    said = collection.short_title.casefold() in item.title.casefold()
    of = "" if said else f" ({collection.short_title})"
    return f"{item.title}{of}, {collection.when(year)}"
