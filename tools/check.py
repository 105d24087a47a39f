"""`make check`: format, lint, types, imports, generated pages, unit tests."""

import sys
from typing import Final

from tools.commands import run, say

CHECKS: Final = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    ("python", "-m", "tools.vendor", "--check"),
    ("python", "-m", "tools.docs", "--check"),
    ("pytest", "-q"),
)


def main() -> int:
    """Run them all, even after a failure, and name what failed."""
    failed = [command for command in CHECKS if not run(*command)]
    for command in failed:
        say(f"FAILED: {' '.join(command)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
