"""What the year's table says of a mark: shown beside it, never as entered. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from hornbook.rulebook.load import codeset
from hornbook.rulebook.model import Collection, Item
from hornbook.web.results.cohort import Member
from hornbook.web.results.edits import Edit

STANDINGS: Final = codeset("standings")


@dataclass(frozen=True, slots=True)
class Scaled:
    """A mark of a pupil, the scaled score that the table gives, and what is entered."""

    member: Member
    item: Item
    mark: str
    says: str
    entered: str

    @property
    def met(self) -> bool | None:
        """Whether the score met the standard; None where nothing tells."""
        marks = self.item.marks
        if marks is None or marks.expected is None or not self.says.isdigit():
            return None
        return int(self.says) >= marks.expected

    @property
    def edit(self) -> Edit:
        """The score as an edit of the empty cell."""
        held = self.member.held.get(self.item.code)
        return Edit(
            self.member.pupil,
            self.item.full_code,
            self.says,
            held.version if held else None,
        )


@dataclass(frozen=True, slots=True)
class ByTheTable:
    """Scores that could be filled in, and those that say something else."""

    to_fill: tuple[Scaled, ...]
    different: tuple[Scaled, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome that follows from a scaled score: from which, and what it says.

    without are the outcomes that no scaled score stands beside.
    """

    score: Item
    expected: int
    met: str
    not_met: str
    without: tuple[str, ...]


def judged_by(collection: Collection, item: Item) -> Judged | None:
    """The scaled score of the same test that the outcome follows from, if one."""
    codes = {STANDINGS.get(outcome.code): outcome.code for outcome in item.outcomes}
    if item.marks is not None or not {"met", "not met"} <= codes.keys():
        return None
    for score in collection.items:
        marks = score.marks
        if score.scaled_from and score.area == item.area and marks and marks.expected:
            without = tuple(code for one in collection.no_score for code in one.codes)
            return Judged(
                score, marks.expected, codes["met"], codes["not met"], without
            )
    return None


def has_table(collection: Collection) -> bool:
    """Whether the year has a table of marks and scaled scores."""
    return any(item.scale for item in collection.items)


def by_the_table(collection: Collection, members: Iterable[Member]) -> ByTheTable:
    """Hold every mark against the table; marks that it does not know are left out."""
    found = [one for member in members for one in _scaled(collection, member)]
    return ByTheTable(
        to_fill=tuple(one for one in found if not one.entered),
        different=tuple(one for one in found if one.entered not in {"", one.says}),
    )


def _scaled(collection: Collection, member: Member) -> Iterator[Scaled]:
    for item in collection.items:
        mark = member.values.get(item.scaled_from, "")
        says = item.scale.scores.get(int(mark)) if item.scale and mark.isdigit() else ""
        if says:
            yield Scaled(member, item, mark, says, member.values.get(item.code, ""))
