"""National figures by year, each with its release and source."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from textwrap import shorten
from types import MappingProxyType
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.measures import Measure, measures

NATIONAL: Final = Path(__file__).parent / "national.csv"
BY_SCHOOL: Final = "written down by the school"
_LONGEST_BESIDE: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class National:
    """What all of England came to: a percentage, or a mean.

    group is blank for all pupils, else a group and its value, such as sex:F.
    """

    year: AcademicYear
    measure: str
    group: str = ""
    value: Decimal
    release: str
    source: str
    confirmed: bool

    @property
    def text(self) -> str:
        """The figure as it was published."""
        unit = "" if measures()[self.measure].is_mean else "%"
        return f"{self.value}{unit}"

    def beside(self, year: AcademicYear) -> str:
        """The figure, with its year where it is of another or the school's own."""
        if self.year == year and self.source != BY_SCHOOL:
            return self.text
        return f"{self.text} in {self.year}"

    @property
    def doubt(self) -> str:
        """What is to be known wherever it stands; blank where it is confirmed."""
        if self.confirmed:
            return ""
        if self.source == BY_SCHOOL:
            return f"{self.release}, {self.source}, not confirmed"
        return "not confirmed"

    @property
    def brief_doubt(self) -> str:
        """The same for a narrow column: the name of a long release is cut."""
        if self.source != BY_SCHOOL:
            return self.doubt
        release = shorten(self.release, _LONGEST_BESIDE, placeholder="…")
        return self.doubt.replace(self.release, release, 1)

    def marked(self, year: AcademicYear) -> str:
        """The figure beside one of a year, with its doubt."""
        doubt = f" ({self.doubt})" if self.doubt else ""
        return f"{self.beside(year)}{doubt}"

    @property
    def cited(self) -> str:
        """Where it comes from, in a line."""
        doubt = "" if self.confirmed else " (not confirmed)"
        year = f"{self.year}, " if self.source == BY_SCHOOL else ""
        return f"{year}{self.release}: {self.source}{doubt}"


Key = tuple[int, str, str]


@cache
def national() -> Mapping[Key, National]:
    """Every figure by year, measure and group."""
    with NATIONAL.open(encoding="utf-8", newline="") as lines:
        figures = [_figure(row) for row in csv.DictReader(lines)]
    return MappingProxyType(
        {(one.year.ends, one.measure, one.group): one for one in figures}
    )


def _figure(row: Mapping[str, str]) -> National:
    return National(
        year=AcademicYear(int(row["year"])),
        measure=row["measure"],
        group=row["group"],
        value=Decimal(row["value"]),
        release=row["release"],
        source=row["source"],
        confirmed=row["confirmed"] == "yes",
    )


@dataclass(frozen=True, slots=True)
class England:
    """The national figures that stand beside a school's."""

    figures: Mapping[Key, National]

    def of_year(
        self, measure: Measure, year: AcademicYear, group: str = ""
    ) -> National | None:
        """The figure of that very year."""
        return self.figures.get((year.ends, measure.code, group))

    def latest(
        self, measure: Measure, year: AcademicYear, group: str = ""
    ) -> National | None:
        """The figure of the year, or the latest before it; None where there is none."""
        known = [
            one
            for (ends, code, of), one in self.figures.items()
            if code == measure.code and of == group and ends <= year.ends
        ]
        return max(known, key=lambda one: one.year, default=None)

    def held(self, year: AcademicYear) -> tuple[National, ...]:
        """The figures of all pupils of a year."""
        return tuple(
            one for one in self.figures.values() if one.year == year and not one.group
        )

    def missing(self, year: AcademicYear) -> tuple[Measure, ...]:
        """The measures with a figure in some year, and none in this."""
        published = {code for _, code, group in self.figures if not group}
        return tuple(
            measure
            for measure in measures().values()
            if measure.code in published and not self.of_year(measure, year)
        )

    def with_own(self, own: Iterable[National]) -> "England":
        """These, and others that a school has written down in their place."""
        more = {(one.year.ends, one.measure, one.group): one for one in own}
        return England({**self.figures, **more})


@cache
def published() -> England:
    """The figures of the rulebook."""
    return England(national())
