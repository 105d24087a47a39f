"""`hornbook school add` and `hornbook school list`."""

from typing import Annotated

import typer

from hornbook.identifiers import LAEstab
from hornbook.web.commands import database, options
from hornbook.web.schools import actions
from hornbook.web.schools.models import Role, School


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Schools.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_)
    app.add_typer(group, name="school")


def add(
    laestab: Annotated[
        LAEstab,
        typer.Argument(parser=options.number, help="Its DfE number, such as 909/2155."),
    ],
    name: Annotated[str, typer.Option(help="Its name.")],
    urn: Annotated[str, typer.Option(parser=options.urn, help="6 digits.")] = "",
    admin_email: Annotated[
        str, typer.Option(help="The e-mail address of its administrator.")
    ] = "",
    admin_name: Annotated[str, typer.Option(help="The administrator's name.")] = "",
    trust: Annotated[str, typer.Option(help="The trust over it.")] = "",
    authority: Annotated[
        str, typer.Option(help="The number of the local authority over it.")
    ] = "",
) -> None:
    """Add a school; with --admin-email, its administrator by a one-time link."""
    database.prepare()
    if School.objects.filter(la=laestab.la, estab=laestab.estab).exists():
        raise database.stop(f"There is a school with the number {laestab} already.")
    new = actions.NewSchool(
        number=laestab, name=name, urn=urn, over=options.group(trust, authority)
    )
    school = actions.add_school(by=None, new=new)
    typer.echo(f"Added {school}, {school.laestab}.")
    if admin_email:
        user, link = actions.invite(
            by=None,
            over=school,
            email=admin_email,
            name=admin_name or admin_email,
            role=Role.ADMINISTRATOR,
        )
        options.tell(user.name, link)


def list_() -> None:
    """List the schools."""
    database.prepare()
    for school in School.objects.all():
        typer.echo(f"{school.laestab}  {school}{' (demonstration)' * school.demo}")
