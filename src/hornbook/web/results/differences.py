"""A list of those expected beside the pupils of a collection: pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from hornbook import records
from hornbook.matching import name_key
from hornbook.rulebook.model import Collection
from hornbook.web.results.cohort import Member, counted
from hornbook.web.results.reasons import reasons, settles

Who = tuple[str, str, date | None]
_TWO_DIFFER: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A pupil as the list states them."""

    upn: str
    surname: str
    forename: str
    dob: date | None
    nc_year: str

    @property
    def name(self) -> str:
        """Surname first; the UPN where the list has no name."""
        return ", ".join(filter(None, [self.surname, self.forename])) or self.upn

    @property
    def who(self) -> Who:
        """What tells the pupil from others without a UPN."""
        return who(self.surname, self.forename, self.dob)

    @property
    def key(self) -> str:
        """By what a reason is kept."""
        surname, forename, dob = self.who
        return self.upn or f"{surname} {forename} {dob or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """A pupil of the collection, with every UPN that they have or had."""

    member: Member
    upn: str
    former: frozenset[str]
    who: Who

    @property
    def name(self) -> str:
        """Surname first."""
        return self.member.name

    @property
    def key(self) -> str:
        """By what a reason is kept."""
        return self.upn


def who(surname: str, forename: str, dob: date | None) -> Who:
    """Names and date of birth, case, accents and spaces aside."""
    return name_key(surname), name_key(forename), dob


@dataclass(frozen=True, slots=True)
class Explained:
    """Why one pupil differs, who said so."""

    reason: str
    by_name: str


class Doubtful(NamedTuple):
    """A line of the list with the UPN of one pupil and what is said of another."""

    listed: Listed
    here: Here


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Who is on the list only, who is here only, and who is both.

    Of those who are both, unneeded are those of whom no result is needed.
    """

    matched: tuple[Here, ...]
    unneeded: tuple[Here, ...]
    absent: tuple[Listed, ...]
    unlisted: tuple[Here, ...]
    not_asked: tuple[Here, ...]
    doubtful: tuple[Doubtful, ...]


def compare(
    collection: Collection, listed: Sequence[Listed], here: Sequence[Here]
) -> Comparison:
    """Hold the list against the pupils: by UPN, else by name and date of birth.

    A list may be of one year group only: pupils of others are not missing from it, and
    neither is anybody who need not be assessed.
    """
    pairs = _pairs(listed, here)
    matched = {one.upn: one for _, one in pairs if one}
    absent = tuple(one for one, pupil in pairs if pupil is None)
    groups = {one.member.nc_year for one in matched.values()}
    groups |= {one.nc_year for one in listed if one.nc_year}
    rest = [one for one in here if one.upn not in matched]
    unlisted = tuple(
        one
        for one in rest
        if counted(collection, one.member) and one.member.nc_year in groups
    )
    return Comparison(
        matched=tuple(matched.values()),
        unneeded=tuple(
            one for one in matched.values() if not counted(collection, one.member)
        ),
        absent=absent,
        unlisted=unlisted,
        not_asked=tuple(one for one in rest if one not in unlisted),
        doubtful=tuple(
            Doubtful(one, pupil)
            for one, pupil in pairs
            if pupil and _of_two(one, pupil)
        ),
    )


def _of_two(listed: Listed, here: Here) -> bool:
    """Whether two of surname, forename and date of birth are not the pupil's."""
    both = zip(listed.who, here.who, strict=True)
    return sum(bool(said) and said != ours for said, ours in both) >= _TWO_DIFFER


def _pairs(
    listed: Sequence[Listed], here: Sequence[Here]
) -> list[tuple[Listed, Here | None]]:
    """Each line of a list with its pupil: by UPN, else by names and date of birth."""
    by_upn = {former: one for one in here for former in one.former}
    by_upn |= {one.upn: one for one in here}
    known = [by_upn.get(one.upn) for one in listed]
    taken = {one.upn for one in known if one}
    lines: dict[Who, list[int]] = defaultdict(list)
    alike: dict[Who, list[Here]] = defaultdict(list)
    for place, one in enumerate(listed):
        if known[place] is None and one.dob:
            lines[one.who].append(place)
    for pupil in here:
        alike[pupil.who].append(pupil)
    for same, places in lines.items():
        free = [one for one in alike[same] if one.upn not in taken] or alike[same]
        # Of two who are alike, one line means nobody knows whom.
        if len(free) <= len(places):
            for place, pupil in zip(places, free, strict=False):
                known[place] = pupil
    return list(zip(listed, known, strict=True))


def settled(
    collection: Collection,
    compared: Comparison,
    explained: dict[str, Explained],
) -> tuple[records.Pupil, ...]:
    """Whom a return must have, once every reason given is taken as said."""
    held = [*compared.matched, *compared.not_asked]
    why = reasons()
    here = [one for one in held if counted(collection, one.member)]
    here += [
        one
        for one in compared.unlisted
        if one.key in explained and settles(why.unlisted, explained[one.key].reason)
    ]
    missing = [
        one
        for one in compared.absent
        if not (one.key in explained and settles(why.absent, explained[one.key].reason))
    ]
    return (
        *(_of_here(one) for one in here),
        *(_of_listed(one) for one in missing),
    )


def _of_here(one: Here) -> records.Pupil:
    return records.Pupil(
        upn=one.upn,
        surname=one.member.surname,
        forename=one.member.forename,
        leaving_date=one.member.left_on.isoformat() if one.member.left_on else None,
    )


def _of_listed(one: Listed) -> records.Pupil:
    return records.Pupil(
        upn=one.upn or None,
        surname=one.surname or None,
        forename=one.forename or None,
        dob=one.dob.isoformat() if one.dob else None,
    )
