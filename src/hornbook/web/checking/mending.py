"""Putting files right: what is offered on the page, and the file as it then is."""

import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from tempfile import SpooledTemporaryFile
from typing import IO, Final, cast

from hornbook.findings import rule
from hornbook.inspection.changes import Change
from hornbook.inspection.check import Asked
from hornbook.inspection.repair import (
    Chosen,
    Made,
    Offered,
    Repaired,
    offered_for,
    repaired_for,
)
from hornbook.inspection.repairs import Offer
from hornbook.inspection.sources import Source

_IN_MEMORY: Final = 64 << 20
# How many questions are asked one by one on a page.
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Safe:
    """The safe repairs of one rule."""

    code: str
    title: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Questions:
    """The findings of one rule that a person decides about; left are not shown."""

    code: str
    title: str
    shown: Sequence[Offer]
    left: int

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self.shown) + self.left

    @property
    def alike(self) -> bool:
        """Whether the first choice can be made for all of them."""
        firsts = [offer.choices[0] for offer in self.shown]
        return any(not (one.asks_for or one.singly) for one in firsts)

    @property
    def droppable(self) -> bool:
        """Whether only leaving the results out can be chosen for all of them."""
        return not self.alike and any(
            one.drops for offer in self.shown for one in offer.choices
        )


@dataclass(frozen=True)
class Mendable:
    """What can be put right in one file."""

    offered: Offered

    @cached_property
    def safe(self) -> list[Safe]:
        """The safe repairs by rule."""
        return [
            Safe(code, rule(code).title, same[0].choices[0].words, len(same))
            for code, same in self._by_code(safe=True)
        ]

    @cached_property
    def questions(self) -> list[Questions]:
        """The others by rule."""
        room = _MOST
        found = []
        for code, same in self._by_code(safe=False):
            shown = same[:room]
            room -= len(shown)
            found.append(
                Questions(code, rule(code).title, shown, len(same) - len(shown))
            )
        return found

    def _by_code(self, *, safe: bool) -> list[tuple[str, list[Offer]]]:
        chosen = [one for one in self.offered.offers if one.safe is safe]
        chosen.sort(key=_code)
        return [(code, list(same)) for code, same in groupby(chosen, _code)]


def _code(offer: Offer) -> str:
    return offer.finding.code


@dataclass(frozen=True, slots=True)
class Mended:
    """A file put right: its bytes, and what was done to it."""

    repaired: Repaired
    content: bytes

    @property
    def made(self) -> list[tuple[str, Made]]:
        """What was put right, with the rules' titles."""
        return [(rule(one.code).title, one) for one in self.repaired.made]

    @property
    def changes(self) -> Sequence[Change]:
        """Before and after, line by line."""
        return self.repaired.changes


@contextmanager
def seekable(source: Source) -> Iterator[IO[bytes]]:
    """The bytes of a file that was sent, so that they can be read again.

    What is in a zip is unpacked into memory, and what is too large for it into a file
    without a name that is gone when it is closed.
    """
    with ExitStack() as held, source.open() as stream:
        if source.entry is None:
            stream.seek(0)
            yield stream
            return
        ready = held.enter_context(SpooledTemporaryFile(max_size=_IN_MEMORY))
        shutil.copyfileobj(stream, ready)
        ready.seek(0)
        yield cast("IO[bytes]", ready)


def mendable(source: Source, asked: Asked) -> Mendable:
    """Check a file, and work out what can be put right."""
    with seekable(source) as stream:
        return Mendable(offered_for(stream, source.name, asked))


def mended(source: Source, asked: Asked, chosen: Chosen) -> Mended:
    """Put right what was chosen; the file that was sent stays as it is."""
    out = io.BytesIO()
    with seekable(source) as stream:
        repaired = repaired_for(stream, source.name, out, chosen, asked)
    return Mended(repaired, out.getvalue())


def chosen_by(
    fields: Mapping[str, str],
    wanted: Sequence[str],
    alike: Sequence[str],
    drop: Sequence[str],
    offered: Sequence[str],
) -> Chosen:
    """What a person ticked.

    fields has pick-N (the number of a choice) and typed-N; wanted are the safe repairs
    ticked of those offered, alike the rules whose findings all get their first choice,
    drop those whose results are all left out.
    """
    picks: dict[int, tuple[int, str]] = {}
    for name, value in fields.items():
        kind, _, number = name.partition("-")
        if kind == "pick" and _is_number(number) and _is_number(value):
            picks[int(number)] = (int(value), fields.get(f"typed-{number}", ""))
    return Chosen(
        codes=frozenset(alike),
        drop=frozenset(drop),
        picks=picks,
        leave=frozenset(offered) - frozenset(wanted),
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
