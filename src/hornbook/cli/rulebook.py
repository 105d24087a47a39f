"""`hornbook rulebook`: what each year allows, and what changed."""

import re
import shutil
from pathlib import Path
from typing import Annotated, Final

import typer

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.changes import changes
from hornbook.rulebook.describe import collection_page, rulebook_page
from hornbook.rulebook.load import YEARS, rulebook, years

_HEADED: Final = re.compile(r"\A(#.* )\d{4}/\d{2}")
_CHECKED: Final = re.compile(r"^checked_on = .*$", re.MULTILINE)

app = typer.Typer(help="What each year allows, and what changed.", no_args_is_help=True)


def _year(text: str) -> AcademicYear:
    """A year as people write it, if there is a rulebook for it."""
    try:
        year = AcademicYear.parse(text)
    except ValueError as fault:
        raise typer.BadParameter(str(fault)) from fault
    if year not in years():
        held = ", ".join(map(str, years()))
        raise typer.BadParameter(f"There is no rulebook for {year}. There are: {held}.")
    return year


Year = Annotated[str, typer.Argument(help="2026, 2025/26 or 2025-26.")]


@app.command()
def show(
    year: Year,
    collection: Annotated[
        str | None, typer.Argument(help="eyfsp, phonics, ks1, mtc …")
    ] = None,
) -> None:
    """Print a year's rulebook, or one collection of it."""
    chosen = _year(year)
    if collection is None:
        typer.echo(rulebook_page(chosen))
        return
    book = rulebook(chosen)
    if collection not in book.collections:
        known = ", ".join(book.collections)
        raise typer.BadParameter(f"There is no collection {collection}: {known}.")
    typer.echo(collection_page(book.collections[collection]))


@app.command("changes")
def show_changes(
    first: Year,
    second: Annotated[
        str | None, typer.Argument(help="Without it: against the year before.")
    ] = None,
) -> None:
    """Print what differs between two years."""
    new = _year(second or first)
    old = _year(first) if second else _year(str(new.ends - 1))
    for change in changes(old, new):
        typer.echo(str(change))


@app.command()
def new(
    year: Annotated[str, typer.Argument(help="The year to begin, such as 2027-28.")],
    into: Annotated[
        Path,
        typer.Option(
            help="The folder of the years.", show_default="its own", file_okay=False
        ),
    ] = YEARS,
) -> None:
    """Copy the latest year into a new folder, to be worked through file by file."""
    try:
        begun = AcademicYear.parse(year)
    except ValueError as fault:
        raise typer.BadParameter(str(fault)) from fault
    target = into / begun.folder
    if target.exists():
        raise typer.BadParameter(f"{begun} has a folder already.")
    shutil.copytree(YEARS / years()[-1].folder, target)
    for path in target.glob("*.toml"):
        text = _unchecked(path.read_text(encoding="utf-8"), begun)
        path.write_text(text, encoding="utf-8", newline="\n")
    typer.echo(
        f"Made {target.name}. Nothing loads until every checked_on is filled in."
    )


def _unchecked(text: str, year: AcademicYear) -> str:
    """A file of another year, headed by this one, that nobody has checked yet."""
    headed = _HEADED.sub(rf"\g<1>{year}", text)
    return _CHECKED.sub('checked_on = ""', headed)
