"""Reading one file in this process: what it cost, as JSON.

`python -m bench.reading walk|check|repair SMALL FILE` reads the small file first, so
that what is loaded once in a process is not counted with what each pupil costs.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from hornbook.inspection.check import Asked, check_stream
from hornbook.inspection.repair import Chosen, repaired_for

try:
    import resource
except ImportError:  # Windows has none
    PEAK_UNIT = 0
else:
    PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
_MEGA: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Counted:
    """How many pupils were read, and how many findings there were."""

    pupils: int
    findings: int


def walk(path: Path) -> Counted:
    """Parse with lxml and take every value of every result."""
    pupils = 0
    for _, pupil in etree.iterparse(str(path), tag="Pupil"):
        for result in pupil.iter("StageAssessment"):
            [value.text for value in result]
        pupils += 1
        pupil.clear()
        while pupil.getprevious() is not None:
            del pupil.getparent()[0]
    return Counted(pupils, 0)


def check(path: Path) -> Counted:
    """Check with every rule."""
    with path.open("rb") as stream:
        report = check_stream(stream, path.name)
    return Counted(report.pupils, len(report.findings))


def repair(path: Path) -> Counted:
    """Repair with all that is safe, to a temporary file."""
    with path.open("rb") as stream, tempfile.TemporaryFile() as out:
        done = repaired_for(stream, path.name, out, Chosen(), Asked())
    return Counted(done.report.pupils, sum(made.count for made in done.made))


WAYS: Final[dict[str, Callable[[Path], Counted]]] = {
    "walk": walk,
    "check": check,
    "repair": repair,
}


def peak() -> float | None:
    """The most memory this process has held, in megabytes, where that is known."""
    if not PEAK_UNIT:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * PEAK_UNIT / _MEGA


def cpu(way: Callable[[Path], Counted], path: Path) -> tuple[float, Counted]:
    """The CPU seconds of one reading, and what it counted."""
    began = time.process_time()
    found = way(path)
    return time.process_time() - began, found


def main() -> None:
    """Read both files, and print the cost."""
    way, small, path = WAYS[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3])
    first, _ = cpu(way, small)
    before = peak()
    spent, found = cpu(way, path)
    cost = {"first": first, "seconds": spent, **asdict(found)}
    print(json.dumps(cost | {"before": before, "peak": peak()}))


if __name__ == "__main__":
    main()
