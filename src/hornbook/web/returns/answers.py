"""After a refusal: from the recipient's words to the rule, the pupil and the cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hornbook.findings import Rule
from hornbook.inspection.refusals import Known, Line, understood
from hornbook.rulebook.model import Collection, Item
from hornbook.web.results.cohort import Member, lacking
from hornbook.web.results.grid import dom_id


@dataclass(frozen=True, slots=True)
class Named:
    """A pupil who is named, and the cell of the grid that is meant; blank if none."""

    pupil: int
    name: str
    cell: str
    item: str


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the recipient's words: its rules, and the pupils whom it names."""

    text: str
    rules: tuple[Rule, ...]
    pupils: tuple[Named, ...]


def told(
    words: str,
    people: Sequence[Known],
    collection: Collection,
    members: Iterable[Member],
) -> tuple[Told, ...]:
    """Every line with what could be made of it."""
    names = {one.key: f"{one.surname}, {one.forename}" for one in people}
    in_grid = {member.pupil: member for member in members}
    return tuple(
        Told(
            line.text,
            line.rules,
            tuple(_named(line, names, collection, in_grid)),
        )
        for line in understood(words, people)
    )


def _named(
    line: Line,
    names: Mapping[int, str],
    collection: Collection,
    in_grid: Mapping[int, Member],
) -> Iterator[Named]:
    for pupil in line.pupils:
        member = in_grid.get(pupil)
        in_the_grid = member if _about_results(line) else None
        item = _meant(line.text, collection, in_the_grid) if in_the_grid else None
        cell = dom_id(pupil, item.full_code) if item else ""
        yield Named(pupil, names[pupil], cell, item.title if item else "")


def _about_results(line: Line) -> bool:
    """Whether it may be about a result, and not only about a pupil's details."""
    return not line.rules or any(rule.code[0] in "RC" for rule in line.rules)


def _meant(text: str, collection: Collection, member: Member) -> Item | None:
    """The item that the line names; else what the pupil lacks; else the first."""
    line = text.casefold()
    named = (
        item
        for item in collection.items
        if item.title.casefold() in line or item.short_title.casefold() in line
    )
    empty = lacking(collection, member)
    return next(named, None) or (empty or collection.items)[0]
