"""Write the generated pages of docs/reference, or with --check compare them."""

import re
import sys
from collections.abc import Iterator
from typing import Any, Final

import typer

import hornbook.web.commands  # noqa: F401 - makes Django ready for the imports below
from hornbook.catalogue import page
from hornbook.main import build
from hornbook.measures.describe import measures_page
from hornbook.rulebook.describe import changes_page, rulebook_page
from hornbook.rulebook.load import years
from hornbook.web import settings
from hornbook.web.schools.models import Role
from hornbook.web.schools.permissions import ALLOWED, IN_WORDS, Permission
from hornbook.web.site.glossary import glossary_page
from tools.commands import ROOT, say

REFERENCE: Final = ROOT / "docs" / "reference"
_SETTING: Final = re.compile(r"^([A-Z_]+) +(.+); (.+)$", re.MULTILINE)
_ABOUT_SETTINGS: Final = (
    "Hornbook is set up by environment variables only. Every one may be left out."
)
_ABOUT_ROLES: Final = (
    "A role is held at a school, or over all the schools of a trust or a local "
    "authority. A teacher sees the pupils of their own classes only; a school that is "
    "out of somebody's sight is, for them, not there."
)


def pages() -> dict[str, str]:
    """Every generated page by its path."""
    application: Any = typer.main.get_command(build(["--help"]))
    made = {
        "rules.md": page(),
        "commands.md": commands(application),
        "settings.md": variables(),
        "roles.md": roles(),
        "measures.md": measures_page(),
        "glossary.md": glossary_page(),
        "rulebook/changes.md": changes_page(),
    }
    return made | {
        f"rulebook/{year.folder}.md": rulebook_page(year) for year in years()
    }


def commands(application: Any) -> str:
    """Every command with its arguments and options."""
    parts = ["# Commands", "Written from the commands' own help."]
    with application.context_class(application, info_name="hornbook") as context:
        parts += described(application, context)
    return "\n\n".join(parts) + "\n"


def described(command: Any, context: Any) -> Iterator[str]:
    """A command's help, and that of the commands inside it."""
    # Typer brings a click of its own, so a group is known by what it can do.
    if not hasattr(command, "list_commands"):
        yield f"## `{context.command_path}`"
        yield (command.help or "").strip()
        rows = "\n".join(parameters(command, context))
        if rows:
            yield rows
        return
    for name in command.list_commands(context):
        inside = command.get_command(context, name)
        if inside is not None and not inside.hidden:
            with inside.context_class(inside, info_name=name, parent=context) as below:
                yield from described(inside, below)


def parameters(command: Any, context: Any) -> Iterator[str]:
    """A line for each argument and option."""
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and record[0] != "--help":
            yield f"- `{record[0]}`: {record[1]}"
        elif parameter.param_type_name == "argument" and not record:
            words = getattr(parameter, "help", None) or ""
            yield f"- `{parameter.make_metavar(context)}`: {words}"


def variables() -> str:
    """Every environment variable, as the settings describe it."""
    lines = ["| Variable | Meaning | If not set |", "| --- | --- | --- |"]
    for name, meaning, default in _SETTING.findall(settings.__doc__ or ""):
        lines.append(f"| `{name}` | {meaning} | {default} |")
    return "\n\n".join(["# Settings", _ABOUT_SETTINGS, "\n".join(lines)]) + "\n"


def roles() -> str:
    """What each role may do."""
    parts = ["# Roles", _ABOUT_ROLES]
    parts += [f"**{role.label}**: {IN_WORDS[role]}" for role in Role]
    heads = " | ".join(str(role.label) for role in Role)
    lines = [f"| May | {heads} |", "| --- |" + " :-: |" * len(Role)]
    for permission in Permission:
        may = ("yes" if permission in ALLOWED[role] else "" for role in Role)
        lines.append(f"| {permission.replace('_', ' ')} | {' | '.join(may)} |")
    return "\n\n".join([*parts, "\n".join(lines)]) + "\n"


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
    say("\n".join(wrong) or "Generated pages are as the code says.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
