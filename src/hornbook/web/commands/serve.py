"""`hornbook serve`: the web application, on this machine."""

import os
import signal
import sys
from typing import Annotated, Final

import typer
from django.conf import settings
from django.db import connection
from waitress.server import create_server

from hornbook import __version__
from hornbook.web import demo
from hornbook.web.accounts.models import User
from hornbook.web.commands import database
from hornbook.web.commands.worker import Beside
from hornbook.web.schools.models import Membership
from hornbook.web.wsgi import application

# Of invented people at an invented school, and printed when that is made.
DEMO_PASSWORD: Final = "hornbook-demo"  # noqa: S105
# Room for the page that says a file is too large, instead of a closed connection.
_BEYOND: Final = 4
_THREADS: Final = 8
_THIS_MACHINE: Final = ("127.0.0.1", "localhost", "::1")
_NAMES: Final = "HORNBOOK_ALLOWED_HOSTS"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(serve)


def serve(
    port: Annotated[
        int, typer.Option(envvar="PORT", help="Where to listen.", min=0, max=65535)
    ] = 8000,
    host: Annotated[
        str, typer.Option(help="127.0.0.1 for this machine, 0.0.0.0 for its network.")
    ] = "127.0.0.1",
    fill: Annotated[
        bool,
        typer.Option("--demo", help="Invented pupils, if the database is empty."),
    ] = False,
) -> None:
    """Start Hornbook and print its address. Ctrl and C stop it."""
    database.prepare()
    if host not in _THIS_MACHINE and not os.environ.get(_NAMES):
        typer.echo(f"Others reach Hornbook once {_NAMES} holds its name or address.")
    if fill and not User.objects.exists():
        demo.fill(DEMO_PASSWORD)
        _tell_demo()
    elif not User.objects.exists():
        typer.echo("Nobody can sign in yet. Add a school and its administrator:")
        typer.echo(
            '  hornbook school add 909/2155 --name "..." --urn 123456 '
            '--admin-email name@school.example --admin-name "..."'
        )
    _run(host, port)


def _tell_demo() -> None:
    """The first sign-in, once."""
    typer.echo(f"An invented school was made. The password of all is {DEMO_PASSWORD}")
    members = Membership.objects.filter(school__demo=True).select_related("user")
    for member in members.order_by("pk"):
        typer.echo(f"  {member.user.email:<36} {member.get_role_display()}")


def _run(host: str, port: int) -> None:
    """Serve until told to stop."""
    proxied = {
        "trusted_proxy": settings.HORNBOOK_PROXY,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "trusted_proxy_count": 1,
    }
    try:
        server = create_server(
            application,
            host=host,
            port=port,
            threads=_THREADS,
            ident="",
            max_request_body_size=settings.HORNBOOK_MAX_UPLOAD * _BEYOND,
            **(proxied if settings.HORNBOOK_HTTPS else {}),
        )
    except OSError as fault:
        raise database.stop(
            f"Hornbook cannot listen on port {port}: {fault.strerror}. "
            "Stop what is there, or choose another with --port."
        ) from fault
    # The threads that answer open connections of their own.
    connection.close()
    try:
        with Beside():
            # Only from here on is there a worker to stop with the server.
            signal.signal(signal.SIGTERM, _stop)
            _tell_address(host, server.effective_port)
            server.run()
    except (SystemExit, KeyboardInterrupt):
        server.close()
    typer.echo("Hornbook has stopped.")


def _tell_address(host: str, port: int) -> None:
    typer.echo(f"Hornbook {__version__} is at http://{host}:{port}/")
    typer.echo(f"Its data is in {settings.HORNBOOK_HOME}. Ctrl and C stop it.")
    sys.stdout.flush()


def _stop(number: int, frame: object) -> None:
    """End as Ctrl and C do: waitress lets what is under way finish."""
    raise SystemExit(0)
