"""Repairs of a file's name: F03, F04, F05."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, TypeAlias

from hornbook.ctf.elements import order_in
from hornbook.ctf.form import FileFacts
from hornbook.ctf.header_rules import year_held
from hornbook.ctf.names import INFIXES, FileName, parse_name
from hornbook.inspection.repairs.offers import Choice, Spot, repair
from hornbook.records import School
from hornbook.rulebook.load import rulebook

_MIXED: Final = "CTF"
_LA_DIGITS: Final = 3
Rename: TypeAlias = Callable[[FileName | None], FileName | None]


def from_school(number: str) -> Rename:
    """The same name, with another school that the file comes from."""
    return lambda name: name and replace(name, source=number)


def to_destination(number: str) -> Rename:
    """The same name, with another destination."""
    return lambda name: name and replace(name, destination=number)


_RENAMED: Final = {"SourceSchool": from_school, "DestSchool": to_destination}


def right_name(file: FileFacts) -> FileName | None:
    """The name a file should have: its own, or else what its header makes of it.

    None where the header does not say where it comes from and goes to.
    """
    stated = file.parsed.name
    if stated is None:
        header = file.header
        source, to = _number(header.school), _number(header.destination)
        stated = FileName(source, _infix(file), to, 1)
    elif stated.infix not in INFIXES:
        stated = FileName(
            stated.source, _infix(file), stated.destination, stated.sequence
        )
    return stated if parse_name(stated.text).strict else None


def _number(school: School) -> str:
    """LA and establishment as a name writes them."""
    return f"{school.la or ''}{school.estab or ''}"


def _infix(file: FileFacts) -> str:
    """The letters for what the file holds."""
    if len(file.contains) != 1:
        return _MIXED
    (code,) = file.contains
    collection = rulebook(year_held(file.newest)).collections.get(code)
    return collection.infix if collection else _MIXED


@repair("F03")
def write_right_name(spot: Spot) -> Iterator[Choice]:
    """Save the file under the name that its header gives it."""
    name = right_name(spot.file)
    if name is not None and name.text != spot.file.name:
        yield Choice(words=f"Save it as {name}.", rename=lambda _: name)


@repair("F04")
def drop_browser_suffix(spot: Spot) -> Iterator[Choice]:
    """Save the file without what the browser added."""
    yield from write_right_name(spot)


@repair("F05")
def let_name_and_header_agree(spot: Spot) -> Iterator[Choice]:
    """Change the name to the header's, or the header to the name's."""
    path, stated = spot.fault.element or "", spot.fault.value or ""
    named = str(spot.fault.facts["named"])
    if _may_be(stated):
        words = f"Keep the header, and write {stated} in the name of the file."
        yield Choice(words=words, rename=_RENAMED[path](stated))
    school = spot.header and spot.header.root.kid(path)
    if spot.header and school:
        order = order_in(f"Header/{path}")
        parts = {"LEA": named[:_LA_DIGITS], "Estab": named[_LA_DIGITS:]}
        yield Choice(
            words=f"Keep the name, and write {named} in the header.",
            edits=tuple(
                spot.header.put(school, part, value, order)
                for part, value in parts.items()
            ),
        )


def _may_be(number: str) -> bool:
    """Whether a name may hold a school's or an authority's number."""
    return parse_name(FileName(number, _MIXED, number, 1).text).strict
