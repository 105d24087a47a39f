"""Timing a call, and printing what came of it against its bar."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_TIMES: Final = 5
_MILLI: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What something took, what the database alone took for it, and the bar."""

    what: str
    seconds: float
    bar: float
    bare: float | None = None
    queries: int | None = None

    def line(self) -> str:
        """A row of the table."""
        bare = times = ""
        if self.bare is not None:
            bare = f"{self.bare * _MILLI:,.0f} ms" if self.bare >= 0.001 else "< 1 ms"
            times = f"{self.seconds / self.bare:,.1f}" if self.bare >= 0.001 else ""
        queries = "" if self.queries is None else str(self.queries)
        share = f"{self.seconds / self.bar:.2f}"
        return (
            f"  {self.what:<46}{self.seconds * _MILLI:>7,.0f} ms{bare:>9}{times:>7}"
            f"{queries:>9}{self.bar * _MILLI:>8,.0f} ms{share:>7}"
        )


HEADING: Final = (
    f"  {'':<46}{'taken':>10}{'bare':>9}{'times':>7}{'queries':>9}{'bar':>11}"
    f"{'of bar':>7}"
)


def best(call: Callable[[], object], times: int = _TIMES) -> float:
    """The shortest of several runs, in seconds."""
    return min(seconds(call) for _ in range(times))


def seconds(call: Callable[[], object]) -> float:
    """How long one run takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
