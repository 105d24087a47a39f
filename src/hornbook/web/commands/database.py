"""Making the database ready: the folder, the keys, a backup, the migrations."""

from pathlib import Path

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from hornbook import __version__
from hornbook.web import home, vault
from hornbook.web.backup import making, rows


def prepare() -> None:
    """Make what is missing; a backup comes before a migration of a filled database."""
    home.prepare()
    settings.SECRET_KEY = home.secret_key()
    vault.key()
    try:
        changing = rows.pending()
        if changing and rows.applied():
            typer.echo(f"A backup was made first: {backup_now()}", err=True)
        if changing:
            call_command("migrate", verbosity=0, interactive=False)
        rows.tables()
    except rows.LaterDatabase as fault:
        raise stop(str(fault)) from fault
    except OperationalError as fault:
        raise stop(f"The database does not answer: {fault}") from fault


def backup_now() -> Path:
    """A backup in the data folder, named by version and time."""
    folder = Path(settings.HORNBOOK_HOME) / home.BACKUPS
    folder.mkdir(parents=True, exist_ok=True)
    moment = timezone.localtime().strftime("%Y-%m-%d-%H%M%S")
    path = folder / f"before-{__version__}-{moment}.zip"
    making.make(path)
    return path


def stop(message: str) -> typer.Exit:
    """Say why, and end with a code that scripts can see."""
    typer.secho(message, err=True, fg=typer.colors.RED)
    return typer.Exit(1)
