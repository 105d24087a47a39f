"""How to load a file into each MIS, and where the portals are: read from data."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from hornbook.rulebook.load import build, read_toml

_GUIDES: Final = Path(__file__).with_name("guides.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """One page of help: what to do, step by step, and how far that is certain."""

    code: str
    title: str
    confirmed: bool
    source: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guides:
    guide: tuple[Guide, ...]


@cache
def guides() -> tuple[Guide, ...]:
    """Every guide, in the order of the file."""
    return build(_Guides, read_toml(_GUIDES), _GUIDES.name).guide


def guide(code: str) -> Guide:
    """The guide of that code; LookupError where there is none."""
    for each in guides():
        if each.code == code:
            return each
    raise LookupError(f"There is no guide {code}.")
