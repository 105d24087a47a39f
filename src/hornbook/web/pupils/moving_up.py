"""What moving a school up would do, to be shown before it is done. Pure."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from hornbook.identifiers import NC_YEARS, AcademicYear

_GROUP: Final = re.compile(r"R|[1-9][0-9]?")
# Year groups at the head of a class's name: R, 1, Year 1, 5/6, and not Robins.
_GROUPS_STATED: Final = re.compile(
    r"(?:Year )?(?:R|[1-9][0-9]?)(?:[/&-](?:R|[1-9][0-9]?))*(?![a-z0-9])"
)
# Past the last place of the list stands "X", a pupil in no year group.
_NO_GROUP = NC_YEARS[-1]


def next_group(nc_year: str) -> str:
    """The year group after this one; who is in none stays in none."""
    if nc_year not in NC_YEARS or nc_year == _NO_GROUP:
        return _NO_GROUP
    return NC_YEARS[NC_YEARS.index(nc_year) + 1]


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A pupil on roll in one of the two years."""

    key: int
    pupil: int
    name: str
    nc_year: str
    class_name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person decided: the last year group, its last day, and class names.

    names gives each class of the old year its name in the new one; blank or missing
    is not carried on.
    """

    last_group: str
    last_day: date
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Move:
    """A pupil who moves up."""

    pupil: int
    name: str
    before: str
    nc_year: str
    class_name: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A pupil who is in the new year already, and only gets a class there."""

    enrolment: int
    name: str
    nc_year: str
    class_name: str


@dataclass(frozen=True, slots=True)
class Leaver:
    """A pupil of the last year group, whose enrolment gets its last day."""

    enrolment: int
    name: str


@dataclass(frozen=True, slots=True)
class NewClass:
    """A class of the new year, and how many of each year group are in it."""

    name: str
    sources: tuple[str, ...]
    made: bool
    groups: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that moving up would write."""

    into: int
    last_day: date
    moves: tuple[Move, ...]
    placed: tuple[Placed, ...]
    leavers: tuple[Leaver, ...]
    classes: tuple[NewClass, ...]
    already: int

    @property
    def digest(self) -> str:
        """The same for the same plan: what the person approves."""
        text = json.dumps(asdict(self), default=str, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def without_class(self) -> tuple[Move, ...]:
        """Those who would be in no class."""
        return tuple(move for move in self.moves if not move.class_name)

    @property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """How many move into each year group, youngest first."""
        return _counted(move.nc_year for move in self.moves)

    def __bool__(self) -> bool:
        return bool(self.moves or self.placed or self.leavers or self._new_classes)

    @property
    def _new_classes(self) -> bool:
        return any(each.made for each in self.classes)


def plan(
    year: AcademicYear,
    old: Sequence[Enrolled],
    new: Sequence[Enrolled],
    names_held: Iterable[str],
    choices: Choices,
) -> Plan:
    """Move up everybody on roll who is not in the new year already.

    old are those on roll in the year, new everybody of the next one, leavers too;
    names_held the classes that the next year has.
    """
    there = {each.pupil: each for each in new}
    names = {old: name.strip() for old, name in choices.names.items() if name.strip()}
    leaving = [each for each in old if each.nc_year == choices.last_group]
    staying = [each for each in old if each.nc_year != choices.last_group]
    moves = tuple(
        Move(
            each.pupil,
            each.name,
            each.nc_year,
            next_group(each.nc_year),
            names.get(each.class_name, ""),
        )
        for each in staying
        if each.pupil not in there
    )
    placed = tuple(_placed(staying, there, names))
    return Plan(
        into=year.ends + 1,
        last_day=choices.last_day,
        moves=moves,
        placed=placed,
        leavers=tuple(
            Leaver(each.key, each.name) for each in leaving if each.pupil not in there
        ),
        classes=_classes(names, (*moves, *placed), set(names_held)),
        already=len(new),
    )


def _placed(
    staying: Iterable[Enrolled],
    there: Mapping[int, Enrolled],
    names: Mapping[str, str],
) -> Iterable[Placed]:
    """Those whom a file brought into the new year before, without a class."""
    for each in staying:
        held = there.get(each.pupil)
        name = names.get(each.class_name)
        if held and name and not held.class_name:
            yield Placed(held.key, held.name, held.nc_year, name)


def _classes(
    names: Mapping[str, str], pupils: Iterable[Move | Placed], held: set[str]
) -> tuple[NewClass, ...]:
    """The classes of the new year; two that get one name become one."""
    everyone = list(pupils)
    return tuple(
        NewClass(
            name,
            tuple(old for old, new in names.items() if new == name),
            name not in held,
            _counted(each.nc_year for each in everyone if each.class_name == name),
        )
        for name in dict.fromkeys(names.values())
    )


def _counted(groups: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(groups)
    return tuple((group, counts[group]) for group in NC_YEARS if group in counts)


def last_group(old: Iterable[Enrolled]) -> str:
    """The oldest year group that has pupils, as nearly always leaves."""
    held = {each.nc_year for each in old}
    groups = [group for group in NC_YEARS[:-1] if group in held]
    return groups[-1] if groups else ""


def suggested_names(
    names: Iterable[str], old: Iterable[Enrolled], leaving: str
) -> dict[str, str]:
    """A new name for each class; none for one whose pupils all leave."""
    everyone = list(old)
    groups = {
        name: {each.nc_year for each in everyone if each.class_name == name}
        for name in names
    }
    return {
        name: "" if held == {leaving} else suggested_name(name)
        for name, held in groups.items()
    }


def suggested_name(name: str) -> str:
    """A class's name in its new year: 2H after 1H, 1/2 Oak after R/1 Oak; Owls stay."""
    stated = _GROUPS_STATED.match(name)
    if stated is None:
        return name
    return _GROUP.sub(lambda one: next_group(one[0]), stated[0]) + name[stated.end() :]
