"""Letters to parents: what each says of a pupil, in plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from hornbook.identifiers import AcademicYear
from hornbook.measures.people import Assessed
from hornbook.reports.compared import is_statutory
from hornbook.rulebook.items import Item
from hornbook.rulebook.letters import LetterFacts, LetterResult, called
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.model import Collection
from hornbook.rulebook.standings import at_odds

NOTHING_YET: Final = "No result is recorded yet."
Held: TypeAlias = Sequence[tuple[Item, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is said of one pupil.

    missing names the results that are not there yet, clashing those of which the
    outcome alone is told, because the score says something else.
    """

    key: int
    opening: str
    results: tuple[tuple[str, str], ...]
    closing: tuple[str, ...]
    to_write: str = ""
    missing: tuple[str, ...] = ()
    clashing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The letters of a year, and the pupils on roll of whom nothing is recorded."""

    facts: LetterFacts
    year: AcademicYear
    letters: tuple[Letter, ...]
    without: tuple[int, ...]


def letters_for(
    facts: LetterFacts,
    year: AcademicYear,
    pupils: Sequence[Assessed],
    forenames: dict[int, str],
) -> Letters:
    """A letter for every pupil of whom anything is recorded, those who left too."""
    made, without = [], []
    for pupil in pupils:
        if pupil.nc_year in facts.nc_years and pupil.key in forenames:
            letter = _letter(facts, year, pupil, forenames[pupil.key])
            if letter is not None:
                made.append(letter)
            elif pupil.left_on is None and _awaited(facts, year, pupil):
                without.append(pupil.key)
    return Letters(facts=facts, year=year, letters=tuple(made), without=tuple(without))


def _awaited(facts: LetterFacts, year: AcademicYear, pupil: Assessed) -> bool:
    """Whether a pupil must have a result: in Year 2, who met phonics need not."""
    collection = rulebook(year).collections[facts.collection]
    before = {
        item.code: pupil.value(item.full_code, year.ends - 1)
        for item in collection.items
    }
    return collection.must_have_result(pupil.nc_year, before)


def _letter(
    facts: LetterFacts, year: AcademicYear, pupil: Assessed, name: str
) -> Letter | None:
    said = list(_results(facts, year, pupil, name))
    if not any(one.text for one in said):
        return None
    needed = [one for one in said if one.text or not one.optional]
    assessed = any(one.assessed for one in said)
    return Letter(
        key=pupil.key,
        opening=_opening(facts, assessed).format(name=name),
        results=tuple(_rows(facts, needed, assessed)),
        closing=tuple(_closing(facts, year, pupil, said, name)),
        to_write=_to_write(facts, said, assessed).format(name=name),
        missing=tuple(one.title for one in needed if not one.text),
        clashing=tuple(one.title for one in needed if one.clashes),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """One result in words; assessed where it is more than why there is none."""

    title: str
    text: str
    optional: bool
    clashes: bool
    assessed: bool
    exempt: bool
    narrated: bool


def _opening(facts: LetterFacts, assessed: bool) -> str:
    return facts.opening if assessed else facts.opening_without or facts.opening


def _to_write(facts: LetterFacts, said: Sequence[_Said], assessed: bool) -> str:
    """What stands above the words of the school's own; blank where none are due."""
    if any(one.narrated for one in said):
        return facts.to_narrate
    without = facts.to_write_without or facts.to_write
    return facts.to_write if assessed else without


def _rows(
    facts: LetterFacts, said: Sequence[_Said], assessed: bool
) -> Iterator[tuple[str, str]]:
    """Each result; one row where the same is said of all, as of who is exempt."""
    texts = {one.text or NOTHING_YET for one in said}
    together = next((one.title for one in facts.results if one.every), "")
    if together and not assessed and len(texts) == 1:
        yield together, texts.pop()
    else:
        yield from ((one.title, one.text or NOTHING_YET) for one in said)


def _closing(
    facts: LetterFacts,
    year: AcademicYear,
    pupil: Assessed,
    said: Sequence[_Said],
    name: str,
) -> Iterator[str]:
    exempt = "; ".join(one.title for one in said if one.exempt)
    if exempt:
        yield facts.exempted.format(name=name, subjects=exempt)
    if facts.optional and not is_statutory(facts, year):
        yield facts.optional
    assessed = any(one.assessed for one in said)
    without = facts.closing_without or facts.closing
    for words in facts.closing if assessed else without:
        yield words.format(name=name)
    for ending in facts.endings:
        if pupil.nc_year in ending.nc_years:
            yield ending.words.format(name=name)


def _results(
    facts: LetterFacts, year: AcademicYear, pupil: Assessed, name: str
) -> Iterator[_Said]:
    """Each result, in the order of the letter."""
    book = rulebook(year)
    for result in facts.results:
        collection = book.collections[result.collection or facts.collection]
        if result.every:
            for item in collection.items:
                held = _held((item,), pupil, year)
                yield _said(facts, result, collection, item.title, held, name)
        else:
            items = tuple(map(collection.item, result.items))
            held = _held(items, pupil, year)
            yield _said(facts, result, collection, result.title, held, name)


def items_told(facts: LetterFacts, year: AcademicYear) -> Iterator[str]:
    """The full codes of what a letter tells, of which no measure may count some."""
    book = rulebook(year)
    for result in facts.results:
        collection = book.collections[result.collection or facts.collection]
        every = collection.items if result.every else map(collection.item, result.items)
        yield from (item.full_code for item in every)


def _held(items: Sequence[Item], pupil: Assessed, year: AcademicYear) -> Held:
    """What a pupil has of these items."""
    values = [(item, pupil.value(item.full_code, year.ends)) for item in items]
    return [(item, value) for item, value in values if value]


def _said(
    facts: LetterFacts,
    result: LetterResult,
    collection: Collection,
    title: str,
    held: Held,
    name: str,
) -> _Said:
    """Results in words, without a score that its outcome speaks against."""
    told = _not_spoken_against(collection, held)
    return _Said(
        title=title,
        text=" ".join(filter(None, _in_words(result, told, name))),
        optional=result.optional,
        clashes=len(told) < len(held),
        assessed=any(value not in facts.without for _, value in held),
        exempt=any(value in facts.exempt for _, value in held),
        narrated=any(value in facts.narrated for _, value in held),
    )


def _not_spoken_against(collection: Collection, held: Held) -> Held:
    """What is held, but for a score with which the outcome beside it cannot be so."""
    outcomes = [value for item, value in held if item.marks is None]
    return [
        (item, value)
        for item, value in held
        if not any(at_odds(collection, item, value, outcome) for outcome in outcomes)
    ]


def _in_words(result: LetterResult, held: Held, name: str) -> Iterator[str]:
    """Marks and codes in words; whether a mark met the standard where no code says."""
    marks = [one for one in held if _is_mark(*one)]
    codes = [one for one in held if not _is_mark(*one)]
    for mark in marks:
        yield _of_mark(result.scored, *mark, name)
    for code in codes:
        yield _of_code(result, *code).format(name=name)
    if marks and not codes:
        yield _of_mark(_standard(result, *marks[0]), *marks[0], name)


def _is_mark(item: Item, value: str) -> bool:
    return item.marks is not None and item.marks.holds(value)


def _of_mark(words: str, item: Item, value: str, name: str) -> str:
    highest = item.marks.highest if item.marks else ""
    expected = item.marks.expected if item.marks else ""
    return words.format(name=name, score=value, highest=highest, expected=expected)


def _of_code(result: LetterResult, item: Item, value: str) -> str:
    return called(result.words, value) or item.meaning(value)


def _standard(result: LetterResult, item: Item, value: str) -> str:
    """What is said of a mark beside the one that meets the standard."""
    expected = item.marks.expected if item.marks else None
    if not result.met:
        return ""
    if expected is None:
        return result.unknown
    return result.met if int(value) >= expected else result.not_met
