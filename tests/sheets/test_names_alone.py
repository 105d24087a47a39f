"""Sheets that say who a pupil is by name alone, as a teacher's own mark sheet does."""

import pytest
from tests.sheets.sheets import ADA, csv_results, kind_of_sheet, messages

from hornbook.sheets.kinds import Kind


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Surname,Forename,Phonics", "Hall,Isla,34"), ("Hall", "Isla")),
        (("Name,Phonics", '"Hall, Isla",34'), ("Hall", "Isla")),
        (("Name,Phonics", "Isla Hall,34"), (None, "Isla Hall")),
        (("Pupil,Phonics", "Isla Hall,34"), (None, "Isla Hall")),
    ],
)
def test_a_name_in_one_column_or_two_is_read(
    lines: tuple[str, ...], names: tuple[str | None, str]
) -> None:
    sheet = csv_results(*lines)

    (one,) = sheet.sound
    assert (one.pupil.surname, one.pupil.forename) == names
    assert one.values == {("phonics.mark", 2026): "34"}
    assert kind_of_sheet("\n".join(lines).encode(), "marks.csv").kind is Kind.RESULTS


def test_half_a_name_is_not_enough() -> None:
    sheet = csv_results("Surname,Forename,Phonics", "Hall,,34", ",Isla,34")

    assert messages(sheet) == [
        "There is no UPN in row 2, and without one Hornbook needs the forename too.",
        "There is no UPN in row 3, and without one Hornbook needs the surname too.",
    ]


def test_two_rows_of_one_name_are_two_pupils() -> None:
    sheet = csv_results("Name,Phonics", "Isla Hall,34", "Isla Hall,12")

    assert [dict(one.values)["phonics.mark", 2026] for one in sheet.sound] == [
        "34",
        "12",
    ]


def test_rows_that_are_each_one_result_are_one_pupils() -> None:
    sheet = csv_results(
        "Name,Assessment,Result", "Isla Hall,Phonics,34", "Isla Hall,MTC,20"
    )

    (one,) = sheet.sound
    assert set(one.values.values()) == {"34", "20"}


def test_a_upn_beside_a_name_still_says_who_it_is() -> None:
    sheet = csv_results("UPN,Name,Phonics", f"{ADA},Isla Hall,34")

    (one,) = sheet.sound
    assert (one.pupil.upn, one.pupil.forename) == (ADA, None)


def test_a_total_below_names_is_no_pupil() -> None:
    sheet = csv_results("Name,Phonics", "Isla Hall,34", "Average,34")

    assert len(sheet.pupils) == 1
    assert sheet.notices == ("Row 3 is no pupil and was not read.",)


def test_names_beside_headings_that_say_nothing_are_asked_about() -> None:
    found = kind_of_sheet(b"Name,Zz 1\nIsla Hall,34", "marks.csv")

    assert found.kind is Kind.NEITHER
    assert "none of its headings is known to be a result" in found.sentence
