"""`hornbook tidy`: deletes the bytes of files that the retention setting lets go of."""

from datetime import timedelta
from typing import Final

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from hornbook.web.commands import database
from hornbook.web.returns import keeping as returns
from hornbook.web.transfers import arriving
from hornbook.web.transfers import keeping as transfers
from hornbook.wording import many

_DAYS_A_YEAR: Final = 366


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("tidy")(tidy)


def tidy() -> None:
    """Delete the stored bytes of files older than HORNBOOK_KEEP_YEARS.

    What is known of each file stays: its name, hash, date, counts and receipt.
    `hornbook serve` and `hornbook worker` do this when they start, and every day.
    """
    database.prepare()
    number = let_go()
    typer.echo(f"The bytes of {many(number, 'file')} are deleted.")


def every_day() -> None:
    """What keeps the database tidy: old sign-ins and old bytes are let go of."""
    call_command("clearsessions", verbosity=0)
    let_go()


@transaction.atomic
def let_go() -> int:
    """Let go of what has been kept for long enough; how many files there were."""
    years = timedelta(days=_DAYS_A_YEAR * settings.HORNBOOK_KEEP_YEARS)
    before = timezone.now() - years
    arriving.forget_arrivals()
    return returns.let_go(before=before, by=None) + transfers.let_go(
        before=before, by=None
    )
