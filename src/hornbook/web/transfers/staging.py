"""What is kept of a file between its upload and its approval: the kept fields only."""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Final

from hornbook.matching import Offer, ResultKey
from hornbook.records import Pupil, Result
from hornbook.web import vault
from hornbook.web.pupils.models import Pupil as PupilRow
from hornbook.web.transfers.placing import Placing

KEPT: Final = tuple(each.name for each in fields(Pupil) if each.name != "results")
_LONGEST: Final = {
    column.attname: column.max_length
    for column in PupilRow._meta.concrete_fields  # noqa: SLF001 - Django's public way
    if column.max_length
}


@dataclass(frozen=True, slots=True)
class Staged:
    """The pupils of a file as they could be recorded, and counts of what could not.

    presumed are codes that the DfE does not publish, and what they were taken for.
    """

    offers: tuple[Offer, ...]
    not_taken: Mapping[str, int]
    presumed: Mapping[str, str] = field(default_factory=dict)

    def sealed(self) -> bytes:
        """As it is stored: packed and encrypted."""
        content = {
            "pupils": [
                {
                    "record": dict(_kept(offer.record)),
                    "values": [[*key, value] for key, value in offer.values.items()],
                    "class": offer.class_name,
                }
                for offer in self.offers
            ],
            "not_taken": dict(self.not_taken),
        }
        return vault.seal(zlib.compress(json.dumps(content).encode()))

    @classmethod
    def unsealed(cls, sealed: bytes) -> "Staged":
        """As it was before it was stored."""
        content = json.loads(zlib.decompress(vault.unseal(sealed)))
        offers = tuple(
            Offer(
                record=Pupil(**entry["record"]),
                values={(item, year): value for item, year, value in entry["values"]},
                class_name=entry.get("class", ""),
            )
            for entry in content["pupils"]
        )
        return cls(offers, content["not_taken"])


def _kept(record: Pupil) -> Iterator[tuple[str, str]]:
    for name in KEPT:
        value = getattr(record, name)
        if value is not None:
            yield name, value


def stage(pupils: Iterable[Pupil]) -> Staged:
    """Sort out what can be recorded: values that fit, results the rulebooks know."""
    not_taken: Counter[str] = Counter()
    placing = Placing()
    offers = tuple(
        Offer(
            record=_fitting(pupil, not_taken),
            values=_values(placing, pupil.results, not_taken),
        )
        for pupil in pupils
    )
    presumed = {str(codes): title for codes, title in placing.presumed.items()}
    return Staged(offers, not_taken, presumed)


def _fitting(pupil: Pupil, not_taken: Counter[str]) -> Pupil:
    """The pupil without results and without what is too long to be what it says."""
    too_long = [
        name
        for name, longest in _LONGEST.items()
        if len((getattr(pupil, name, None) or "").strip()) > longest
    ]
    if too_long:
        not_taken["values too long to be kept"] += len(too_long)
    return replace(pupil, results=(), **dict.fromkeys(too_long))


def _values(
    placing: Placing, results: Iterable[Result], not_taken: Counter[str]
) -> dict[ResultKey, str]:
    """The results that can be recorded, by item and calendar year."""
    values: dict[ResultKey, str] = {}
    clashing: set[ResultKey] = set()
    for result in results:
        placed = placing.of(result)
        if isinstance(placed, str):
            not_taken[placed] += 1
        elif values.setdefault(*placed) != placed[1]:
            clashing.add(placed[0])
    for key in clashing:
        del values[key]
        not_taken["results of which the file states two values"] += 1
    return values
