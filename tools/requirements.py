"""Pin every dependency with its hashes, without any address.

`python -m tools.requirements` writes requirements/*.txt from pyproject.toml. What runs
is pinned as what is tested: the smaller sets keep to the versions of the largest.
"""

import subprocess
import sys
from typing import Final

from tools.commands import ROOT

_LARGEST: Final = "dev"
_SETS: Final = {
    _LARGEST: ("--extra=web", "--extra=postgres", "--extra=parquet", "--group=dev"),
    "web": ("--extra=web", "--extra=postgres", "--group=build"),
    "test": ("--group=test",),
    "base": (),
}
_OPTIONS: Final = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--quiet",
)


def main() -> None:
    """Write every file."""
    for name, chosen in _SETS.items():
        like = () if name == _LARGEST else ("-c", f"requirements/{_LARGEST}.txt")
        output = f"--output-file=requirements/{name}.txt"
        compiling = (sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml")
        subprocess.run(  # noqa: S603 - a fixed command
            [*compiling, *_OPTIONS, *like, *chosen, *sys.argv[1:], output],
            cwd=ROOT,
            check=True,
        )


if __name__ == "__main__":
    main()
