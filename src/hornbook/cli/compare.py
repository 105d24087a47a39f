"""`hornbook compare`: what differs between two Common Transfer Files."""

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from hornbook import __version__
from hornbook.cli.text import wrapped
from hornbook.inspection.compare import Comparison, compare_paths
from hornbook.inspection.differences import (
    IN_WORDS,
    Pair,
    Person,
    PupilChange,
    ResultChange,
)
from hornbook.wording import many

_SAME: Final = "Nothing differs in what was compared."


class Format(StrEnum):
    """How the differences are printed."""

    TEXT = "text"
    JSON = "json"


def compare(
    old: Annotated[Path, typer.Argument(help="A file, or a zip of one.", exists=True)],
    new: Annotated[
        Path, typer.Argument(help="The file to hold against it.", exists=True)
    ],
    form: Annotated[
        Format, typer.Option("--format", help="For people, or for machines.")
    ] = Format.TEXT,
) -> None:
    """Say which pupils and results differ between two Common Transfer Files.

    A pupil is found again by UPN, else by name and date of birth.

    Exit status: 0 nothing differs, 1 something does, 2 a file could not be read.
    """
    comparison = compare_paths(old, new)
    if form is Format.JSON:
        document = {"hornbook": __version__, **comparison.as_json()}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(as_text(comparison)))
    raise typer.Exit(exit_status(comparison))


def exit_status(comparison: Comparison) -> int:
    """2 where a file could not be read, 1 where anything differs, else 0."""
    return 2 if comparison.refused else 0 if comparison.same else 1


def as_text(comparison: Comparison) -> Iterator[str]:
    """The counts, then the pupils, then the header."""
    yield f"{comparison.old} and {comparison.new}"
    if comparison.refused:
        for words in comparison.refused:
            yield from wrapped(words, "  ")
        return
    yield from wrapped(_counts(comparison), "  ")
    yield from _people("Added", comparison.added)
    yield from _people("Gone", comparison.removed)
    if comparison.changed:
        yield from ("", "  Changed")
        for change in comparison.changed:
            yield from _pupil(change)
    if comparison.header:
        yield from ("", "  Header")
        for path, pair in comparison.header.items():
            yield from wrapped(f"{path}: {_from_to(pair)}", "    ")
    yield from ("", "  Not compared:")
    for matter in comparison.not_compared:
        yield from wrapped(matter, "  - ")


def _counts(comparison: Comparison) -> str:
    """How much differs, in a line."""
    before, after = comparison.pupils
    pupils = f"{before} and {many(after, 'pupil')}"
    if comparison.same:
        return f"{pupils}. {_SAME}"
    header = many(len(comparison.header), "value")
    return (
        f"{pupils}: {len(comparison.added)} added, {len(comparison.removed)} gone, "
        f"{len(comparison.changed)} changed; {many(comparison.results, 'result')} "
        f"and {header} of the header changed."
    )


def _people(heading: str, people: Iterable[Person]) -> Iterator[str]:
    """Those who are in one of the files only."""
    lines = [line for one in people for line in wrapped(_who(one), "    ")]
    if lines:
        yield from ("", f"  {heading}", *lines)


def _who(one: Person) -> str:
    """A pupil in a line."""
    born = f"born {one.dob}" if one.dob else ""
    return ", ".join(part for part in (one.name, one.upn or "no UPN", born) if part)


def _pupil(change: PupilChange) -> Iterator[str]:
    """What differs in one pupil."""
    named = ", ".join(part for part in (change.name, change.upn or "no UPN") if part)
    yield from wrapped(named, "    ")
    for name, pair in change.fields.items():
        yield from wrapped(f"{IN_WORDS[name]}: {_from_to(pair)}", "      ")
    for result in change.results:
        yield from wrapped(_result(result), "      ")


def _result(change: ResultChange) -> str:
    """What differs in one result."""
    beside = [f"{name}: {_from_to(pair)}" for name, pair in change.beside.items()]
    value = [] if change.old == change.new else [_from_to((change.old, change.new))]
    return f"{change.item} {change.year}: {'; '.join(value + beside)}"


def _from_to(pair: Pair) -> str:
    """What was, and what is; blank and absent are two things."""
    old, new = pair
    if old is None:
        return f"{_shown(new)}, not there before"
    if new is None:
        return f"not there now, {_shown(old)} before"
    return f"{_shown(new)}, {_shown(old)} before"


def _shown(value: str | None) -> str:
    """A value, with the spaces that are easily overlooked."""
    if not value:
        return "blank"
    return value if value == " ".join(value.split()) else f"“{value}”"
