"""`hornbook repair`: a refused Common Transfer File goes in, a good one comes out."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from hornbook import __version__
from hornbook.cli.check import (
    MappingOption,
    PupilsOption,
    ToOption,
    YearOption,
    as_text,
    exit_status,
    listed,
    mapped,
    school_year,
)
from hornbook.cli.text import wrapped
from hornbook.findings import rule
from hornbook.inspection.putting_right import Saved, repair_path
from hornbook.inspection.repair import Chosen, Offered
from hornbook.inspection.repairs import Offer, repairs
from hornbook.wording import how_often

_YES: Final = re.compile(r"([FHPRC]\d\d)(?:=(.+))?", re.IGNORECASE)
_DROP: Final = "drop"
_SHOWN: Final = 5


class Format(StrEnum):
    """How the outcome is printed."""

    TEXT = "text"
    JSON = "json"


OutputDir: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        help='Where the repaired files go; by default "repaired" beside the file.',
        file_okay=False,
    ),
]
Yes: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        help="A rule whose findings are put right without asking, such as R12; "
        "where something must be typed, as in H09=123456; R01=drop leaves results "
        "out for which Hornbook knows nothing better.",
    ),
]


def repair(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files, folders or zips.", exists=True, show_default=False),
    ],
    output_dir: OutputDir = None,
    yes: Yes = None,
    to: ToOption = None,
    year: YearOption = None,
    pupils: PupilsOption = None,
    mapping: MappingOption = None,
    form: Annotated[
        Format, typer.Option("--format", help="For people, or for machines.")
    ] = Format.TEXT,
) -> None:
    """Put right what is wrong with a Common Transfer File.

    Safe repairs are made; the others are asked about one by one in a terminal, or
    named with --yes. The file itself is left as it is: the repaired one is saved under
    its right name, and nothing is ever overwritten.

    Exit status, of the repaired file: 0 no errors, 1 errors left, 2 a file could not
    be read at all or not be saved.
    """
    said = told(yes or ())
    asking = form is Format.TEXT and sys.stdin.isatty() and sys.stdout.isatty()
    choose = partial(asked if asking else _not_asked, said)
    held_against = None if year is None else school_year(year)
    expected = None if pupils is None else listed(pupils)
    codes = mapped(mapping)
    saved = [
        one
        for path in files
        for one in repair_path(
            path,
            output_dir,
            choose,
            to=to,
            year=held_against,
            expected=expected,
            mapping=codes,
        )
    ]
    typer.echo(as_json(saved) if form is Format.JSON else as_words(saved))
    problems = 2 if any(one.problem for one in saved) else 0
    raise typer.Exit(max(problems, exit_status([one.report for one in saved])))


def told(words: Iterable[str]) -> Chosen:
    """What was said beforehand with --yes."""
    codes: set[str] = set()
    drop: set[str] = set()
    typed: dict[str, str] = {}
    for word in words:
        found = _YES.fullmatch(word.strip())
        code = found[1].upper() if found else ""
        if found is None or code not in repairs():
            raise typer.BadParameter(
                f"{word} is not a rule with a repair. These have one: "
                f"{', '.join(sorted(repairs()))}.",
                param_hint="--yes",
            )
        if found[2] == _DROP and code.startswith("R"):
            drop.add(code)
        elif found[2]:
            typed[code] = found[2]
        else:
            codes.add(code)
    return Chosen(codes=frozenset(codes), drop=frozenset(drop), typed=typed)


def _not_asked(told: Chosen, _: Offered) -> Chosen:
    """What was said beforehand, and no more."""
    return told


def asked(told: Chosen, offered: Offered) -> Chosen:
    """What was said beforehand, and what a person says now, offer by offer."""
    open_offers = [
        offer
        for offer in offered.offers
        if not offer.safe
        and offer.finding.code not in {*told.codes, *told.drop, *told.typed}
    ]
    by_code = sorted(open_offers, key=lambda offer: offer.finding.code)
    picks: dict[int, tuple[int, str]] = {}
    for code, same in groupby(by_code, key=lambda offer: offer.finding.code):
        picks |= _asked_of_kind(offered.report.name, code, list(same))
    return replace(told, picks=picks)


def _asked_of_kind(
    name: str, code: str, same: Sequence[Offer]
) -> dict[int, tuple[int, str]]:
    """The choices for the findings of one rule."""
    typer.echo(f"\n{name}: {code}, {rule(code).title}")
    picks: dict[int, tuple[int, str]] = {}
    for number, offer in enumerate(same):
        left = len(same) - number
        answer = _answer(offer, left)
        if answer == "s":
            break
        if answer == "a":
            return picks | {
                each.number: (0, "")
                for each in same[number:]
                if each.choices[0].drops == offer.choices[0].drops
                and not each.choices[0].asks_for
            }
        if answer:
            picks[offer.number] = _typed(offer, int(answer) - 1)
    return picks


def _answer(offer: Offer, left: int) -> str:
    """What a person says to one offer: a number, a for all, s for skip, or nothing."""
    for line in wrapped(offer.finding.message, "  "):
        typer.echo(line)
    for number, choice in enumerate(offer.choices, start=1):
        typer.echo(f"    {number}  {choice.words}")
    words = "  Which? Enter leaves it as it is"
    several = f"; a: 1 for all {left}; s: skip the rest" if left > 1 else ""
    allowed = {"", *map(str, range(1, len(offer.choices) + 1))}
    allowed |= {"a", "s"} if left > 1 else set()
    while True:
        said: str = typer.prompt(f"{words}{several}", default="", show_default=False)
        if said.strip().lower() in allowed:
            return said.strip().lower()


def _typed(offer: Offer, number: int) -> tuple[int, str]:
    """The choice, with what it asks for."""
    asks_for = offer.choices[number].asks_for
    return number, typer.prompt(f"  The {asks_for}") if asks_for else ""


def as_json(saved: Iterable[Saved]) -> str:
    """One object for all files."""
    files = [one.as_json() for one in saved]
    document = {"hornbook": __version__, "files": files}
    return json.dumps(document, ensure_ascii=False, indent=1)


def as_words(saved: Sequence[Saved]) -> str:
    """All files, for people."""
    if not saved:
        return "There is no file to repair here."
    return "\n\n".join("\n".join(_file(one)) for one in saved)


def _file(one: Saved) -> Iterator[str]:
    """What was put right in one file, where it is, and what is left."""
    yield one.name
    for made in one.made:
        yield from wrapped(
            f"Put right {how_often(made.count)}: {made.code}, {rule(made.code).title}",
            "  ",
        )
    if not one.made:
        yield "  Nothing was put right."
    if one.written is not None:
        yield from wrapped(f"Saved as {one.written}", "  ")
    if one.problem:
        yield from wrapped(f"Not saved: {one.problem}", "  ")
    yield ""
    yield "  What is left to look at:"
    yield as_text([one.report], _SHOWN)
