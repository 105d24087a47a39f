"""The tables of marks and scaled scores: how far held, and a school's own for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from hornbook.rulebook.items import Item, Marks, Scale
from hornbook.rulebook.load import assemble
from hornbook.rulebook.model import Collection, Rulebook
from hornbook.wording import many

Scores: TypeAlias = Mapping[int, str]
# By the calendar year, then by the full code of the scaled score.
OwnScales: TypeAlias = Mapping[int, Mapping[str, Scores]]
NONE_OWN: Final[OwnScales] = {}


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one test: its scaled score, and the marks that give it."""

    collection: Collection
    item: Item
    marks: Marks

    @property
    def scores(self) -> Scores:
        """What is known of it."""
        return self.item.scale.scores if self.item.scale else {}

    @property
    def whole(self) -> bool:
        """Whether every mark has its score."""
        return self.item.scale is not None and self.item.scale.whole

    @property
    def known(self) -> str:
        """How much of it is known, in words."""
        if not self.scores:
            return "Missing"
        possible = self.marks.highest - self.marks.lowest + 1
        if self.whole:
            return f"Whole: all {many(possible, 'mark')}"
        return f"In part: {len(self.scores)} of {many(possible, 'mark')}"


def tables(book: Rulebook) -> tuple[Table, ...]:
    """The tables that a year has, whether they are held or not."""
    return tuple(
        table
        for collection in book.collections.values()
        for table in tables_of(collection)
    )


def tables_of(collection: Collection) -> Iterator[Table]:
    """The tables of one collection: one for each scaled score."""
    for item in collection.items:
        marks = collection.item(item.scaled_from).marks if item.scaled_from else None
        if marks:
            yield Table(collection, item, marks)


def with_own_scales(book: Rulebook, own: OwnScales) -> Rulebook:
    """The rulebook, with a school's own tables in the place of those that it holds."""
    found = own.get(book.year.ends)
    if not found:
        return book
    collections = [_scaled(one, found) for one in book.collections.values()]
    return replace(assemble(book.year, book.ctf, collections), left_out=book.left_out)


def _scaled(collection: Collection, own: Mapping[str, Scores]) -> Collection:
    scales = {
        table.item.code: _scale(table.marks, own[table.item.full_code])
        for table in tables_of(collection)
        if table.item.full_code in own
    }
    items = tuple(
        replace(item, scale=scales[item.code]) if item.code in scales else item
        for item in collection.items
    )
    return replace(collection, items=items) if scales else collection


def _scale(marks: Marks, scores: Scores) -> Scale:
    possible = range(marks.lowest, marks.highest + 1)
    return Scale(scores, whole=scores.keys() >= set(possible), own=True)
