"""A list of those expected beside the pupils of a collection: pure."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hornbook import records
from hornbook.rulebook.model import Collection
from hornbook.web.results.cohort import Member, counted
from hornbook.web.results.reasons import reasons, settles

Who = tuple[str, str, date | None]


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
    return _plain(surname), _plain(forename), dob


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in split if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Explained:
    """Why one pupil differs, who said so."""

    reason: str
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Who is on the list only, who is here only, and who is both."""

    matched: tuple[Here, ...]
    absent: tuple[Listed, ...]
    unlisted: tuple[Here, ...]
    not_asked: tuple[Here, ...]


def compare(
    collection: Collection, listed: Sequence[Listed], here: Sequence[Here]
) -> Comparison:
    """Hold the list against the pupils: by UPN, else by name and date of birth.

    A list may be of one year group only: pupils of others are not missing from it, and
    neither is anybody who need not be assessed.
    """
    found = _Finder(here)
    pairs = [(one, found.find(one)) for one in listed]
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
        absent=absent,
        unlisted=unlisted,
        not_asked=tuple(one for one in rest if one not in unlisted),
    )


class _Finder:
    """Finds the pupil that a line of a list means."""

    def __init__(self, here: Iterable[Here]) -> None:
        self._by_upn: dict[str, Here] = {}
        self._by_who: dict[Who, list[Here]] = {}
        for one in here:
            self._by_who.setdefault(one.who, []).append(one)
            for former in one.former:
                self._by_upn.setdefault(former, one)
        self._by_upn |= {one.upn: one for one in here}

    def find(self, listed: Listed) -> Here | None:
        """The pupil, where exactly one is meant."""
        if listed.upn in self._by_upn:
            return self._by_upn[listed.upn]
        alike = self._by_who.get(listed.who, []) if listed.dob else []
        return alike[0] if len(alike) == 1 else None


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
