"""Checks pupils that are held already, by the rules for files, before one is made."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

import hornbook.checks  # noqa: F401  (fills the register)
from hornbook.checks.cases import Context, Expected
from hornbook.checks.examine import Examination
from hornbook.checks.scores import TESTS, at_odds
from hornbook.ctf.header_rules import made_within
from hornbook.findings import NOBODY, Finding, Subject, fault, rule
from hornbook.identifiers import AcademicYear
from hornbook.records import Pupil, Result, School
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Collection, Recipient, Rulebook
from hornbook.rulebook.own_scales import NONE_OWN, OwnScales, with_own_scales

_NOTHING: Final[Mapping[object, Mapping[str, str]]] = MappingProxyType({})


def check_pupils(
    pupils: Iterable[tuple[object, Pupil]],
    *,
    collection: str,
    year: AcademicYear,
    recipient: Recipient,
    school: School,
    today: date,
    beside: Mapping[object, Mapping[str, str]] = _NOTHING,
    expected: Iterable[Pupil] | None = None,
    mapping: Path | None = None,
    own_scales: OwnScales = NONE_OWN,
) -> tuple[Finding, ...]:
    """What is wrong with a return that is about to be made.

    Each pupil comes with a key that its findings carry. Of the results, those of the
    collection and year are checked; those of years before say who need not be assessed
    again. beside are a pupil's results of other collections, by key and full code.
    expected is the list to hold the pupils against, where there is one.
    """
    book = rulebook(year)
    asked_for = book.returns[collection]
    examination = Examination(
        Context(
            purpose="mis" if recipient.code == "mis" else "return",
            year=year,
            today=today,
            school=school,
            collection=asked_for,
            recipient=recipient,
            expected=None if expected is None else _by_upn(expected),
            mapping=mapping,
            own_scales=own_scales,
        )
    )
    for key, pupil in pupils:
        now, earlier = _sorted(pupil.results, book, asked_for)
        examination.look_at(
            pupil.with_results(now),
            earlier=earlier,
            beside=beside.get(key, {}),
            key=key,
        )
    return (*examination.finish(), *_out_of_its_year(year, today))


def _out_of_its_year(year: AcademicYear, today: date) -> Iterator[Finding]:
    """What a file made on the day would be asked: why its header says another year."""
    if not made_within(year.starts, today):
        other = f"a file made now is made in {AcademicYear.of(today)}"
        stated = fault(element="AcademicYear", value=str(year.starts), other=other)
        yield rule("H07").finding(stated)


def _by_upn(pupils: Iterable[Pupil]) -> Expected:
    """Pupils by UPN; one without cannot be looked for."""
    return Expected({pupil.upn: pupil for pupil in pupils if pupil.upn})


def _sorted(
    results: Iterable[Result], book: Rulebook, collection: Collection
) -> tuple[tuple[Result, ...], dict[str, str]]:
    """The collection's results of the year, and the earlier values by item code."""
    now, earlier = [], {}
    calendar_year = str(book.calendar_year(collection))
    for result in sorted(results, key=lambda one: one.year):
        placed = book.find(result.combination)
        if placed is None or placed.collection.code != collection.results_of:
            continue
        if result.year == calendar_year:
            now.append(result)
        else:
            earlier[placed.item.code] = result.value
    return tuple(now), earlier


def check_tests(
    values: Mapping[tuple[str, int], str],
    subject: Subject = NOBODY,
    own_scales: OwnScales = NONE_OWN,
) -> tuple[Finding, ...]:
    """Where a pupil's marks, scores and outcomes of tests do not agree.

    values are by the item's full code and the calendar year, however they came: the
    codes under which they would travel need not be known.
    """
    return tuple(
        rule("R17").finding(
            fault(
                item=odds.item.title,
                item_code=odds.item.full_code,
                value=odds.value,
                **odds.facts,
            ),
            subject,
            purpose="mis",
        )
        for year, by_code in _tests(values).items()
        for odds in at_odds(_tests_of(year, own_scales), by_code, year)
    )


def check_beside(
    values: Mapping[tuple[str, int], str], subject: Subject = NOBODY
) -> tuple[Finding, ...]:
    """Where a test's result says that a pupil's teacher assessment is not wanted.

    values are by the item's full code and the calendar year, as for `check_tests`.
    """
    return tuple(
        rule("R30").finding(
            fault(
                item=item.title,
                item_code=item.full_code,
                value=stands[item.full_code],
                against=against,
            ),
            subject,
            purpose="mis",
        )
        for year, stands in _by_year(values).items()
        for collection in rulebook(year).collections.values()
        for item in collection.items
        if stands.get(item.full_code) and item.only_where
        if (against := item.only_where.against(stands))
    )


def _tests_of(year: AcademicYear, own_scales: OwnScales) -> Collection:
    return with_own_scales(rulebook(year), own_scales).collections[TESTS]


def _tests(
    values: Mapping[tuple[str, int], str],
) -> dict[AcademicYear, dict[str, str]]:
    """The results of tests by year and item, of the years that have a rulebook."""
    prefix = f"{TESTS}."
    return {
        year: {
            code.removeprefix(prefix): value
            for code, value in stated.items()
            if code.startswith(prefix)
        }
        for year, stated in _by_year(values).items()
    }


def _by_year(
    values: Mapping[tuple[str, int], str],
) -> dict[AcademicYear, dict[str, str]]:
    """The results by year and full code, of the years that have a rulebook."""
    found: dict[AcademicYear, dict[str, str]] = {}
    for (full_code, calendar_year), value in values.items():
        year = AcademicYear(calendar_year)
        if year in years():
            found.setdefault(year, {})[full_code] = value
    return found
