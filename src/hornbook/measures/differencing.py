"""Whether totals that are told let somebody work out the total of a small group.

Every total told is of a set of pupils. Whoever adds and subtracts totals learns that of
any set whose indicator is a linear combination of theirs, and of no other. So the sets
are taken as rows of a matrix over the pupils told apart by them, and reduced. In the
reduced matrix a combination is known by the leading columns it holds, so that trying
those of few pupils finds every small group there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

Keys = frozenset[int]
# Arithmetic is modulo a large prime: exact, and no fractions that grow.
_PRIME: Final = 2**61 - 1


def small_group(told: Iterable[Keys], smallest: int) -> Keys:
    """A group of fewer pupils than smallest that the totals give away; or none."""
    sets = [one for one in dict.fromkeys(told) if one]
    atoms = _atoms(sets)
    search = _Search(atoms, _reduced(sets, atoms), smallest)
    return next(search.found(), Keys())


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


@dataclass(frozen=True, slots=True)
class _Search:
    """Sums of reduced rows that hold every atom once or not at all, and few pupils."""

    atoms: Sequence[Keys]
    rows: dict[int, list[int]]
    smallest: int

    def found(self) -> Iterator[Keys]:
        """Every small group that the rows give away."""
        leads = [at for at in self.rows if len(self.atoms[at]) < self.smallest]
        yield from self._from([0] * len(self.atoms), 0, leads)

    def _from(self, held: list[int], pupils: int, leads: list[int]) -> Iterator[Keys]:
        """Add one more row, then others after it, while the leads are of few pupils."""
        for place, lead in enumerate(leads):
            more = pupils + len(self.atoms[lead])
            if more < self.smallest:
                row = self.rows[lead]
                whole = [(a + b) % _PRIME for a, b in zip(held, row, strict=True)]
                yield from self._group(whole)
                yield from self._from(whole, more, leads[place + 1 :])

    def _group(self, row: list[int]) -> Iterator[Keys]:
        """The group that a row stands for, where it stands for a small one."""
        if max(row) == 1:
            group = Keys().union(
                *(atom for atom, held in zip(self.atoms, row, strict=True) if held)
            )
            if len(group) < self.smallest:
                yield group
