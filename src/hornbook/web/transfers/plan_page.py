"""A plan in words, for its page."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from hornbook.identifiers import AcademicYear
from hornbook.matching import Entry, Held, Match, Offer, Plan
from hornbook.rulebook.load import codeset
from hornbook.web.transfers.wording import (
    FIELDS,
    in_words,
    item_of,
    title_of,
    who,
)
from hornbook.wording import many


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
class Alone:
    """A pupil who was found by name alone: as the sheet says, and who that is here.

    others are those of the same name whom the sheet cannot be about.
    """

    code: str
    said: str
    here: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A result that the file states differently."""

    entry: Entry
    title: str


@dataclass(frozen=True, slots=True)
class Kind:
    """How many results of one collection and year would be new, and so on."""

    title: str
    year: str
    new: int
    same: int
    different: int


@dataclass(frozen=True, slots=True)
class Group:
    """Pupils of one year group."""

    title: str
    pupils: tuple[Held, ...]


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
    def by_name(self) -> list[Alone]:
        """Those to look at, in the order of their surnames here."""
        found = sorted(self._plan.by_name, key=lambda one: _surname_first(one.match))
        return [
            Alone(
                one.match.offer.code,
                _as_said(one.match.offer),
                who(one.match.held),
                tuple(map(who, one.others)),
            )
            for one in found
        ]

    @property
    def missing(self) -> list[Group]:
        """Who is not in the file, by the year group in which they were last."""
        pupils = sorted(self._plan.missing, key=_last_seen)
        grouped = groupby(pupils, key=_last_seen)
        return [Group(_seen_in_words(seen), tuple(held)) for seen, held in grouped]

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
            Kind(kind[1], kind[2], new[kind], same[kind], different[kind])
            for kind in found
        ]

    @property
    def nothing(self) -> str:
        """Why there is nothing to bring in, in one sentence; blank where there is."""
        plan = self._plan
        asked = plan.unsure or plan.missing or plan.returned or plan.results_different
        if not plan.empty or asked:
            return ""
        if plan.strangers and not plan.known:
            return "There is nothing to bring in: nobody in this file is known here."
        return (
            "There is nothing to bring in: apart from what is left out, all of this "
            "file is recorded here already."
        )

    @property
    def done(self) -> str:
        """What was brought in, in one sentence."""
        plan = self._plan
        return (
            f"Brought in: {many(len(plan.new), 'new pupil')}, "
            f"{many(len(plan.changed), 'changed pupil')}, "
            f"{many(len(plan.results_new), 'new result')}."
        )


def _as_said(offer: Offer) -> str:
    """The name as the sheet has it, with the class and year group that it gives."""
    group = in_words("nc_year", offer.record.nc_year)
    return ", ".join(filter(None, [offer.record.name, offer.class_name, group]))


def _surname_first(match: Match) -> tuple[str, str]:
    record = match.held.record
    return record.surname or "", record.forename or ""


def _last_seen(held: Held) -> tuple[int, int]:
    """The last year of a pupil and the place of its year group; nowhere is 0."""
    if held.seen is None:
        return (0, 0)
    year, group = held.seen
    places = {code: place for place, code in enumerate(codeset("nc_years"), 1)}
    return (year.ends, places.get(group, 0))


def _seen_in_words(seen: tuple[int, int]) -> str:
    year, place = seen
    if not place:
        return "In no year group"
    group = list(codeset("nc_years").values())[place - 1]
    return f"{group} in {AcademicYear(year)}"


def _kind(entry: Entry) -> tuple[int, str, str]:
    """The calendar year of a result, the title of its collection, the year in words."""
    item, year = entry.key
    found = item_of(item, year)
    if found is None:
        return year, item, str(AcademicYear(year))
    return year, found[0].title, found[0].when(year)


def _differences(match: Match) -> Iterator[Difference]:
    for name, (old, new) in match.fields.items():
        yield Difference(FIELDS[name], in_words(name, old), in_words(name, new))
