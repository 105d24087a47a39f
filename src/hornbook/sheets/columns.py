"""Which column of a sheet is what, by the names that people give to columns."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from hornbook.rulebook.load import codeset
from hornbook.sheets.table import plain_heading

_FILE: Final = Path(__file__).parent / "headings.toml"


@dataclass(frozen=True, slots=True)
class Columns:
    """The place of each field that was found, and the headings nothing was made of."""

    places: Mapping[str, int]
    not_used: tuple[str, ...]
    twice: tuple[str, ...]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _ranks() -> dict[str, tuple[str, int]]:
    """The field of each usual heading, written plainly, and how good a name it is."""
    return {
        plain_heading(name): (field["code"], rank)
        for field in _data()["field"]
        for rank, name in enumerate(field["names"])
    }


@cache
def titles() -> Mapping[str, str]:
    """The heading Hornbook gives to each field."""
    return {field["code"]: field["title"] for field in _data()["field"]}


@cache
def values_of(code: str) -> Mapping[str, str]:
    """What may stand in a field, in small letters, and what each stands for.

    Of a published list the codes and their titles both may.
    """
    field = next(field for field in _data()["field"] if field["code"] == code)
    usual = field.get("values", {})
    said = {word: value for value, words in usual.items() for word in words}
    listed = codeset(field["codes"]) if "codes" in field else {}
    for value, title in listed.items():
        said |= {value.casefold(): value, title.casefold(): value}
    return said


def is_of_a_pupil(heading: str) -> bool:
    """Whether a heading, plainly written, is one of a list of pupils."""
    return _rank(heading) is not None


def _rank(heading: str) -> tuple[str, int] | None:
    """The field of a heading, with or without whose it is said to be."""
    found = _ranks().get(heading)
    if found:
        return found
    without = (
        heading.removeprefix(whose)
        for whose in map(plain_heading, _data()["whose"])
        if heading.startswith(whose)
    )
    return next(filter(None, map(_ranks().get, without)), None)


def columns_of(headings: Sequence[str]) -> Columns:
    """Find each field's best column; a second one as good is named, not used."""
    ranked = [_rank(plain_heading(heading)) for heading in headings]
    places: dict[str, int] = {}
    twice = []
    for code in titles():
        mine = [at for at, rank in enumerate(ranked) if rank and rank[0] == code]
        if not mine:
            continue
        best = min(mine, key=lambda at: _goodness(ranked[at]))
        places[code] = best
        twice += [
            headings[at] for at in mine if at != best and ranked[at] == ranked[best]
        ]
    used = set(places.values())
    return Columns(
        places=places,
        not_used=tuple(h for at, h in enumerate(headings) if h and at not in used),
        twice=tuple(twice),
    )


def _goodness(rank: tuple[str, int] | None) -> int:
    return rank[1] if rank else 0
