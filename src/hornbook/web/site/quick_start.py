"""The year's collections on two sides of paper, from the rulebook. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from hornbook.rulebook.items import Item, Outcome
from hornbook.rulebook.model import Collection, Recipient, Rulebook


@dataclass(frozen=True, slots=True)
class Entry:
    """What is entered: the columns it is entered in, the marks, the codes."""

    columns: str
    marks: str
    codes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Sending:
    """To whom a file goes, and what its name looks like."""

    title: str
    name: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One collection."""

    collection: Collection
    entries: tuple[Entry, ...]
    sendings: tuple[Sending, ...]


def parts(book: Rulebook) -> tuple[Part, ...]:
    """Every collection of the year."""
    return tuple(
        Part(one, tuple(_entries(one)), tuple(_sendings(one)))
        for one in book.collections.values()
    )


def _entries(collection: Collection) -> Iterator[Entry]:
    """The columns that have the same marks and codes, together."""
    alike: dict[tuple[str, tuple[Outcome, ...]], list[Item]] = {}
    for item in collection.items:
        alike.setdefault((_marks(item), item.entered), []).append(item)
    for (marks, codes), items in alike.items():
        yield Entry(_columns(items, collection), marks, codes)


def _columns(items: list[Item], collection: Collection) -> str:
    """The columns by name; all of them, by their number."""
    if len(items) == len(collection.items) > 1:
        return f"Each of the {len(items)} columns"
    return ", ".join(item.title for item in items)


def _marks(item: Item) -> str:
    return f"{item.marks.lowest} to {item.marks.highest}" if item.marks else ""


def _sendings(collection: Collection) -> Iterator[Sending]:
    if not any(item.ctf for item in collection.items):
        return
    for recipient in collection.recipients:
        yield Sending(recipient.title, _name(recipient), recipient.confirmed)


def _name(recipient: Recipient) -> str:
    """The name's shape, with the school's and the authority's numbers left open."""
    own = "LLLEEEE"
    to = f"{recipient.la or 'LLL'}{recipient.estab or 'EEEE'}"
    return f"{own}_{recipient.infix}_{to}_001.xml"
