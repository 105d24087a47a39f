"""The whole plan as a list to take away: who, what, ours, the file's."""

from collections.abc import Iterable, Iterator
from typing import Final

from hornbook.matching import Entry, Held, Offer, Plan
from hornbook.records import Pupil
from hornbook.sheets.lists import List
from hornbook.web.transfers.wording import FIELDS, in_words, title_of

_COLUMNS: Final = {
    "What": 20,
    "UPN": 16,
    "Surname": 20,
    "Forename": 20,
    "Field or result": 34,
    "Ours": 24,
    "The file's": 24,
    "Why": 60,
}
Row = tuple[str, ...]


def listed(plan: Plan) -> List:
    """Every line of a plan, pupils first, then results."""
    rows = [*_pupils(plan), *_results(plan)]
    return List(title="Plan", columns=_COLUMNS, rows=rows)


def _pupils(plan: Plan) -> Iterator[Row]:
    yield from _offers("new", plan.new)
    for match in plan.changed:
        for name, (old, new) in match.fields.items():
            words = (FIELDS[name], in_words(name, old), in_words(name, new))
            yield _row("changed", match.held.upn, match.held.record, words)
    for match in plan.unchanged:
        yield _row("unchanged", match.held.upn, match.held.record)
    yield from _held("not in the file", plan.missing)
    for unsure in plan.unsure:
        offer = unsure.offer
        yield _row("unsure", offer.upn, offer.record, why=unsure.reason)
    for one in plan.by_name:
        held = one.match.held
        why = f"The sheet says {one.match.offer.record.name} and no more."
        yield _row("known by name alone", held.upn, held.record, why=why)
    yield from _offers("left out", plan.left_out)
    yield from _offers("not known here", plan.strangers)


def _results(plan: Plan) -> Iterator[Row]:
    yield from _entries("new result", plan.results_new)
    yield from _entries("different result", plan.results_different)
    yield from _entries("same result", plan.results_same)


def _offers(what: str, offers: Iterable[Offer]) -> Iterator[Row]:
    return (_row(what, offer.upn, offer.record) for offer in offers)


def _held(what: str, pupils: Iterable[Held]) -> Iterator[Row]:
    return (_row(what, pupil.upn, pupil.record) for pupil in pupils)


def _entries(what: str, entries: Iterable[Entry]) -> Iterator[Row]:
    for entry in entries:
        whose = entry.held or entry.offer
        words = (title_of(*entry.key), entry.old, entry.new)
        yield _row(what, entry.offer.upn or whose.upn, whose.record, words)


def _row(
    what: str,
    upn: str,
    record: Pupil,
    words: tuple[str, str, str] = ("", "", ""),
    why: str = "",
) -> Row:
    return (what, upn, record.surname or "", record.forename or "", *words, why)
