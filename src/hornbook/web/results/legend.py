"""What may be entered in the columns of a grid, said once. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hornbook.rulebook.model import Item
from hornbook.wording import listed

_MOST_TITLES: Final = 4


@dataclass(frozen=True, slots=True)
class Key:
    """What may be entered, said once for all columns that take the same."""

    titles: str
    marks: str
    values: tuple[tuple[str, str], ...]


def keys(items: Iterable[Item]) -> tuple[Key, ...]:
    """The legend: items that take the same codes and marks are one entry."""
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
    everything = list(items)
    for item in everything:
        groups.setdefault((_marks(item), values(item)), []).append(item.title)
    return tuple(
        Key(_titles(titles, len(everything)), marks, codes)
        for (marks, codes), titles in groups.items()
    )


def values(item: Item) -> tuple[tuple[str, str], ...]:
    """The codes that a school may enter, and what they mean."""
    return tuple((outcome.code, outcome.title) for outcome in item.entered)


def _titles(titles: list[str], of: int) -> str:
    """The columns an entry is for: one, two and three, or every column."""
    if len(titles) == of > 1 and of > _MOST_TITLES:
        return "Every column"
    return listed(titles)


def _marks(item: Item) -> str:
    if item.marks is None:
        return ""
    return f"A mark from {item.marks.lowest} to {item.marks.highest}"
