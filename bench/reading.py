"""One reading of one file in this process: what it cost, as JSON.

`python -m bench.reading FILE walk|check`: `walk` is lxml parsing the file and walking
its pupils and results, which the whole check is held against.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from lxml import etree

from hornbook.inspection.check import check_file


def walk(path: Path) -> int:
    """Parse with lxml and take every value; the number of results."""
    results = 0
    for _, pupil in etree.iterparse(str(path), tag="Pupil"):
        [child.text for child in pupil]
        for result in pupil.iter("StageAssessment"):
            [value.text for value in result]
            results += 1
        pupil.clear()
        while pupil.getprevious() is not None:
            del pupil.getparent()[0]
    return results


def check(path: Path) -> int:
    """Check with every rule; the number of errors, which must be none."""
    report = check_file(path)
    if report.errors:
        first = report.findings[0]
        raise AssertionError(f"{first.code} {first.message}")
    return report.errors


WAYS: Final[dict[str, Callable[[Path], int]]] = {"walk": walk, "check": check}


def main() -> None:
    """Read once, and print the cost."""
    path, way = Path(sys.argv[1]), WAYS[sys.argv[2]]
    began = time.process_time()
    way(path)
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": spent, "peak": peak}))


if __name__ == "__main__":
    main()
