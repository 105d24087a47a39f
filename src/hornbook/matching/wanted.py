"""What of a file a person wants brought in: its purpose, less the parts put aside."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from hornbook.matching.people import NAMES, Fields, Offer, ResultKey, lacks
from hornbook.records import Pupil

NEW_PUPILS: Final = "new pupils"
# The parts of a pupil's details, and the fields of each.
DETAILS: Final[Mapping[str, frozenset[str]]] = {
    "names": frozenset(NAMES),
    "identity": frozenset({"upn", "former_upn", "dob", "sex"}),
    "year group": frozenset({"nc_year", "entry_date", "leaving_date"}),
    "groups": frozenset(
        {
            "ethnicity",
            "first_language",
            "service_child",
            "fsm",
            "fsm_ever6",
            "sen_provision",
            "looked_after",
        }
    ),
    "postcode": frozenset({"postcode"}),
}
# Without these nobody can be added, so a new pupil has them in any case.
_OPTIONAL: Final = ("groups", "postcode")


class Update(StrEnum):
    """What the file is brought in for."""

    PUPILS = "pupils"
    ASSESSMENTS = "assessments"
    BOTH = "both"


def part_of(key: ResultKey) -> str:
    """The part a result belongs to: its collection and calendar year."""
    item, year = key
    return f"{item.partition('.')[0]} {year}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The purpose, and the names of the parts that are put aside."""

    update: Update = Update.BOTH
    skipped: frozenset[str] = frozenset()

    @property
    def adds_pupils(self) -> bool:
        """Whether pupils who are not recorded are added."""
        return self.update is not Update.ASSESSMENTS and NEW_PUPILS not in self.skipped

    def lacks(self, record: Pupil) -> str:
        """What a pupil would need to be added, where anybody is; in words."""
        return lacks(record) if self.adds_pupils else ""

    def fields(self, fields: Fields) -> Fields:
        """Of what would change of a pupil, what is wanted."""
        if self.update is Update.ASSESSMENTS:
            return {}
        aside = self._fields_aside(DETAILS)
        return {name: pair for name, pair in fields.items() if name not in aside}

    def newcomer(self, offer: Offer) -> Offer:
        """A new pupil without the details that are put aside."""
        aside: dict[str, Any] = dict.fromkeys(self._fields_aside(_OPTIONAL))
        return replace(offer, record=replace(offer.record, **aside))

    def values(self, values: Mapping[ResultKey, str]) -> Mapping[ResultKey, str]:
        """Of a pupil's results, those that are wanted."""
        if self.update is Update.PUPILS:
            return {}
        return {
            key: value
            for key, value in values.items()
            if part_of(key) not in self.skipped
        }

    def _fields_aside(self, parts: Mapping[str, object] | tuple[str, ...]) -> set[str]:
        return {
            field
            for part in self.skipped.intersection(parts)
            for field in DETAILS[part]
        }
