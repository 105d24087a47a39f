"""What a result of a test says of the standard, and which two cannot both be so."""

from typing import Final

from hornbook.rulebook.items import Item
from hornbook.rulebook.load import codeset
from hornbook.rulebook.model import Collection

STANDINGS: Final = codeset("standings")
_MET: Final = "met"
_NOT_MET: Final = "not met"


def standing(item: Item, value: str) -> str | None:
    """Whether a score or a mark meets the standard; having no score does not."""
    expected = item.marks.expected if item.marks else None
    if expected is None:
        return None
    return _MET if value.isdecimal() and int(value) >= expected else _NOT_MET


def differ(item: Item, value: str, outcome: str) -> bool:
    """Whether a score or a mark and an outcome say different things of the standard."""
    said, shown = STANDINGS.get(outcome), standing(item, value)
    return None not in (said, shown) and said != shown


def at_odds(collection: Collection, score: Item, value: str, outcome: str) -> bool:
    """Whether a scaled score and an outcome of a test cannot both be so."""
    if value.isdecimal() and collection.without_score(outcome):
        return True
    return bool(value) and differ(score, value, outcome)
