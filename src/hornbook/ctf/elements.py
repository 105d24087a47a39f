"""The one table of elements: order, need, and the versions in which each stands."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

_TABLE: Final = Path(__file__).with_name("elements.toml")
# Below these anything may stand: suppliers' own blocks and what Hornbook reads past.
OPEN: Final = (
    "Header/SuppInfo",
    "Pupil/SuppInfo",
    "Pupil/NAWdetails",
    "Pupil/Admissions",
    "Pupil/Removal",
    "Pupil/Contacts/Contact/Address",
    "Pupil/Contacts/Contact/Phones",
    "Pupil/Attendance/YearData/AttendSessions",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: its path from Header or Pupil, and what is known of it.

    since and until are CTF versions, inclusive. ordered says whether the order of what
    is inside it is known.
    """

    path: str
    source: str
    confidence: str
    required: bool = False
    many: bool = False
    ordered: bool = True
    since: int | None = None
    until: int | None = None

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]

    def stands_in(self, version: int) -> bool:
        """Whether files of a version have the element."""
        return (self.since or version) <= version <= (self.until or version)


@cache
def elements() -> Mapping[str, Element]:
    """Every known element by its path, in the order of the specification."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    found = [Element(**entry) for entry in table["element"]]
    return MappingProxyType({element.path: element for element in found})


@cache
def oldest_version() -> int:
    """The oldest version whose files are known."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return int(table["oldest_version"])


@cache
def inside(parent: str) -> tuple[Element, ...]:
    """The elements directly inside one, in order."""
    depth = parent.count("/") + 1
    return tuple(
        element
        for path, element in elements().items()
        if path.startswith(f"{parent}/") and path.count("/") == depth
    )


@cache
def order_in(parent: str) -> tuple[str, ...]:
    """The names of the elements directly inside one, in order."""
    return tuple(element.name for element in inside(parent))


def known(path: str) -> bool:
    """Whether the specification has an element of that path, as far as it is known."""
    return path in elements() or path.startswith(tuple(f"{each}/" for each in OPEN))


@cache
def sex_element(version: str) -> str:
    """Sex or Gender: the one that stands in files of that version, such as 25.0."""
    number = version.partition(".")[0]
    whole = int(number) if number.isdigit() else max(_versions())
    return next(
        name
        for name in ("Sex", "Gender")
        if elements()[f"Pupil/{name}"].stands_in(whole)
    )


def _versions() -> set[int]:
    """The versions at which something came or went."""
    return {element.since for element in elements().values() if element.since}
