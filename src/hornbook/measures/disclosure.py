"""What may be told outside the school: no group under a number of pupils.

Small groups are hidden, then others with them, until nobody can work a small group out
from all that one report tells. What may be small is how many of a group met a measure.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from hornbook.measures.breakdown import Breakdown, Part
from hornbook.measures.differencing import Keys, small_group
from hornbook.measures.tally import Tally

HIDDEN: Final = "Not shown"


@dataclass(frozen=True, slots=True)
class Shown:
    """A tally as it may be told: whole, with about how many pupils, or not at all."""

    tally: Tally
    whole: bool
    about: str = ""

    @property
    def told(self) -> bool:
        """Whether the figure may be told at all."""
        return self.whole or bool(self.about)

    @property
    def figure(self) -> str:
        """The figure alone, for a column beside that of the pupils."""
        if not self.told:
            return HIDDEN
        if self.tally.figure is None:
            return self.tally.unknown or "No pupils"
        return f"{self.tally.figure}{'' if self.tally.measure.is_mean else '%'}"

    @property
    def pupils(self) -> str:
        """The number of pupils that may be told with it."""
        if not self.told or not self.tally.values:
            return ""
        if not self.whole:
            return self.about
        if self.tally.measure.is_mean:
            return str(self.tally.pupils)
        return f"{self.tally.total} of {self.tally.pupils}"

    @property
    def text(self) -> str:
        """The figure with the number of pupils that may be told."""
        if self.whole or not self.about:
            return self.tally.text if self.whole else HIDDEN
        return f"{self.figure} ({self.about} pupils)"


@dataclass(frozen=True, slots=True)
class Guarded:
    """A breakdown of which only some parts may be told."""

    breakdown: Breakdown
    told: frozenset[tuple[str, ...]]

    def shows(self, part: Part) -> bool:
        """Whether a part may be told."""
        return part.codes in self.told


class Guard(Protocol):
    """Says what of a report may be told."""

    def totals(self, tallies: Iterable[Tally]) -> dict[str, Shown]:
        """Measures of one year group, by code."""

    def breakdown(self, breakdown: Breakdown) -> Guarded:
        """The parts of a measure by group."""

    @property
    def note(self) -> str:
        """What a reader must know of what is told."""

    @property
    def suffix(self) -> str:
        """The same, in the name of a file."""


Guards = Callable[[], Guard]


class InSchool:
    """Tells everything: for those who see the pupils themselves."""

    def totals(self, tallies: Iterable[Tally]) -> dict[str, Shown]:
        """Every measure, whole."""
        return {one.measure.code: Shown(one, whole=True) for one in tallies}

    def breakdown(self, breakdown: Breakdown) -> Guarded:
        """Every part."""
        return Guarded(breakdown, frozenset(part.codes for part in breakdown.parts))

    @property
    def note(self) -> str:
        """That it must stay inside."""
        return "For use in school only: small groups are shown."

    @property
    def suffix(self) -> str:
        """The same, in the name of a file."""
        return "in-school-only"


@dataclass(slots=True)
class Told:
    """Tells no small group; sets are those whose totals the report has told."""

    smallest: int
    sets: list[Keys] = field(default_factory=list)

    def add(self, more: Sequence[Keys]) -> bool:
        """Tell of these too, if that gives no small group away."""
        new = [keys for keys in more if keys and keys not in self.sets]
        if any(len(keys) < self.smallest for keys in new):
            return False
        if new and small_group([*self.sets, *new], self.smallest):
            return False
        self.sets += new
        return True

    def totals(self, tallies: Iterable[Tally]) -> dict[str, Shown]:
        """Measures by code: headlines first in their order, then the largest.

        One that would give a small group away is told with about how many pupils.
        """
        shown: dict[str, Shown] = {}
        for one in sorted(tallies, key=_importance):
            whole = self.add([one.counted])
            enough = not whole and one.pupils >= self.smallest
            about = self._about(one.counted) if enough else ""
            shown[one.measure.code] = Shown(one, whole, about)
        return shown

    def breakdown(self, breakdown: Breakdown) -> Guarded:
        """As many parts as may be, the smallest hidden until nothing is given away."""
        parts = [part for part in breakdown.parts if part.tally.values]
        open_parts = sorted(
            (part for part in parts if part.tally.pupils >= self.smallest),
            key=lambda part: (-part.tally.pupils, part.codes),
        )
        while open_parts and not self._tell(parts, open_parts):
            open_parts.pop()
        return Guarded(breakdown, frozenset(part.codes for part in open_parts))

    def _tell(self, parts: Sequence[Part], open_parts: Sequence[Part]) -> bool:
        """Tell the open parts, unless what they leave over is few."""
        shown = sum(part.tally.pupils for part in open_parts)
        rest = sum(part.tally.pupils for part in parts) - shown
        if 0 < rest < self.smallest:
            return False
        return self.add([part.tally.counted for part in open_parts])

    @property
    def note(self) -> str:
        """That small groups are hidden."""
        return (
            f"Groups of fewer than {self.smallest} pupils are not shown, nor others "
            "that would give them away. Where the exact number of pupils would, it "
            "says at least or at most."
        )

    @property
    def suffix(self) -> str:
        """The same, in the name of a file."""
        return "small-groups-hidden"

    def _about(self, keys: Keys) -> str:
        """How many pupils these are, by the nearest set that was told."""
        more = min((len(one) for one in self.sets if keys <= one), default=0)
        fewer = max((len(one) for one in self.sets if one <= keys), default=0)
        if more:
            return f"of at most {more}"
        return f"of at least {fewer}" if fewer else ""


def _importance(one: Tally) -> tuple[bool, int]:
    headline = one.measure.headline
    return not headline, 0 if headline else -one.pupils
