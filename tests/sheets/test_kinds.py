import io

import pytest
from tests.sheets.sheets import (
    ADA,
    YEAR,
    csv_results,
    kind_of_sheet,
    values,
    workbook,
)

from hornbook.sheets.kinds import Kind
from hornbook.sheets.mapping import choices, proposals
from hornbook.sheets.results import read_results

_NO_PUPILS = (
    "The sheet has no heading for UPN. Without it, each pupil must have Surname and "
    "Forename: there is no heading for Surname and Forename."
)


@pytest.mark.parametrize(
    ("lines", "kind", "sentence"),
    [
        (
            "UPN,Surname,Sex\nx,y,M",
            Kind.PUPILS,
            "This is a sheet of pupils, with 1 row.",
        ),
        (
            "UPN,Class,Phonics,MTC\nx,1B,34,2\ny,1B,3,2",
            Kind.RESULTS,
            "This is a sheet of results (Phonics, Tables check), with 2 rows.",
        ),
        (
            "UPN,Sex,Phonics\nx,M,34",
            Kind.MOSTLY_RESULTS,
            "This is a sheet of results (Phonics), with 1 row.",
        ),
        (
            "UPN,Sex,SEN,Phonics\nx,M,K,34",
            Kind.BOTH,
            "This is a sheet of pupils' details and results (Phonics), with 1 row.",
        ),
        (
            "UPN,Assessment,Result\nx,Phonics,34",
            Kind.RESULTS,
            "This is a sheet of results (Phonics), with 1 row.",
        ),
        (
            "Shoes,Colour\n4,red",
            Kind.NEITHER,
            _NO_PUPILS,
        ),
        (
            "%PDF-1.7",
            Kind.NEITHER,
            "This is a PDF, not a spreadsheet. Ask for the list as Excel or CSV.",
        ),
    ],
)
def test_what_kind_of_sheet_a_file_is(lines: str, kind: Kind, sentence: str) -> None:
    found = kind_of_sheet(lines.encode(), "sheet")

    assert (found.kind, found.sentence) == (kind, sentence)


def test_what_a_person_said_of_a_heading_makes_it_results() -> None:
    content = b"UPN,Rdg Wk 12\nx,34"

    assert kind_of_sheet(content, "a").kind is Kind.PUPILS
    assert kind_of_sheet(content, "a", {"rdgwk12": "mtc.mark"}).kind is Kind.RESULTS


def test_each_heading_is_proposed_with_examples() -> None:
    content = workbook(
        [
            ("UPN", "Wild", "Reading scaled score", "Phonics"),
            (ADA, "7", "104", "34"),
            ("", "8", "99", "34"),
        ]
    )
    table = kind_of_sheet(content, "sheet.xlsx").table

    proposed = proposals(table, year=YEAR)

    assert [(each.heading, each.code) for each in proposed] == [
        ("UPN", "upn"),
        ("Wild", ""),
        ("Reading scaled score", ""),
        ("Phonics", "phonics.mark"),
    ]
    assert proposed[2].may_be == ("ks1.reading-test-score", "ks2-tests.reading-score")
    assert proposed[1].examples == ("7", "8")


def test_a_mapping_of_what_was_proposed_is_read_back() -> None:
    content = workbook([("UPN", "Rdg"), (ADA, "104")])
    table = kind_of_sheet(content, "sheet.xlsx").table
    offered = choices()["Key stage 2 tests"]
    mapping = {each.plain: each.code for each in proposals(table, year=YEAR)}

    mapping["rdg"] = next(c for c, t in offered.items() if t == "Reading scaled score")
    sheet = read_results(io.BytesIO(content), "a.xlsx", year=YEAR, mapping=mapping)

    assert values(sheet) == {("ks2-tests.reading-score", 2026): "104"}


def test_a_slip_in_a_heading_is_thought_of() -> None:
    content = workbook([("UPN", "Numercial patterns", "Shoes"), (ADA, "2", "4")])
    table = kind_of_sheet(content, "sheet.xlsx").table

    _, slip, shoes = proposals(table, year=YEAR)

    assert (slip.code, slip.may_be) == ("", ("eyfsp.E12",))
    assert (shoes.code, shoes.may_be) == ("", ())


def test_nothing_is_proposed_of_what_cannot_be_read() -> None:
    table = csv_results("").table

    assert proposals(table, year=YEAR) == ()
