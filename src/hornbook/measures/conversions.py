"""Where pupils stood before and where they stand now, with the pupils in each cell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.measures.formulas import judge
from hornbook.measures.people import Assessed
from hornbook.rulebook.load import years
from hornbook.rulebook.measures import Conversion, Side, measures

NONE: Final = "No result"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A conversion of one year: the pupils by where they stood and where they stand."""

    conversion: Conversion
    year: AcademicYear
    cells: Mapping[tuple[str, str], tuple[int, ...]]

    @property
    def rows(self) -> tuple[str, ...]:
        """The places before, the best first."""
        return _places(self.conversion.before)

    @property
    def columns(self) -> tuple[str, ...]:
        """The places now, the best first."""
        return _places(self.conversion.now)

    @property
    def before(self) -> AcademicYear:
        """The year of the places before."""
        return AcademicYear(self.year.ends - self.conversion.years_before)

    @property
    def known(self) -> int:
        """Of how many pupils both places are known."""
        return sum(len(keys) for place, keys in self.cells.items() if NONE not in place)

    def keys(self, row: str, column: str) -> tuple[int, ...]:
        """The pupils of a cell."""
        return self.cells.get((row, column), ())


def _places(side: Side) -> tuple[str, ...]:
    return (*(step.title for step in side.steps), side.rest, NONE)


def matrix(
    conversion: Conversion, year: AcademicYear, pupils: Iterable[Assessed]
) -> Matrix:
    """Sort the pupils of a year group into the cells."""
    before = AcademicYear(year.ends - conversion.years_before)
    cells: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pupil in pupils:
        if pupil.nc_year == conversion.nc_year:
            then = _place(conversion.before, pupil, before)
            cells[then, _place(conversion.now, pupil, year)].append(pupil.key)
    return Matrix(
        conversion=conversion,
        year=year,
        cells={place: tuple(sorted(keys)) for place, keys in cells.items()},
    )


def _place(side: Side, pupil: Assessed, year: AcademicYear) -> str:
    """The best step that a pupil reached."""
    if year not in years():
        return NONE
    counted = False
    for step in side.steps:
        judged = judge(measures()[step.measure], pupil, year)
        if judged.value:
            return step.title
        counted = judged.value is not None
    return side.rest if counted else NONE
