"""A measure counted over pupils: who counts, who does not, and the figure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from hornbook.identifiers import AcademicYear
from hornbook.measures.formulas import Span, judge, span, threshold
from hornbook.measures.people import Assessed
from hornbook.rulebook.measures import Measure
from hornbook.rulebook.national import National
from hornbook.wording import many

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A measure of a year: each pupil's value by key, and why others are left out.

    unknown says why nothing can be counted yet; blank where it can.
    """

    measure: Measure
    year: AcademicYear
    values: Mapping[int, int] = field(default_factory=dict)
    left_out: Mapping[int, str] = field(default_factory=dict)
    unknown: str = ""

    @property
    def pupils(self) -> int:
        """Out of how many."""
        return len(self.values)

    @property
    def total(self) -> int:
        """How many met it, or the marks added up."""
        return sum(self.values.values())

    @property
    def met(self) -> tuple[int, ...]:
        """Who met it, by key."""
        return tuple(sorted(key for key, value in self.values.items() if value))

    @property
    def not_met(self) -> tuple[int, ...]:
        """Who counts and did not meet it."""
        return tuple(sorted(key for key, value in self.values.items() if not value))

    @property
    def counted(self) -> frozenset[int]:
        """Everybody who counts."""
        return frozenset(self.values)

    @property
    def span(self) -> Span:
        """The least and the most that one pupil can count for."""
        return span(self.measure, self.year)

    @property
    def room(self) -> int:
        """How far the total is from the least or from the most that it could be."""
        low, high = self.span
        return min(self.total - low * self.pupils, high * self.pupils - self.total)

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, halves up; None of no pupils."""
        if not self.values:
            return None
        return (200 * self.total + self.pupils) // (2 * self.pupils)

    @property
    def mean(self) -> Decimal | None:
        """The mean to one place; None of no pupils."""
        if not self.values:
            return None
        exact = Decimal(self.total) / self.pupils
        return exact.quantize(_TENTH, ROUND_HALF_UP)

    @property
    def figure(self) -> Decimal | None:
        """The figure that is compared: per cent or mean."""
        if self.measure.is_mean or self.percent is None:
            return self.mean
        return Decimal(self.percent)

    @property
    def text(self) -> str:
        """The figure and the pupils behind it, never one without the other."""
        if self.unknown or not self.values:
            return self.unknown or "No pupils"
        if self.measure.is_mean:
            return f"{self.mean} ({many(self.pupils, 'pupil')})"
        return f"{self.percent}% ({self.total} of {self.pupils})"

    @property
    def reasons(self) -> tuple[tuple[str, int], ...]:
        """Why pupils are left out, and how many for each reason."""
        return tuple(sorted(Counter(self.left_out.values()).items()))

    def among(self, keys: Iterable[int]) -> "Tally":
        """The same measure of some of the pupils."""
        wanted = set(keys)
        return Tally(
            measure=self.measure,
            year=self.year,
            values={key: self.values[key] for key in self.values if key in wanted},
            left_out={
                key: self.left_out[key] for key in self.left_out if key in wanted
            },
            unknown=self.unknown,
        )


def tally(measure: Measure, year: AcademicYear, pupils: Iterable[Assessed]) -> Tally:
    """Count a measure over the pupils of its year group."""
    unknown = _not_yet(measure, year)
    if unknown:
        return Tally(measure=measure, year=year, unknown=unknown)
    values: dict[int, int] = {}
    left_out: dict[int, str] = {}
    for pupil in pupils:
        if pupil.nc_year == measure.nc_year:
            judged = judge(measure, pupil, year)
            if judged.value is None:
                left_out[pupil.key] = judged.reason
            else:
                values[pupil.key] = judged.value
    return Tally(
        measure=measure,
        year=year,
        values=dict(sorted(values.items())),
        left_out=dict(sorted(left_out.items())),
    )


def _not_yet(measure: Measure, year: AcademicYear) -> str:
    """Why a measure cannot be counted yet."""
    if measure.formula != "threshold":
        return ""
    if threshold(measure.full_items[0], year.ends) is not None:
        return ""
    return f"The mark that meets the standard in {year} is not published yet"


def gap(found: Tally, national: National) -> Decimal | None:
    """How far the figure is above (below, if negative) the national one, to a tenth."""
    if not found.values:
        return None
    if found.measure.is_mean:
        exact = Decimal(found.total) / found.pupils
    else:
        exact = Decimal(100 * found.total) / found.pupils
    return (exact - national.value).quantize(_TENTH, ROUND_HALF_UP)


def gap_in_pupils(found: Tally, national: National) -> int | None:
    """How many pupils more (fewer, if negative) than at the national rate."""
    if not found.values or found.measure.is_mean:
        return None
    at_national = national.value * found.pupils / 100
    return int((found.total - at_national).quantize(Decimal(1), ROUND_HALF_UP))


def gap_in_words(found: Tally, national: National) -> str:
    """The gap as a head tells it."""
    points = gap(found, national)
    if points is None:
        return ""
    unit = "" if found.measure.is_mean else " points"
    words = f"{abs(points)}{unit} {_side(points)}" if points else "the same"
    pupils = gap_in_pupils(found, national)
    if not pupils:
        return words if found.measure.is_mean else f"{words}: less than one pupil"
    return f"{words}: about {many(abs(pupils), 'pupil')}"


def _side(points: Decimal) -> str:
    return "above" if points > 0 else "below"


def more_needed(found: Tally, percent: int) -> int | None:
    """How many more pupils must meet a measure for that per cent; 0 where it is met."""
    if not found.values or found.measure.is_mean:
        return None
    return max(0, ceil(Decimal(percent) * found.pupils / 100) - found.total)
