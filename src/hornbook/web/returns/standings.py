"""Every collection of a year with where it has come to, in a few queries."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from hornbook.rulebook.model import Collection, Rulebook
from hornbook.rulebook.profiles import Profile
from hornbook.web.results.cohort import Member, progress
from hornbook.web.results.locks import Locks
from hornbook.web.results.locks import by_school as locks_by_school
from hornbook.web.results.locks import standing as locks_of
from hornbook.web.results.queries import Cohorts, Sight
from hornbook.web.returns import queries, terms
from hornbook.web.returns.models import Answer, Choice, MadeFile
from hornbook.web.returns.profiles import profiles_by_school, profiles_of
from hornbook.web.returns.since import UNCHANGED, Since, Stated, Values, same
from hornbook.web.returns.standing import Standing, come_to
from hornbook.web.schools.models import School

_MIS: Final = "mis"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of the returns of one school in a year.

    made has the newest files by collection; profiles, how each recipient wants them.
    """

    school: School
    book: Rulebook
    today: date
    members: Cohorts
    profiles: Mapping[str, Profile]
    locks: Locks
    made: Mapping[str, list[MadeFile]] = field(default_factory=dict)

    def standing(self, collection: Collection) -> Standing:
        """Where one collection has come to."""
        members = self.members[collection.code]
        made = self.made.get(collection.code, [])
        # Of two files it is the one with which most is still to be done that counts.
        newest = min(made, key=come_to, default=None)
        recipient = newest.recipient if newest else collection.recipients[0].code
        profile = self.profiles.get(recipient)
        return Standing(
            collection=collection,
            progress=progress(collection, members),
            begun=any(member.values for member in members),
            today=self.today,
            made=newest,
            since=_since(collection, members, made),
            own=(
                profile.deadline(collection.code, self.book.year) if profile else None
            ),
            own_of=profile.name if profile else "",
            signs=self.school.head_signs,
            closed=self.locks.over(collection.results_of) is not None,
        )


def standings(school: School, book: Rulebook, today: date) -> tuple[Standing, ...]:
    """Every collection with its files, for whoever sees the whole school."""
    return standings_by_school([school], book, today)[school.pk]


def standings_by_school(
    schools: Sequence[School], book: Rulebook, today: date
) -> Mapping[int, tuple[Standing, ...]]:
    """The same for several schools: as many queries as for one."""
    collections = tuple(book.returns.values())
    members = terms.by_school(schools, book, collections)
    out = _left_out(schools, book)
    profiles = profiles_by_school(schools)
    locks = locks_by_school(schools, book.year.ends)
    made = _made(schools, book)
    known = (
        _Known(
            school=one,
            book=book,
            today=today,
            members=_without(members[one.pk], out),
            profiles=profiles[one.pk],
            locks=locks[one.pk],
            made=_newest(_to_be_sent(made[one.pk])),
        )
        for one in schools
    )
    return {one.school.pk: tuple(map(one.standing, collections)) for one in known}


def entered(sight: Sight, book: Rulebook, today: date) -> tuple[Standing, ...]:
    """How complete every collection is, for whoever sees some classes only."""
    school, collections = sight.school, tuple(book.collections.values())
    members = terms.cohorts(sight, book, collections)
    known = _Known(
        school=school,
        book=book,
        today=today,
        members=_without(members, _left_out([school], book)),
        profiles=profiles_of(school),
        locks=locks_of(school, book.year.ends),
    )
    return tuple(replace(known.standing(one), whole=False) for one in collections)


def _left_out(schools: Sequence[School], book: Rulebook) -> frozenset[tuple[str, int]]:
    """Whom a person left out of which collection."""
    left = Choice.objects.filter(
        pupil__school__in=schools, academic_year=book.year.ends, included=False
    )
    return frozenset(left.values_list("collection", "pupil_id"))


def _without(members: Cohorts, out: Container[tuple[str, int]]) -> Cohorts:
    """The members of each collection, without those who are left out."""
    return {
        code: tuple(one for one in those if (code, one.pupil) not in out)
        for code, those in members.items()
    }


def _made(schools: Sequence[School], book: Rulebook) -> Mapping[int, list[MadeFile]]:
    """The files of each school that somebody else than its MIS is to have."""
    found: dict[int, list[MadeFile]] = {school.pk: [] for school in schools}
    files = queries.ledger(schools, book.year.ends).exclude(recipient=_MIS)
    for made in files:
        found[made.school_id].append(made)
    return found


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
