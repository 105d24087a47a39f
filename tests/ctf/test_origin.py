"""Who made a file, and what it is for."""

import pytest

from hornbook.ctf.header import Header
from hornbook.ctf.names import parse_name
from hornbook.ctf.producers import producer
from hornbook.ctf.purpose import purpose


def header(**stated: str) -> Header:
    return Header(text={path.replace("__", "/"): text for path, text in stated.items()})


@pytest.mark.parametrize(
    ("supplier", "name"),
    [
        ("Arbor", "Arbor"),
        ("SIMS .net", "SIMS"),
        ("ScholarPack", "ScholarPack"),
        ("Bromcom Computers", "Bromcom"),
        ("RM Integris G2", "RM Integris"),
        ("Multiplication Tables Check", "Multiplication Tables Check"),
        ("GIAP", "GIAP"),
        ("TargetTracker", "Target Tracker"),
        ("Hornbook", "Hornbook"),
        ("NCA Portal", "STA results portal"),
        (" Some New System ", "Some New System"),
        ("", "unknown"),
    ],
)
def test_a_producer_is_known_by_what_it_calls_itself(supplier: str, name: str) -> None:
    assert producer(header(SupplierID=supplier)) == name


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ({"SourceSchool__LEA": "XXX", "SourceSchool__Estab": "XXXX"}, "GIAP"),
        ({"DataDescriptor": "From Get Information About Pupils"}, "GIAP"),
        ({"DataDescriptor": "Partial CTF containing phonics check data"}, "Arbor"),
        ({}, "unknown"),
    ],
)
def test_a_producer_without_a_name_is_known_by_habit(
    stated: dict[str, str], name: str
) -> None:
    assert producer(header(**stated)) == name


HERE = {"SourceSchool__LEA": "926", "SourceSchool__Estab": "2155"}


@pytest.mark.parametrize(
    ("name", "la", "estab", "expected"),
    [
        ("9262155_PHO_926LLLL_001.xml", "926", "LLLL", "return"),
        ("9262155_KS2_NAALLLL_001.xml", "NAA", "LLLL", "return"),
        ("9262155_KS2_9262999_001.xml", "926", "2999", "return"),
        ("9262155_PHO_9262155_001.xml", "926", "2155", "mis"),
        ("9262155_CTF_9262999_001.xml", "926", "2999", "transfer"),
        ("9262155_CTF_XXXXXXX_001.xml", "XXX", "XXXX", "transfer"),
        ("any name.xml", "926", "LLLL", "return"),
        ("any name.xml", "926", "2999", "transfer"),
    ],
)
def test_what_a_file_is_for(name: str, la: str, estab: str, expected: str) -> None:
    stated = header(**HERE, DestSchool__LEA=la, DestSchool__Estab=estab)

    assert purpose(stated, parse_name(name).name, "Arbor") == expected


def test_what_the_dfe_made_is_a_download_wherever_it_goes() -> None:
    stated = header(**HERE, DestSchool__LEA="926", DestSchool__Estab="2155")

    assert purpose(stated, None, "Multiplication Tables Check") == "dfe-download"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("la", "return"), ("sta", "return"), ("mis", "mis"), ("school", "transfer")],
)
def test_a_person_has_the_last_word(asked: str, expected: str) -> None:
    assert purpose(header(**HERE), None, "GIAP", asked) == expected
