"""`hornbook import`: the same plan as the page's, and applying it."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction

from hornbook.matching import Plan, Update
from hornbook.web.commands import database, options
from hornbook.web.schools.models import School
from hornbook.web.transfers import actions, queries
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.reading import FileRead, Refused, read
from hornbook.web.transfers.wording import PlanPage, file_facts


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
    number = options.number(school)
    database.prepare()
    where = options.school(number)
    work = _apply if apply else _look
    _print(*work(where, _read(file, where), update), form)


def _read(file: Path, school: School) -> FileRead:
    """The file read for the school; ends where it cannot be brought in."""
    with file.open("rb") as stream:
        try:
            return read(school=school, stream=stream, name=file.name)
        except Refused as refusal:
            raise database.stop(str(refusal)) from refusal


@transaction.atomic
def _look(
    school: School, file: FileRead, update: Update | None
) -> tuple[Plan, Transfer]:
    """The plan; nothing of the file stays in the database."""
    plan, transfer = _planned(school, file, update)
    transaction.set_rollback(True)
    return plan, transfer


@transaction.atomic
def _apply(
    school: School, file: FileRead, update: Update | None
) -> tuple[Plan, Transfer]:
    """The plan, carried out."""
    plan, transfer = _planned(school, file, update)
    actions.apply(transfer=transfer, approved=plan.digest, by=None)
    return plan, transfer


def _planned(
    school: School, file: FileRead, update: Update | None
) -> tuple[Plan, Transfer]:
    transfer = actions.keep(school=school, file=file, by=None)
    if update is not None:
        actions.choose(transfer=transfer, answers=actions.Answers(update=update))
    return queries.preview(transfer), transfer


def _print(plan: Plan, transfer: Transfer, form: Form) -> None:
    """The plan for people or for machines."""
    if form is Form.JSON:
        _print_json(plan, transfer)
    else:
        _print_text(plan, transfer)


def _print_json(plan: Plan, transfer: Transfer) -> None:
    more = {
        "left_out": transfer.counts["left_out"],
        "not_taken": transfer.counts["not_taken"],
        "not_known": [offer.upn for offer in plan.strangers],
        "update": plan.update.value,
    }
    typer.echo(json.dumps(plan.as_json() | more, indent=2))


def _print_text(plan: Plan, transfer: Transfer) -> None:
    for title, value in file_facts(transfer):
        typer.echo(f"{title}: {value}")
    typer.echo(
        f"Pupils: {len(plan.new)} new, {len(plan.changed)} changed, "
        f"{len(plan.unchanged)} unchanged, {len(plan.missing)} not in the file, "
        f"{len(plan.unsure)} unsure"
    )
    typer.echo(
        f"Results: {len(plan.results_new)} new, {len(plan.results_same)} the same, "
        f"{len(plan.results_different)} different"
    )
    for change in PlanPage(plan).changed:
        typer.echo(f"  {change.match.held.record.name} ({change.match.held.upn})")
        for one in change.differences:
            typer.echo(f"    {one.field}: {one.old or '-'} -> {one.new or '-'}")
    for unsure in plan.unsure:
        typer.echo(f"  Unsure: {unsure.offer.record.name}. {unsure.reason}")
    for what, number in transfer.counts["left_out"].items():
        typer.echo(f"Left out on purpose: {number} {what}")
    for what, number in transfer.counts["not_taken"].items():
        typer.echo(f"Not recorded: {number} {what}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_file)
