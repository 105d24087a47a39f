"""No committed page or file names a folder of whoever wrote it."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_file_names_the_folder_it_was_written_in() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "docs", "src", "tests", "tools", "README.md"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    texts = [
        name for name in listed.stdout.split("\0") if name.endswith((".md", ".py"))
    ]

    named = [
        name
        for name in texts
        if (ROOT / name).exists()
        and str(ROOT) + "/" in (ROOT / name).read_text(encoding="utf-8")
    ]

    assert named == []
