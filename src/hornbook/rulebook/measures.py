"""What is counted, as data: the measures of measures.toml and the reports they make."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.items import Item
from hornbook.rulebook.load import RulebookError, build, read_toml, rulebook, years

MEASURES: Final = Path(__file__).parent / "measures.toml"
FORMULAS: Final = frozenset(
    {
        "every",
        "count",
        "threshold",
        "scaled",
        "average",
        "highest",
        "took",
        "combined",
    }
)
_UNCERTAIN: Final = "definition not certain"
_MEANS: Final = frozenset({"count", "average"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """From which year national figures may not be compared with earlier ones."""

    since: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing that is counted, in words and in values; see measures.toml.

    unit is blank where pupils are counted, else what a mean is a mean of.
    """

    code: str
    title: str
    short_title: str
    collection: str
    nc_year: str
    formula: str
    items: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    not_met: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    at_least: int | None = None
    earlier: bool = False
    each: str = ""
    unit: str = ""
    bands: tuple[int, ...] = ()
    breaks: tuple[Break, ...] = ()
    headline: bool = False
    counts: str
    out_of: str
    left_out: str
    why: str
    source: str
    confirmed: bool = True

    def __post_init__(self) -> None:
        if self.formula not in FORMULAS:
            raise ValueError(f"{self.formula} is no formula.")
        if self.each not in {"", "item", "area", "named"}:
            raise ValueError(f"{self.code} cannot be made for each {self.each}.")
        if bool(self.unit) is not (self.formula in _MEANS):
            raise ValueError(f"{self.code} is a mean of what?")

    @property
    def is_mean(self) -> bool:
        """Whether the figure is a mean, and not a share of pupils."""
        return bool(self.unit)

    @property
    def marked_title(self) -> str:
        """Its title, and that its definition is not certain where it is not."""
        return self.title if self.confirmed else f"{self.title} ({_UNCERTAIN})"

    @property
    def full_items(self) -> tuple[str, ...]:
        """The items by their full code."""
        return tuple(f"{self.collection}.{code}" for code in self.items)

    def breaks_within(self, first: int, last: int) -> tuple[Break, ...]:
        """The breaks after one year and up to another, both by their ends."""
        return tuple(one for one in self.breaks if first < one.since <= last)

    def item(self, year: AcademicYear) -> Item:
        """Its first item, as the year has it."""
        return rulebook(year).item(self.full_items[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """A report: a collection, or two that belong together."""

    code: str
    title: str
    short_title: str
    collections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A place on a side of a conversion: whoever met a measure."""

    measure: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Before, or now: the steps from the best down, and the rest."""

    title: str
    rest: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """Where pupils of a year group stood some years before, and where they stand."""

    code: str
    title: str
    report: str
    nc_year: str
    years_before: int
    before: Side
    now: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    reports: tuple[ReportFacts, ...]
    conversions: tuple[Conversion, ...]
    measures: tuple[Measure, ...]


@cache
def _file() -> _File:
    return build(_File, read_toml(MEASURES), MEASURES.name)


@cache
def measures() -> Mapping[str, Measure]:
    """Every measure by its code, in the order of the file."""
    found: dict[str, Measure] = {}
    for measure in _file().measures:
        for one in _expanded(measure):
            if one.code in found:
                raise RulebookError(f"{MEASURES.name}: {one.code} stands twice.")
            found[one.code] = one
    return MappingProxyType(found)


@cache
def reports() -> Mapping[str, ReportFacts]:
    """Every report by its code, in the order of a child's years at school."""
    return MappingProxyType({report.code: report for report in _file().reports})


@cache
def measures_of(report: str) -> tuple[Measure, ...]:
    """The measures of one report."""
    collections = reports()[report].collections
    return tuple(one for one in measures().values() if one.collection in collections)


@cache
def conversions() -> Mapping[str, Conversion]:
    """Every conversion by its code."""
    return MappingProxyType({one.code: one for one in _file().conversions})


def report_of(measure: Measure) -> ReportFacts:
    """The report that shows a measure."""
    return next(
        one for one in reports().values() if measure.collection in one.collections
    )


def _expanded(measure: Measure) -> Iterator[Measure]:
    """The measure itself, or one for each item or area of its collection."""
    if not measure.each:
        yield measure
        return
    items = rulebook(years()[0]).collections[measure.collection].items
    if measure.each == "area":
        for area in dict.fromkeys(item.area for item in items):
            inside = tuple(item.code for item in items if item.area == area)
            yield _filled(measure, inside, area=area)
        return
    for item in items:
        if measure.each == "item":
            yield _filled(measure, (item.code,), item=item.title)
        elif item.code in measure.items:
            yield _filled(measure, (item.code,), item=item.code)


def _filled(measure: Measure, items: tuple[str, ...], **words: str) -> Measure:
    """One measure of several, its blanks filled in."""
    named = words | {"item": items[0]} if "item" in words else words
    slugs = {key: _slug(word) for key, word in named.items()}
    return replace(
        measure,
        code=measure.code.format(**slugs),
        title=measure.title.format(**words),
        short_title=measure.short_title.format(**words),
        items=items,
        each="",
    )


def _slug(words: str) -> str:
    """Words as a part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")
