from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.strategies import any_upns, upns

from hornbook.identifiers import (
    CHECK_LETTERS,
    UPN,
    AcademicYear,
    LAEstab,
    check_letter,
    check_sum,
    is_upn,
    likely_upns,
    nc_year_of,
    parse_nc_year,
    parse_urn,
)


@given(any_upns)
def test_a_upn_survives_printing_and_parsing(upn: UPN) -> None:
    assert UPN.parse(str(upn)) == upn
    assert is_upn(str(upn))


@given(upns, st.integers(1, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(upn: UPN, place: int, by: int) -> None:
    wrong = (int(upn.text[place]) + by) % 10
    mistyped = upn.text[:place] + str(wrong) + upn.text[place + 1 :]

    with pytest.raises(ValueError, match="check letter"):
        UPN.parse(mistyped)


@given(upns, st.integers(1, 11))
def test_two_digits_swapped_are_always_caught(upn: UPN, place: int) -> None:
    assume(upn.text[place] != upn.text[place + 1])
    swapped = list(upn.text)
    swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]

    assert not is_upn("".join(swapped))


@given(any_upns, st.sampled_from(CHECK_LETTERS))
def test_a_wrong_letter_is_always_caught(upn: UPN, letter: str) -> None:
    assume(letter != upn.text[0])

    assert not is_upn(letter + upn.text[1:])


@given(st.text(max_size=16))
def test_any_text_is_a_upn_or_refused(text: str) -> None:
    try:
        upn = UPN.parse(text)
    except ValueError:
        assert not is_upn(text)
    else:
        assert is_upn(str(upn))


@pytest.mark.parametrize(
    ("text", "temporary"),
    [("R201100018042", False), ("T20110001804V", True), (" h801200001001 ", False)],
)
def test_known_upns_are_read(text: str, temporary: bool) -> None:
    upn = UPN.parse(text)

    assert upn.temporary is temporary
    assert upn.la_number == text.strip()[1:4]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A801200005001", "check letter"),
        ("I801200005001", "12 digits"),
        ("B80120000500", "12 digits"),
        ("B80120000500O", "12 digits"),
        ("", "12 digits"),
    ],
)
def test_what_is_no_upn_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        UPN.parse(text)


def test_the_sum_behind_a_letter_can_be_shown() -> None:
    assert check_sum("201100018042")[:3] == ((2, 2), (0, 3), (1, 4))
    assert check_letter("207000016049") == "P"


def test_a_sum_needs_twelve_characters() -> None:
    with pytest.raises(ValueError, match="12 digits"):
        check_sum("2011")
    with pytest.raises(ValueError, match="12 digits"):
        check_letter("2011")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("R2O1100018042", "R201100018042"),
        ("R20II00018042", "R201100018042"),
        ("A801200005001", "B801200005001"),
        ("R201010018042", "R201100018042"),
        ("r201100018O42", "R201100018042"),
        ("r201100018042", "R201100018042"),
        ("R201100018092", "R201100018042"),
        ("R2011000180442", "R201100018042"),
        ("201100018042", "R201100018042"),
    ],
)
def test_the_upn_that_was_meant_is_among_the_likely_ones(
    typed: str, meant: str
) -> None:
    assert meant in list(likely_upns(typed))


@given(st.text(max_size=16))
def test_likely_upns_are_sound_and_never_the_one_typed(text: str) -> None:
    found = list(likely_upns(text))

    assert all(is_upn(upn) for upn in found)
    assert text.strip() not in found
    assert len(found) == len(set(found))


@pytest.mark.parametrize("text", ["9262155", "926/2155", "926 2155", " 926-2155 "])
def test_a_dfe_number_is_read_as_people_write_it(text: str) -> None:
    school = LAEstab.parse(text)

    assert (school.la, school.estab) == ("926", "2155")
    assert str(school) == "9262155"


@pytest.mark.parametrize("text", ["926215", "92621555", "926LLLL", ""])
def test_what_is_no_dfe_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="DfE number"):
        LAEstab.parse(text)


def test_a_urn_is_six_digits() -> None:
    assert parse_urn(" 123456 ") == "123456"
    for text in ("012345", "12345", "1234567", "ABCDEF"):
        with pytest.raises(ValueError, match="6 digits"):
            parse_urn(text)


@pytest.mark.parametrize("text", ["2026", "2025/26", "2025-26", " 2025/2026 "])
def test_a_school_year_is_read_as_people_write_it(text: str) -> None:
    year = AcademicYear.parse(text)

    assert year.ends == 2026
    assert str(year) == "2025/26"
    assert year.folder == "2025-26"
    assert year.ctf_version == "25.0"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("2025/27", "not one school year"), ("26", "Write a school year"), ("", "Write")],
)
def test_what_is_no_school_year_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        AcademicYear.parse(text)


@given(st.integers(2000, 2098).map(AcademicYear))
def test_a_school_year_survives_printing_and_parsing(year: AcademicYear) -> None:
    assert AcademicYear.parse(str(year)) == year
    assert AcademicYear.of(year.first_day) == year
    assert AcademicYear.of(year.last_day) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("R", "R"),
        ("Reception", "R"),
        ("rec", "R"),
        ("0", "R"),
        ("Year 2", "2"),
        ("Y2", "2"),
        ("yr 6", "6"),
        ("02", "2"),
        ("N1", "N1"),
        ("E2", "N2"),
        ("x", "X"),
    ],
)
def test_a_year_group_is_read_as_people_write_it(text: str, year: str) -> None:
    assert parse_nc_year(text) == year


@pytest.mark.parametrize("text", ["15", "", "seven", "-1"])
def test_what_is_no_year_group_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a year group"):
        parse_nc_year(text)


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (date(2020, 9, 1), "R"),
        (date(2021, 8, 31), "R"),
        (date(2020, 8, 31), "1"),
        (date(2014, 9, 1), "6"),
        (date(2021, 9, 1), "X"),
        (date(2006, 9, 1), "14"),
        (date(2006, 8, 31), "X"),
    ],
)
def test_the_year_group_a_child_is_normally_in(born: date, group: str) -> None:
    assert nc_year_of(born, AcademicYear(2026)) == group
