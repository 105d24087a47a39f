"""A pupil as measures see them: no name, the groups, and what was recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Values = Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """A pupil in one academic year; key is the caller's and stands for the name.

    facts holds what groups are made of; results, values by item and calendar year.
    """

    key: int
    nc_year: str
    left_on: date | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    results: Mapping[str, Values] = field(default_factory=dict)

    def value(self, item: str, ends: int) -> str:
        """What stands for an item in a year; blank where nothing does."""
        return self.results.get(item, {}).get(ends, "")
