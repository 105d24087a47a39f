"""The commands that need the database: each one call of what a page calls too."""

import os

import django
import typer
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hornbook.web.settings")
try:
    django.setup()
except ImproperlyConfigured as fault:
    raise SystemExit(f"Hornbook cannot start: {fault}") from None
# isort: split
# Models can be imported only after the line above.
from hornbook.web.commands import (
    backup,
    export,
    import_,
    school,
    serve,
    tidy,
    user,
    worker,
)


def register(app: typer.Typer) -> None:
    """Add the commands to `hornbook`."""
    serve.register(app)
    worker.register(app)
    school.register(app)
    user.register(app)
    backup.register(app)
    export.register(app)
    import_.register(app)
    tidy.register(app)
