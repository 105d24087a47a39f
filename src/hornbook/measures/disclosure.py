"""What may be told outside the school: no group under a number of pupils.

Small groups are hidden, then others with them, until nobody can work a small group out
from all that one report tells; nor anybody's own result, as of a group that all met it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Protocol

from hornbook.measures.breakdown import Breakdown, Part
from hornbook.measures.certainty import FEW, Chain, Results
from hornbook.measures.differencing import Keys, small_group
from hornbook.measures.tally import Tally
from hornbook.rulebook.measures import Measure

HIDDEN: Final = "Not shown"
_MOST: Final = "All or nearly all"
_LEAST: Final = "None or hardly any"
_BUT_A_FEW: Final = "All but a few"
# To so many per cent a share is rounded that stands beside about how many pupils.
_STEP: Final = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A tally as it may be told: whole, with about how many pupils, or not at all.

    nearly stands in the place of a figure that would tell each pupil's result.
    """

    tally: Tally
    whole: bool
    about: str = ""
    nearly: str = ""

    @property
    def told(self) -> bool:
        """Whether the figure may be told at all."""
        return self.whole or bool(self.about)

    @property
    def exact(self) -> bool:
        """Whether it is told of how many pupils it is."""
        return self.whole or self.about == str(self.tally.pupils)

    @property
    def figure(self) -> str:
        """The figure alone, for a column beside that of the pupils."""
        if not self.told:
            return HIDDEN
        if self.nearly:
            return self.nearly
        if self.tally.figure is None:
            return self.tally.unknown or "No pupils"
        about = "" if self.whole else "About "
        return f"{about}{self.value}{'' if self.tally.measure.is_mean else '%'}"

    @property
    def value(self) -> Decimal | None:
        """The figure as a number, where the number may be told.

        Rounded where the pupils are not told: else it would tell how many they are.
        """
        figure = self.tally.figure
        if not self.told or self.nearly or figure is None:
            return None
        return figure if self.whole else _rounded(figure, self.tally)

    @property
    def pupils(self) -> str:
        """The number of pupils that may be told with it."""
        if not self.told or not self.tally.values:
            return ""
        if not self.whole:
            return f"{self.about} pupils"
        if self.tally.measure.is_mean:
            return str(self.tally.pupils)
        return f"{self.tally.total} of {self.tally.pupils}"

    @property
    def text(self) -> str:
        """The figure with the number of pupils that may be told."""
        if self.whole or not self.about:
            return self.tally.text if self.whole else HIDDEN
        return f"{self.figure} ({self.pupils})"


def _rounded(figure: Decimal, found: Tally) -> Decimal:
    step = 1 if found.measure.is_mean else _STEP
    return (figure / step).quantize(Decimal(1), ROUND_HALF_UP) * step


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

    def deciding(
        self, measure: Measure, together: Sequence[Measure]
    ) -> Sequence[Measure]:
        """Those of a year group by which it is decided how one is told, itself too."""

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

    def deciding(
        self, measure: Measure, together: Sequence[Measure]
    ) -> Sequence[Measure]:
        """The measure alone: no other stands in its way."""
        return [measure]

    def breakdown(self, breakdown: Breakdown) -> Guarded:
        """Every part."""
        return Guarded(breakdown, frozenset(part.codes for part in breakdown.parts))

    @property
    def note(self) -> str:
        """That it must stay inside."""
        return "For use in school only: it tells of small groups and of single pupils."

    @property
    def suffix(self) -> str:
        """The same, in the name of a file."""
        return "in-school-only"


@dataclass(slots=True)
class Told:
    """Tells no small group and nobody's own result.

    sets are those whose totals the report has told; chains, the tables of each measure.
    """

    smallest: int
    sets: list[Keys] = field(default_factory=list)
    chains: dict[str, Chain] = field(default_factory=dict)

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
        told = [self._total(one) for one in sorted(tallies, key=_importance)]
        hidden = {one.tally.counted for one in told if not one.exact}
        return {one.tally.measure.code: self._took(one, hidden) for one in told}

    def deciding(
        self, measure: Measure, together: Sequence[Measure]
    ) -> Sequence[Measure]:
        """The headlines before it, as `totals` tells them first; of any other, all."""
        if not measure.headline or measure.formula == "took":
            return together
        headlines = [one for one in together if one.headline]
        return headlines[: headlines.index(measure) + 1]

    def _took(self, one: Shown, hidden: set[Keys]) -> Shown:
        """Those who took a test in words, where a mean and this tell their number."""
        found = one.tally
        if found.measure.formula != "took" or not one.told or one.nearly:
            return one
        if one.whole and frozenset(found.met) not in hidden:
            return one
        if len(found.not_met) >= self.smallest:
            return Shown(found, whole=False)
        about = one.about or str(found.pupils)
        return Shown(found, whole=False, about=about, nearly=_BUT_A_FEW)

    def _total(self, one: Tally) -> Shown:
        whole = self.add([one.counted])
        nearly = nearly_all_or_none(one)
        if whole and nearly:
            return Shown(one, whole=False, about=str(one.pupils), nearly=nearly)
        if whole:
            return Shown(one, whole=True)
        enough = one.pupils >= self.smallest
        about = self._about(one.counted) if enough else ""
        return Shown(one, whole=False, about=about, nearly=nearly)

    def breakdown(self, breakdown: Breakdown) -> Guarded:
        """The groups that are large enough; all of these, or none for their results.

        What the sizes of groups allow counts as told, even where the results do not: a
        table hidden for its results never lets another be told in its place.
        """
        parts = [part for part in breakdown.parts if part.tally.values]
        large = [part for part in parts if part.tally.pupils >= self.smallest]
        open_parts = sorted(large, key=lambda part: (-part.tally.pupils, part.codes))
        while open_parts and not self._fit(breakdown.whole, open_parts):
            open_parts.pop()
        groups = [part.tally.counted for part in open_parts]
        told = (
            open_parts if groups and self._chain(breakdown.whole).tells(groups) else ()
        )
        return Guarded(breakdown, frozenset(part.codes for part in told))

    def _fit(self, whole: Tally, parts: Sequence[Part]) -> bool:
        """Add these groups, unless they or what is left over give a small one away."""
        told = [part.tally.counted for part in parts]
        rest = whole.counted.difference(*told)
        return not 0 < len(rest) < self.smallest and self.add(told)

    def _chain(self, whole: Tally) -> Chain:
        """What the tables of a measure have told so far."""
        new = Chain.of(Results(whole.values, whole.span))
        return self.chains.setdefault(whole.measure.code, new)

    @property
    def note(self) -> str:
        """That small groups are hidden."""
        return (
            f"Groups of fewer than {self.smallest} pupils are not shown, nor others "
            "that would give them away. The tables of a measure come in a fixed order; "
            "from the first that could tell one child's result, none of its tables is "
            f"shown, whatever they say. {_MOST} means that at most {FEW} "
            "pupils did not. Where it says about, the exact number would tell how many "
            f"pupils were left out; a share is then rounded to {_STEP} per cent, a "
            "mean to a whole number."
        )

    @property
    def suffix(self) -> str:
        """The same, in the name of a file."""
        return "small-groups-hidden"

    def _about(self, keys: Keys) -> str:
        """About how many pupils these are, by the told set that differs least."""
        near = [one for one in self.sets if len(one ^ keys) < self.smallest]
        nearest = min(near, key=lambda one: len(one ^ keys), default=Keys())
        return f"about {len(nearest)}" if nearest else ""


def nearly_all_or_none(one: Tally) -> str:
    """In words, where the figure would tell each pupil's result; else blank."""
    if not one.values or one.room > FEW:
        return ""
    at_most = one.room == one.span.most * one.pupils - one.total
    if one.measure.is_mean:
        return f"Nearly {one.span.most if at_most else one.span.least}"
    return _MOST if at_most else _LEAST


def _importance(one: Tally) -> tuple[bool, int]:
    headline = one.measure.headline
    return not headline, 0 if headline else -one.pupils
