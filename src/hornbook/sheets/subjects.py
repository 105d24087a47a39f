"""Which result a heading may be of: the rulebook's own words and those of schools."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final

from hornbook.identifiers import AcademicYear, parse_nc_year
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Collection, Item
from hornbook.sheets.table import plain_heading

_FILE: Final = Path(__file__).parent / "assessments.toml"
_YEAR: Final = re.compile(
    r"\b(20\d\d)\s*[/-]\s*(?:20)?\d\d\b|\b(20\d\d)\b", re.IGNORECASE
)
# How like a known name a heading must be to be thought a slip for it.
_LIKE: Final = 0.85
_GROUP: Final = re.compile(r"\b(?:(?:year|yr|y)\s*(\d)|(reception))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading may mean: the items, and a year or year group that it names.

    sure: the words are those of the items themselves, and not short ones that other
    things are called by too.
    """

    items: tuple[str, ...] = ()
    sure: bool = False
    year: int | None = None
    nc_year: str | None = None

    def among(self, collections: frozenset[str]) -> "Meaning":
        """Only what is of those collections."""
        left = (item for item in self.items if collection_of(item) in collections)
        return replace(self, items=tuple(left))


@dataclass(slots=True)
class _Words:
    """The items that a heading is sure to mean, or only may mean."""

    sure: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)

    @property
    def items(self) -> tuple[str, ...]:
        """Those that are sure, or else those that may be meant."""
        return tuple(sorted(self.sure or self.short))


def collection_of(item: str) -> str:
    """The collection of an item by its full code."""
    return item.partition(".")[0]


@cache
def words() -> Mapping[str, Any]:
    """What the file of names says."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def plain_words(table: str, name: str) -> frozenset[str]:
    """One of the file's lists, each plainly written."""
    return frozenset(map(plain_heading, words()[table][name]))


@cache
def items() -> Mapping[str, Item]:
    """Every item of any year by its full code, as the latest year has it."""
    found: dict[str, Item] = {}
    for year in reversed(years()):
        for collection in rulebook(year).collections.values():
            for item in collection.items:
                found.setdefault(item.full_code, item)
    return found


@cache
def collections() -> Mapping[str, Collection]:
    """Every collection of any year, as the latest year has it."""
    found: dict[str, Collection] = {}
    for year in reversed(years()):
        for code, collection in rulebook(year).collections.items():
            found.setdefault(code, collection)
    return found


@cache
def title_of(code: str) -> str:
    """What an item is called where those of other collections stand beside it."""
    item = items()[code]
    alike = [one for one in items().values() if one.title == item.title]
    if len(alike) == 1 and item.title != item.short_title:
        return item.title
    return f"{collections()[item.collection].short_title}: {item.title}"


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """What each collection is called, its titles in the rulebook among them."""
    return {entry["code"]: _called(entry) for entry in words()["collection"]}


def _called(entry: Mapping[str, Any]) -> tuple[str, ...]:
    collection = collections()[entry["code"]]
    return (*entry["names"], collection.title, collection.short_title)


@cache
def _index() -> Mapping[str, _Words]:
    """Every name of every item, plainly written."""
    index: dict[str, _Words] = defaultdict(_Words)
    named = {entry["code"]: entry for entry in words()["item"]}
    for code, item in items().items():
        entry = named.get(code, {})
        sure = {*_sure(item), *map(plain_heading, entry.get("names", ()))}
        short = {*_short(item), *map(plain_heading, entry.get("short", ()))} - sure
        for name in sure:
            index[name].sure.add(code)
        for name in short:
            index[name].short.add(code)
        for name in _with_collection(item.collection, sure | short):
            index[name].sure.add(code)
    return dict(index)


def _sure(item: Item) -> Iterator[str]:
    """The names that the rulebook gives an item, but for the short ones."""
    yield plain_heading(item.full_code)
    if item.title != item.short_title:
        yield plain_heading(item.title)
    if item.area and item.marks is not None:
        yield plain_heading(f"{item.area} {item.short_title}")
    if item.area:
        yield plain_heading(f"{item.area} {item.title}")
    for travel in item.ctf:
        codes = travel.combination
        yield plain_heading(" ".join(codes))
        yield plain_heading(f"{codes.stage} {codes.subject} {codes.component}")
        yield plain_heading(f"{codes.subject} {codes.component}")
    yield from _numbered(item)


def _numbered(item: Item) -> Iterator[str]:
    """Names by the item's place in its collection."""
    entry = next(e for e in words()["collection"] if e["code"] == item.collection)
    for number, other in enumerate(collections()[item.collection].items, 1):
        if other.code == item.code:
            for pattern in entry.get("numbered", ()):
                yield plain_heading(pattern.format(number=number))


def _short(item: Item) -> Iterator[str]:
    """Short names that no other item of the collection has."""
    others = [
        other.short_title
        for other in collections()[item.collection].items
        if other.code != item.code
    ]
    if item.short_title not in others:
        yield plain_heading(item.short_title)
    if item.title == item.short_title:
        yield plain_heading(item.title)


def _with_collection(collection: str, names: set[str]) -> Iterator[str]:
    """Names with the collection's, or the short one of an area of it, at either end."""
    entry = next(e for e in words()["collection"] if e["code"] == collection)
    for whole in map(plain_heading, (*_called(entry), *entry.get("areas", ()))):
        for name in names:
            yield whole + name
            yield name + whole


def meaning(heading: str) -> Meaning:
    """What a heading may mean; no items where it is none of a result."""
    without, named = _apart(heading)
    for text, beside in ((without, named), (heading, Meaning())):
        known = [_index()[name] for name in _ways_to_write(text) if name in _index()]
        if known:
            best = next((found for found in known if found.sure), known[0])
            return replace(beside, items=best.items, sure=bool(best.sure))
    return Meaning()


def years_named(heading: str) -> Meaning:
    """The school year and the year group that a heading names, and no item."""
    return _apart(heading)[1]


def year_told(title: str) -> int | None:
    """The school year that a title tells of, by a year or a day in it."""
    try:
        return AcademicYear.of(date.fromisoformat(title)).ends
    except ValueError:
        return years_named(title).year


def likely(heading: str) -> tuple[str, ...]:
    """The items whose name looks most like a heading that is not known."""
    name = plain_heading(_apart(heading)[0])
    near = get_close_matches(name, _index(), n=1, cutoff=_LIKE)
    return _index()[near[0]].items if near else ()


def _ways_to_write(heading: str) -> Iterator[str]:
    """With what is in brackets, without it, and that alone."""
    yield "".join(letter for letter in heading.casefold() if letter.isalnum())
    yield plain_heading(heading)
    yield plain_heading(heading.replace("&", " and "))
    for part in re.findall(r"\(([^)]+)\)|\[([^]]+)\]", heading):
        yield plain_heading("".join(part))


def _apart(heading: str) -> tuple[str, Meaning]:
    """A heading without the school year and the year group in it, and those."""
    year = group = None
    if found := _YEAR.search(heading):
        year = int(found[1]) + 1 if found[1] else int(found[2])
        heading = heading.replace(found[0], " ")
    if found := _GROUP.search(heading):
        group = parse_nc_year(found[1] or found[2])
        heading = heading.replace(found[0], " ")
    return heading, Meaning(year=year, nc_year=group)


def is_of_a_result(heading: str) -> bool:
    """Whether a heading is one of results."""
    return bool(meaning(heading).items)


def collections_named(text: str) -> frozenset[str]:
    """The collections that a title names: by the longest name that it has."""
    said = f" {spaced(text)} "
    found = {
        (len(name), code)
        for code, names in _spaced_names().items()
        for name in names
        if f" {name} " in said
    }
    longest = max((length for length, _ in found), default=0)
    return frozenset(code for length, code in found if length == longest)


@cache
def _spaced_names() -> Mapping[str, tuple[str, ...]]:
    return {code: tuple(map(spaced, names)) for code, names in _names().items()}


def spaced(text: str) -> str:
    """The words of a text in small letters, a space between them."""
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))
