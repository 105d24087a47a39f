import csv
import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hornbook.identifiers import NC_YEARS, AcademicYear
from hornbook.records import Combination
from hornbook.rulebook.load import (
    CODESETS,
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
    "2021-22": "4c207d04bad9cc5966d1eefa06713ffc05f8376434a1f563880229a924a795c3",
    "2022-23": "9addeffe1aa0ea4304517cbce17fd71ca75dba8edfffc9542db8784e8477891a",
    "2023-24": "b1426fad1e31a2fca8fd33e255c92c293022a67958297607ad81980369870e6f",
    "2024-25": "97465e6024bd4faf49b713cef808fa63911b346b49ecd033cd480d2e6bab87ea",
    "2025-26": "9a171bf25be168a57175d44303a9090bada71b396524471fc230d751ca070011",
}
RANGES = {
    "phonics.mark": (0, 40),
    "ks1.reading-test-mark": (0, 40),
    "ks1.maths-test-mark": (0, 60),
    "ks1.gps-test-mark": (0, 40),
    "ks1.reading-test-score": (85, 115),
    "mtc.mark": (0, 25),
    "ks2-tests.reading-mark": (0, 50),
    "ks2-tests.gps-mark": (0, 70),
    "ks2-tests.maths-mark": (0, 110),
    "ks2-tests.reading-score": (80, 120),
    "ks2-tests.gps-score": (80, 120),
    "ks2-tests.maths-score": (80, 120),
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
    [
        (date(2026, 8, 31), 2026),
        (date(2026, 9, 1), 2027),
        (date(2031, 1, 1), 2027),
        (date(1970, 1, 1), 2022),
    ],
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
    today = datetime.now(tz=UTC).date()
    open_years = [year for year in years() if year.folder not in CLOSED]

    for year in open_years:
        for collection in rulebook(year).collections.values():
            assert today < collection.source.next_review, f"Review {year} now."


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


@pytest.mark.parametrize("year", EVERY_YEAR, ids=str)
def test_dates_fall_in_the_year_and_assessments_begin_on_school_days(
    year: AcademicYear,
) -> None:
    for collection in rulebook(year).collections.values():
        windows = collection.dates
        days = [day for each in windows for day in (each.opens, each.closes) if day]
        for day in filter(None, [*days, collection.deadline]):
            assert year.first_day <= day <= year.last_day
        assert all(each.opens.weekday() < 5 for each in windows if each.opens)


@pytest.mark.parametrize(
    ("ends", "checks", "tables", "tests", "results", "judgements"),
    [
        (2022, "06-06", "06-06", "05-09", "07-05", "06-28"),
        (2023, "06-12", "06-05", "05-09", "07-11", "06-27"),
        (2024, "06-10", "06-03", "05-13", "07-09", "06-28"),
        (2025, "06-09", "06-02", "05-12", "07-08", "06-27"),
        (2026, "06-08", "06-01", "05-11", "07-16", "06-26"),
        (2027, "06-14", "06-07", "05-10", None, "06-25"),
    ],
)
def test_the_days_people_plan_by(
    ends: int,
    checks: str,
    tables: str,
    tests: str,
    results: str | None,
    judgements: str,
) -> None:
    held = rulebook(AcademicYear(ends)).collections
    first, last = (held["ks2-tests"].dates[place].opens for place in (0, -1))
    deadline = held["ks2-teacher-assessment"].deadline

    assert f"{held['phonics'].dates[0].opens:%m-%d}" == checks
    assert f"{held['mtc'].dates[0].opens:%m-%d}" == tables
    assert f"{first:%m-%d}" == tests
    assert (f"{last:%m-%d}" if last else None) == results
    assert f"{deadline:%m-%d}" == judgements
    assert held["eyfsp"].deadline == date(ends, 6, 30)


@pytest.mark.parametrize(
    ("collection", "recipients"),
    [
        ("eyfsp", {"la", "mis"}),
        ("phonics", {"la", "mis"}),
        ("ks1", {"la", "mis"}),
        ("mtc", {"la", "mis"}),
        ("ks2-teacher-assessment", {"la", "sta", "mis"}),
        ("ks2-tests", {"mis"}),
    ],
)
def test_each_collection_goes_to_the_same_recipients_every_year(
    collection: str, recipients: set[str]
) -> None:
    for year in years():
        held = rulebook(year).collections[collection].recipients

        assert {recipient.code for recipient in held} == recipients


@pytest.mark.parametrize("year", EVERY_YEAR, ids=str)
def test_the_range_of_every_mark(year: AcademicYear) -> None:
    book = rulebook(year)

    ranges = {
        code: (marks.lowest, marks.highest)
        for code in RANGES
        if (marks := book.item(code).marks)
    }
    assert ranges == RANGES


def test_nothing_of_a_year_to_come_is_called_certain() -> None:
    book = rulebook(years()[-1])

    assert not book.ctf.confirmed
    for collection in book.collections.values():
        assert not collection.source.confirmed
        assert not any(window.confirmed for window in collection.dates)


@pytest.mark.parametrize("path", sorted(CODESETS.glob("*.csv")), ids=lambda p: p.stem)
def test_every_codeset_has_each_code_once_and_a_title(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    assert all(row["title"] for row in rows)
    keys = [tuple(row.values())[: 5 if "stage" in row else 1] for row in rows]
    assert len(keys) == len(set(keys))


def test_year_groups_have_the_codes_that_are_read() -> None:
    assert tuple(codeset("nc_years")) == NC_YEARS
