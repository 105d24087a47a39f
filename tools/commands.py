"""Running a command of the environment, saying which."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
BIN: Final = Path(sys.executable).parent


def say(words: str) -> None:
    """Print at once, so that it stands before what the next command prints."""
    print(words, flush=True)  # noqa: T201 - a command's own words


def run(program: str, *arguments: str, **environment: str) -> bool:
    """Run one of the environment's programs; whether it went well."""
    say(f"==> {' '.join((program, *arguments))}")
    done = subprocess.run(  # noqa: S603 - commands of our own
        [str(BIN / program), *arguments],
        cwd=ROOT,
        check=False,
        env=os.environ | environment,
    )
    return done.returncode == 0


def run_tests(*arguments: str, **environment: str) -> bool:
    """Run tests on every core, up to four; whether all passed."""
    return run(
        "pytest", "-q", "-n", "auto", "--maxprocesses=4", *arguments, **environment
    )
