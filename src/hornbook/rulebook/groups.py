"""The groups by which measures are told apart, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from hornbook.rulebook.load import build, read_toml

GROUPS: Final = Path(__file__).parent / "groups.toml"
NOT_KNOWN: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupValue:
    """One group of several, and the codes by which it is known."""

    code: str
    title: str
    codes: tuple[str, ...] = ()
    starts: str = ""
    months: tuple[int, ...] = ()
    rest: bool = False

    def holds(self, fact: str) -> bool:
        """Whether a pupil of whom this is stated belongs to the group."""
        if self.rest or fact in self.codes:
            return True
        if self.starts:
            return fact.startswith(self.starts)
        return bool(self.months) and int(fact[5:7]) in self.months


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """A way to divide pupils; without values each fact stated is a group of its own."""

    code: str
    title: str
    fact: str = ""
    any_of: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    values: tuple[GroupValue, ...] = ()
    note: str = ""
    confirmed: bool = True

    def of(self, facts: Mapping[str, str]) -> str:
        """The group of a pupil by its code; NOT_KNOWN where nothing is stated."""
        fact = self._fact(facts)
        if not fact or fact in self.unknown:
            return NOT_KNOWN
        if not self.values:
            return fact
        holding = (value.code for value in self.values if value.holds(fact))
        return next(holding, NOT_KNOWN)

    def _fact(self, facts: Mapping[str, str]) -> str:
        if not self.any_of:
            return facts.get(self.fact, "")
        stated = [facts[name] for name in self.any_of if facts.get(name)]
        return max(stated, default="")

    def title_of(self, code: str) -> str:
        """A group in words."""
        titles = {value.code: value.title for value in self.values}
        return titles.get(code, code) or "Not known"

    def place(self, code: str) -> tuple[bool, int, str]:
        """Where a group comes in a list: in the order of the file, not known last."""
        codes = [value.code for value in self.values]
        at = codes.index(code) if code in codes else len(codes)
        return code == NOT_KNOWN, at, code


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    groups: tuple[Grouping, ...]


@cache
def groupings() -> Mapping[str, Grouping]:
    """Every way to divide pupils, by its code."""
    found = build(_File, read_toml(GROUPS), GROUPS.name).groups
    return MappingProxyType({each.code: each for each in found})
