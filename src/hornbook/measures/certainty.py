"""Whether totals that are told let somebody be certain of one pupil's result.

Somebody may know who is in which group. They are certain of nobody, if for every pupil
the results could have been others and all the totals the same: within pupils whom no
total tells apart, or between two and two others who together are in the same groups.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Final

from hornbook.measures.formulas import Span

Keys = frozenset[int]
_SWAPPED: Final = 2
# A digit for each total says how many of the swapped it holds.
_DIGIT: Final = _SWAPPED.bit_length()


@dataclass(slots=True)
class _Alike:
    """Pupils whom no total tells apart: how far their results could go together."""

    keys: list[int]
    up: int = 0
    down: int = 0

    @property
    def open(self) -> bool:
        """Whether results could be exchanged among them."""
        return len(self.keys) > 1 and self.up > 0 and self.down > 0


def certain(told: Iterable[Keys], values: Mapping[int, int], span: Span) -> Keys:
    """The pupils whose results the totals of these sets may give away."""
    alike = _alike(list(dict.fromkeys(told)), values, span)
    closed = {at for at, one in alike.items() if not one.open}
    if closed:
        closed -= _exchanged(alike)
    return Keys(key for at in closed for key in alike[at].keys)


def _alike(
    told: Sequence[Keys], values: Mapping[int, int], span: Span
) -> dict[int, _Alike]:
    """The pupils by the totals that hold them, written as a number with digits."""
    found: dict[int, _Alike] = {}
    for key in sorted(Keys().union(*told)):
        place = sum(1 << _DIGIT * at for at, keys in enumerate(told) if key in keys)
        one = found.setdefault(place, _Alike([]))
        one.keys.append(key)
        one.up += span.most - values[key]
        one.down += values[key] - span.least
    return found


def _exchanged(alike: Mapping[int, _Alike]) -> set[int]:
    """The places of which some go up while others go down, and no total changes."""
    downs = _pairs({place: one.down for place, one in alike.items()})
    ups = _pairs({place: one.up for place, one in alike.items()})
    found: set[int] = set()
    for together in downs.keys() & ups.keys():
        for down in downs[together]:
            for up in ups[together]:
                if down != up:
                    found.update(down, up)
    return found


def _pairs(room: Mapping[int, int]) -> dict[int, list[tuple[int, ...]]]:
    """Two places that have room, or one with room for two, by what they add up to."""
    found: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for pair in _two(sorted(place for place, left in room.items() if left)):
        if len(set(pair)) == _SWAPPED or room[pair[0]] >= _SWAPPED:
            found[sum(pair)].append(pair)
    return found


def _two(places: Iterable[int]) -> Iterator[tuple[int, ...]]:
    return combinations_with_replacement(places, _SWAPPED)
