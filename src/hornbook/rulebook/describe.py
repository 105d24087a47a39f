"""A year's rulebook in words, as Markdown: for the command line and the reference."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.changes import changes
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.measures import measures
from hornbook.rulebook.model import (
    Collection,
    Item,
    OtherTerm,
    Outcome,
    Recipient,
    Source,
    Window,
)
from hornbook.rulebook.national import National, published

UNCONFIRMED: Final = "(not confirmed)"
_SET_BY: Final = {
    "school": "the school",
    "dfe": "the DfE",
    "worked-out": "nobody: it follows from the mark",
}


def rulebook_page(year: AcademicYear) -> str:
    """The whole year; raises UnknownYear."""
    book = rulebook(year)
    parts = [
        f"# Rulebook {year}",
        _sentence(
            f"What is not certain is marked {UNCONFIRMED}.",
            f"The year's Common Transfer File is version {book.ctf.version}.",
            _doubt(book.ctf.confirmed),
        ),
        _bullets(
            (f"A pupil's sex stands in it as {book.ctf.sex_element}.", *book.ctf.notes)
        ),
        *(collection_page(each) for each in book.collections.values()),
        *_national(year),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _national(year: AcademicYear) -> Iterator[str]:
    """The national figures of all pupils, and those that are not held."""
    yield "## National figures"
    held = published().held(year)
    if held:
        yield _table(("Measure", "England", "Release and source"), map(_figure, held))
    missing = [measure.title for measure in published().missing(year)]
    if missing:
        yield f"Not held: {'; '.join(missing)}."


def _figure(one: National) -> tuple[str, str, str]:
    source = _sentence(f"{one.release}: {one.source}", _doubt(one.confirmed))
    return measures()[one.measure].title, one.text, source


def changes_page() -> str:
    """What changed from each year to the next, newest first."""
    parts = ["# What changed from year to year"]
    for old, new in reversed(list(pairwise(years()))):
        lines = [f"`{change}`" for change in changes(old, new)]
        parts += [f"## {old} to {new}", _bullets(lines)]
    return "\n\n".join(parts) + "\n"


def collection_page(collection: Collection) -> str:
    """One collection: who, when, to whom, what, and where the facts come from."""
    kind = "Statutory." if collection.statutory else "Optional: nothing is collected."
    parts = [
        f"## {collection.title}",
        f"{kind} {collection.who}",
        _bullets(_facts(collection)),
        _columns(collection.items),
        *_codes(collection.items),
        *_scales(collection),
        _source(collection),
    ]
    return "\n\n".join(filter(None, parts))


def _facts(collection: Collection) -> Iterator[str]:
    yield f"Year groups: {', '.join(collection.nc_years)}"
    if collection.deadline or collection.deadline_note:
        yield _deadline(collection)
    yield from map(_window, collection.dates)
    yield from map(_term, collection.other_terms)
    yield from map(_recipient, collection.recipients)
    if collection.recheck:
        recheck = collection.recheck
        yield (
            f"In Year {recheck.nc_year} only pupils who had fewer than "
            f"{recheck.met_from} marks the year before, or none"
        )
    for item in collection.items:
        if item.only_where:
            words = f"{item.title}: {item.only_where.because}"
            yield _sentence(words, _doubt(item.only_where.confirmed))
    if collection.all_or_none:
        yield collection.all_or_none_note
    yield from collection.notes


def _deadline(collection: Collection) -> str:
    day = collection.deadline
    words = [_day(day)] if day else []
    words += [collection.deadline_note] if collection.deadline_note else []
    return _sentence(
        f"Deadline: {', '.join(words)}", _doubt(collection.deadline_confirmed)
    )


def _term(term: OtherTerm) -> str:
    asked = term.returned
    if asked is None:
        return term.note
    return _sentence(
        term.note,
        f"Returned on its own as {asked.code}, by {_day(asked.deadline)}.",
        _doubt(asked.deadline_confirmed),
    )


def _window(window: Window) -> str:
    days = [_day(day) for day in (window.opens, window.closes) if day]
    words = " to ".join(days) if window.opens or not days else f"until {days[0]}"
    return _sentence(
        f"{window.title}: {words or 'not yet known'}.",
        window.note,
        _doubt(window.confirmed),
    )


def _recipient(recipient: Recipient) -> str:
    la, estab = recipient.la or "your LA number", recipient.estab
    address = f"{la} and {estab}" if estab else "your own school's number"
    known = ", ".join(
        name for name in recipient.also_known_as if name not in recipient.title
    )
    return _sentence(
        f"Sent to: {recipient.title}{f' (also {known})' if known else ''}; the file's "
        f"name has {recipient.infix} and goes to {address}.",
        recipient.note,
        _doubt(recipient.confirmed),
    )


def _columns(items: Iterable[Item]) -> str:
    headings = ("Column", "Code", "Marks", "CTF codes", "Every pupil")
    return _table(headings, map(_column, items))


def _column(item: Item) -> tuple[str, ...]:
    title = _sentence(item.title, _doubt(item.confirmed))
    needed = "yes" if item.required else "no"
    return title, item.full_code, _marks(item), _travels(item), needed


def _marks(item: Item) -> str:
    marks = item.marks
    if marks is None:
        return ""
    expected = f", {marks.expected} meets the standard" if marks.expected else ""
    return f"{marks.lowest} to {marks.highest}{expected}"


def _travels(item: Item) -> str:
    if len(item.ctf) == 1:
        return str(item.ctf[0].combination)
    ways = [f"{way.combination} ({way.carries})" for way in item.ctf]
    return ", ".join(ways) or "not known"


def _codes(items: Sequence[Item]) -> Iterator[str]:
    """The outcomes, once for all columns that have the same ones."""
    groups: dict[tuple[Outcome, ...], list[str]] = {}
    for item in items:
        groups.setdefault(item.outcomes, []).append(item.title)
    for outcomes, titles in groups.items():
        if outcomes:
            whose = "every column" if len(titles) == len(items) else ", ".join(titles)
            yield f"Codes of {whose}:"
            yield _table(("Code", "Meaning", "Set by"), map(_outcome, outcomes))


def _outcome(outcome: Outcome) -> tuple[str, str, str]:
    queried = "(not in the DfE's own list)" if outcome.queried else ""
    meaning = _sentence(outcome.title, queried)
    return outcome.code, meaning, _SET_BY[outcome.set_by]


def _scales(collection: Collection) -> Iterator[str]:
    """The marks that give each scaled score, and which are not held."""
    scaled = [item for item in collection.items if item.scaled_from]
    tables = [item.scale.scores if item.scale else {} for item in scaled]
    scores = dict.fromkeys(score for table in tables for score in table.values())
    if any(tables):
        source = collection.scaled_scores
        yield _sentence(
            "Marks that give each scaled score:",
            _doubt(bool(source and source.confirmed)),
        )
        rows = [
            (score, *(_marks_that_give(score, table) for table in tables))
            for score in sorted(scores, key=lambda one: (one.isdigit(), one.zfill(3)))
        ]
        yield _table(("Scaled score", *(item.title for item in scaled)), rows)
    missing = [item.title for item in scaled if not (item.scale and item.scale.whole)]
    if missing:
        yield f"Not held, or not for every mark: {', '.join(missing)}."
    if collection.scaled_scores:
        yield _stated(collection.scaled_scores)


def _marks_that_give(score: str, table: Mapping[int, str]) -> str:
    marks = [mark for mark, gives in table.items() if gives == score]
    if len(marks) < 2:
        return "".join(map(str, marks))
    return f"{min(marks)} to {max(marks)}"


def _source(collection: Collection) -> str:
    return _stated(collection.source)


def _stated(source: Source) -> str:
    return _sentence(
        f"Source: {source.document}; {source.section.lower()}. Checked on "
        f"{_day(source.checked_on)}, confidence: {source.confidence}; to be looked at "
        f"again by {_day(source.next_review)}.",
        _doubt(source.confirmed),
    )


def _sentence(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _doubt(confirmed: bool) -> str:
    return "" if confirmed else UNCONFIRMED
