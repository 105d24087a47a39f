"""Runs the cases in cases/*.toml, which an assessment officer can read and add to.

Each case has a name, a year, one pupil (or several), and the codes expected: all that
are found, no more and no fewer. A pupil is sound unless the case says otherwise: a
name, a UPN, and a date of birth that fits the year group.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import hornbook.checks  # noqa: F401  (fills the register)
from hornbook.checks.cases import Context, Expected
from hornbook.checks.examine import Examination
from hornbook.findings import Finding, rules
from hornbook.identifiers import AcademicYear, check_letter
from hornbook.records import Combination, Pupil, Result, School
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.model import Collection, Recipient

CASES = Path(__file__).parent / "cases"
MAPPING = """
[ks2-tests.reading-score]
carries = "either"
stage = "KS2"
subject = "ENG"
method = "TT"
component = "REA"
qualifier = "SC"

[ks2-tests.reading-mark]
stage = "KS2"
subject = "ENG"
method = "TT"
component = "REA"
qualifier = "NM"

[ks2-tests.reading-outcome]
carries = "outcome"
stage = "KS2"
subject = "ENG"
method = "TT"
component = "REA"
qualifier = "NC"
"""
PUPIL_FIELDS = {field.name for field in fields(Pupil)} - {"results"}


@dataclass(frozen=True)
class CaseOnFile:
    file: str
    table: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.file}: {self.table['name']}"


def cases() -> Iterator[CaseOnFile]:
    for path in sorted(CASES.glob("*.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield CaseOnFile(path.stem, table)


@cache
def _result(*facts: Any) -> Result:
    """The same object for the same result, as the reader of files gives it."""
    return Result(*facts)


def result_of(stated: dict[str, str], year: AcademicYear) -> Result:
    """{item, value} or {codes, value}; year, status and locale where they differ."""
    if "codes" in stated:
        combination = Combination(*stated["codes"].split())
    else:
        found = rulebook(year).item(stated["item"])
        carried = found.combination_for(stated.get("as", stated["value"]))
        assert carried is not None, f"{stated} travels under no codes"
        combination = carried
    return _result(
        combination,
        stated.get("year", str(year.ends)),
        stated["value"],
        stated.get("status", "R") or None,
        stated.get("locale", "ENG") or None,
    )


def born_for(nc_year: str, year: AcademicYear) -> str:
    age = 5 if not nc_year.isdigit() else 5 + int(nc_year)
    return f"{year.starts - age + 1}-02-03"


def pupil_of(stated: dict[str, Any], year: AcademicYear, number: int) -> Pupil:
    """The pupil of a case: what is stated, and for the rest sound and ordinary."""
    nc_year = stated.get("nc_year", "1")
    body = f"92621552500{number}"
    facts = {
        "upn": check_letter(body) + body,
        "surname": f"Byrne{'ABCDEFGHIJ'[number]}",
        "forename": "Ada",
        "dob": born_for(nc_year, year),
        "sex": "F",
        "nc_year": nc_year,
    } | {key: value for key, value in stated.items() if key in PUPIL_FIELDS}
    given = stated.get("results", [])
    every = stated.get("every_goal")
    if every:
        items = rulebook(year).collections["eyfsp"].items
        goals = [item.full_code for item in items]
        left_out = stated.get("without", [])
        whole = [{"item": goal, "value": every} for goal in goals]
        given = [one for one in whole if one["item"] not in left_out] + given
    results = tuple(result_of(one, year) for one in given)
    known = {key: value or None for key, value in facts.items()}
    return Pupil(**known, results=results)


def _collection(table: dict[str, Any], year: AcademicYear) -> Collection | None:
    code = table.get("collection")
    return rulebook(year).collections[code] if code else None


def _recipient(
    table: dict[str, Any], collection: Collection | None
) -> Recipient | None:
    code = table.get("recipient")
    return collection.recipient(code) if code and collection else None


def findings_of(table: dict[str, Any], mapping: Path) -> tuple[Finding, ...]:
    year = AcademicYear(table["year"])
    collection = _collection(table, year)
    expected = table.get("expected")
    context = Context(
        purpose=table.get("purpose", "return"),
        year=year,
        today=date(2026, 11, 24),
        renamed=table.get("renamed", {}),
        collection=collection,
        recipient=_recipient(table, collection),
        mapping=mapping if table.get("mapped") else None,
        school=School(**table["school"]) if "school" in table else None,
        expected=None
        if expected is None
        else Expected({str(one["upn"]): Pupil(**one) for one in expected}),
    )
    examination = Examination(context)
    stated = table.get("pupils", [table["pupil"]] if "pupil" in table else [])
    for number, one in enumerate(stated):
        examination.look_at(
            pupil_of(one, year, number),
            elements=tuple(one.get("elements", ())),
            earlier=one.get("earlier", {}),
            beside=one.get("beside", {}),
            key=number,
        )
    return examination.finish()


@pytest.fixture(scope="session")
def mapping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Codes of key stage 2 tests, as an administrator might have written them down."""
    path = tmp_path_factory.mktemp("home") / "ctf-mapping.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_a_case_ends_as_expected(case: CaseOnFile, mapping: Path) -> None:
    found = findings_of(case.table, mapping)

    assert sorted({finding.code for finding in found}) == sorted(case.table["expect"])
    for finding in found:
        assert "{" not in finding.message + finding.remedy
        assert "None" not in finding.message + finding.remedy
    for words in case.table.get("says", []):
        assert any(words in f"{one.message} {one.remedy}" for one in found), found


def test_every_rule_has_a_case_that_fires_it_and_one_that_does_not() -> None:
    tables = [case.table for case in cases()]
    codes = {rule.code for rule in rules() if rule.code[0] in "PRC"}

    fired = {code for table in tables for code in table["expect"]}
    spared = {code for table in tables for code in table.get("spares", [])}

    assert codes - fired == set()
    assert codes - spared == set()
    assert fired | spared == codes
