"""A year's rulebook in words, as Markdown: for the command line and the docs."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.changes import changes
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Collection, Item, Recipient, Window

UNCONFIRMED = "(not confirmed)"


def year_page(year: AcademicYear) -> str:
    """The whole year; raises UnknownYear."""
    book = rulebook(year)
    version = f"{book.ctf.version} {_doubt(book.ctf.confirmed)}".strip()
    parts = [f"# Rulebook {year}", f"CTF version {version}"]
    parts += [collection_page(each) for each in book.collections.values()]
    return "\n\n".join(parts) + "\n"


def collection_page(collection: Collection) -> str:
    """One collection."""
    return "\n".join(_lines(collection))


def changes_page() -> str:
    """What changed from each year to the next, newest first."""
    parts = ["# What changed from year to year"]
    held = years()
    for old, new in reversed(list(pairwise(held))):
        lines = [f"- `{change}`" for change in changes(old, new)]
        parts += [f"## {old} to {new}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _lines(collection: Collection) -> Iterator[str]:
    source = collection.source
    yield f"## {collection.title}"
    yield ""
    kind = "Statutory." if collection.statutory else "Optional: nothing is collected."
    yield f"{kind} {collection.who}"
    yield ""
    if collection.deadline:
        doubt = _doubt(collection.deadline_confirmed)
        day = f"{_day(collection.deadline)} {doubt}".strip()
        yield f"- Deadline: {day}, {collection.deadline_note}"
    elif collection.deadline_note:
        yield f"- Deadline: {collection.deadline_note}"
    for window in collection.dates:
        yield f"- {_window(window)}"
    for recipient in collection.recipients:
        yield f"- {_recipient(recipient)}"
    for note in collection.notes:
        yield f"- {note}"
    yield f"- Source: {source.document}; {source.section}. Checked on "
    yield f"  {_day(source.checked_on)}, confidence: {source.confidence}. " + _doubt(
        source.confirmed
    )
    yield ""
    yield "| Item | Code | Marks | Codes |"
    yield "|---|---|---|---|"
    for item in collection.items:
        yield _item(item)


def _item(item: Item) -> str:
    marks = ""
    if item.marks is not None:
        marks = f"{item.marks.lowest} to {item.marks.highest}"
        if item.marks.expected is not None:
            marks += f", {item.marks.expected} meets the standard"
    codes = "; ".join(f"{each.code} {each.title}" for each in item.outcomes)
    title = f"{item.title} {_doubt(item.confirmed)}".strip()
    return f"| {title} | {item.full_code} | {marks} | {codes} |"


def _window(window: Window) -> str:
    days = [_day(day) for day in (window.opens, window.closes) if day]
    words = " to ".join(days) or "not yet known"
    return f"{window.title}: {words} {window.note} {_doubt(window.confirmed)}".strip()


def _recipient(recipient: Recipient) -> str:
    la, estab = recipient.la or "the LA number", recipient.estab or ""
    address = f"{la} {estab}" if recipient.estab else "your own school"
    doubt = _doubt(recipient.confirmed)
    return f"Sent to: {recipient.title}, {address}, {recipient.infix} {doubt}".strip()


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _doubt(confirmed: bool) -> str:
    return "" if confirmed else UNCONFIRMED
