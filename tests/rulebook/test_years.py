import hashlib
from datetime import date

import pytest

from hornbook.identifiers import AcademicYear
from hornbook.records import Combination
from hornbook.rulebook.load import (
    COLLECTIONS,
    YEARS,
    UnknownYear,
    codeset,
    combinations,
    current_year,
    rulebook,
    years,
)

CLOSED = {
    "2021-22": "6f4369a8b230e0c126133434e5d3d561e1430745dfaebb5ee9486384fddcb030",
    "2022-23": "e0c88f5616e0c4f71592d2c93f57e29dea135873a69768db328c16684c332170",
    "2023-24": "ebeb291696893ce33bb0aac40699cba313beed012263b6bda58b3ffe106e9fe3",
    "2024-25": "a918d5bb7139c8270994d4958066980940010cd11a1c3631a9a995bb6d7b1d50",
    "2025-26": "ad97270c864ce09d0086ab103ccb00d2a848de8ae44c763028cac887d1bd9234",
}
EVERY_YEAR = [AcademicYear(ends) for ends in range(2022, 2028)]


def digest(folder: str) -> str:
    whole = hashlib.sha256()
    for path in sorted((YEARS / folder).iterdir()):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


@pytest.mark.parametrize(("folder", "expected"), CLOSED.items())
def test_a_closed_year_never_changes(folder: str, expected: str) -> None:
    assert digest(folder) == expected


def test_every_year_from_2021_22_is_held() -> None:
    assert list(years()) == EVERY_YEAR


def test_a_year_that_is_not_held_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownYear, match="no rulebook for 2015/16"):
        rulebook(AcademicYear(2016))


@pytest.mark.parametrize(
    ("today", "ends"),
    [(date(2026, 8, 31), 2026), (date(2026, 9, 1), 2027), (date(2031, 1, 1), 2027)],
)
def test_the_current_year_is_the_latest_whose_september_has_come(
    today: date, ends: int
) -> None:
    assert current_year(today) == AcademicYear(ends)


@pytest.mark.parametrize("year", EVERY_YEAR, ids=str)
def test_every_year_has_the_six_collections_and_its_version(year: AcademicYear) -> None:
    book = rulebook(year)

    assert tuple(book.collections) == COLLECTIONS
    assert book.ctf.version == year.ctf_version


@pytest.mark.parametrize("year", EVERY_YEAR, ids=str)
def test_every_file_says_its_source_and_when_it_was_checked(year: AcademicYear) -> None:
    for collection in rulebook(year).collections.values():
        assert collection.source.document
        assert collection.source.checked_on < collection.source.next_review


def test_no_open_year_is_past_its_review() -> None:
    open_years = [year for year in years() if year.folder not in CLOSED]

    for year in open_years:
        for collection in rulebook(year).collections.values():
            assert date(2026, 11, 24) < collection.source.next_review


@pytest.mark.parametrize(
    ("ends", "threshold"),
    [(2022, 32), (2023, 32), (2024, 32), (2025, 32), (2026, 31), (2027, None)],
)
def test_the_phonics_threshold_of_each_year(ends: int, threshold: int | None) -> None:
    marks = rulebook(AcademicYear(ends)).item("phonics.mark").marks

    assert marks is not None
    assert marks.expected == threshold


@pytest.mark.parametrize(
    ("ends", "met_from"), [(2022, 32), (2025, 32), (2026, 32), (2027, 31)]
)
def test_a_re_check_is_judged_by_the_threshold_of_the_year_before(
    ends: int, met_from: int
) -> None:
    recheck = rulebook(AcademicYear(ends)).collections["phonics"].recheck

    assert recheck is not None
    assert recheck.met_from == met_from


@pytest.mark.parametrize(
    ("ends", "statutory"),
    [(2022, True), (2023, True), (2024, False), (2025, False), (2026, False)],
)
def test_key_stage_1_is_optional_since_2023_24(ends: int, statutory: bool) -> None:
    assert rulebook(AcademicYear(ends)).collections["ks1"].statutory is statutory


@pytest.mark.parametrize(("ends", "there"), [(2023, False), (2024, True)])
def test_the_tables_check_gained_two_codes_in_2024(ends: int, there: bool) -> None:
    item = rulebook(AcademicYear(ends)).item("mtc.mark")

    assert item.allows("NAA") is there
    assert item.allows("H") is there


@pytest.mark.parametrize(("ends", "title"), [(2025, "Gateway"), (2026, "NCA Portal")])
def test_the_portal_of_the_agency_changed_in_2025_26(ends: int, title: str) -> None:
    collection = rulebook(AcademicYear(ends)).collections["ks2-teacher-assessment"]

    sta = collection.recipient("sta")

    assert title in sta.title
    assert "PAG" in sta.also_known_as
    assert sta.confirmed is (ends == 2025)


def test_a_collection_is_not_sent_where_it_does_not_go() -> None:
    with pytest.raises(LookupError, match="not sent to sta"):
        rulebook(AcademicYear(2026)).collections["phonics"].recipient("sta")


def test_combinations_of_older_years_are_known() -> None:
    assert Combination("EYF", "COM", "FA", "G01", "FD") in combinations()
    assert Combination("EYF", "COM", "FA", "E01", "FD") in combinations()
    assert Combination("KS1", "PHO", "TT", "CHK", "XX") not in combinations()


def test_former_local_authority_numbers_count() -> None:
    numbers = codeset("la_numbers")

    assert {"820", "875", "909", "928", "926", "942"} <= set(numbers)
    assert "999" not in numbers


def test_a_missing_item_or_collection_is_a_lookup_error() -> None:
    book = rulebook(AcademicYear(2026))

    with pytest.raises(LookupError, match="no spelling"):
        book.item("phonics.spelling")
    with pytest.raises(LookupError, match="no collection ks9"):
        book.item("ks9.mark")
