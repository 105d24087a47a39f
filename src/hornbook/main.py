"""The `hornbook` command: those that need no database, and the rest on demand."""

import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from io import TextIOWrapper
from typing import Annotated

import typer

from hornbook import __version__
from hornbook.cli import check, compare, repair, rules
from hornbook.cli.rulebook import app as rulebook_app

_WITHOUT_DATABASE = ("check", "compare", "repair", "rules", "rulebook")
_HINT = (
    "Only the commands that need no database are here. For the web application and "
    'its commands: pip install "hornbook[web]"'
)


def build(arguments: Sequence[str]) -> typer.Typer:
    """The application; the web's commands are loaded only where they are wanted.

    Loading them brings Django in, which would make `hornbook check` slow to start.
    """
    app = typer.Typer(
        name="hornbook",
        help="Record, check and return the statutory assessments of primary schools.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_hornbook)
    app.command("check")(check.check)
    app.command("compare")(compare.compare)
    app.command("repair")(repair.repair)
    app.command("rules")(rules.rules)
    app.add_typer(rulebook_app, name="rulebook")
    if _wanted(arguments) not in _WITHOUT_DATABASE:
        _add_web_commands(app)
    return app


def _version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"hornbook {__version__}")
        raise typer.Exit


def _hornbook(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="The version."
        ),
    ] = False,
) -> None:
    """Record, check and return the statutory assessments of primary schools."""


def _wanted(arguments: Sequence[str]) -> str | None:
    """The command asked for; None for help."""
    return next((word for word in arguments if not word.startswith("-")), None)


def _add_web_commands(app: typer.Typer) -> None:
    """Let the web application add its commands, where it is installed."""
    for plugin in entry_points(group="hornbook.commands"):
        try:
            register = plugin.load()
        except ModuleNotFoundError as missing:
            if (missing.name or "").partition(".")[0] == "hornbook":
                raise
            app.info.epilog = _HINT
            typer.echo(_HINT, err=True)
        else:
            register(app)


def _speak_utf8() -> None:
    """Print any name: in UTF-8 to files and pipes, as well as can be to a terminal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def main() -> None:
    """Run the command."""
    _speak_utf8()
    arguments = sys.argv[1:]
    build(arguments)(args=arguments, prog_name="hornbook")


if __name__ == "__main__":
    main()
