"""Who did what at a school, as the page for the lead asks for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q, QuerySet

from hornbook.identifiers import AcademicYear, is_upn
from hornbook.inspection.differences import IN_WORDS
from hornbook.rulebook.load import nearest
from hornbook.web.accounts.models import User
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Pupil
from hornbook.web.schools.models import School

PER_PAGE: Final = 50
_MOST_LINES: Final = 40
_MOST_PUPILS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which events are asked for; blank means all of them."""

    person: str = ""
    kind: str = ""
    pupil: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed: what, from what, to what."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event in words: lines are the first of what changed, more how many besides."""

    event: Event
    about: str
    lines: tuple[Line, ...]
    more: int


def events(person: User, school: School, asked: Asked) -> QuerySet[Event]:
    """The events of a school that are asked for, newest first."""
    found = Event.objects.filter(laestab=school.laestab)
    if asked.person:
        found = found.filter(by_name=asked.person)
    if asked.kind:
        found = found.filter(action=asked.kind)
    if asked.since:
        found = found.filter(at__date__gte=asked.since)
    if asked.until:
        found = found.filter(at__date__lte=asked.until)
    if asked.pupil.strip():
        found = found.filter(_about(_named(person, school, asked.pupil)))
    return found


def _named(person: User, school: School, words: str) -> list[Pupil]:
    """The pupils that a person means, of those they may see."""
    found = Pupil.objects.seen_by(person).filter(school=school)
    for word in words.split():
        found = found.filter(
            Q(surname__icontains=word)
            | Q(forename__icontains=word)
            | Q(preferred_surname__icontains=word)
            | Q(preferred_forename__icontains=word)
            | Q(upn__iexact=word)
        )
    return list(found[:_MOST_PUPILS])


def _about(pupils: Sequence[Pupil]) -> Q:
    """Events about any of the pupils: by UPN, or by a cell that was entered."""
    if not pupils:
        return Q(pk=None)
    cells = (Q(detail__cells__icontains=f"[{pupil.pk},") for pupil in pupils)
    return reduce(or_, cells, Q(subject__in=[pupil.upn for pupil in pupils]))


def people(school: School) -> list[str]:
    """Everybody who did anything."""
    return _distinct(school, "by_name")


def kinds(school: School) -> list[str]:
    """Everything that was done."""
    return _distinct(school, "action")


def _distinct(school: School, field: str) -> list[str]:
    found = Event.objects.filter(laestab=school.laestab).order_by(field)
    return list(found.values_list(field, flat=True).distinct())


def told(person: User, school: School, page: Iterable[Event]) -> list[Told]:
    """Events in words, pupils by name where the person may see them; one query."""
    shown = list(page)
    names = _names(person, school, shown)
    return [_told(event, names) for event in shown]


def _names(
    person: User, school: School, shown: Iterable[Event]
) -> Mapping[int | str, str]:
    """Names of the pupils in the events, by number and by UPN."""
    numbers: set[int] = set()
    upns: set[str] = set()
    for event in shown:
        upns |= {event.subject, *filter(is_upn, event.detail)}
        numbers |= {cell[0] for cell in event.detail.get("cells", [])[:_MOST_LINES]}
    wanted = Q(pk__in=numbers) | Q(upn__in=upns)
    seen = Pupil.objects.seen_by(person).filter(wanted, school=school)
    names: dict[int | str, str] = {}
    for pupil in seen:
        names[pupil.pk] = names[pupil.upn] = f"{pupil.surname}, {pupil.forename}"
    return names


def _told(event: Event, names: Mapping[int | str, str]) -> Told:
    cells = event.detail.get("cells")
    lines = _cells(event, names) if cells else _fields(event.detail, names)
    shown = tuple(lines[:_MOST_LINES])
    return Told(
        event=event,
        about=names.get(event.subject, event.subject),
        lines=shown,
        more=len(cells or lines) - len(shown),
    )


def _cells(event: Event, names: Mapping[int | str, str]) -> list[Line]:
    """What was entered: the pupil and the item, from what to what."""
    year = event.detail.get("year", 0)
    return [
        Line(f"{names.get(pupil, 'A pupil')}: {_title(item, year)}", before, after)
        for pupil, item, before, after in event.detail["cells"][:_MOST_LINES]
    ]


def _fields(detail: Mapping[str, object], names: Mapping[int | str, str]) -> list[Line]:
    """Every detail that says what it was and what it became; a pupil's by their UPN."""
    return [
        Line(names.get(name) or _field(name), *(str(each) for each in value))
        for name, value in detail.items()
        if isinstance(value, list)
        and len(value) == 2
        and all(isinstance(each, str) for each in value)
    ]


def _field(name: str) -> str:
    title = IN_WORDS.get(name, name.replace("_", " "))
    return title[:1].upper() + title[1:]


def _title(full_code: str, year: int) -> str:
    """An item's title in the rulebook nearest to the year."""
    book = nearest(AcademicYear(year))
    try:
        return book.item(full_code).title
    except LookupError:
        return full_code
