"""Write the generated pages of docs/reference, or with --check compare them."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import typer

os.environ.setdefault("HORNBOOK_HOME", tempfile.mkdtemp(prefix="hornbook-docs-"))

from hornbook.catalogue import page
from hornbook.main import build
from hornbook.rulebook.describe import changes_page, rulebook_page
from hornbook.rulebook.load import years

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"


def pages() -> dict[str, str]:
    """Every generated page by its path."""
    made = {"rules.md": page(), "commands.md": commands()}
    made["rulebook/changes.md"] = changes_page()
    for year in years():
        made[f"rulebook/{year.folder}.md"] = rulebook_page(year)
    return made


def commands() -> str:
    """Every command with its arguments and options."""
    group: Any = typer.main.get_command(build(["--help"]))
    parts = ["# Commands", "Written from the commands' own help."]
    with group.context_class(group, info_name="hornbook") as context:
        parts += _described(group, context)
    return "\n\n".join(parts) + "\n"


def _described(command: Any, context: Any) -> list[str]:
    """A command's help, and that of the commands inside it."""
    # Typer brings a click of its own, so a group is known by what it can do.
    if hasattr(command, "list_commands"):
        inside = []
        for name in command.list_commands(context):
            each = command.get_command(context, name)
            if each is not None:
                with each.context_class(each, info_name=name, parent=context) as below:
                    inside += _described(each, below)
        return inside
    lines = [f"## `{context.command_path}`", (command.help or "").strip()]
    rows = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and record[0] != "--help":
            rows.append(f"- `{record[0]}`: {record[1]}")
        elif parameter.param_type_name == "argument" and not record:
            words = getattr(parameter, "help", None) or ""
            rows.append(f"- `{parameter.make_metavar(context)}`: {words}")
    return [*lines, "\n".join(rows)] if rows else lines


def main() -> int:
    """Write, or compare."""
    wrong = []
    for name, text in pages().items():
        path = REFERENCE / name
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            wrong.append(f"docs/reference/{name} is not as the code says: make docs")
    print("\n".join(wrong) or "Generated pages are as the code says.")  # noqa: T201
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
