"""`hornbook user`: people and their one-time links."""

from typing import Annotated

import typer

from hornbook.identifiers import LAEstab
from hornbook.web.accounts import actions as accounts
from hornbook.web.accounts.models import User
from hornbook.web.commands import database, options
from hornbook.web.schools import actions
from hornbook.web.schools.models import Role

Email = Annotated[str, typer.Argument(help="The e-mail address they sign in with.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="People.", no_args_is_help=True)
    group.command("add")(add)
    group.command("add-installer")(add_installer)
    group.command("reset")(reset)
    group.command("forget-second-step")(forget_second_step)
    app.add_typer(group, name="user")


def add(
    email: Email,
    name: Annotated[str, typer.Option(help="Their name.")],
    role: Annotated[Role, typer.Option(help="What they may do.")],
    school: Annotated[
        LAEstab | None,
        typer.Option(parser=options.number, help="The DfE number of their school."),
    ] = None,
    trust: Annotated[str, typer.Option(help="Or the name of their trust.")] = "",
    authority: Annotated[
        str, typer.Option(help="Or the number of their local authority.")
    ] = "",
) -> None:
    """Give a person a role; for somebody new, print a one-time link."""
    database.prepare()
    over = options.school(school) if school else options.group(trust, authority)
    if over is None:
        raise database.stop("Say over what: --school, --trust or --authority.")
    user, link = actions.invite(by=None, over=over, email=email, name=name, role=role)
    options.tell(user.name, link)


def add_installer(
    email: Email, name: Annotated[str, typer.Option(help="Their name.")]
) -> None:
    """Let a person add schools and make anybody's link; they see no pupil by it."""
    database.prepare()
    user, link = actions.make_installer(by=None, email=email, name=name)
    options.tell(user.name, link)


def reset(email: Email) -> None:
    """Print a one-time link by which a person chooses a new password."""
    database.prepare()
    user = _person(email)
    options.tell(user.name, accounts.reset(by=None, user=user))


def forget_second_step(email: Email) -> None:
    """Turn off the second step of a person who has lost telephone and codes."""
    database.prepare()
    user = _person(email)
    accounts.forget_second_factor(by=None, user=user)
    typer.echo(f"{user} signs in with the password alone.")


def _person(email: str) -> User:
    """Whoever signs in with that address; ends where nobody does."""
    try:
        return accounts.person(email)
    except accounts.UnknownPerson as fault:
        raise database.stop(str(fault)) from fault
