"""`make test`: `make check`, the domain alone, PostgreSQL, and a real browser."""

import signal
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

from tools import check
from tools.commands import run, run_tests, say
from tools.debian import Missing, chromium
from tools.postgres import NotStarted, cluster


def on_postgres() -> bool:
    """The tests of the web application again, on a PostgreSQL of their own."""
    with cluster() as address:
        return run_tests("tests/web", DATABASE_URL=address)


def in_a_browser() -> bool:
    """The pages in Debian's chromium."""
    chromium()
    return run_tests("-m", "browser", "tests/browser")


PARTS: Final[dict[str, Callable[[], bool]]] = {
    "make check": lambda: check.main() == 0,
    "the domain without Django": lambda: run("python", "-m", "tools.alone"),
    "PostgreSQL starts and stops": lambda: run("pytest", "-q", "-m", "postgres"),
    "the web tests on PostgreSQL": on_postgres,
    "the browser tests": in_a_browser,
}


def went_well(part: Callable[[], bool]) -> bool:
    """Run a part; what it lacks is said, and is a failure."""
    try:
        return part()
    except (Missing, NotStarted) as fault:
        say(str(fault))
        return False


def stop(number: int, frame: FrameType | None) -> None:
    """Leave by way of every `finally`, so that no server is left running."""
    raise SystemExit(128 + number)


def main() -> int:
    """Run every part, even after a failure; 0 where all went well."""
    signal.signal(signal.SIGTERM, stop)
    results = {}
    for name, part in PARTS.items():
        began = time.monotonic()
        well = went_well(part)
        results[name] = (
            f"{'passed' if well else 'FAILED'} in {time.monotonic() - began:.0f} s"
        )
    for name, result in results.items():
        say(f"{name}: {result}")
    return any(result.startswith("FAILED") for result in results.values())


if __name__ == "__main__":
    sys.exit(main())
