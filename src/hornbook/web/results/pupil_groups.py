"""The groups of pupils by which a grid is filtered: sex, SEN and the like. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hornbook.rulebook.groups import Grouping, groupings

# What a class teacher plans by, in the order of the list.
_BY: Final = ("sex", "sen", "disadvantaged", "fsm", "eal", "looked-after")


@dataclass(frozen=True, slots=True)
class Division:
    """A way to divide the pupils: the groups that there are, each by its token."""

    title: str
    groups: tuple[tuple[str, str], ...]


def facts() -> tuple[str, ...]:
    """The facts of a pupil that are asked for."""
    asked = (name for by in _ways() for name in (by.fact, *by.any_of) if name)
    return tuple(dict.fromkeys(asked))


def tokens(stated: Mapping[str, str]) -> tuple[str, ...]:
    """The groups that a pupil belongs to."""
    return tuple(_token(by, by.of(stated)) for by in _ways())


def divisions(of_pupils: Iterable[Iterable[str]]) -> tuple[Division, ...]:
    """The ways that tell the pupils apart, with the groups that any of them is in."""
    met = {token for each in of_pupils for token in each}
    found = (Division(by.title, _groups(by, met)) for by in _ways())
    return tuple(one for one in found if len(one.groups) > 1)


def _ways() -> tuple[Grouping, ...]:
    return tuple(groupings()[code] for code in _BY)


def _groups(by: Grouping, met: set[str]) -> tuple[tuple[str, str], ...]:
    codes = [*(value.code for value in by.values), ""]
    return tuple(
        (_token(by, code), by.title_of(code))
        for code in codes
        if _token(by, code) in met
    )


def _token(by: Grouping, code: str) -> str:
    return f"{by.code}-{code}"
