"""`hornbook import`: the same plan as the page's, and applying it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from django.db import transaction
from rich import progress
from rich.console import Console

from hornbook.matching import Plan, Update
from hornbook.web.commands import database, options
from hornbook.web.schools.models import School
from hornbook.web.transfers import actions, arriving, queries
from hornbook.web.transfers.answers import Answers
from hornbook.web.transfers.cautions import by_name, cautions, few_known
from hornbook.web.transfers.facts import file_facts
from hornbook.web.transfers.files import FileRead, Refused
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.plan_page import PlanPage
from hornbook.web.transfers.reading import Opened, open_all

# A smaller file is read before a progress bar could be seen.
_LARGE: Final = 5_000_000


class Form(StrEnum):
    """How the plan is printed."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Done:
    """A file with its plan, carried out or not."""

    transfer: Transfer
    plan: Plan
    cautions: tuple[str, ...]


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
    sure: Annotated[
        bool,
        typer.Option(
            "--sure", help="Write it although few of its pupils are known here."
        ),
    ] = False,
    looked: Annotated[
        bool,
        typer.Option(
            "--looked",
            help="Write it although pupils are known by name alone.",
        ),
    ] = False,
    form: Annotated[Form, typer.Option("--format")] = Form.TEXT,
) -> None:
    """Say what a file would change in a school, and with --apply change it.

    A CTF, a spreadsheet, or a zip of several, which are taken in the order in which
    they were made.
    """
    number = options.number(school)
    database.prepare()
    where = options.school(number)
    opened = _opened(file, where)
    work = _apply if apply else _look
    done = [
        work(
            where, each, Answers(update=update or each.update, sure=sure, looked=looked)
        )
        for each in opened.files
    ]
    _print(done, opened, form)


def _opened(file: Path, school: School) -> Opened:
    """The files read for the school; ends where nothing can be brought in."""
    with progress.open(
        file,
        "rb",
        description="Reading",
        console=Console(stderr=True),
        transient=True,
        disable=file.stat().st_size < _LARGE,
    ) as stream:
        try:
            return open_all(school=school, stream=stream, name=file.name)
        except Refused as refusal:
            raise database.stop(str(refusal)) from refusal


@transaction.atomic
def _look(school: School, file: FileRead, answers: Answers) -> Done:
    """The plan; nothing of the file stays in the database."""
    done = _planned(school, file, answers)
    transaction.set_rollback(True)
    return done


@transaction.atomic
def _apply(school: School, file: FileRead, answers: Answers) -> Done:
    """The plan, carried out."""
    done = _planned(school, file, answers)
    try:
        actions.apply(
            transfer=done.transfer, approved=done.plan.digest, answers=answers, by=None
        )
    except actions.LooksWrong as fault:
        raise database.stop(
            f"{few_known(done.plan)} Nothing was written. Add --sure if it is."
        ) from fault
    except actions.NotLookedAt as fault:
        raise database.stop(
            f"{' '.join(by_name(done.plan))} Nothing was written. Add --looked then."
        ) from fault
    return done


def _planned(school: School, file: FileRead, answers: Answers) -> Done:
    transfer = arriving.keep(school=school, file=file, by=None)
    actions.choose(transfer=transfer, answers=answers)
    plan = queries.preview(transfer)
    return Done(transfer, plan, tuple(cautions(transfer, plan)))


def _print(done: Sequence[Done], opened: Opened, form: Form) -> None:
    """The plans for people or for machines."""
    if form is Form.JSON:
        _print_json(done, opened)
        return
    for name, why in opened.refused:
        typer.echo(f"Not read: {name}. {why}", err=True)
    for each in done:
        _print_text(each.plan, each.transfer, each.cautions)


def _print_json(done: Sequence[Done], opened: Opened) -> None:
    """One object; of a zip of several, a list of them in the order they are taken."""
    plans = [_as_json(each) for each in done]
    refused = [{"name": name, "why": why} for name, why in opened.refused]
    several = len(plans) > 1 or refused
    said = {"files": plans, "refused": refused} if several else plans[0]
    typer.echo(json.dumps(said, indent=2))


def _as_json(done: Done) -> dict[str, object]:
    counts = done.transfer.counts
    return done.plan.as_json() | {
        "name": done.transfer.name,
        "kind": done.transfer.kind,
        "left_out": counts["left_out"],
        "not_taken": counts["not_taken"],
        "not_known": [offer.called for offer in done.plan.strangers],
        "update": done.plan.update.value,
        "cautions": list(done.cautions),
    }


def _print_text(plan: Plan, transfer: Transfer, said: Iterable[str]) -> None:
    for title, value in file_facts(transfer):
        typer.echo(f"{title}: {value}")
    for caution in said:
        typer.echo(f"Note: {caution}")
    typer.echo(
        f"Pupils: {len(plan.new)} new, {len(plan.changed)} changed, "
        f"{len(plan.unchanged)} unchanged, {len(plan.missing)} not in the file, "
        f"{len(plan.unsure)} unsure"
    )
    typer.echo(
        f"Results: {len(plan.results_new)} new, {len(plan.results_same)} the same, "
        f"{len(plan.results_different)} different"
    )
    _print_pupils(plan)
    for what, number in transfer.counts["left_out"].items():
        typer.echo(f"Left out on purpose: {what} ({number:,})")
    for what, number in transfer.counts["not_taken"].items():
        typer.echo(f"Not recorded: {what} ({number:,})")


def _print_pupils(plan: Plan) -> None:
    """Who would change, and whom somebody has to look at."""
    for change in PlanPage(plan).changed:
        typer.echo(f"  {change.match.held.record.name} ({change.match.held.upn})")
        for one in change.differences:
            typer.echo(f"    {one.field}: {one.old or '-'} -> {one.new or '-'}")
    for alone in PlanPage(plan).by_name:
        typer.echo(f"  By name alone: {alone.said}. Here: {alone.here}")
    for unsure in plan.unsure:
        typer.echo(f"  Unsure: {unsure.offer.record.name}. {unsure.reason}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_file)
