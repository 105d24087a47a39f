"""`hornbook export`: the same file and the same entry in the ledger as the page's."""

from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated, Final

import typer

from hornbook.identifiers import AcademicYear, LAEstab
from hornbook.web.commands import database, options
from hornbook.web.results.queries import Sight
from hornbook.web.results.wording import named
from hornbook.web.returns import actions, queries, wording
from hornbook.web.returns.models import MadeFile
from hornbook.web.returns.outgoing import Going
from hornbook.web.returns.preflight import Preflight
from hornbook.wording import many

_MOST_NAMED: Final = 6


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export")(export)


def _year(text: str) -> AcademicYear:
    try:
        return AcademicYear.parse(text)
    except ValueError as fault:
        raise typer.BadParameter(str(fault)) from fault


def export(
    collection: Annotated[
        str,
        typer.Argument(
            help="eyfsp, phonics, ks1, mtc, ks2-teacher-assessment or ks2-tests; "
            "phonics-autumn in 2021/22."
        ),
    ],
    school: Annotated[
        LAEstab,
        typer.Option(parser=options.number, help="Its DfE number, such as 909/2155."),
    ],
    year: Annotated[AcademicYear, typer.Option(parser=_year, help="2026, or 2025/26.")],
    to: Annotated[str, typer.Option(help="la, sta or mis.")],
    output_dir: Annotated[Path, typer.Option(help="The folder to put the file in.")],
    despite_errors: Annotated[
        bool, typer.Option("--despite-errors", help="Make it although it has errors.")
    ] = False,
) -> None:
    """Make the file of a return, and keep it as one that was made."""
    database.prepare()
    going = _going(school, collection, year, to)
    sight = Sight.whole(going.school)
    ready = queries.preflight(sight, going)
    typer.echo(wording.summary(ready))
    _tell(ready)
    paths = {name: _free(output_dir, name) for name in ready.names}
    try:
        files = actions.make(
            sight=sight,
            going=going,
            by=None,
            known_errors=ready.errors if despite_errors else 0,
        )
    except actions.HasErrors as reason:
        raise database.stop(f"{reason} To say so: --despite-errors.") from reason
    except actions.NotMade as reason:
        raise database.stop(str(reason)) from reason
    for made in files:
        _write(paths.get(made.name) or output_dir / made.name, made)


def _write(path: Path, made: MadeFile) -> None:
    """Put a file that was made where it was asked for."""
    try:
        path.write_bytes(actions.content_of(made))
    except OSError as fault:
        raise database.stop(
            f"{made.name} is made, and can be downloaded from its page, but could not "
            f"be written here: {fault}"
        ) from fault
    typer.echo(f"{path}  {made.pupils} pupils, {made.results} results")
    typer.echo(f"SHA-256 {made.sha256}")


def _going(school: LAEstab, collection: str, year: AcademicYear, to: str) -> Going:
    """The return that is asked for; ends where there is none such."""
    try:
        return queries.going(options.school(school), collection, year, to)
    except LookupError as fault:
        raise database.stop(str(fault)) from fault


def _tell(ready: Preflight) -> None:
    """Print the findings, a rule a line."""
    for group in (*ready.error_groups, *ready.query_groups):
        members = {one.member.pupil: one.member for one in group.open if one.member}
        people = list(members.values())
        about = f"  ({many(len(people), 'pupil')})" if people else ""
        typer.echo(f"  {group.code}  {group.heading}{about}")
        if people:
            typer.echo(f"       {named(people, _MOST_NAMED)}")


def _free(folder: Path, name: str) -> Path:
    """Where the file goes; ends where something is there already."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            path = folder / name
    except OSError as fault:
        raise database.stop(
            f"Nothing can be written to {folder}: {fault}. Nothing was made."
        ) from fault
    if path.exists():
        raise database.stop(f"{path} is there already. Nothing was made.")
    return path
