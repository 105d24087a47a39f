"""The whole check against lxml walking the same file, each in its own process."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.files import Kind
from bench.timing import TIMES, Taken, sure, table, verdict

SIZES: Final = (1_000, 10_000)
LARGE: Final = 100_000
_SMALL: Final = 20
_BAR: Final = 2.0
_PEAK_BAR: Final = 150
_MICRO: Final = 1_000_000
_MEGA: Final = 1024 * 1024
_HEADING: Final = (
    "pupils", "MB", "walk ms", "check ms", "ratio (each pair)", "bar", "",
    "us/pupil", "findings", "peak walk", "peak check", "grew",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """One walk, and the check straight after it."""

    walk: dict[str, Any]
    check: dict[str, Any]

    @property
    def ratio(self) -> float:
        """How many times the walk the check took."""
        return float(self.check["seconds"] / self.walk["seconds"])


@dataclass(frozen=True, slots=True)
class Measured:
    """One file, and every reading of it."""

    pupils: int
    kind: Kind
    length: int
    pairs: Sequence[Pair]


def checking(folder: Path, sizes: Sequence[int]) -> str:
    """The table: a row a size, and one of each other kind of file."""
    small = _file(folder / "small", _SMALL, Kind.CLEAN)

    def measured(size: int, kind: Kind) -> Measured:
        path = _file(folder / f"{size} {kind.name}", size, kind)
        pairs = [
            Pair(_read("walk", small, path), _read("check", small, path))
            for _ in range(TIMES)
        ]
        read = {cost["pupils"] for pair in pairs for cost in (pair.walk, pair.check)}
        sure(read == {size}, f"Of {size} pupils {read} were read.")
        return Measured(size, kind, path.stat().st_size, pairs)

    clean = [measured(size, Kind.CLEAN) for size in sizes]
    others = [measured(SIZES[-1], kind) for kind in (Kind.FAULTY, Kind.UNUSUAL)]
    sure(not any(map(_found, clean)), "A clean file has findings.")
    sure(_found(others[0]) > 0, "The faults were not found.")
    rows = [_row(each) for each in (*clean, *others)]
    return "\n".join([table(_HEADING, rows), *_notes(clean), _mended(folder, small)])


def _mended(folder: Path, small: Path) -> str:
    """What it takes to put a stale file right, beside walking it."""
    path = _file(folder / "stale", SIZES[-1], Kind.STALE)
    walk = float(_read("walk", small, path)["seconds"])
    costs = [_read("repair", small, path) for _ in range(TIMES)]
    sure(all(cost["findings"] > SIZES[-1] for cost in costs), "Too little was mended.")
    took = Taken(tuple(cost["seconds"] for cost in costs))
    return (
        f"  Repair of {SIZES[-1]:,} pupils with {Kind.STALE} "
        f"({path.stat().st_size / _MEGA:.0f} MB): {took} ms, {took.best / walk:.1f} "
        f"times the walk, peak {_megabytes(cost['peak'] for cost in costs)} MB."
    )


def _found(measured: Measured) -> int:
    return int(measured.pairs[0].check["findings"])


def _file(folder: Path, pupils: int, kind: Kind) -> Path:
    folder.mkdir()
    path = folder / "9092001_FSP_909LLLL_001.xml"
    _python("bench.files", str(path), str(pupils), kind)
    return path


def _read(way: str, small: Path, path: Path) -> dict[str, Any]:
    cost: dict[str, Any] = json.loads(
        _python("bench.reading", way, str(small), str(path))
    )
    return cost


def _python(module: str, *arguments: str) -> str:
    """What another process of the same Python prints."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def _row(measured: Measured) -> tuple[str, ...]:
    size, pairs = measured.pupils, measured.pairs
    walk = Taken(tuple(pair.walk["seconds"] for pair in pairs))
    check = Taken(tuple(pair.check["seconds"] for pair in pairs))
    ratio = check.best / walk.best
    spread = sorted(pair.ratio for pair in pairs)
    return (
        f"{size:,}, {measured.kind}",
        f"{measured.length / _MEGA:.1f}",
        str(walk),
        str(check),
        f"{ratio:.2f} ({spread[0]:.2f}..{spread[-1]:.2f})",
        f"{_BAR:.1f}",
        verdict(ratio, _BAR),
        f"{check.best / size * _MICRO:.0f}",
        f"{_found(measured):,}",
        _megabytes(pair.walk["peak"] for pair in pairs),
        _megabytes(pair.check["peak"] for pair in pairs),
        _megabytes(_grown(pair) for pair in pairs),
    )


def _grown(pair: Pair) -> float | None:
    """What the check of this file added to the peak of a check of a small one."""
    if pair.check["peak"] is None:
        return None
    return float(pair.check["peak"] - pair.check["before"])


def _megabytes(known: Iterator[float | None]) -> str:
    """The largest of several peaks, or that there is none to be had here."""
    peaks = [each for each in known if each is not None]
    return f"{max(peaks):.0f}" if peaks else "not measured"


def _notes(measured: Sequence[Measured]) -> Iterator[str]:
    """Linearity, memory against its bar, and what the first check costs."""
    small, few = measured[0].pupils, measured[0].pairs
    large, many = measured[-1].pupils, measured[-1].pairs
    growth = _best(many) / _best(few)
    yield (
        f"  Linear: {large / small:.0f} times the pupils took {growth:.1f} times "
        "as long."
    )
    peaks = [pair.check["peak"] for pair in many]
    if None in peaks:
        yield "  Memory cannot be measured here: this system has no ru_maxrss."
    elif large == LARGE:
        met = verdict(max(peaks), _PEAK_BAR)
        yield f"  Memory: {max(peaks):.0f} MB for {large:,}, bar {_PEAK_BAR}: {met}."
    else:
        yield f"  Memory: its bar is for {LARGE:,} pupils: python -m bench --large."
    first = Taken(tuple(pair.check["first"] for pair in few))
    yield f"  A process's first check, of {_SMALL} pupils: {first} ms."


def _best(pairs: Sequence[Pair]) -> float:
    return min(float(pair.check["seconds"]) for pair in pairs)
