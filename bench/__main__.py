"""`python -m bench`: what Hornbook takes, beside its bars; --large adds a large file.

Every figure is of this machine at this hour: hold ratios against each other, and
milliseconds against the spread beside them.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.debian import Missing
from tools.postgres import NotStarted, cluster

from bench.checking import LARGE, SIZES, checking
from bench.timing import TIMES


def on_sqlite() -> None:
    """The web application on SQLite."""
    print("\nSQLite", flush=True)
    _web({})


def on_postgres() -> None:
    """The same on a PostgreSQL of its own, or why not."""
    print("\nPostgreSQL", flush=True)
    try:
        with cluster() as address:
            _web({"DATABASE_URL": address})
    except (Missing, NotStarted) as fault:
        print(f"  Not measured: {fault}")


def _web(database: dict[str, str]) -> None:
    """In a process and a data folder of its own, whatever the environment has set."""
    kept = {key: os.environ[key] for key in os.environ if key != "DATABASE_URL"}
    with tempfile.TemporaryDirectory(prefix="hornbook-bench-") as home:
        subprocess.run(
            [sys.executable, "-m", "bench.web"],
            check=True,
            env=kept | {"HORNBOOK_HOME": home} | database,
        )


def main() -> None:
    """Measure everything, and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--large", action="store_true", help=f"a file of {LARGE:,}")
    large = parser.parse_args().large
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores.")
    print(f"{TIMES} runs of each: best..worst. A ratio or a bar is of the best.")
    print("\nThe whole check, and lxml walking the same file (CPU)", flush=True)
    with tempfile.TemporaryDirectory(prefix="hornbook-bench-") as folder:
        print(checking(Path(folder), (*SIZES, LARGE) if large else SIZES))
    on_sqlite()
    on_postgres()


if __name__ == "__main__":
    main()
