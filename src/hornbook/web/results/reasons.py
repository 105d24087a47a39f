"""The reasons for which a list and the pupils here may differ: read from data."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from hornbook.rulebook.load import build, read_toml

_FILE: Final = Path(__file__).with_name("reasons.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason; where it settles the matter, a return asks no more."""

    code: str
    title: str
    settles: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """For a pupil on the list only, for one here only, and one who needs no result."""

    absent: tuple[Reason, ...]
    unlisted: tuple[Reason, ...]
    unneeded: tuple[Reason, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Every code that can be chosen."""
        return frozenset(
            one.code for one in (*self.absent, *self.unlisted, *self.unneeded)
        )


@cache
def reasons() -> Reasons:
    """All of them, in the order of the file."""
    return build(Reasons, read_toml(_FILE), _FILE.name)


def settles(choices: tuple[Reason, ...], code: str) -> bool:
    """Whether a reason is one of these and settles the matter."""
    return any(one.settles for one in choices if one.code == code)
