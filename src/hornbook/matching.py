"""Who in a file is whom in the record, and what bringing the file in would change.

Working a plan out is pure: nothing is written. A pupil is found by UPN, then by former
UPN, then by name and date of birth, and where two could be meant nobody is chosen.
"""

import hashlib
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Final

from hornbook.identifiers import AcademicYear, nc_year_of, parse_nc_year
from hornbook.records import Pupil

# A result's item in the rulebook, such as phonics.mark, and its calendar year.
ResultKey = tuple[str, int]
Fields = Mapping[str, tuple[str | None, str | None]]

NAMES: Final = (
    "surname",
    "forename",
    "middle_names",
    "preferred_surname",
    "preferred_forename",
    "former_surname",
)
COMPARED: Final = (
    *NAMES,
    "dob",
    "sex",
    "nc_year",
    "ethnicity",
    "first_language",
    "service_child",
    "fsm",
    "sen_provision",
    "looked_after",
    "postcode",
    "entry_date",
    "leaving_date",
)
REQUIRED: Final = {
    "surname": "surname",
    "forename": "forename",
    "dob": "date of birth",
    "sex": "sex",
}
NEW: Final = "new"
LEAVE_OUT: Final = "leave out"


class Update(StrEnum):
    """What the file is brought in for."""

    PUPILS = "pupils"
    ASSESSMENTS = "assessments"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A pupil as recorded; key is the caller's, such as a row's number.

    The record's year group and dates are those of the file's academic year.
    """

    key: int
    record: Pupil
    former_upns: frozenset[str] = frozenset()
    values: Mapping[ResultKey, str] = field(default_factory=dict)
    on_roll: bool = True

    @property
    def upn(self) -> str:
        """The UPN by which the pupil is recorded."""
        return self.record.upn or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A pupil as a file states them, with the results that can be recorded."""

    record: Pupil
    values: Mapping[ResultKey, str] = field(default_factory=dict)

    @property
    def upn(self) -> str:
        """The UPN in the file."""
        return self.record.upn or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A pupil of the file found in the record, and what the file would change."""

    held: Held
    offer: Offer
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """A pupil of the file who needs a person's decision, and why."""

    offer: Offer
    reason: str
    candidates: tuple[Held, ...] = ()
    may_be_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One result of the file beside the one recorded; old is empty where none is."""

    offer: Offer
    held: Held | None
    key: ResultKey
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What bringing a file in would do. Everything is in the order of the UPNs."""

    update: Update
    new: tuple[Offer, ...]
    changed: tuple[Match, ...]
    unchanged: tuple[Match, ...]
    missing: tuple[Held, ...]
    unsure: tuple[Unsure, ...]
    left_out: tuple[Offer, ...]
    results_new: tuple[Entry, ...]
    results_same: int
    results_different: tuple[Entry, ...]

    @property
    def empty(self) -> bool:
        """Whether approving it would change nothing."""
        return not (self.new or self.changed or self.results_new)

    @property
    def returned(self) -> tuple[Match, ...]:
        """Pupils in the file who are recorded as having left."""
        matches = (*self.changed, *self.unchanged)
        return tuple(match for match in matches if match.held.record.leaving_date)

    @property
    def summary(self) -> dict[str, object]:
        """The counts, for a page's head and for the record of who did what."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "missing": len(self.missing),
            "unsure": len(self.unsure),
            "results": self._results(),
        }

    def as_json(self) -> dict[str, object]:
        """The plan for machines: UPNs, fields and counts."""
        return {
            "new": [offer.upn for offer in self.new],
            "missing": [held.upn for held in self.missing],
            "unsure": [unsure.offer.upn for unsure in self.unsure],
            "changed": [
                {
                    "upn": match.offer.upn,
                    "fields": {name: list(pair) for name, pair in match.fields.items()},
                }
                for match in self.changed
            ],
            "unchanged": len(self.unchanged),
            "results": self._results(),
            "digest": self.digest,
        }

    def _results(self) -> dict[str, int]:
        return {
            "new": len(self.results_new),
            "same": self.results_same,
            "different": len(self.results_different),
        }

    @cached_property
    def digest(self) -> str:
        """A hash of all that the plan says: what a person approves."""
        text = json.dumps(self._content(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def _content(self) -> list[object]:
        return [
            self.update,
            [[offer.upn, stated(offer.record)] for offer in self.new],
            [[m.held.upn, m.offer.upn, list(m.fields.items())] for m in self.changed],
            [[match.held.upn, match.offer.upn] for match in self.unchanged],
            [held.upn for held in self.missing],
            [
                [u.offer.upn, u.reason, [held.upn for held in u.candidates]]
                for u in self.unsure
            ],
            [offer.upn for offer in self.left_out],
            [[e.offer.upn, e.key, e.old, e.new] for e in self.results_new],
            [[e.offer.upn, e.key, e.old, e.new] for e in self.results_different],
            self.results_same,
        ]


def plan(
    held: Iterable[Held],
    incoming: Iterable[Offer],
    *,
    year: AcademicYear,
    update: Update = Update.BOTH,
    decided: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """Sort a file's pupils into new, changed, unchanged and unsure.

    `decided` settles the unsure: a UPN of the file to NEW, LEAVE_OUT or a held key.
    """
    pupils = tuple(sorted(held, key=lambda pupil: pupil.upn))
    offers = tuple(sorted(incoming, key=lambda offer: (offer.upn, repr(offer.record))))
    sorting = _Sorting(pupils, offers, decided)
    if update is Update.ASSESSMENTS:
        matches = [Match(held=h, offer=o, fields={}) for h, o in sorting.matched]
        new, left_out, missing = [], [*sorting.new, *sorting.left_out], []
    else:
        matches = [
            Match(held=h, offer=o, fields=differences(h, o.record, year))
            for h, o in sorting.matched
        ]
        new, left_out, missing = sorting.new, sorting.left_out, sorting.missing
    entries = [] if update is Update.PUPILS else list(_entries(new, matches))
    return Plan(
        update=update,
        new=tuple(new),
        changed=tuple(match for match in matches if match.fields),
        unchanged=tuple(match for match in matches if not match.fields),
        missing=tuple(missing),
        unsure=tuple(sorting.unsure),
        left_out=tuple(sorted(left_out, key=lambda offer: offer.upn)),
        results_new=tuple(entry for entry in entries if not entry.old),
        results_same=sum(entry.old == entry.new for entry in entries),
        results_different=tuple(
            entry for entry in entries if entry.old and entry.old != entry.new
        ),
    )


def _entries(new: Sequence[Offer], matches: Sequence[Match]) -> Iterator[Entry]:
    """Every result of the file beside the one recorded."""
    for offer in new:
        for key, value in sorted(offer.values.items()):
            yield Entry(offer=offer, held=None, key=key, old="", new=value)
    for match in matches:
        for key, value in sorted(match.offer.values.items()):
            old = match.held.values.get(key, "")
            yield Entry(
                offer=match.offer, held=match.held, key=key, old=old, new=value
            )


def name_key(*names: str | None) -> str:
    """Names with case, accents, hyphens, apostrophes and spaces put aside."""
    text = unicodedata.normalize("NFKD", " ".join(name or "" for name in names))
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def stated(record: Pupil) -> dict[str, str]:
    """What the file says of a pupil, tidied; what it is silent about is not there.

    A preferred name that repeats the legal one says that there is no other, so it
    stands as blank.
    """
    says: dict[str, str] = {}
    for name in COMPARED:
        value = " ".join((getattr(record, name) or "").split())
        if value:
            says[name] = value
    for name in ("surname", "forename"):
        if name in says and says.get(f"preferred_{name}") == says[name]:
            says[f"preferred_{name}"] = ""
    if "nc_year" in says:
        says["nc_year"] = _year_group(says["nc_year"])
    for name in ("dob", "entry_date", "leaving_date"):
        if name in says and not _is_date(says[name]):
            del says[name]
    return says


def _year_group(text: str) -> str:
    try:
        return parse_nc_year(text)
    except ValueError:
        return text


def _is_date(text: str) -> bool:
    return Pupil(dob=text).born is not None


def placed(record: Pupil, year: AcademicYear) -> str:
    """The year group: as the file states it, else by date of birth."""
    says = stated(record).get("nc_year")
    if says or record.born is None:
        return says or ""
    return nc_year_of(record.born, year)


def differences(held: Held, record: Pupil, year: AcademicYear) -> Fields:
    """What the file would change of a pupil, field by field: old, new."""
    fields: dict[str, tuple[str | None, str | None]] = {}
    upn, formers = _upns(held, record)
    if upn != held.upn:
        fields["upn"] = (held.upn, upn)
    formers -= held.former_upns | {held.upn, upn}
    if formers:
        fields["former_upn"] = (None, ", ".join(sorted(formers)))
    says = stated(record)
    if held.record.nc_year is None:
        says["nc_year"] = placed(record, year)
    for name, new in says.items():
        old = getattr(held.record, name) or ""
        if new != old and not (name in NAMES and _only_capitals(old, new)):
            fields[name] = (old or None, new or None)
    return fields


def _only_capitals(old: str, new: str) -> bool:
    """Whether the file has the same name, written all in capitals."""
    return new == new.upper() and name_key(old) == name_key(new)


def _upns(held: Held, record: Pupil) -> tuple[str, set[str]]:
    """The UPN to keep and those to keep as former: a permanent one stays."""
    offered = record.upn or ""
    former = {record.former_upn.strip()} if record.former_upn else set()
    if offered in held.former_upns or (_temporary(offered) and offered != held.upn):
        return held.upn, former | {offered}
    return offered, former


def _temporary(upn: str) -> bool:
    return not upn[-1:].isdigit()


@dataclass(frozen=True, slots=True)
class _Guess:
    """Whom a pupil of the file seems to be, or why that cannot be said."""

    held: Held | None = None
    doubt: str = ""
    candidates: tuple[Held, ...] = ()
    may_be_new: bool = False


class _Sorting:
    """Finds each pupil of a file in the record, never the same one twice."""

    def __init__(
        self,
        held: Sequence[Held],
        offers: Sequence[Offer],
        decided: Mapping[str, str],
    ) -> None:
        self.matched: list[tuple[Held, Offer]] = []
        self.new: list[Offer] = []
        self.unsure: list[Unsure] = []
        self.left_out: list[Offer] = []
        self._decided = decided
        self._by_upn = {pupil.upn: pupil for pupil in held}
        self._by_key = {str(pupil.key): pupil for pupil in held}
        self._by_former: dict[str, list[Held]] = defaultdict(list)
        self._by_name: dict[tuple[str, str | None], list[Held]] = defaultdict(list)
        self._by_dob: dict[str | None, list[Held]] = defaultdict(list)
        self._index(held)
        self._upns = Counter(offer.upn for offer in offers)
        self._sort(offers)
        found = {pupil.key for pupil, _ in self.matched} | {
            pupil.key for unsure in self.unsure for pupil in unsure.candidates
        }
        self.missing = [p for p in held if p.on_roll and p.key not in found]

    def _index(self, held: Sequence[Held]) -> None:
        for pupil in held:
            self._by_name[_who(pupil.record)].append(pupil)
            self._by_dob[pupil.record.dob].append(pupil)
            for upn in pupil.former_upns:
                self._by_former[upn].append(pupil)

    def _sort(self, offers: Sequence[Offer]) -> None:
        guesses = [(offer, self._guess(offer)) for offer in offers]
        claims = Counter(guess.held.key for _, guess in guesses if guess.held)
        for offer, guess in guesses:
            if self._decided.get(offer.upn) == LEAVE_OUT:
                self.left_out.append(offer)
            elif guess.doubt:
                self._doubt(offer, guess)
            elif guess.held is None:
                self.new.append(offer)
            elif claims[guess.held.key] > 1 and guess.held.upn != offer.upn:
                self._doubt(offer, _claimed_twice(guess.held))
            else:
                self.matched.append((guess.held, offer))

    def _doubt(self, offer: Offer, guess: _Guess) -> None:
        self.unsure.append(
            Unsure(
                offer=offer,
                reason=guess.doubt,
                candidates=guess.candidates,
                may_be_new=guess.may_be_new and not _lacks(offer.record),
            )
        )

    def _guess(self, offer: Offer) -> _Guess:
        if self._upns[offer.upn] > 1:
            return _Guess(doubt="Another pupil in the file has the same UPN.")
        decision = self._decided.get(offer.upn, "")
        if decision in self._by_key:
            return _Guess(held=self._by_key[decision])
        if offer.upn in self._by_upn:
            return _same_birthday(self._by_upn[offer.upn], offer, "UPN")
        found = self._found_otherwise(offer)
        if found is None or (decision == NEW and found.may_be_new):
            return self._as_new(offer)
        return found

    def _found_otherwise(self, offer: Offer) -> _Guess | None:
        """By former UPN, else by name and date of birth, else by half of them."""
        return self._by_former_upn(offer) or self._named(offer) or self._nearly(offer)

    def _as_new(self, offer: Offer) -> _Guess:
        lacks = _lacks(offer.record)
        if lacks:
            return _Guess(doubt=f"The file gives no {lacks}, so they cannot be added.")
        return _Guess()

    def _by_former_upn(self, offer: Offer) -> _Guess | None:
        former = (offer.record.former_upn or "").strip()
        found = {pupil.key: pupil for pupil in self._by_former.get(offer.upn, ())}
        if former in self._by_upn:
            found[self._by_upn[former].key] = self._by_upn[former]
        if not found:
            return None
        pupils = tuple(found.values())
        if len(pupils) > 1:
            return _Guess(doubt="Two pupils had this UPN before.", candidates=pupils)
        return _same_birthday(pupils[0], offer, "former UPN")

    def _named(self, offer: Offer) -> _Guess | None:
        same = self._by_name.get(_who(offer.record), [])
        free = tuple(pupil for pupil in same if pupil.upn not in self._upns)
        if not free:
            return self._beside(same, offer)
        if len(free) > 1:
            return _Guess(
                doubt="Two pupils here have this name and date of birth.",
                candidates=free,
                may_be_new=True,
            )
        if _temporary(free[0].upn) != _temporary(offer.upn):
            return _Guess(held=free[0])
        return _Guess(
            doubt="A pupil here has this name and date of birth under another UPN.",
            candidates=free,
            may_be_new=True,
        )

    def _beside(self, same: Sequence[Held], offer: Offer) -> _Guess | None:
        """A temporary UPN beside the same child's permanent one, both in the file."""
        if not (same and _temporary(offer.upn)):
            return None
        return _Guess(
            doubt="The file has this name and date of birth under another UPN too.",
            candidates=tuple(same),
            may_be_new=True,
        )

    def _nearly(self, offer: Offer) -> _Guess | None:
        """One name and the date of birth, where either UPN is temporary."""
        near = tuple(
            pupil
            for pupil in self._by_dob.get(offer.record.dob, ())
            if pupil.upn not in self._upns
            and _temporary(pupil.upn) != _temporary(offer.upn)
            and _shares_a_name(pupil.record, offer.record)
        )
        if not near or offer.record.dob is None:
            return None
        return _Guess(
            doubt="A pupil here with this date of birth has a name like this.",
            candidates=near,
            may_be_new=True,
        )


def _who(record: Pupil) -> tuple[str, str | None]:
    return name_key(record.forename, record.surname), record.dob


def _shares_a_name(one: Pupil, other: Pupil) -> bool:
    names = {name_key(one.surname), name_key(one.preferred_surname)} - {""}
    first = {name_key(one.forename), name_key(one.preferred_forename)} - {""}
    return bool(
        names & {name_key(other.surname), name_key(other.preferred_surname)}
        or first & {name_key(other.forename), name_key(other.preferred_forename)}
    )


def _lacks(record: Pupil) -> str:
    """What a new pupil must have and the file does not give, in words."""
    says = stated(record)
    return " or ".join(word for name, word in REQUIRED.items() if name not in says)


def _same_birthday(held: Held, offer: Offer, how: str) -> _Guess:
    ours, theirs = held.record.dob, stated(offer.record).get("dob")
    if theirs is None or ours is None or ours == theirs:
        return _Guess(held=held)
    return _Guess(
        doubt=f"The {how} is the same, but the date of birth is not.",
        candidates=(held,),
        may_be_new=how != "UPN",
    )


def _claimed_twice(held: Held) -> _Guess:
    return _Guess(
        doubt="Two pupils in the file seem to be the same pupil here.",
        candidates=(held,),
        may_be_new=True,
    )


