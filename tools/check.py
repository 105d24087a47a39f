"""`make check`: format, lint, types, imports, generated pages, unit tests."""

import sys
from typing import Final

from tools.commands import run, run_tests, say

CHECKS: Final = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    ("python", "-m", "tools.vendor", "--check"),
    ("python", "-m", "tools.docs", "--check"),
)


def main() -> int:
    """Run them all, even after a failure, and name what failed."""
    failed = [" ".join(command) for command in CHECKS if not run(*command)]
    if not run_tests():
        failed.append("the unit tests")
    for name in failed:
        say(f"FAILED: {name}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
