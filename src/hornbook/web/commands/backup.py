"""`hornbook backup` and `hornbook restore`: everything, in one file that is checked."""

from pathlib import Path
from typing import Annotated

import typer

from hornbook.web.backup import making, restoring
from hornbook.web.commands import database
from hornbook.wording import many


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="The file to make, such as monday.zip.")],
) -> None:
    """Put everything that Hornbook holds into one file."""
    database.prepare()
    try:
        counts = making.make(file)
    except OSError as fault:
        raise database.stop(str(fault)) from fault
    typer.echo(f"{file} holds {_told(counts)}.")
    typer.echo(
        "It also holds the key to what is encrypted: keep it as safe as the records."
    )


def restore(
    file: Annotated[
        Path, typer.Argument(help="A file made by `hornbook backup`.", exists=True)
    ],
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="In the place of all that is held; that is backed up first.",
        ),
    ] = False,
) -> None:
    """Put back what a backup holds: all of it, or nothing."""
    database.prepare()
    try:
        if replace:
            typer.echo(f"What was held is in {database.backup_now()}.")
        counts = (restoring.replace if replace else restoring.restore)(file)
    except restoring.NotEmpty as fault:
        raise database.stop(
            f"{fault} Nothing was changed. To put the backup in their place, add "
            "--replace: what is held is backed up first."
        ) from fault
    except restoring.Refused as fault:
        raise database.stop(f"{fault} Nothing was changed.") from fault
    typer.echo(f"Restored {_told(counts)}.")


def _told(counts: dict[str, int]) -> str:
    """For example: 1 school, 211 pupils, 3,402 results, 9 people."""
    named = {
        "schools.school": ("school", "schools"),
        "pupils.pupil": ("pupil", "pupils"),
        "results.result": ("result", "results"),
        "accounts.user": ("person", "people"),
    }
    return ", ".join(many(counts[table], *words) for table, words in named.items())
