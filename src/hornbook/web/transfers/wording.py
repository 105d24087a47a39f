"""A plan in words, for its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.matching import Entry, Match, Plan
from hornbook.rulebook.load import rulebook, years

_FIELDS: Final = {
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
    "sen_provision": "Special educational needs",
    "looked_after": "Looked after",
    "postcode": "Home postcode",
    "entry_date": "Joined on",
    "leaving_date": "Left on",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that would change, in words."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One pupil who would change."""

    match: Match
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A result that the file states differently."""

    entry: Entry
    title: str
    key: str


class PlanPage:
    """What the page of a plan shows."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @property
    def changed(self) -> list[Changed]:
        """The pupils who would change, field by field."""
        return [
            Changed(match, tuple(_differences(match))) for match in self._plan.changed
        ]

    @property
    def clashes(self) -> list[Clash]:
        """The results that differ, to be decided one by one."""
        return [
            Clash(entry, title_of(*entry.key), "|".join(_key(entry)))
            for entry in self._plan.results_different
        ]

    @property
    def done(self) -> str:
        """What was brought in, in one sentence."""
        plan = self._plan
        return (
            f"Brought in: {_count(len(plan.new), 'new pupil')}, "
            f"{_count(len(plan.changed), 'changed pupil')}, "
            f"{_count(len(plan.results_new), 'new result')}."
        )


def _key(entry: Entry) -> tuple[str, str, str]:
    item, year = entry.key
    return entry.offer.upn, item, str(year)


def _differences(match: Match) -> Iterator[Difference]:
    for name, (old, new) in match.fields.items():
        yield Difference(_FIELDS.get(name, name), old or "", new or "")


def title_of(item: str, year: int) -> str:
    """An item's title and year."""
    held = min(max(AcademicYear(year), years()[0]), years()[-1])
    try:
        return f"{rulebook(held).item(item).title}, {year}"
    except LookupError:
        return f"{item}, {year}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
