"""`make check`: format, lint, types, imports, generated pages, unit tests."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    ("python", "tools/vendor.py", "--check"),
    ("python", "tools/docs.py", "--check"),
    ("pytest", "-q"),
)


def run(*command: str, **environment: str) -> bool:
    """Run one of the environment's commands, saying which; whether it went well."""
    print("==>", *command, flush=True)  # noqa: T201
    done = subprocess.run(  # noqa: S603 - our own commands
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        check=False,
        env=os.environ | environment,
    )
    return done.returncode == 0


def main() -> int:
    """Run them all, even after a failure, and name what failed."""
    failed = [command for command in CHECKS if not run(*command)]
    for command in failed:
        print("FAILED:", *command)  # noqa: T201
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
