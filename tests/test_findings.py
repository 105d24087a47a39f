from collections.abc import Iterator

import pytest

from hornbook import findings
from hornbook.findings import (
    Faults,
    Repair,
    Severity,
    Subject,
    fault,
    file_rule,
    pupil_rule,
    rule,
    rules,
)


@pytest.fixture(autouse=True)
def _own_register(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test fills a register of its own."""
    monkeypatch.setattr(findings, "_rules", {})


def a_rule(thing: object) -> Faults:
    """A thing is wrong.

    Why it matters: the recipient
    refuses it.
    How to fix: do it
    again.
    """
    yield fault(element="DOB", value="soon", why="of the rain")


def declare(code: str = "P99", hint: str = "") -> findings.Rule:
    decorate = pupil_rule(
        code,
        "The date is {value} because {why}.",
        severity=Severity.ERROR,
        repair=Repair.ASK,
        elsewhere=Severity.QUERY,
        hint=hint,
        dfe="1500",
    )
    decorate(a_rule)
    return rule(code)


def faults_of(declared: findings.Rule) -> Iterator[findings.Fault]:
    return iter(declared.body(None))


def test_the_docstring_is_read_in_its_three_parts() -> None:
    declared = declare()

    assert declared.title == "A thing is wrong."
    assert declared.why == "the recipient refuses it."
    assert declared.remedy == "do it again."
    assert declared.name == "a-rule"


def test_a_finding_has_its_message_filled_in() -> None:
    declared = declare()
    subject = Subject(upn="A", pupil="Ada Byrne", line=4, column=7, key=12)

    finding = declared.finding(next(faults_of(declared)), subject)

    assert finding.message == "The date is soon because of the rain."
    assert finding.as_json() == {
        "code": "P99",
        "severity": "error",
        "dfe": "1500",
        "line": 4,
        "column": 7,
        "upn": "A",
        "pupil": "Ada Byrne",
        "item": None,
        "item_code": None,
        "element": "DOB",
        "value": "soon",
        "message": "The date is soon because of the rain.",
        "remedy": "Do it again.",
        "repair": "ask",
    }
    assert finding.key == 12


def test_a_rule_can_be_milder_outside_a_return() -> None:
    declared = declare()

    finding = declared.finding(next(faults_of(declared)), purpose="mis")

    assert finding.severity is Severity.QUERY


@pytest.mark.parametrize(
    ("hint", "remedy"),
    [
        ("It may be because {why}.", "It may be because of the rain. Do it again."),
        ("It may be {likely}.", "Do it again."),
    ],
)
def test_a_hint_is_given_where_its_facts_are_known(hint: str, remedy: str) -> None:
    declared = declare(hint=hint)

    assert declared.finding(next(faults_of(declared))).remedy == remedy


def test_a_code_cannot_be_declared_twice() -> None:
    declare()

    with pytest.raises(ValueError, match="P99 is declared twice"):
        declare()


def test_a_code_is_a_letter_and_two_digits() -> None:
    with pytest.raises(ValueError, match="X1 is not a code"):
        declare("X1")


@pytest.mark.parametrize(
    "text",
    [
        None,
        "A thing is wrong.",
        "A thing is wrong.\n\nWhy it matters: it does.",
        "A thing is wrong.\n\nHow to fix: do.",
        "A thing is wrong.\n\nWhy it matters:\nHow to fix: do.",
    ],
)
def test_a_rule_without_a_full_explanation_is_refused(text: str | None) -> None:
    def unexplained(thing: object) -> Faults:
        return ()

    unexplained.__doc__ = text

    with pytest.raises(ValueError, match="F98 must say what the fault is"):
        file_rule("F98", "Wrong.", severity=Severity.NOTE)(unexplained)


def test_rules_are_listed_by_code() -> None:
    declare("P98")
    declare("F97")

    assert [declared.code for declared in rules()] == ["F97", "P98"]


def test_a_rule_holds_from_one_year_to_another() -> None:
    decorate = pupil_rule("P97", "Old.", severity=Severity.NOTE, since=2022, until=2024)
    decorate(a_rule)

    held = [year for year in range(2021, 2026) if rule("P97").in_force(year)]

    assert held == [2022, 2023, 2024]
    assert declare("P96").in_force(2030)


def test_a_rule_can_be_for_returns_or_for_some_collections() -> None:
    decorate = pupil_rule(
        "P97", "x", severity=Severity.NOTE, returns_only=True, collections=("eyfsp",)
    )
    decorate(a_rule)

    assert rule("P97").runs_for("return")
    assert not rule("P97").runs_for("mis")
    assert rule("P97").covers("eyfsp")
    assert not rule("P97").covers("phonics")
    assert declare().runs_for("mis")
    assert rule("P99").covers("phonics")
