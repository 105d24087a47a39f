"""Whether totals that are told let somebody work out the total of a small group.

Every total told is of a set of pupils. Whoever adds and subtracts totals learns that of
any set whose indicator is a linear combination of theirs, and of no other. So the sets
are taken as rows of a matrix over the pupils told apart by them, and reduced. In the
reduced matrix a combination is known by the leading columns it holds, so that trying
those of few pupils finds every small group there is. Where that takes too many tries,
it is as if there were one: what is not known to be safe is not told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Keys = frozenset[int]
# Arithmetic is modulo a large prime: exact, and no fractions that grow.
_PRIME: Final = 2**61 - 1
# With more, no more tables of year groups of 30 to 90 were told.
_TRIES: Final = 60


def small_group(told: Iterable[Keys], smallest: int) -> Keys:
    """A group of fewer pupils than smallest that the totals give away; or none."""
    sets = [one for one in dict.fromkeys(told) if one]
    atoms = _atoms(sets)
    rows = {
        lead: {at: times for at, times in enumerate(row) if times}
        for lead, row in _reduced(sets, atoms).items()
        if len(atoms[lead]) < smallest
    }
    holders: dict[int, set[int]] = defaultdict(set)
    for lead, row in rows.items():
        for at in row:
            holders[at].add(lead)
    return next(_Search(atoms, rows, holders, smallest).found(), Keys())


def _atoms(sets: Sequence[Keys]) -> list[Keys]:
    """The pupils that no set tells apart, together; the most first."""
    signs: dict[int, int] = defaultdict(int)
    for number, keys in enumerate(sets):
        for key in keys:
            signs[key] |= 1 << number
    alike: dict[int, set[int]] = defaultdict(set)
    for key, sign in signs.items():
        alike[sign].add(key)
    return sorted(map(Keys, alike.values()), key=lambda atom: -len(atom))


def _reduced(sets: Sequence[Keys], atoms: Sequence[Keys]) -> dict[int, list[int]]:
    """The sets as rows over the atoms, reduced; each by the column that leads it."""
    firsts = [next(iter(atom)) for atom in atoms]
    rows: dict[int, list[int]] = {}
    for keys in sets:
        row = [int(first in keys) for first in firsts]
        for lead, other in rows.items():
            row = _without(row, other, row[lead])
        leading = next((at for at, value in enumerate(row) if value), None)
        if leading is not None:
            inverse = pow(row[leading], -1, _PRIME)
            row = [value * inverse % _PRIME for value in row]
            rows = {at: _without(old, row, old[leading]) for at, old in rows.items()}
            rows[leading] = row
    return rows


def _without(row: list[int], other: Sequence[int], times: int) -> list[int]:
    if not times:
        return row
    return [(a - times * b) % _PRIME for a, b in zip(row, other, strict=True)]


@dataclass(slots=True)
class _Search:
    """Sums of reduced rows that hold every atom once or not at all, and few pupils.

    rows are only those whose leading atom is of few pupils, without their zeros. A sum
    that holds an atom another number of times needs one more row that holds it, and so
    does one of too many pupils: a leading atom stays, another may go.
    """

    atoms: Sequence[Keys]
    rows: Mapping[int, Mapping[int, int]]
    holders: Mapping[int, set[int]]
    smallest: int
    tries: int = _TRIES

    def found(self) -> Iterator[Keys]:
        """The small groups that the rows give away; or what was looked at last."""
        left = set(self.rows)
        for lead in sorted(self.rows):
            yield from self._with(lead, {}, 0, left)
            left.discard(lead)

    def _with(
        self, lead: int, held: Mapping[int, int], pupils: int, left: set[int]
    ) -> Iterator[Keys]:
        """Add a row, then others of those left, until every atom is held rightly."""
        pupils += len(self.atoms[lead])
        if pupils >= self.smallest:
            return
        self.tries -= 1
        whole = _added(held, self.rows[lead])
        wrong = [[at] for at, times in whole.items() if times != 1]
        many = self._too_many(whole, pupils)
        ways = [*wrong, many] if many else wrong
        if self.tries < 0 or not ways:
            yield Keys().union(*(self.atoms[at] for at in whole))
            return
        left = left - {lead}
        for other in min((self._holding(at, left) for at in ways), key=len):
            yield from self._with(other, whole, pupils, left)
            left.discard(other)

    def _too_many(self, whole: Mapping[int, int], pupils: int) -> list[int]:
        """Atoms of which one at least must go, as with all of them it is too large."""
        found: list[int] = []
        for at in sorted(at for at in whole if at not in self.rows):
            if pupils >= self.smallest:
                break
            found.append(at)
            pupils += len(self.atoms[at])
        return found if pupils >= self.smallest else []

    def _holding(self, atoms: Iterable[int], left: set[int]) -> set[int]:
        return left & set[int]().union(*(self.holders[at] for at in atoms))


def _added(held: Mapping[int, int], row: Mapping[int, int]) -> dict[int, int]:
    """The sum of two rows, without its zeros."""
    whole = dict(held)
    for at, times in row.items():
        whole[at] = (whole.get(at, 0) + times) % _PRIME
        if not whole[at]:
            del whole[at]
    return whole
