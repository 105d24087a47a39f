"""What is kept of a file between its upload and its approval: the kept fields only."""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.matching import Offer, ResultKey
from hornbook.records import Pupil, Result
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Item
from hornbook.web import vault

KEPT: Final = tuple(f.name for f in fields(Pupil) if f.name != "results")
_ORDINARY: Final = "R"


@dataclass(frozen=True, slots=True)
class Staged:
    """The pupils of a file as they could be recorded, and results that could not."""

    offers: tuple[Offer, ...]
    not_taken: Mapping[str, int]

    def sealed(self) -> bytes:
        """As it is stored: packed and encrypted."""
        content = {
            "pupils": [
                {
                    "record": {k: v for k, v in _kept(offer.record) if v is not None},
                    "values": [[*key, value] for key, value in offer.values.items()],
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
            )
            for entry in content["pupils"]
        )
        return cls(offers, content["not_taken"])


def _kept(record: Pupil) -> Iterable[tuple[str, str | None]]:
    return ((name, getattr(record, name)) for name in KEPT)


def stage(pupils: Iterable[Pupil]) -> Staged:
    """Sort out which of the results the rulebooks know."""
    not_taken: Counter[str] = Counter()
    offers = tuple(
        Offer(
            record=Pupil(**{k: v for k, v in asdict(pupil).items() if k in KEPT}),
            values=_values(pupil, not_taken),
        )
        for pupil in pupils
    )
    return Staged(offers, not_taken)


def _values(pupil: Pupil, not_taken: Counter[str]) -> dict[ResultKey, str]:
    """The results that can be recorded, by item and calendar year."""
    values: dict[ResultKey, str] = {}
    for result in pupil.results:
        placed = _placed(result)
        if isinstance(placed, str):
            not_taken[placed] += 1
            continue
        item, value = placed
        key = (item.full_code, int(result.year))
        if values.setdefault(key, value) != value:
            not_taken["two different values for one result"] += 1
    return values


def _placed(result: Result) -> tuple[Item, str] | str:
    """The item of a result and its value as the DfE writes it, or why there is none."""
    if result.status not in (None, _ORDINARY):
        return "targets, estimates and provisional results"
    text = result.year.strip()
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        return "results without a year"
    return _in_its_year(result, AcademicYear(int(text)))


def _in_its_year(result: Result, year: AcademicYear) -> tuple[Item, str] | str:
    """The item and value by the rulebook of the year, or why there is none."""
    if year not in years():
        return f"results of {year}, a year without a rulebook"
    found = rulebook(year).find(result.combination)
    if found is None:
        return f"results under codes that are not known ({result.combination})"
    outcome = found.item.outcome(result.value.strip())
    if outcome is not None and outcome.set_by == "worked-out":
        return "outcomes that follow from the mark"
    value = outcome.code if outcome else result.value.strip()
    if not found.item.allows(value):
        return f"values that {found.item.title} cannot have"
    return found.item, value
