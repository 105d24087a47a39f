"""What changed from one year to the next, in sentences for a school."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.changes import Change, changes
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.model import Collection, Rulebook, Window

_PART: Final = re.compile(r"(\w+)\[([^\]]+)\]")
# What says how sure something is, or where it was read, is no news to a school.
_NO_NEWS: Final = re.compile(
    r"(^|\.)(source|scaled_scores)(\.|$)|confirmed$|\.published_on$|\.also$|"
    r"\.also_known_as$"
)
_NOTHING: Final = "nothing"


@dataclass(frozen=True, slots=True)
class News:
    """What is new in one collection, or in files, a sentence each."""

    title: str
    sentences: tuple[str, ...]


def news(new: AcademicYear) -> tuple[News, ...]:
    """What changed from the year before; raises UnknownYear."""
    old = AcademicYear(new.ends - 1)
    teller = _Teller(rulebook(old), rulebook(new))
    told: dict[str, dict[str, None]] = {}
    for change in changes(old, new):
        if not _NO_NEWS.search(change.path):
            sentence = teller.sentence(change)
            told.setdefault(change.collection, {})[sentence] = None
    return tuple(News(teller.title(code), tuple(said)) for code, said in told.items())


class _Teller:
    """Puts a change into words, with both years at hand."""

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        self._old, self._new = old, new

    def title(self, code: str) -> str:
        """What a collection is called; files are none."""
        if code in self._new.collections:
            return self._new.collections[code].title
        return "Common Transfer File"

    def sentence(self, change: Change) -> str:
        """One change, as a school would say it."""
        kind, _, fact = _PART.sub(r"\1", change.path).rpartition(".")
        names = dict(_PART.findall(change.path))
        if "date" in names:
            return self._day(change.collection, names["date"])
        tell = _TOLD.get(f"{kind}.{fact}" if kind else fact)
        if tell is None:
            return f"{_words(fact)}: {_new_and_old(change)}."
        return tell(self, change, names)

    def _collection(self, change: Change) -> Collection:
        return self._new.collections[change.collection]

    def _day(self, collection: str, title: str) -> str:
        """A window of dates, both years of it."""
        before = _window(self._old.collections[collection], title)
        now = _window(self._new.collections[collection], title)
        if now is None:
            return f"{title}: no day is given yet, or any more."
        was = f" (before: {_days(before)})" if before and _days(before) else ""
        note = f" {now.note}" if now.note else ""
        note += _doubt(now.confirmed or not _days(now))
        return f"{title}: {_days(now) or 'not published yet'}{was}.{note}"

    def expected(self, change: Change, names: Mapping[str, str]) -> str:
        """The mark that meets the standard."""
        item = self._collection(change).item(names["item"])
        return f"{item.title} that meets the standard: {_new_and_old(change)}."

    def outcome(self, change: Change, names: Mapping[str, str]) -> str:
        """A code that came or went."""
        book = self._old if change.new == "gone" else self._new
        collection = book.collections[change.collection]
        found = collection.item(names["item"]).outcome(names["outcome"])
        means = f", {found.title}," if found else ""
        how = "is not used any more" if change.new == "gone" else "is new"
        return f"The code {names['outcome']}{means} {how}."

    def meaning(self, change: Change, names: Mapping[str, str]) -> str:
        """What a code stands for."""
        return f"The code {names['outcome']} means: {_new_and_old(change)}."

    def infix(self, change: Change, names: Mapping[str, str]) -> str:
        """The kind of file in its name."""
        to = self._collection(change).recipient(names["recipient"]).title
        return f"A file for {_small(to)} has in its name: {_new_and_old(change)}."

    def goes_to(self, change: Change, names: Mapping[str, str]) -> str:
        """Where the file goes."""
        return f"It goes to: {_new_and_old(change)}."

    def remark(self, change: Change, names: Mapping[str, str]) -> str:
        """What is to be known of it: the new text, or that the old one is gone."""
        if change.new == _NOTHING:
            return f"No longer: {change.old}"
        before = change.old.split("; ")
        added = [text for text in change.new.split("; ") if text not in before]
        new = " ".join(added) or change.new
        return new if new.endswith(".") else f"{new}."

    def deadline(self, change: Change, names: Mapping[str, str]) -> str:
        """The day by which it is wanted."""
        collection = self._collection(change)
        if change.new == _NOTHING and not collection.statutory:
            return "There is no deadline."
        return (
            f"Deadline: {_new_and_old(change)}.{_doubt(collection.deadline_confirmed)}"
        )

    def by_whom(self, change: Change, names: Mapping[str, str]) -> str:
        """Who sets the day."""
        return f"By when: {change.new} (before: {change.old})."

    def statutory(self, change: Change, names: Mapping[str, str]) -> str:
        """Whether it must be returned."""
        if change.new == "no":
            return "It is optional now: nothing is collected."
        return "It is statutory now."

    def again(self, change: Change, names: Mapping[str, str]) -> str:
        """Who is assessed again."""
        return (
            "Pupils are checked again who had fewer marks the year before than: "
            f"{_new_and_old(change)}."
        )

    def autumn(self, change: Change, names: Mapping[str, str]) -> str:
        """A check in another term."""
        how = "is held" if change.old == "not there" else "is over"
        return f"The check of autumn {names['other_term']} {how}."

    def version(self, change: Change, names: Mapping[str, str]) -> str:
        """The version of the file."""
        return f"Files are of version {_new_and_old(change)}."

    def sex_element(self, change: Change, names: Mapping[str, str]) -> str:
        """The name under which a file gives a pupil's sex."""
        return f"A pupil's sex stands in the file as {_new_and_old(change)}."


_Tell = Callable[[_Teller, Change, Mapping[str, str]], str]
_TOLD: Final[Mapping[str, _Tell]] = {
    "version": _Teller.version,
    "sex_element": _Teller.sex_element,
    "notes": _Teller.remark,
    "who": _Teller.remark,
    "all_or_none_note": _Teller.remark,
    "statutory": _Teller.statutory,
    "deadline": _Teller.deadline,
    "deadline_note": _Teller.by_whom,
    "measure.break": _Teller.remark,
    "recheck.met_from": _Teller.again,
    "other_term": _Teller.autumn,
    "item.marks.expected": _Teller.expected,
    "item.outcome": _Teller.outcome,
    "item.outcome.title": _Teller.meaning,
    "recipient.infix": _Teller.infix,
    "recipient.title": _Teller.goes_to,
    "recipient.note": _Teller.remark,
}


def _doubt(confirmed: bool) -> str:
    """That a day is only expected."""
    return "" if confirmed else " Expected."


def _window(collection: Collection, title: str) -> Window | None:
    return next((one for one in collection.dates if one.title == title), None)


def _days(window: Window) -> str:
    """8 June 2026 to 12 June 2026; until 19 June 2026."""
    days = [_day(day) for day in (window.opens, window.closes) if day]
    return " to ".join(days) if window.opens or not days else f"until {days[0]}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _new_and_old(change: Change) -> str:
    """31 (before: 32), with days as people write them."""
    new = "not published yet" if change.new == _NOTHING else _said(change.new)
    return new if change.old == _NOTHING else f"{new} (before: {_said(change.old)})"


def _said(text: str) -> str:
    try:
        return _day(date.fromisoformat(text))
    except ValueError:
        return text


def _small(text: str) -> str:
    """A title inside a sentence; one that is a name keeps its capital."""
    named = text.split()[1:2] and text.split()[1][:1].isupper()
    return text if named else text[:1].lower() + text[1:]


def _words(fact: str) -> str:
    return fact.replace("_", " ").capitalize()
