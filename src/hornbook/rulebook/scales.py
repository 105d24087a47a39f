"""The year's tables of marks and scaled scores, a CSV beside the year's collections."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from hornbook.rulebook.items import Item, Scale
from hornbook.rulebook.model import Collection

FILE: Final = "scaled-scores.csv"


def with_scales(collection: Collection, folder: Path) -> Collection:
    """The collection whose scaled scores know which marks give them.

    Raises ValueError where the table cannot be right.
    """
    scores: dict[str, dict[int, str]] = {}
    with (folder / FILE).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            marks = range(int(row["from"]), int(row["to"]) + 1)
            table = scores.setdefault(row["item"], {})
            if not marks or table.keys() & set(marks):
                raise ValueError(f"{FILE}: {row['item']} has {row['from']} twice.")
            table |= dict.fromkeys(marks, row["score"])
    items = tuple(
        replace(item, scale=_scale(collection, item, scores.pop(item.code)))
        if item.code in scores
        else item
        for item in collection.items
    )
    if scores:
        raise ValueError(f"{FILE}: {collection.code} has no {', '.join(scores)}.")
    return replace(collection, items=items)


def _scale(collection: Collection, item: Item, scores: dict[int, str]) -> Scale:
    marks = collection.item(item.scaled_from).marks
    if marks is None:
        raise ValueError(f"{FILE}: {item.scaled_from} has no marks.")
    possible = set(range(marks.lowest, marks.highest + 1))
    if not scores.keys() <= possible or not all(map(item.allows, scores.values())):
        raise ValueError(f"{FILE}: {item.code} has a mark or a score out of range.")
    if not _rises(scores[mark] for mark in sorted(scores)):
        raise ValueError(f"{FILE}: {item.code} falls as the marks rise.")
    return Scale(scores, whole=scores.keys() == possible)


def _rises(scores: Iterable[str]) -> bool:
    numbers = [int(score) if score.isdigit() else -1 for score in scores]
    return numbers == sorted(numbers)
