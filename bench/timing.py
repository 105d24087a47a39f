"""Timing a call several times, and the rows of the tables."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

TIMES: Final = 3
_MILLI: Final = 1000
_NOTHING: Final = 0.0005


@dataclass(frozen=True, slots=True)
class Taken:
    """The seconds of several runs of one thing."""

    runs: tuple[float, ...]

    @property
    def best(self) -> float:
        """The shortest: what the machine's noise disturbed least."""
        return min(self.runs)

    def __str__(self) -> str:
        """The best and the worst, in milliseconds."""
        return f"{self.best * _MILLI:,.0f}..{max(self.runs) * _MILLI:,.0f}"


def seconds(call: Callable[[], object]) -> float:
    """How long one run takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def sure(so: bool, words: str) -> None:
    """Stop where what was to be measured did not happen."""
    if not so:
        raise RuntimeError(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What something took, with its queries, its bar and what it is held against."""

    what: str
    took: Taken
    queries: str = ""
    bar: float | None = None
    bare: Taken | None = None

    def cells(self) -> tuple[str, ...]:
        """As a row of the table."""
        return (
            self.what,
            str(self.took),
            self._times(),
            self.queries,
            f"{self.bar * _MILLI:,.0f}" if self.bar else "",
            verdict(self.took.best, self.bar),
        )

    def _times(self) -> str:
        """How many times the bare rows, where those can be timed."""
        if self.bare is None or self.bare.best < _NOTHING:
            return ""
        return f"{self.took.best / self.bare.best:.1f}"


HEADING: Final = ("", "ms best..worst", "x bare", "queries", "bar ms", "")


def verdict(measured: float, bar: float | None) -> str:
    """Whether the best run is within the bar."""
    if bar is None:
        return ""
    return "met" if measured <= bar else "NOT met"


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as they must be: words to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(heading, *rows, strict=True)]
    return "\n".join(_line(row, widths) for row in (heading, *rows))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(row, widths, strict=True)
    cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return f"  {'  '.join(cells)}".rstrip()
