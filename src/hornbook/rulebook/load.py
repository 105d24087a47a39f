"""Rulebook files to dataclasses: unknown, missing and mistyped keys are refused."""

import csv
import tomllib
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from hornbook.identifiers import AcademicYear
from hornbook.records import Combination
from hornbook.rulebook.items import Item, Travel
from hornbook.rulebook.model import Collection, CtfYear, Placed, Rulebook
from hornbook.rulebook.scales import with_scales

T = TypeVar("T")

_HERE: Final = Path(__file__).parent
YEARS: Final = _HERE / "years"
CODESETS: Final = _HERE / "codesets"
COLLECTIONS: Final = (
    "eyfsp",
    "phonics",
    "ks1",
    "mtc",
    "ks2-teacher-assessment",
    "ks2-tests",
)
# In a mapping file, the tables of codes whose results are not wanted.
LEFT_OUT: Final = "left-out"
# What the loader fills in for a type, so that it is no key of a file.
_GIVEN: Final[Mapping[type, set[str]]] = {
    Item: {"collection", "from_dfe", "scale"},
    Collection: {"term"},
}


class UnknownYear(LookupError):
    """No rulebook is held for the year."""


class RulebookError(ValueError):
    """A rulebook file does not say what it should."""


def build(kind: type[T], table: object, where: str) -> T:
    """A dataclass from a table of TOML; RulebookError names the place of a fault."""
    if not isinstance(table, dict):
        raise RulebookError(f"{where} must be a table.")
    hints = get_type_hints(kind)
    given = _GIVEN.get(kind, set())
    entries = fields(kind)  # type: ignore[arg-type]
    known = {f.name: f for f in entries if f.init and f.name not in given}
    for key in table:
        if key not in known:
            raise RulebookError(f"{where}: {kind.__name__} has no {key}.")
    for name, entry in known.items():
        if name not in table and _required(entry):
            raise RulebookError(f"{where}: {kind.__name__} needs {name}.")
    values = {
        key: _value(hints[key], value, f"{where}, {key}")
        for key, value in table.items()
    }
    try:
        return kind(**values)
    except ValueError as fault:
        raise RulebookError(f"{where}: {fault}") from fault


def _required(entry: Field[Any]) -> bool:
    return entry.default is MISSING and entry.default_factory is MISSING


def _value(hint: Any, value: object, where: str) -> object:
    """The value as its type hint wants it."""
    if get_origin(hint) in {Union, types.UnionType}:
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise RulebookError(f"{where} must be a list.")
        inner = get_args(hint)[0]
        return tuple(
            _value(inner, entry, f"{where}[{number}]")
            for number, entry in enumerate(value, 1)
        )
    if is_dataclass(hint) and isinstance(hint, type):
        return build(hint, value, where)
    # bool is an int to Python, and a date with a time is a date; neither is meant.
    if type(value) is not hint:
        raise RulebookError(f"{where} must be {_in_words(hint)}, not {value!r}.")
    return value


def _in_words(hint: object) -> str:
    words = {str: "a text", int: "a whole number", bool: "true or false", date: "a day"}
    return words.get(hint, str(hint))  # type: ignore[call-overload,no-any-return]


def read_toml(path: Path) -> dict[str, object]:
    """The tables of a file; RulebookError where it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise RulebookError(f"{_name(path)}: {fault}") from fault


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def collection_from(path: Path) -> Collection:
    """One collection of one year, with its table of scaled scores beside it."""
    loaded = build(Collection, read_toml(path), _name(path))
    items = tuple(
        replace(item, collection=loaded.code, from_dfe=loaded.from_dfe)
        for item in loaded.items
    )
    loaded = replace(loaded, items=items)
    return loaded if loaded.scaled_scores is None else with_scales(loaded, path.parent)


def folder(path: Path) -> Rulebook:
    """A whole year from its folder, named like 2025-26."""
    found = [collection_from(path / f"{code}.toml") for code in COLLECTIONS]
    ctf = build(CtfYear, read_toml(path / "ctf.toml"), f"{path.name}/ctf.toml")
    book = assemble(AcademicYear.parse(path.name), ctf, found)
    _all_known(book)
    return book


def _all_known(book: Rulebook) -> None:
    """RulebookError where an item is wanted by a result or a value that is none."""
    for collection in book.collections.values():
        asked = (item.only_where for item in collection.items if item.only_where)
        for result in (result for one in asked for result in one.results):
            try:
                values = {each.code for each in book.item(result.item).outcomes}
            except LookupError as fault:
                raise RulebookError(f"{book.year}: {fault}") from fault
            for value in (*result.opens, *result.needs):
                if value not in values:
                    raise RulebookError(f"{book.year}: {result.item} has no {value}.")


def assemble(
    year: AcademicYear, ctf: CtfYear, collections: Iterable[Collection]
) -> Rulebook:
    """A rulebook with its index of combinations; each may be of one item only."""
    by_code = {collection.code: collection for collection in collections}
    index: dict[Combination, Placed] = {}
    for collection in by_code.values():
        for item in collection.items:
            for travel in item.ctf:
                if travel.combination in index:
                    raise RulebookError(f"{year}: {travel.combination} stands twice.")
                index[travel.combination] = Placed(
                    collection=collection, item=item, carries=travel.carries
                )
    return Rulebook(year=year, ctf=ctf, collections=by_code, by_combination=index)


@cache
def years() -> tuple[AcademicYear, ...]:
    """The years held, oldest first."""
    held = (path.name for path in YEARS.iterdir() if path.is_dir())
    return tuple(sorted(AcademicYear.parse(name) for name in held))


def current_year(today: date) -> AcademicYear:
    """The latest year held whose September has come."""
    begun = [year for year in years() if year.first_day <= today]
    return begun[-1] if begun else years()[0]


@cache
def rulebook(year: AcademicYear) -> Rulebook:
    """The rulebook of a year; UnknownYear where none is held."""
    if year not in years():
        held = f"{years()[0]} to {years()[-1]}"
        raise UnknownYear(f"Hornbook holds no rulebook for {year}. It holds {held}.")
    return folder(YEARS / year.folder)


def nearest(year: AcademicYear) -> Rulebook:
    """The rulebook of a year, or of the first or last year held."""
    return rulebook(min(max(year, years()[0]), years()[-1]))


@cache
def codeset(name: str) -> Mapping[str, str]:
    """A published list of codes, code to title."""
    with (CODESETS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return types.MappingProxyType(
            {row["code"]: row["title"] for row in csv.DictReader(lines)}
        )


@cache
def combinations() -> frozenset[Combination]:
    """Every combination known in any year, those before the first rulebook too."""
    held = (rulebook(year).by_combination for year in years())
    return frozenset(first_years()).union(*held)


@cache
def first_years() -> Mapping[Combination, int]:
    """The calendar year of the first results under each combination, where known."""
    with (CODESETS / "combinations.csv").open(encoding="utf-8", newline="") as lines:
        return {
            Combination(
                row["stage"],
                row["subject"],
                row["method"],
                row["component"],
                row["qualifier"],
            ): int(row["first_year"])
            for row in csv.DictReader(lines)
        }


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """The codes that an administrator has written down, and those to leave out."""

    items: Mapping[str, tuple[Travel, ...]]
    left_out: frozenset[Combination]


def with_mapping(book: Rulebook, path: Path) -> Rulebook:
    """The rulebook with the codes that an administrator has written down.

    A missing file maps nothing; a faulty one raises RulebookError.
    """
    if not path.exists():
        return book
    found = written_down(path)
    mapped = assemble(
        book.year,
        book.ctf,
        [_mapped(collection, found.items) for collection in book.collections.values()],
    )
    for combination in found.left_out & mapped.by_combination.keys():
        raise RulebookError(f"{path.name}: {combination} stands twice.")
    return replace(mapped, left_out=found.left_out)


def written_down(path: Path) -> WrittenDown:
    """What a mapping file says.

    It holds a table an item, such as [ks2-tests.reading-mark], with the keys of a
    Travel, or several of them; and a table [[left-out]] for each that is not wanted.
    """
    tables = read_toml(path)
    left_out = frozenset(
        build(Travel, {"carries": "either"} | table, where).combination
        for table, where in _tables(tables.pop(LEFT_OUT, []), f"{path.name}, left-out")
    )
    items: dict[str, tuple[Travel, ...]] = {}
    for collection, by_item in tables.items():
        if not isinstance(by_item, dict):
            raise RulebookError(f"{path.name}: {collection} must be a table.")
        for code, entry in by_item.items():
            where = f"{path.name}, {collection}.{code}"
            item = _item(f"{collection}.{code}", where)
            items[item.full_code] = tuple(
                build(Travel, {"carries": item.carries} | table, place)
                for table, place in _tables(entry, where)
            )
    return WrittenDown(items, left_out)


def _tables(entry: object, where: str) -> Iterator[tuple[dict[str, object], str]]:
    """The one table, or each of several, with the words for where it stands."""
    several = entry if isinstance(entry, list) else [entry]
    for number, table in enumerate(several, 1):
        place = f"{where}[{number}]" if isinstance(entry, list) else where
        if not isinstance(table, dict):
            raise RulebookError(f"{place} must be a table.")
        yield table, place


def _item(full_code: str, where: str) -> Item:
    """The item of any year, the latest first."""
    for year in reversed(years()):
        try:
            return rulebook(year).item(full_code)
        except LookupError:
            continue
    raise RulebookError(f"{where}: no year has such an item.")


def _mapped(
    collection: Collection, mapped: Mapping[str, tuple[Travel, ...]]
) -> Collection:
    items = tuple(
        replace(item, ctf=(*item.ctf, *mapped[item.full_code]))
        if item.full_code in mapped
        else item
        for item in collection.items
    )
    return replace(collection, items=items)
