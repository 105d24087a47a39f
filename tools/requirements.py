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
    options = [
        "--universal",
        "--python-version=3.11",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--quiet",
    ]
    for name, chosen in SETS.items():
        output = f"--output-file=requirements/{name}.txt"
        compile_ = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml"]
        command = [*compile_, *options, output, *chosen]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - a fixed command


if __name__ == "__main__":
    main()
