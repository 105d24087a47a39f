"""The rulebook as pages of the reference: docs/reference/rulebook/, one a year."""

import sys
from pathlib import Path
from typing import Final

from hornbook.rulebook.describe import changes_page, rulebook_page
from hornbook.rulebook.load import years

_FOLDER: Final = Path("docs/reference/rulebook")


def pages() -> dict[str, str]:
    """Every page, by its file's name."""
    by_name = {f"{year.folder}.md": rulebook_page(year) for year in years()}
    return by_name | {"changes.md": changes_page()}


def write(folder: Path) -> None:
    """Write every page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def out_of_date(folder: Path) -> list[str]:
    """The pages of a folder that are not as they would be written."""
    return [name for name, text in pages().items() if _held(folder / name) != text]


def _held(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def main(arguments: list[str], folder: Path = _FOLDER) -> int:
    """Write the pages, or with --check say which are not as they would be written."""
    if "--check" not in arguments:
        write(folder)
        return 0
    stale = out_of_date(folder)
    if stale:
        names = ", ".join(stale)
        sys.stderr.write(
            f"Out of date: {names}. Run python -m hornbook.rulebook.pages\n"
        )
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
