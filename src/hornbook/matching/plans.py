"""The plan: what bringing a file in would change, worked out and not yet done."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.matching.people import (
    Fields,
    Held,
    Offer,
    ResultKey,
    differences,
    placed,
    stated,
)
from hornbook.matching.sorting import Sorting, Unsure
from hornbook.matching.wanted import Update, Wanted

# A file in which fewer of the pupils than this are known may be another school's.
_KNOWN_ENOUGH: Final = 0.5
# A file that lacks more of the school than this is of some year groups only.
_MOST_MISSING: Final = 0.5
_EVERYTHING: Final = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A pupil of the file found in the record, and what the file would change."""

    held: Held
    offer: Offer
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class ByName:
    """A match of which nothing but the name tells; others have the name as well."""

    match: Match
    others: tuple[Held, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One result of the file beside the one recorded; old is empty where none is."""

    offer: Offer
    held: Held | None
    key: ResultKey
    old: str
    new: str

    @property
    def name(self) -> str:
        """What a form calls it: the pupil of the file, the item and the year."""
        item, year = self.key
        return f"{self.offer.code}|{item}|{year}"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What bringing a file in would do. Everything is in the order of the UPNs.

    strangers are pupils who are not recorded and whom nobody asked to add; left_out are
    those of whom a person said so. by_name are those to whom the file would bring
    something and whom a person has to look at. recorded is how many pupils are here.
    """

    wanted: Wanted
    recorded: int
    new: tuple[Offer, ...]
    changed: tuple[Match, ...]
    unchanged: tuple[Match, ...]
    by_name: tuple[ByName, ...]
    missing: tuple[Held, ...]
    unsure: tuple[Unsure, ...]
    left_out: tuple[Offer, ...]
    strangers: tuple[Offer, ...]
    results_new: tuple[Entry, ...]
    results_same: tuple[Entry, ...]
    results_different: tuple[Entry, ...]

    @property
    def empty(self) -> bool:
        """Whether approving it would change nothing."""
        return not (self.new or self.changed or self.results_new)

    @property
    def update(self) -> Update:
        """What the file is brought in for."""
        return self.wanted.update

    @property
    def known(self) -> int:
        """How many pupils of the file were found in the record."""
        return len(self.changed) + len(self.unchanged)

    @property
    def unknown(self) -> int:
        """How many were not found, or not for certain."""
        return len(self.new) + len(self.unsure) + len(self.strangers)

    @property
    def few_known(self) -> bool:
        """Whether so few pupils are known that it may be the wrong school's file.

        Where nobody is recorded yet, nobody can be known.
        """
        enough = _KNOWN_ENOUGH * (self.known + self.unknown)
        return bool(self.recorded) and self.known < enough

    @property
    def returned(self) -> tuple[Match, ...]:
        """Pupils recorded as having left of whom the file does not say so.

        A file of results alone says nothing of who is on roll.
        """
        if self.update is Update.ASSESSMENTS:
            return ()
        return tuple(
            match
            for match in (*self.changed, *self.unchanged)
            if match.held.record.leaving_date
            and "leaving_date" not in stated(match.offer.record)
        )

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
        """The plan for machines: UPNs (a name, where there is none), fields, counts."""
        return {
            "new": [offer.upn for offer in self.new],
            "missing": [held.upn for held in self.missing],
            "unsure": [unsure.offer.called for unsure in self.unsure],
            "changed": [
                {
                    "upn": match.offer.upn or match.held.upn,
                    "fields": {name: list(pair) for name, pair in match.fields.items()},
                }
                for match in self.changed
            ],
            "unchanged": len(self.unchanged),
            "by_name": [
                {"name": one.match.offer.called, "upn": one.match.held.upn}
                for one in self.by_name
            ],
            "results": self._results(),
            "digest": self.digest,
        }

    def _results(self) -> dict[str, int]:
        return {
            "new": len(self.results_new),
            "same": len(self.results_same),
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
            sorted(self.wanted.skipped),
            [[offer.code, stated(offer.record)] for offer in self.new],
            [[m.held.upn, m.offer.code, list(m.fields.items())] for m in self.changed],
            [[match.held.upn, match.offer.code] for match in self.unchanged],
            [one.match.offer.code for one in self.by_name],
            [held.upn for held in self.missing],
            [
                [u.offer.code, u.reason, [held.upn for held in u.candidates]]
                for u in self.unsure
            ],
            [offer.code for offer in (*self.left_out, *self.strangers)],
            [[e.offer.code, e.key, e.old, e.new] for e in self.results_new],
            [[e.offer.code, e.key, e.old, e.new] for e in self.results_different],
            len(self.results_same),
        ]


def plan(
    held: Iterable[Held],
    incoming: Iterable[Offer],
    *,
    year: AcademicYear,
    wanted: Wanted = _EVERYTHING,
    decided: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """Sort a file's pupils into new, changed, unchanged and unsure.

    `decided` settles the unsure: an offer's code to NEW, LEAVE_OUT or a held key.
    """
    pupils = tuple(sorted(held, key=lambda pupil: pupil.upn))
    offers = tuple(sorted(incoming, key=lambda offer: (offer.upn, repr(offer.record))))
    sorting = Sorting(pupils, offers, decided, wanted.lacks, year)
    matches = [
        Match(held=h, offer=o, fields=wanted.fields(differences(h, o.record, year)))
        for h, o in sorting.matched
    ]
    new = [wanted.newcomer(each) for each in sorting.new] if wanted.adds_pupils else []
    entries = list(_entries(new, matches, wanted))
    brought = {entry.offer.code for entry in entries if entry.old != entry.new}
    return Plan(
        wanted=wanted,
        recorded=len(pupils),
        new=tuple(new),
        changed=tuple(match for match in matches if match.fields),
        unchanged=tuple(match for match in matches if not match.fields),
        by_name=tuple(
            ByName(match=match, others=sorting.by_name[match.offer.code])
            for match in matches
            if match.offer.code in sorting.by_name
            and (match.fields or match.offer.code in brought)
        ),
        missing=tuple(_missing(pupils, offers, sorting.missing, year, wanted)),
        unsure=tuple(sorting.unsure),
        left_out=tuple(sorting.left_out),
        strangers=() if wanted.adds_pupils else tuple(sorting.new),
        results_new=tuple(entry for entry in entries if not entry.old),
        results_same=tuple(entry for entry in entries if entry.old == entry.new),
        results_different=tuple(
            entry for entry in entries if entry.old and entry.old != entry.new
        ),
    )


def _missing(
    held: Sequence[Held],
    offers: Sequence[Offer],
    missing: Sequence[Held],
    year: AcademicYear,
    wanted: Wanted,
) -> Sequence[Held]:
    """Who is not in the file and might be: of some year groups only, if it is that."""
    if wanted.update is Update.ASSESSMENTS:
        return ()
    if len(missing) <= _MOST_MISSING * sum(pupil.on_roll for pupil in held):
        return missing
    groups = {placed(offer.record, year) for offer in offers}
    return [pupil for pupil in missing if placed(pupil.record, year) in groups]


def _entries(
    new: Sequence[Offer], matches: Sequence[Match], wanted: Wanted
) -> Iterator[Entry]:
    """Every result of the file that is wanted, beside the one recorded."""
    for offer in new:
        for key, value in sorted(wanted.values(offer.values).items()):
            yield Entry(offer=offer, held=None, key=key, old="", new=value)
    for match in matches:
        for key, value in sorted(wanted.values(match.offer.values).items()):
            old = match.held.values.get(key, "")
            yield Entry(offer=match.offer, held=match.held, key=key, old=old, new=value)
