"""`make test`: `make check`, the domain alone, PostgreSQL, and a real browser."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from check import ROOT, run
from check import main as check
from postgres import NoPostgres, cluster

DOMAIN = (
    "tests/checks", "tests/cli", "tests/ctf", "tests/inspection", "tests/rulebook",
    "tests/test_findings.py", "tests/test_identifiers.py", "tests/test_matching.py",
)  # fmt: skip


def browser_is_there() -> bool:
    """Debian's chromium, installed where that is allowed."""
    if shutil.which("chromium"):
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
            subprocess.run(["apt-get", *command], check=False)  # noqa: S603, S607
    if shutil.which("chromium"):
        return True
    print("The browser tests need chromium: apt-get install chromium")  # noqa: T201
    return False


def domain_alone() -> bool:
    """The library and its commands without Django, in an environment of their own."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)  # noqa: S603
        pip = [str(Path(folder) / "bin" / "pip"), "install", "--quiet"]
        base = ["--require-hashes", "-r", "requirements/base.txt"]
        tests = ["--require-hashes", "-r", "requirements/test.txt"]
        for wanted in (base, tests, ["--no-deps", "."]):
            subprocess.run([*pip, *wanted], cwd=ROOT, check=True)  # noqa: S603
        python = Path(folder) / "bin" / "python"
        there = [path for path in DOMAIN if (ROOT / path).exists()]
        command = ["-m", "pytest", "-q", "-c", "tests/domain.ini", "--rootdir", "."]
        print("==> the domain without Django", flush=True)  # noqa: T201
        done = subprocess.run(  # noqa: S603
            [str(python), *command, *there], cwd=ROOT, check=False
        )
        return done.returncode == 0


def on_postgres() -> bool:
    """The tests of the web application again, on a PostgreSQL of their own."""
    try:
        with cluster() as url:
            return run("pytest", "-q", "tests/web", DATABASE_URL=url)
    except NoPostgres as fault:
        print(fault)  # noqa: T201
        return False


def main() -> int:
    """Run every part, even after a failure; 0 where all went well."""
    parts = {
        "make check": lambda: check() == 0,
        "the domain without Django": domain_alone,
        "the web tests on PostgreSQL": on_postgres,
        "the browser tests": lambda: (
            browser_is_there() and run("pytest", "-q", "-m", "browser", "tests/browser")
        ),
    }
    failed = [name for name, part in parts.items() if not part()]
    for name in failed:
        print(f"FAILED: {name}")  # noqa: T201
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
