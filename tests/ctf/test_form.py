"""Each F and H rule on a file that breaks it; the sound file breaks none."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from tests.ctf.samples import phonics

from hornbook.findings import Finding, Kind, Severity, rules
from hornbook.inspection.check import check_stream

NOW = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
NAME = "9092155_PHO_909LLLL_001.xml"
SOUND = phonics()
Change = Callable[[bytes], bytes]


def found(content: bytes, name: str = NAME, to: str | None = None) -> list[Finding]:
    report = check_stream(io.BytesIO(content), name, to=to, now=NOW)
    return [one for one in report.findings if one.code[0] in "FH"]


def codes(content: bytes, name: str = NAME, to: str | None = None) -> set[str]:
    return {finding.code for finding in found(content, name, to)}


def swap(old: str, new: str, count: int = -1) -> Change:
    """A change that must find what it changes."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), count)

    return change


def without(name: str) -> Change:
    def change(content: bytes) -> bytes:
        before, _, rest = content.partition(f"<{name}>".encode())
        return before + rest.partition(f"</{name}>".encode())[2]

    return change


FORM = {
    "F01": [swap("</CTfile>", ""), swap("Hazel Bank", "Hazel & Bank"),
            lambda content: b"", lambda content: b"PK\x03\x04xl/workbook.xml"],
    "F02": [swap("CTfile>", "Feed>")],
    "F05": [swap("<Estab>2155<", "<Estab>2156<"), swap("<Estab>LLLL<", "<Estab>2156<")],
    "F06": [swap("<CTfile>", "<!DOCTYPE CTfile []><CTfile>")],
    "F07": [swap('encoding="UTF-8"', 'encoding="UTF-16"'),
            lambda content: content.decode().encode("cp1252")],
    "F08": [lambda content: b"\xef\xbb\xbf" + content,
            swap("<CTfile>", '<CTfile xmlns="urn:example">')],
    "F09": [swap("<UPN>", "<House>Red</House><UPN>")],
    "F11": [without("SourceSchool"), without("Method"), without("Component"),
            without("Header")],
    "F12": [swap("<CTFpupilData>", "<Header></Header><CTFpupilData>"),
            swap("<DOB>", "<DOB>2020-01-16</DOB><DOB>", 1),
            swap("<Locale>", "<Locale>ENG</Locale><Locale>", 1)],
}  # fmt: skip
FORM["F10"] = [
    lambda content: without("UPN")(content).replace(
        b"<DOB>", b"<UPN>A801200005001</UPN><DOB>", 1
    ),
    lambda content: without("Method")(content).replace(
        b"<Result>", b"<Method>TT</Method><Result>", 1
    ),
    lambda content: without("DocumentName")(content).replace(
        b"<SupplierID>",
        b"<DocumentName>Common Transfer File</DocumentName><SupplierID>",
    ),
]
HEADER = {
    "H01": [swap("25.0", "24.0")],
    "H02": [swap("25.0", "99.0"), swap("25.0", "14.0"), swap("25.0", "new"),
            without("CTFversion")],
    "H03": [swap("Common Transfer File", "Common transfer file"),
            without("DocumentName")],
    "H04": [swap(">partial<", ">full<"), swap(">partial<", ">some<"),
            without("DocumentQualifier")],
    "H05": [swap("<LEA>909<", "<LEA>998<", 1), swap("<Estab>2155<", "<Estab>215<"),
            swap("<Estab>2155</Estab>", "", 1)],
    "H06": [swap("<Estab>LLLL<", "<Estab>2999<"),
            swap("<LEA>909</LEA><Estab>LLLL", "<LEA>NAA</LEA><Estab>LLLL")],
    "H07": [swap("<AcademicYear>2025<", "<AcademicYear>2024<"),
            swap("2026-06-19T", "2025-06-19T")],
    "H08": [swap("2026-06-19T15:02:11", "2026-06-19"), without("DateTime"),
            swap("2026-06-19T15:02:11", "soon"), swap("2026-06-19T", "2026-07-09T"),
            swap("2026-06-19T", "2026-02-30T")],
    "H09": [swap("<URN>123456<", "<URN>12345<"), without("URN")],
    "H10": [swap("<SupplierID>Hornbook<", "<SupplierID> <"), without("SupplierID")],
}  # fmt: skip
CASES = [
    pytest.param(code, change, id=f"{code}-{number}")
    for code, changes in (FORM | HEADER).items()
    for number, change in enumerate(changes)
]
NAMES_BEYOND = {"F03", "F04", "F13"}


def test_a_sound_file_breaks_no_rule() -> None:
    assert found(SOUND) == []


@pytest.mark.parametrize(("code", "change"), CASES)
def test_a_file_that_breaks_a_rule_is_found_out(code: str, change: Change) -> None:
    name = "any name.xml" if code == "H06" else NAME

    assert code in codes(change(SOUND), name, "la" if code == "H06" else None)


@pytest.mark.parametrize(("code", "change"), CASES)
def test_what_is_found_can_be_read_by_a_school_office(
    code: str, change: Change
) -> None:
    for finding in found(change(SOUND)):
        assert finding.message.endswith(".")
        assert finding.remedy
        assert "None" not in finding.message
        assert "invalid" not in finding.message.casefold()


def test_every_rule_of_files_has_a_case() -> None:
    asked = {rule.code for rule in rules() if rule.kind is Kind.FILE}

    assert asked == set(FORM) | set(HEADER) | NAMES_BEYOND


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (NAME, set()),
        (NAME.replace(".xml", ".XML"), set()),
        ("phonics for the LA.xml", {"F03"}),
        (NAME.replace(".xml", " (1).xml"), {"F04"}),
        (NAME.replace("LLLL", "llll"), {"F03"}),
        (NAME.replace(".xml", " final.xml"), {"F03"}),
    ],
)
def test_the_name_is_held_against_the_pattern(name: str, expected: set[str]) -> None:
    assert codes(SOUND, name) == expected


def test_a_wrong_name_is_an_error_in_a_return_and_a_query_elsewhere() -> None:
    wrong = "phonics.xml"

    severities = [found(SOUND, wrong, to)[0].severity for to in ("la", "school")]

    assert severities == [Severity.ERROR, Severity.QUERY]


def test_what_get_information_about_pupils_sends_may_have_its_own_name() -> None:
    content = swap("<SupplierID>Hornbook<", "<SupplierID>GIAP<")(SOUND)

    assert "F03" not in codes(content, "CTF.xml")
    assert "F03" in codes(content, "other.xml")


def test_a_file_for_the_school_itself_may_be_addressed_to_it() -> None:
    content = swap("<Estab>LLLL<", "<Estab>2155<")(SOUND)

    assert codes(content, NAME.replace("909LLLL", "9092155")) == set()


def test_the_order_inside_basic_details_is_not_judged() -> None:
    content = swap(
        "<NCyearActual>1</NCyearActual>",
        "<NCyearActual>1</NCyearActual><PreferredSurname>Oh</PreferredSurname>",
    )(SOUND)

    assert codes(content) == set()


def test_a_fault_of_form_has_its_line() -> None:
    for code, changes in HEADER.items():
        for finding in found(changes[0](SOUND)):
            assert finding.code != code or finding.line


def test_a_deep_file_is_refused() -> None:
    deep = SOUND.replace(b"<UPN>", b"<x>" * 60 + b"</x>" * 60 + b"<UPN>", 1)

    assert "F13" in codes(deep)
