"""Who may teach a class of the new year: its teachers, or those of its group. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hornbook.identifiers import NC_YEARS
from hornbook.rulebook.load import codeset
from hornbook.web.pupils.moving_up import Enrolled, Teacher, next_group

_NOBODY: Final = "Nobody yet"


class Takes(StrEnum):
    """A way of saying who teaches a class that is not a person's name."""

    STAY = "stay"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Offered:
    """Whom a class may get: by the word of the choice, its label and who that is."""

    labels: tuple[tuple[str, str], ...]
    teachers: Mapping[str, tuple[Teacher, ...]]

    @property
    def usual(self) -> str:
        """Who teaches the year group now, where that is clear; else nobody yet."""
        return Takes.GROUP if Takes.GROUP in self.teachers else ""


def offered(
    names: Mapping[str, str],
    old: Sequence[Enrolled],
    taught: Mapping[str, tuple[Teacher, ...]],
    everybody: Iterable[Teacher],
) -> dict[str, Offered]:
    """Whom each class of the old year may get in the new one.

    names are the new names, taught the teachers of the old year's classes.
    """
    people = tuple(everybody)
    now = {name: _groups(name, old) for name in names}
    return {
        name: _offered(
            taught.get(name, ()),
            taught.get(_of_group(name, names[name], now), ()),
            sorted(map(next_group, now[name]), key=NC_YEARS.index),
            people,
        )
        for name in names
    }


def _offered(
    own: tuple[Teacher, ...],
    of_group: tuple[Teacher, ...],
    groups: Sequence[str],
    people: Iterable[Teacher],
) -> Offered:
    titles = codeset("nc_years")
    of_groups = " and ".join(titles[group] for group in groups)
    named = [
        (Takes.GROUP, f"{_said(of_group)}, teaching {of_groups} now", of_group),
        (Takes.STAY, f"{_said(own)}, staying with the class", own),
        *((str(each.key), each.name, (each,)) for each in people),
    ]
    given = [one for one in named if one[2]]
    return Offered(
        (("", _NOBODY), *((str(word), label) for word, label, _ in given)),
        {str(word): teachers for word, _, teachers in given},
    )


def _groups(name: str, old: Iterable[Enrolled]) -> frozenset[str]:
    return frozenset(each.nc_year for each in old if each.class_name == name)


def _of_group(name: str, becomes: str, now: Mapping[str, frozenset[str]]) -> str:
    """The class that has the year groups now which this one comes into; blank if none.

    Of several it is the one that is called so; never a guess between two.
    """
    coming = frozenset(map(next_group, now[name]))
    fitting = [other for other, groups in now.items() if groups and groups == coming]
    if becomes in fitting:
        return becomes
    return fitting[0] if len(fitting) == 1 else ""


def _said(teachers: Iterable[Teacher]) -> str:
    return " and ".join(each.name for each in teachers)
