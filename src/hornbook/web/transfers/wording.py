"""A plan in words, for its page."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.formats import date_format

from hornbook.identifiers import AcademicYear
from hornbook.matching import Entry, Match, Plan
from hornbook.rulebook.load import codeset, rulebook, years
from hornbook.rulebook.model import Collection, Item
from hornbook.web.transfers.models import Transfer

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
# A file in which fewer of the pupils than this are known may be another school's.
_KNOWN_ENOUGH: Final = 0.5


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


@dataclass(frozen=True, slots=True)
class Kind:
    """How many results of one collection and year would be new, and so on."""

    title: str
    year: int
    new: int
    same: int
    different: int


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
            Clash(entry, title_of(*entry.key)) for entry in self._plan.results_different
        ]

    @property
    def kinds(self) -> list[Kind]:
        """The results of the file by year and collection, newest first."""
        plan = self._plan
        new, same, different = (
            Counter(map(_kind, entries))
            for entries in (
                plan.results_new,
                plan.results_same,
                plan.results_different,
            )
        )
        found = sorted({*new, *same, *different}, key=lambda kind: (-kind[0], kind[1]))
        return [
            Kind(
                title, year, new[year, title], same[year, title], different[year, title]
            )
            for year, title in found
        ]

    @property
    def few_known(self) -> str:
        """Says so where most pupils of the file are not known here."""
        plan = self._plan
        known = len(plan.changed) + len(plan.unchanged)
        others = len(plan.new) + len(plan.unsure) + len(plan.strangers)
        nobody_yet = not known and not plan.missing and not plan.strangers
        if nobody_yet or known >= _KNOWN_ENOUGH * (known + others):
            return ""
        return (
            f"Only {known} of the {known + others} pupils in this file are known here. "
            "Look twice whether it is the right file of the right school."
        )

    @property
    def done(self) -> str:
        """What was brought in, in one sentence."""
        plan = self._plan
        return (
            f"Brought in: {count(len(plan.new), 'new pupil')}, "
            f"{count(len(plan.changed), 'changed pupil')}, "
            f"{count(len(plan.results_new), 'new result')}."
        )


def _kind(entry: Entry) -> tuple[int, str]:
    """The calendar year of a result and the title of its collection."""
    item, year = entry.key
    found = _item(item, year)
    return year, found[0].title if found else item


def _differences(match: Match) -> Iterator[Difference]:
    for name, (old, new) in match.fields.items():
        yield Difference(_FIELDS[name], in_words(name, old), in_words(name, new))


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
    "looked_after": _yes_or_no,
    "service_child": _yes_or_no,
}


def _item(code: str, year: int) -> tuple[Collection, Item] | None:
    """The item of a code as the rulebook nearest to the year has it."""
    book = rulebook(min(max(AcademicYear(year), years()[0]), years()[-1]))
    collection = book.collections.get(code.partition(".")[0])
    try:
        return (collection, book.item(code)) if collection else None
    except LookupError:
        return None


def title_of(code: str, year: int) -> str:
    """An item's title with its collection and year."""
    found = _item(code, year)
    if found is None:
        return f"{code}, {year}"
    collection, item = found
    said = collection.short_title.casefold() in item.title.casefold()
    of = "" if said else f" ({collection.short_title})"
    return f"{item.title}{of}, {year}"


def file_facts(transfer: Transfer) -> list[tuple[str, str]]:
    """What the file is: title and value."""
    counts = transfer.counts
    version = f", CTF {counts['version']}" if counts.get("version") else ""
    holds = [count(counts.get(each + "s", 0), each) for each in ("pupil", "result")]
    titles = [_title(code) for code in counts.get("contains", ())]
    return [
        ("File", transfer.name),
        ("Made by", f"{transfer.producer}{version}{_made_on(transfer)}"),
        ("School year", str(AcademicYear(transfer.academic_year))),
        ("Holds", " and ".join(holds) + _listed(titles)),
        ("Checked", _checked(counts)),
    ]


def _title(code: str) -> str:
    collection = rulebook(years()[-1]).collections.get(code)
    return collection.short_title if collection else ""


def _listed(titles: Iterable[str]) -> str:
    named = [title for title in titles if title]
    return f": {', '.join(named)}" if named else ""


def _made_on(transfer: Transfer) -> str:
    try:
        made = datetime.fromisoformat(transfer.counts.get("made", ""))
    except ValueError:
        return ""
    return f", on {date_format(made, 'j F Y, H:i')}"


def _checked(counts: Mapping[str, int]) -> str:
    """How the check of the file went, in one line."""
    errors, queries = counts.get("errors", 0), counts.get("queries", 0)
    if not errors and not queries:
        return "No errors found"
    said = f"{count(errors, 'error')}, {queries} quer{'y' if queries == 1 else 'ies'}"
    return f"{said}. They do not stop it; look at them in the return."


def count(number: int, noun: str) -> str:
    """1 pupil, 2 pupils."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
