"""The plan: what bringing a file in would change, worked out and not yet done."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from hornbook.identifiers import AcademicYear
from hornbook.matching.people import Fields, Held, Offer, ResultKey, differences, stated
from hornbook.matching.sorting import Sorting, Unsure


class Update(StrEnum):
    """What the file is brought in for."""

    PUPILS = "pupils"
    ASSESSMENTS = "assessments"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A pupil of the file found in the record, and what the file would change."""

    held: Held
    offer: Offer
    fields: Fields


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
        """What a form calls it: the UPN of the file, the item and the year."""
        item, year = self.key
        return f"{self.offer.upn}|{item}|{year}"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What bringing a file in would do. Everything is in the order of the UPNs.

    strangers are pupils of a file that brings in results only who are not recorded;
    left_out are those of whom a person said so.
    """

    update: Update
    new: tuple[Offer, ...]
    changed: tuple[Match, ...]
    unchanged: tuple[Match, ...]
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
    def returned(self) -> tuple[Match, ...]:
        """Pupils recorded as having left of whom the file does not say so."""
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
            [[offer.upn, stated(offer.record)] for offer in self.new],
            [[m.held.upn, m.offer.upn, list(m.fields.items())] for m in self.changed],
            [[match.held.upn, match.offer.upn] for match in self.unchanged],
            [held.upn for held in self.missing],
            [
                [u.offer.upn, u.reason, [held.upn for held in u.candidates]]
                for u in self.unsure
            ],
            [offer.upn for offer in (*self.left_out, *self.strangers)],
            [[e.offer.upn, e.key, e.old, e.new] for e in self.results_new],
            [[e.offer.upn, e.key, e.old, e.new] for e in self.results_different],
            len(self.results_same),
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
    sorting = Sorting(pupils, offers, decided)
    matches = [
        Match(held=h, offer=o, fields=_fields(update, h, o, year))
        for h, o in sorting.matched
    ]
    strangers = sorting.new if update is Update.ASSESSMENTS else []
    new = [] if strangers else sorting.new
    missing = [] if update is Update.ASSESSMENTS else sorting.missing
    entries = [] if update is Update.PUPILS else list(_entries(new, matches))
    return Plan(
        update=update,
        new=tuple(new),
        changed=tuple(match for match in matches if match.fields),
        unchanged=tuple(match for match in matches if not match.fields),
        missing=tuple(missing),
        unsure=tuple(sorting.unsure),
        left_out=tuple(sorting.left_out),
        strangers=tuple(strangers),
        results_new=tuple(entry for entry in entries if not entry.old),
        results_same=tuple(entry for entry in entries if entry.old == entry.new),
        results_different=tuple(
            entry for entry in entries if entry.old and entry.old != entry.new
        ),
    )


def _fields(update: Update, held: Held, offer: Offer, year: AcademicYear) -> Fields:
    """What would change of a pupil: nothing where results alone are brought in."""
    if update is Update.ASSESSMENTS:
        return {}
    return differences(held, offer.record, year)


def _entries(new: Sequence[Offer], matches: Sequence[Match]) -> Iterator[Entry]:
    """Every result of the file beside the one recorded."""
    for offer in new:
        for key, value in sorted(offer.values.items()):
            yield Entry(offer=offer, held=None, key=key, old="", new=value)
    for match in matches:
        for key, value in sorted(match.offer.values.items()):
            old = match.held.values.get(key, "")
            yield Entry(offer=match.offer, held=match.held, key=key, old=old, new=value)
