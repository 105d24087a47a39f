"""Whether totals, and which of them are told, let somebody know one pupil's result.

Somebody may know who is in which group, and this rule. The tables of a measure come in
an order fixed beforehand, and are told until one would say too much; it and all after
it are not. Before each, the reader is taken to know more than was told: the total of
every row, of those pupils whom no table told so far tells apart.

Nobody is then given away. Where a table is told, the results could have been others
with the same totals. Where it is not, its groups might hold the most or the least that
the rows allow, and between these two every result can be another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from hornbook.measures.formulas import Span

Keys = frozenset[int]
# So many of a group must have met a measure and so many not: with one fewer, whoever
# knows of that one child knows of all the others.
FEW: Final = 2
_ALONE: Final = 1
# The number of a row, and of a column; each also as the side of a place it stands on.
Place = tuple[int, int]
_UP: Final = 0
_DOWN: Final = 1


@dataclass(frozen=True, slots=True)
class Sum:
    """What some pupils add up to above the least, and the most that they could."""

    pupils: int
    total: int
    most: int

    @property
    def room(self) -> int:
        """How far the total is from either end."""
        return min(self.total, self.most - self.total)

    @property
    def mixed(self) -> bool:
        """Whether results can be exchanged among the pupils."""
        return self.pupils > _ALONE and self.room > 0


@dataclass(frozen=True, slots=True)
class Results:
    """What each pupil counts for in a measure, and the least and the most they can."""

    values: Mapping[int, int]
    span: Span

    def of(self, keys: Keys) -> Sum:
        """The sum of some of the pupils."""
        least, most = self.span
        total = sum(self.values[key] for key in keys) - least * len(keys)
        return Sum(len(keys), total, (most - least) * len(keys))

    def ends(self, rows: Iterable[Keys], group: Keys) -> tuple[int, int]:
        """The least and the most of a group, where the totals of the rows are known."""
        low = high = 0
        for row in rows:
            total, inside, beside = self.of(row).total, row & group, row - group
            low += max(0, total - self.of(beside).most)
            high += min(total, self.of(inside).most)
        return low, high


@dataclass(slots=True)
class Chain:
    """The tables of one measure, told in order until one would say too much."""

    results: Results
    rows: list[Keys]
    open: bool
    told: set[Keys] = field(default_factory=set)

    @classmethod
    def of(cls, results: Results) -> Self:
        """Nothing told yet but the total of all."""
        everybody = Keys(results.values)
        enough = results.of(everybody).room > FEW
        return cls(results, [everybody], enough, {everybody} if enough else set())

    def tells(self, groups: Sequence[Keys]) -> bool:
        """Tell the totals of these groups, or of none of them and of none after.

        What is told already may be told again.
        """
        if self.told.issuperset(groups):
            return True
        columns = [*groups, *self._left_over(groups)]
        self.open = self.open and self._may_tell(groups, columns)
        if self.open:
            self.told.update(groups)
            self.rows = [
                row & column for row in self.rows for column in columns if row & column
            ]
        return self.open

    def _left_over(self, groups: Iterable[Keys]) -> list[Keys]:
        rest = Keys(self.results.values).difference(*groups)
        return [rest] if rest else []

    def _may_tell(self, groups: Sequence[Keys], columns: Sequence[Keys]) -> bool:
        return (
            all(self.results.of(row).mixed for row in self.rows)
            and all(self.results.of(column).room >= FEW for column in columns)
            and all(map(self._inside, groups))
            and not certain(self.rows, columns, self.results)
        )

    def _inside(self, group: Keys) -> bool:
        """Whether a group is well between the ends that the rows leave it."""
        low, high = self.results.ends(self.rows, group)
        return low + FEW <= self.results.of(group).total <= high - FEW


def certain(rows: Sequence[Keys], columns: Sequence[Keys], results: Results) -> Keys:
    """The pupils whose results follow from the totals of all rows and all columns.

    The pupils of a cell, alike or one alone, can have other results just where some can
    go round: up here, down in another cell of that column, up in that one's row, and so
    on until they are back. Every way from one set of results to another is made of such
    rounds, so that nothing is missed.
    """
    crossed = _Crossed(
        {
            (at, across): results.of(row & column)
            for at, row in enumerate(rows)
            for across, column in enumerate(columns)
            if row & column
        }
    )
    fixed = (place for place in crossed.cells if crossed.fixed(place))
    return Keys().union(*(rows[at] & columns[across] for at, across in fixed))


@dataclass(frozen=True, slots=True)
class _Crossed:
    """The cells by their row and their column, and the ways results can go round."""

    cells: Mapping[Place, Sum]

    def fixed(self, place: Place) -> bool:
        """Whether the pupils of a cell can have no other results."""
        cell, (row, column) = self.cells[place], place
        if cell.mixed:
            return False
        up = cell.total < cell.most and self._leads(_DOWN, column, place)
        down = cell.total > 0 and self._leads(_UP, row, place)
        return not up and not down

    def _leads(self, side: int, line: int, place: Place) -> bool:
        """Whether steps down a column and up a row lead back, but not by the cell."""
        goal = (_UP, place[0]) if side == _DOWN else (_DOWN, place[1])
        seen, left = {(side, line)}, [(side, line)]
        while left and goal not in seen:
            new = set(self._steps(*left.pop(), place)) - seen
            seen |= new
            left += new
        return goal in seen

    def _steps(self, side: int, line: int, place: Place) -> Iterator[Place]:
        """From a column to the rows where it can go down; from a row, to columns."""
        for other, cell in self.cells.items():
            room = cell.total if side == _DOWN else cell.most - cell.total
            if other != place and other[side] == line and room:
                yield 1 - side, other[1 - side]
