"""Results of tests whose codes the DfE does not publish: what they are taken for.

The qualifier says whether a result is a mark, a scaled score or an outcome; the size of
a number never does, as a mark of 104 looks like a scaled score. What does not tell is
left to an administrator.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from hornbook.records import Combination, Result
from hornbook.rulebook.items import Item
from hornbook.rulebook.load import CODESETS, build, read_toml, rulebook, years
from hornbook.rulebook.model import Placed, Rulebook, Source

_CODE: Final = re.compile(r"[A-Za-z0-9]{1,10}")
_MARK: Final = re.compile(r"[0-9]{1,3}")
_FINAL: Final = (None, "R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Results that may be those of a collection's tests."""

    stage: str
    subjects: tuple[str, ...]
    method: str
    published: tuple[str, ...]
    collection: str

    def holds(self, combination: Combination) -> bool:
        """Whether the codes may be those of one of these tests."""
        return (
            combination.stage == self.stage
            and combination.subject in self.subjects
            and combination.method == self.method
            and combination.component not in self.published
            and all(map(_CODE.fullmatch, combination))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifiers:
    """The qualifiers that say the same of a result: mark, score or outcome."""

    carries: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsOfTest:
    """One test, and the items of its mark, its scaled score and its outcome."""

    stage: str
    subject: str
    component: str
    mark: str
    score: str
    outcome: str = ""

    def item(self, carries: str) -> str:
        """The code of the item that holds the mark, the score or the outcome."""
        return {"mark": self.mark, "score": self.score, "outcome": self.outcome}[
            carries
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesOfTests:
    """All that can be told of such codes."""

    source: Source
    groups: tuple[Group, ...]
    qualifiers: tuple[Qualifiers, ...]
    tests: tuple[ItemsOfTest, ...]

    def carries(self, qualifier: str) -> str:
        """What a qualifier says; one that is not known can only be an outcome's."""
        for known in self.qualifiers:
            if qualifier in known.codes:
                return known.carries
        return "outcome"


@cache
def codes_of_tests() -> CodesOfTests:
    """The facts as the file states them."""
    path = CODESETS / "test-codes.toml"
    return build(CodesOfTests, read_toml(path), path.name)


def collection_of_tests(combination: Combination) -> str | None:
    """The collection whose tests the codes may be of; None for any other codes."""
    for group in codes_of_tests().groups:
        if group.holds(combination):
            return group.collection
    return None


def place(book: Rulebook, result: Result) -> Placed | None:
    """What a result is a result of; not confirmed where its codes are only presumed.

    The rulebook and the administrator's mapping go first. None where neither they nor
    the qualifier tell, and where the administrator leaves such results out.
    """
    combination = Combination(*map(str.strip, result.combination))
    found = book.find(combination)
    if found is not None or combination in book.left_out:
        return found
    return _presumed(book, combination, result.value.strip())


def _presumed(book: Rulebook, combination: Combination, value: str) -> Placed | None:
    """The item that the codes tell of, where the value is one that it can have."""
    collection = collection_of_tests(combination)
    test = _test(combination)
    if collection is None or test is None:
        return None
    carries = codes_of_tests().carries(combination.qualifier)
    code = test.item(carries)
    item = book.item(f"{collection}.{code}") if code else None
    if item is None or not _can_be(item, value):
        return None
    return Placed(
        collection=book.collections[collection],
        item=item,
        carries=item.carries,
        confirmed=False,
    )


def _test(combination: Combination) -> ItemsOfTest | None:
    for test in codes_of_tests().tests:
        if (test.stage, test.subject, test.component) == (
            combination.stage,
            combination.subject,
            combination.component,
        ):
            return test
    return None


def _can_be(item: Item, value: str) -> bool:
    in_range = item.marks is not None and item.marks.holds(value)
    return in_range or item.outcome(value) is not None


@dataclass(frozen=True, slots=True)
class Met:
    """Codes of a test as a file has them: how often, and one of the values.

    example is a mark or a code of the rulebook, else blank: whatever else stands there,
    a child's name perhaps, is not repeated.
    """

    combination: Combination
    results: int
    example: str


def met(results: Iterable[Result]) -> tuple[Met, ...]:
    """The codes of tests among some results, those taken and those not."""
    found: dict[Combination, Met] = {}
    for result in results:
        combination = Combination(*map(str.strip, result.combination))
        collection = collection_of_tests(combination)
        if result.status not in _FINAL or collection is None:
            continue
        so_far = found.get(combination) or Met(combination, 0, "")
        found[combination] = replace(
            so_far,
            results=so_far.results + 1,
            example=so_far.example or _shown(result.value.strip(), collection),
        )
    return tuple(found.values())


def _shown(value: str, collection: str) -> str:
    return value if _MARK.fullmatch(value) or value in _outcomes(collection) else ""


@cache
def _outcomes(collection: str) -> frozenset[str]:
    """Every code that a result of the collection has had."""
    return frozenset(
        outcome.code
        for year in years()
        for item in rulebook(year).collections[collection].items
        for outcome in item.outcomes
    )
