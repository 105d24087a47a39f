"""`hornbook import`: the same plan as the page's, and applying it."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hornbook.identifiers import LAEstab
from hornbook.matching import Plan, Update
from hornbook.web.commands import database, options
from hornbook.web.transfers import actions, queries
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.wording import PlanPage


class Form(StrEnum):
    """How the plan is printed."""

    TEXT = "text"
    JSON = "json"


def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    school: Annotated[str, typer.Option(help="The school's DfE number, 7 digits.")],
    update: Annotated[
        Update | None,
        typer.Option(help="Pupils, assessments or both; by content if not given."),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write it. Without this, only the plan.")
    ] = False,
    form: Annotated[Form, typer.Option("--format")] = Form.TEXT,
) -> None:
    """Say what a file would change in a school, and with --apply change it."""
    database.prepare()
    transfer = _staged(file, options.number(school))
    if update is not None:
        actions.choose(transfer=transfer, update=update, decided={})
    plan = queries.preview(transfer)
    if apply:
        actions.apply(transfer=transfer, approved=plan.digest, by=None)
    _print(plan, transfer, form)
    if not apply:
        transfer.delete()


def _staged(file: Path, number: LAEstab) -> Transfer:
    """The file read for the school; ends where it cannot be brought in."""
    school = options.school(number)
    with file.open("rb") as stream:
        try:
            return actions.stage(school=school, stream=stream, name=file.name, by=None)
        except actions.Refused as refusal:
            raise database.stop(str(refusal)) from refusal


def _print(plan: Plan, transfer: Transfer, form: Form) -> None:
    """The plan for people or for machines."""
    if form is Form.JSON:
        left_out = transfer.counts["left_out"]
        typer.echo(json.dumps(plan.as_json() | {"left_out": left_out}, indent=2))
        return
    typer.echo(f"{transfer.name}, made by {transfer.producer}")
    counts = plan.summary
    for name in ("new", "changed", "unchanged", "missing", "unsure"):
        typer.echo(f"  {name}: {counts[name]}")
    for change in PlanPage(plan).changed:
        typer.echo(f"  {change.match.held.record.name} ({change.match.held.upn})")
        for one in change.differences:
            typer.echo(f"    {one.field}: {one.old or '-'} -> {one.new or '-'}")
    for unsure in plan.unsure:
        typer.echo(f"  Unsure: {unsure.offer.record.name}. {unsure.reason}")
    for what, count in transfer.counts["left_out"].items():
        typer.echo(f"  Left out on purpose: {count} {what}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_file)
