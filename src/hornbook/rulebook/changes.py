"""What differs between two years, a line a difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.items import EVERY_YEAR
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.measures import measures

_NAMES: Final = ("code", "title", "calendar_year", "combination")


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of a collection that differs: where, and both values in text."""

    collection: str
    path: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.collection}.{self.path}: {self.old} -> {self.new}"


def changes(old: AcademicYear, new: AcademicYear) -> tuple[Change, ...]:
    """Every fact in which two years differ; raises UnknownYear."""
    before, after = rulebook(old), rulebook(new)
    found = list(_between("ctf", "", before.ctf, after.ctf))
    for code in dict.fromkeys([*before.collections, *after.collections]):
        found += _between(
            code, "", before.collections.get(code), after.collections.get(code)
        )
        found += _breaks(code, old, new)
    return tuple(found)


def _breaks(collection: str, old: AcademicYear, new: AcademicYear) -> Iterator[Change]:
    """Why national figures of the one year may not be compared with the other's."""
    for measure in measures().values():
        for one in measure.breaks:
            if measure.collection == collection and old.ends < one.since <= new.ends:
                path = f"measure[{measure.code}].break"
                yield Change(collection, path, _text(None), one.why)


def _between(collection: str, path: str, old: object, new: object) -> Iterator[Change]:
    """The differences between two values of one fact."""
    if old == new:
        return
    if _alike(old, new):
        for fact in _facts(old):
            name = f"{path}.{fact}" if path else fact
            yield from _between(
                collection, name, getattr(old, fact), getattr(new, fact)
            )
    elif isinstance(old, tuple) and isinstance(new, tuple) and _named(old + new):
        yield from _between_lists(collection, path, _by_name(old), _by_name(new))
    else:
        yield Change(collection, path, _text(old), _text(new))


def _facts(value: object) -> list[str]:
    """The facts that a file states, and not those that follow, or always differ."""
    known = fields(value)  # type: ignore[arg-type]
    return [one.name for one in known if one.init and one.metadata != EVERY_YEAR]


def _alike(old: object, new: object) -> bool:
    return is_dataclass(old) and type(old) is type(new)


def _named(entries: tuple[object, ...]) -> bool:
    return bool(entries) and all(is_dataclass(entry) for entry in entries)


def _by_name(entries: tuple[object, ...]) -> dict[str, object]:
    """Entries of a list by their code, or else by what else tells them apart."""
    return {_name(entry): entry for entry in entries}


def _name(entry: object) -> str:
    named = (getattr(entry, name) for name in _NAMES if hasattr(entry, name))
    return str(next(named, entry))


def _between_lists(
    collection: str, path: str, old: Mapping[str, object], new: Mapping[str, object]
) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        place = f"{path.removesuffix('s')}[{name}]"
        if name not in new:
            yield Change(collection, place, "there", "gone")
        elif name not in old:
            yield Change(collection, place, "not there", "new")
        else:
            yield from _between(collection, place, old[name], new[name])


def _text(value: object) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
