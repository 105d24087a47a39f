"""What moving a school up would do, to be shown before it is done. Pure."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
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


class Going(StrEnum):
    """Where a pupil goes who does not go up with the rest."""

    STAYS = "stays"
    SKIPS = "skips"

    def group(self, nc_year: str) -> str:
        """The year group of the new year."""
        if self is Going.STAYS:
            return nc_year
        return next_group(next_group(nc_year))


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A pupil on roll in one of the two years."""

    key: int
    pupil: int
    upn: str
    name: str
    nc_year: str
    class_name: str


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody who teaches a class."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person decided: the last year group, its last day, and the classes.

    names gives each class of the old year its name in the new one; blank or missing
    is not carried on. teachers has who teaches it then, by its old name. apart has the
    pupils who do not go up with the rest.
    """

    last_group: str
    last_day: date
    names: Mapping[str, str]
    apart: Mapping[int, Going] = field(default_factory=dict)
    teachers: Mapping[str, tuple[Teacher, ...]] = field(default_factory=dict)

    def group(self, each: Enrolled) -> str:
        """The year group of a pupil in the new year; blank for one who leaves."""
        going = self.apart.get(each.pupil)
        if going is Going.STAYS:
            return going.group(each.nc_year)
        if each.nc_year == self.last_group:
            return ""
        if going is Going.SKIPS and next_group(each.nc_year) == self.last_group:
            return ""
        return going.group(each.nc_year) if going else next_group(each.nc_year)


@dataclass(frozen=True, slots=True)
class Move:
    """A pupil who moves up; going says that it is not with the rest."""

    pupil: int
    upn: str
    name: str
    before: str
    nc_year: str
    class_name: str
    going: Going | None = None


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
    """A class of the new year, how many of each year group are in it, and its teachers.

    One that is there already keeps the teachers that it has.
    """

    name: str
    sources: tuple[str, ...]
    made: bool
    groups: tuple[tuple[str, int], ...]
    teachers: tuple[Teacher, ...]

    @property
    def taught_by(self) -> str:
        """The names of those who teach it from now on; blank for nobody yet."""
        return ", ".join(each.name for each in self.teachers)


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
    def stay(self) -> tuple[Move, ...]:
        """Those who stay in their year group."""
        return tuple(move for move in self.moves if move.going is Going.STAYS)

    @property
    def skip(self) -> tuple[Move, ...]:
        """Those who go up two year groups."""
        return tuple(move for move in self.moves if move.going is Going.SKIPS)

    @property
    def up(self) -> int:
        """How many go up, by one year group or two."""
        return len(self.moves) - len(self.stay)

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
    leaving = [each for each in old if not choices.group(each)]
    staying = [each for each in old if choices.group(each)]
    moves = _moves(
        [each for each in staying if each.pupil not in there], names, choices
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
        classes=_classes(names, (*moves, *placed), set(names_held), choices.teachers),
        already=len(new),
    )


def _moves(
    moving: Sequence[Enrolled], names: Mapping[str, str], choices: Choices
) -> tuple[Move, ...]:
    """Everybody into their year group and the class that goes with it."""
    inside: dict[str, set[str]] = {}
    for each in moving:
        name = names.get(each.class_name)
        if name and each.pupil not in choices.apart:
            inside.setdefault(name, set()).add(choices.group(each))
    return tuple(
        Move(
            each.pupil,
            each.upn,
            each.name,
            each.nc_year,
            choices.group(each),
            _class_of(each, names.get(each.class_name, ""), inside, choices),
            choices.apart.get(each.pupil),
        )
        for each in moving
    )


def _class_of(
    each: Enrolled, with_rest: str, inside: Mapping[str, set[str]], choices: Choices
) -> str:
    """The class of the rest; who goes apart goes where their year group is, if one."""
    group = choices.group(each)
    if each.pupil not in choices.apart or group in inside.get(with_rest, ()):
        return with_rest
    fitting = [name for name, groups in inside.items() if group in groups]
    return fitting[0] if len(fitting) == 1 else ""


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
    names: Mapping[str, str],
    pupils: Iterable[Move | Placed],
    held: set[str],
    teachers: Mapping[str, tuple[Teacher, ...]],
) -> tuple[NewClass, ...]:
    """The classes of the new year; two that get one name become one."""
    everyone = list(pupils)
    sources: dict[str, list[str]] = {}
    for old, new in names.items():
        sources.setdefault(new, []).append(old)
    return tuple(
        NewClass(
            name,
            tuple(olds),
            name not in held,
            _counted(each.nc_year for each in everyone if each.class_name == name),
            () if name in held else _together(teachers.get(old, ()) for old in olds),
        )
        for name, olds in sources.items()
    )


def _together(teachers: Iterable[tuple[Teacher, ...]]) -> tuple[Teacher, ...]:
    """The teachers of two classes that become one, each once."""
    return tuple(dict.fromkeys(each for some in teachers for each in some))


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
        name: "" if held == {leaving} else _suggested(name, held)
        for name, held in groups.items()
    }


def _suggested(name: str, held: Set[str]) -> str:
    """The name with other year groups, where those that it begins with are held."""
    stated = _GROUPS_STATED.match(name)
    groups = set(_GROUP.findall(stated[0])) if stated else set()
    return name if held and not groups & held else suggested_name(name)


def suggested_name(name: str) -> str:
    """A class's name in its new year: 2H after 1H, 1/2 Oak after R/1 Oak; Owls stay."""
    stated = _GROUPS_STATED.match(name)
    if stated is None:
        return name
    return _GROUP.sub(lambda one: next_group(one[0]), stated[0]) + name[stated.end() :]
