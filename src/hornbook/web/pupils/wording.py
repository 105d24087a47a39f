"""A pupil's details and groups in words."""

from collections.abc import Iterator
from typing import Final

from django.utils.formats import date_format

from hornbook.rulebook.load import codeset
from hornbook.web.pupils.models import Pupil

_SEXES: Final = {"F": "Female", "M": "Male"}
_ANSWERS: Final = {"Y": "Yes", "N": "No"}


def groups(pupil: Pupil) -> list[tuple[str, str]]:
    """What is known of a pupil: title and value, the unknown left out."""
    return [(title, value) for title, value in _all(pupil) if value]


def _all(pupil: Pupil) -> Iterator[tuple[str, str]]:
    yield "Middle names", pupil.middle_names
    yield "Known as", _known_as(pupil)
    yield "Former surname", pupil.former_surname
    yield "Date of birth", date_format(pupil.dob, "j F Y")
    yield "Sex", _SEXES.get(pupil.sex, pupil.sex)
    yield "Ethnicity", _named("ethnicities", pupil.ethnicity)
    yield "First language", _named("languages", pupil.first_language)
    yield "Special educational needs", _named("sen_provision", pupil.sen_provision)
    yield "Free school meals now", _ANSWERS.get(pupil.fsm, "")
    yield "Free school meals in the last 6 years", _ANSWERS.get(pupil.fsm_ever6, "")
    yield "Looked after", _ANSWERS.get(pupil.looked_after, "")
    yield "Child of service personnel", _ANSWERS.get(pupil.service_child, "")
    yield "Home postcode", pupil.postcode


def _known_as(pupil: Pupil) -> str:
    """The name in use, where it is not the legal one."""
    if not (pupil.preferred_forename or pupil.preferred_surname):
        return ""
    forename = pupil.preferred_forename or pupil.forename
    return f"{forename} {pupil.preferred_surname or pupil.surname}"


def _named(codes: str, code: str) -> str:
    title = codeset(codes).get(code)
    return f"{title} ({code})" if title else code
