"""What may be entered in the columns of a grid, said once. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from hornbook.rulebook.model import Item
from hornbook.wording import listed

_MOST_TITLES: Final = 4
# A code and a title that end in the same number, as PK6 does.
_NUMBERED: Final = re.compile(r"([^\d ]+)(\d+) (.*\D)\2")
_A_RUN: Final = 3


@dataclass(frozen=True, slots=True)
class Key:
    """What may be entered, said once for all columns that take the same.

    each says the marks of every column by itself, where nothing else is entered.
    """

    titles: str
    marks: str
    values: tuple[tuple[str, str], ...]
    each: tuple[tuple[str, str], ...] = ()

    @property
    def in_short(self) -> tuple[tuple[str, str], ...]:
        """The values for a sheet of paper: those that are counted through are one."""
        return tuple(
            short
            for _, run in groupby(self.values, key=_counted)
            for short in _run(list(run))
        )


def keys(items: Iterable[Item]) -> tuple[Key, ...]:
    """The legend: items that take the same codes and marks are one entry.

    So are the items that take a mark and nothing else, each with its own.
    """
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
    everything = list(items)
    for item in everything:
        groups.setdefault((_marks(item), values(item)), []).append(item.title)
    alone = {marks for marks, codes in groups if not codes}
    found = [
        Key(_titles(titles, len(everything)), marks, codes)
        for (marks, codes), titles in groups.items()
        if codes or len(alone) == 1
    ]
    return (*found, *([_marks_alone(everything)] if len(alone) > 1 else []))


def _marks_alone(items: Iterable[Item]) -> Key:
    """One entry for the items that take a mark and no code."""
    each = tuple(
        (item.title, f"{item.marks.lowest} to {item.marks.highest}")
        for item in items
        if item.marks and not item.entered
    )
    return Key("A mark alone", "", (), each)


def _counted(value: tuple[str, str]) -> tuple[str, ...]:
    """What a value has in common with those it is counted with; else the value."""
    found = _NUMBERED.fullmatch(" ".join(value))
    return found.group(1, 3) if found else (*value, "")


def _run(run: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """PK6 to PK1, where they are several."""
    if len(run) < _A_RUN:
        yield from run
        return
    (first, title), (last, _) = run[0], run[-1]
    ends = last.removeprefix(_counted(run[0])[0])
    yield f"{first} to {last}", f"{title} to {ends}"


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
    what = "score" if item.marks.lowest else "mark"
    return f"A {what} from {item.marks.lowest} to {item.marks.highest}"
