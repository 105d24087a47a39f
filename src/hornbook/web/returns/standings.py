"""Every collection of a year with where it has come to, in a few queries."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from hornbook.rulebook.model import Collection, Rulebook
from hornbook.rulebook.profiles import Profile
from hornbook.web.results.cohort import Member, progress
from hornbook.web.results.locks import standing
from hornbook.web.results.queries import Cohorts, Sight
from hornbook.web.returns import queries
from hornbook.web.returns.models import Answer, Choice, MadeFile
from hornbook.web.returns.profiles import profiles_of
from hornbook.web.returns.since import UNCHANGED, Since, Stated, Values, same
from hornbook.web.returns.standing import Standing, come_to
from hornbook.web.returns.terms import cohorts

_MIS: Final = "mis"


def standings(sight: Sight, book: Rulebook, today: date) -> tuple[Standing, ...]:
    """Every collection with its files, for whoever sees the whole school."""
    collections = tuple(book.returns.values())
    members = _without(cohorts(sight, book, collections), sight, book)
    profiles = profiles_of(sight.school)
    files = queries.ledger(sight, book.year.ends).exclude(recipient=_MIS)
    made = _newest(_to_be_sent(files))
    found = (
        _standing(sight, one, members[one.code], today, made, profiles, book)
        for one in collections
    )
    return _under_locks(sight, book, found)


def _without(
    members: Cohorts, sight: Sight, book: Rulebook
) -> dict[str, tuple[Member, ...]]:
    """The members of each collection, without those whom a person left out."""
    left = Choice.objects.filter(
        pupil__school=sight.school, academic_year=book.year.ends, included=False
    )
    out = set(left.values_list("collection", "pupil"))
    return {
        code: tuple(one for one in those if (code, one.pupil) not in out)
        for code, those in members.items()
    }


def entered(sight: Sight, book: Rulebook, today: date) -> tuple[Standing, ...]:
    """How complete every collection is, for whoever sees some classes only."""
    collections = tuple(book.collections.values())
    members = _without(cohorts(sight, book, collections), sight, book)
    profiles = profiles_of(sight.school)
    seen = (
        _standing(sight, one, members[one.code], today, {}, profiles, book)
        for one in collections
    )
    return _under_locks(sight, book, (replace(one, whole=False) for one in seen))


def _under_locks(
    sight: Sight, book: Rulebook, found: Iterable[Standing]
) -> tuple[Standing, ...]:
    """The same, knowing whose grid is closed."""
    locks = standing(sight.school, book.year.ends)
    return tuple(
        replace(one, closed=locks.over(one.collection.results_of) is not None)
        for one in found
    )


def _to_be_sent(files: Iterable[MadeFile]) -> list[MadeFile]:
    """Files without those that say what the recipient has already. Newest first."""
    found = list(files)
    last: dict[tuple[str, ...], MadeFile] = {}
    for made in found:
        if made.sent_on:
            last.setdefault(_part(made), made)
    return [one for one in found if one.sent_on or not _repeats(one, last)]


def _part(made: MadeFile) -> tuple[str, ...]:
    return made.collection, made.recipient, made.nc_years


def _repeats(made: MadeFile, last: Mapping[tuple[str, ...], MadeFile]) -> bool:
    """Whether what was sent last says the same, and was not refused."""
    sent = last.get(_part(made))
    return (
        sent is not None and sent.answer != Answer.REFUSED and same(sent, made.digest)
    )


def _newest(files: Iterable[MadeFile]) -> dict[str, list[MadeFile]]:
    """The newest file of each collection, or of each part of it where there are two.

    Files come newest first; one of everybody ends what parts there were before it.
    """
    found: dict[str, dict[str, MadeFile]] = {}
    for made in files:
        parts = found.setdefault(made.collection, {})
        if "" not in parts and (made.nc_years or not parts):
            parts.setdefault(made.nc_years, made)
    return {code: list(parts.values()) for code, parts in found.items()}


def _standing(
    sight: Sight,
    collection: Collection,
    members: tuple[Member, ...],
    today: date,
    made: Mapping[str, list[MadeFile]],
    profiles: Mapping[str, Profile],
    book: Rulebook,
) -> Standing:
    # Of two files it is the one with which most is still to be done that counts.
    newest = min(made.get(collection.code, []), key=come_to, default=None)
    recipient = newest.recipient if newest else collection.recipients[0].code
    profile = profiles.get(recipient)
    return Standing(
        collection=collection,
        progress=progress(collection, members),
        begun=any(member.values for member in members),
        today=today,
        made=newest,
        since=_since(collection, members, made.get(collection.code, [])),
        own=profile.deadline(collection.code, book.year) if profile else None,
        own_of=profile.name if profile else "",
        signs=sight.school.head_signs,
    )


def _since(
    collection: Collection, members: tuple[Member, ...], files: list[MadeFile]
) -> Since:
    """What is other than in what was made last."""
    before: dict[int, Values] = {}
    for made in files:
        before |= Stated.unsealed(bytes(made.stated)).pupils
    if not before:
        return UNCHANGED
    groups = {group for made in files for group in made.nc_years.split()}
    now = [one for one in members if not groups or one.nc_year in groups]
    return Since.between(Stated(before), Stated.of(collection, now))
