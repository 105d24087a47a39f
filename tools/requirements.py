"""Pin every dependency with its hashes, without any address.

`python tools/requirements.py` writes requirements/*.txt from pyproject.toml.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SETS = {
    "base": [],
    "web": ["--extra=web", "--extra=postgres"],
    "test": ["--group=test"],
    "dev": ["--extra=web", "--extra=postgres", "--group=dev"],
}


def main() -> None:
    """Write every file."""
    for name, chosen in SETS.items():
        subprocess.run(  # noqa: S603 - a fixed command
            [
                sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml",
                "--universal", "--python-version=3.11", "--generate-hashes",
                "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet",
                "--no-emit-find-links", f"--output-file=requirements/{name}.txt", *chosen,
            ],  # fmt: skip
            cwd=ROOT,
            check=True,
        )


if __name__ == "__main__":
    main()
