import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sheets.sheets import (
    ADA,
    BO,
    CY,
    YEAR,
    csv_results,
    messages,
    values,
    workbook,
)

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Item
from hornbook.sheets.corrections import with_errors
from hornbook.sheets.results import read_results
from hornbook.sheets.subjects import collections, title_of
from hornbook.sheets.values import item_of

EVERY_ITEM = [
    (year, item)
    for year in years()
    for collection in rulebook(year).collections.values()
    for item in collection.items
]


def a_value(item: Item) -> str:
    return str(item.marks.highest) if item.marks else item.entered[0].code


@pytest.mark.parametrize(("year", "item"), EVERY_ITEM)
def test_every_result_of_every_year_has_a_heading_that_is_read(
    year: AcademicYear, item: Item
) -> None:
    collection = collections()[item.collection]
    for heading in (
        title_of(item.full_code),
        item.full_code,
        f"{collection.short_title} {item.title}",
        f"{item.title} ({collection.short_title})",
    ):
        content = f'"{heading}",UPN\n{a_value(item)},{ADA}\n'.encode()

        sheet = read_results(io.BytesIO(content), "a.csv", year=year)

        assert messages(sheet) == []
        assert values(sheet) == {(item.full_code, year.ends): a_value(item)}


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("COM_E01", "eyfsp.E01"),
        ("E01", "eyfsp.E01"),
        ("ELG 01", "eyfsp.E01"),
        ("ELG11", "eyfsp.E11"),
        ("Goal 3", "eyfsp.E03"),
        ("Listening, Attention and Understanding", "eyfsp.E01"),
        ("Number (ELG11)", "eyfsp.E11"),
        ("Listening, Attention & Understanding", "eyfsp.E01"),
        ("PSED: Self-Regulation", "eyfsp.E03"),
        ("EYFSP CWM", "eyfsp.E16"),
        ("EYFSP Writing", "eyfsp.E10"),
        ("KS1READ", "ks1.reading"),
        ("KS1 Reading TA", "ks1.reading"),
        ("Key Stage 1 - Maths", "ks1.maths"),
        ("KS1 R", "ks1.reading"),
        ("KS1 W", "ks1.writing"),
        ("KS1 M", "ks1.maths"),
        ("KS2 English writing", "ks2-teacher-assessment.writing"),
        ("KS2 Writing", "ks2-teacher-assessment.writing"),
        ("WRITTAOUTCOME", "ks2-teacher-assessment.writing"),
        ("SCITAOUTCOME", "ks2-teacher-assessment.science"),
        ("READOUTCOME", "ks2-tests.reading-outcome"),
        ("GPS Outcome", "ks2-tests.gps-outcome"),
        ("EYF COM FA E01 FD", "eyfsp.E01"),
    ],
)
def test_the_usual_names_of_codes_are_known(heading: str, item: str) -> None:
    value = a_value(rulebook(YEAR).item(item))

    sheet = csv_results(f'UPN,"{heading}"', f"{ADA},{value}")

    assert values(sheet) == {(item, 2026): value}


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("Phonics", "phonics.mark"),
        ("PSC score", "phonics.mark"),
        ("Phonics screening check (out of 40)", "phonics.mark"),
        ("MTC score (/25)", "mtc.mark"),
        ("Times Tables Check", "mtc.mark"),
        ("READMRK", "ks2-tests.reading-mark"),
        ("GPSMRK", "ks2-tests.gps-mark"),
        ("MATMRK", "ks2-tests.maths-mark"),
        ("Maths total", "ks2-tests.maths-mark"),
        ("GPS total mark", "ks2-tests.gps-mark"),
        ("KS1 reading test mark", "ks1.reading-test-mark"),
    ],
)
def test_the_usual_names_of_marks_are_known(heading: str, item: str) -> None:
    sheet = csv_results(f'UPN,"{heading}"', f"{ADA},20")

    assert values(sheet) == {(item, 2026): "20"}


@pytest.mark.parametrize(
    ("heading", "typed", "meant"),
    [
        ("COM_E01", "Expected", "2"),
        ("COM_E01", "2 - Expected", "2"),
        ("COM_E01", "\uff12", "2"),
        ("COM_E01", "1.0", "1"),
        ("KS1 Reading", "Working at the expected standard", "EXS"),
        ("KS1 Reading", "exs", "EXS"),
        ("KS1 Reading", "Greater depth (GDS)", "GDS"),
        ("KS2 Writing", "PKS 4", "PK4"),
        ("Phonics", "Absent", "A"),
        ("Phonics", "A = Absent", "A"),
        ("Phonics", "034", "34"),
        ("Phonics", "34/40", "34"),
        ("Phonics", "34 out of 40", "34"),
        ("MTC", "Just arrived", "J"),
        ("READOUTCOME", "Met the expected standard", "AS"),
        ("READSCORE", "No scaled score", "N"),
    ],
)
def test_codes_and_their_labels_become_the_code(
    heading: str, typed: str, meant: str
) -> None:
    sheet = csv_results(f"UPN,{heading}", f"{ADA},{typed}")

    assert messages(sheet) == []
    assert list(values(sheet).values()) == [meant]


@pytest.mark.parametrize(
    ("heading", "typed", "words"),
    [
        ("Phonics", "41", "It must be a whole number from 0 to 40, or A, D, L or Q."),
        ("COM_E01", "3", "It must be 1, 2 or A."),
        ("COM_E01", "1 - Expected", "It must be 1, 2 or A."),
        ("KS1 Reading", "EXX", "Did you mean EXS, Expected standard?"),
        ("KS2 Writing", "D", "is set by the DfE"),
        ("Phonics", "34/50", "It must be a whole number"),
        ("Phonics", "#REF!", "The cell shows #REF!: its formula does not work."),
        ("Phonics", "Met the standard", "It must be a whole number"),
    ],
)
def test_a_value_that_is_not_allowed_is_told_with_its_place(
    heading: str, typed: str, words: str
) -> None:
    sheet = csv_results(f"Surname,UPN,{heading}", f"Byrne,{ADA},{typed}")

    (fault,) = sheet.faults
    assert words in fault.message
    assert (fault.row, fault.column, fault.heading) == (2, 2, heading)
    assert fault.value == typed
    assert values(sheet) == {}
    assert sheet.sound == ()


@pytest.mark.parametrize("blank", ["", "-", "n/a", "N/A", "\u2013"])
def test_a_cell_that_says_nothing_is_no_result(blank: str) -> None:
    sheet = csv_results("UPN,Phonics,MTC", f"{ADA},{blank},12")

    assert values(sheet) == {("mtc.mark", 2026): "12"}
    assert messages(sheet) == []


def test_an_outcome_that_follows_from_the_mark_is_held_against_it() -> None:
    sheet = csv_results(
        "UPN,Phonics mark,Phonics outcome", f"{ADA},34,Wa", f"{BO},34,Wt"
    )

    assert [dict(each.values) for each in sheet.pupils] == [
        {("phonics.mark", 2026): "34"},
        {("phonics.mark", 2026): "34"},
    ]
    assert [(fault.row, fault.column) for fault in sheet.faults] == [(3, 2)]
    assert "Did not meet the standard" in sheet.faults[0].message


def test_an_outcome_is_taken_on_trust_until_the_standard_is_published() -> None:
    content = f"UPN,Phonics mark,Phonics outcome\n{ADA},34,Wt".encode()

    sheet = read_results(io.BytesIO(content), "a.csv", year=AcademicYear(2027))

    assert messages(sheet) == []
    assert values(sheet) == {("phonics.mark", 2027): "34"}


def test_an_item_that_a_year_had_not_is_none_of_it() -> None:
    assert item_of("phonics.mark", 2026) is not None
    assert item_of("phonics.spelling", 2026) is None


def test_a_short_heading_beside_a_full_one_is_read_only_if_it_fits() -> None:
    sheet = csv_results(
        "UPN,Phonics mark,Result", f"{ADA},34,Pass", f"{BO},3,Try again"
    )

    assert messages(sheet) == []
    assert sheet.not_used == ("Result",)


def test_the_headings_of_a_row_a_result_are_found_under_titles() -> None:
    sheet = csv_results(
        "Reading and writing,,", "UPN,Subject,Grade", f"{ADA},KS1 Reading,EXS"
    )

    assert values(sheet) == {("ks1.reading", 2026): "EXS"}


def test_a_mark_and_a_reason_in_two_columns_are_one_result() -> None:
    sheet = csv_results(
        "UPN,MTC score,MTC reason", f"{ADA},,Absent", f"{BO},12,Complete"
    )

    assert [list(each.values.values()) for each in sheet.pupils] == [["A"], ["12"]]
    assert messages(sheet) == []


def test_two_values_of_one_result_are_a_fault() -> None:
    sheet = csv_results("UPN,Phonics,PSC score", f"{ADA},34,35")

    assert values(sheet) == {("phonics.mark", 2026): "34"}
    assert "34 in this row already" in sheet.faults[0].message


def test_the_year_group_in_a_heading_tells_the_year_of_the_result() -> None:
    sheet = csv_results(
        "UPN,Year group,Phonics Y1,Phonics (Year 2)", f"{ADA},2,20,35", f"{BO},1,31,"
    )

    assert [dict(each.values) for each in sheet.pupils] == [
        {("phonics.mark", 2025): "20", ("phonics.mark", 2026): "35"},
        {("phonics.mark", 2026): "31"},
    ]


@pytest.mark.parametrize(
    ("group", "born", "year"),
    [
        ("1", "03/02/2020", 2026),  # the sheet is as old as its results
        ("2", "03/02/2020", 2026),  # it was made in the autumn after
        ("2", "03/02/2019", 2025),
        ("", "03/02/2020", 2026),
        ("", "03/02/2019", 2025),
    ],
)
def test_dates_of_birth_tell_of_which_year_the_year_groups_are(
    group: str, born: str, year: int
) -> None:
    lines = ["UPN,Year group,DOB,Phonics Y1", f"{ADA},{group},{born},20"]

    sheet = read_results(
        io.BytesIO("\n".join(lines).encode()),
        "a.csv",
        year=YEAR,
        groups_of=AcademicYear(2027),
    )

    assert values(sheet) == {("phonics.mark", year): "20"}


def test_without_them_a_year_group_in_a_heading_is_asked_about() -> None:
    content = f"UPN,Year group,Phonics Y1\n{ADA},2,20".encode()

    sheet = read_results(
        io.BytesIO(content), "a.csv", year=YEAR, groups_of=AcademicYear(2027)
    )
    alone = csv_results("UPN,Phonics Y1", f"{ADA},20")

    assert "Write the school year in it" in sheet.faults[0].message
    assert messages(alone) == messages(sheet)
    assert values(sheet) == values(alone) == {}


def test_a_pupil_taught_out_of_their_year_is_in_the_one_stated() -> None:
    sheet = csv_results(
        "UPN,Year group,DOB,Phonics Y1",
        f"{ADA},1,03/02/2020,20",
        f"{BO},1,03/02/2019,20",
        f"{CY},1,03/02/2020,20",
    )

    assert {key for each in sheet.pupils for key in each.values} == {
        ("phonics.mark", 2026)
    }


def test_what_is_assessed_in_an_earlier_year_group_is_of_then() -> None:
    sheet = csv_results(
        "UPN,Year group,KS1 Reading,KS1 Writing,MTC,Reading,Writing",
        f"{ADA},6,EXS,WTS,25,PK3,GDS",
    )

    assert messages(sheet) == []
    assert values(sheet) == {
        ("ks1.reading", 2022): "EXS",
        ("ks1.writing", 2022): "WTS",
        ("mtc.mark", 2024): "25",
        ("ks2-teacher-assessment.reading", 2026): "PK3",
        ("ks2-teacher-assessment.writing", 2026): "GDS",
    }


@pytest.mark.parametrize(
    ("group", "words"), [("3", "assessed in Year 1 or 2, and"), ("R", "in Reception.")]
)
def test_when_a_pupil_was_assessed_is_asked_where_it_cannot_be_told(
    group: str, words: str
) -> None:
    sheet = csv_results("UPN,Year group,Phonics", f"{ADA},{group},30")

    assert words in sheet.faults[0].message
    assert values(sheet) == {}


def test_a_child_older_than_the_class_is_assessed_with_it() -> None:
    sheet = csv_results(
        "UPN,DOB,MTC",
        f"{ADA},03/02/2017,20",
        f"{BO},03/05/2017,21",
        f"{CY},03/08/2016,22",
    )

    assert {key for each in sheet.pupils for key in each.values} == {("mtc.mark", 2026)}


def test_a_check_of_a_year_group_still_to_come_is_a_fault() -> None:
    sheet = csv_results("UPN,Year group,Phonics Y2", f"{ADA},1,31")

    assert messages(sheet) == [
        "This is a result of Year 2, and the pupil is in Year 1."
    ]


def test_a_year_column_gives_a_joiner_their_earlier_results() -> None:
    sheet = csv_results(
        "UPN,Year,Assessment,Result",
        f"{ADA},2024,EYFSP Number,Expected",
        f"{ADA},2024/25,Phonics,36",
        f"{ADA},2019,Phonics,36",
        f"{ADA},2072,Phonics,36",
    )

    assert values(sheet) == {("eyfsp.E11", 2024): "2", ("phonics.mark", 2025): "36"}
    assert [fault.row for fault in sheet.faults] == [4, 5]
    assert f"from {years()[0]} to {years()[-1]}" in sheet.faults[0].message


@pytest.mark.parametrize(
    "written",
    [
        "2021/22", "2021-2022", "21/22", "2022", "AY 2021/22", "AY2021/22",
        "Academic Year 2021/2022", "2021/22 academic year", "2021 - 2022",
        "01/09/2021 - 31/08/2022", "1 September 2021", "2021-09-01T00:00:00",
    ],
)  # fmt: skip
def test_a_school_year_is_read_as_people_write_it(written: str) -> None:
    sheet = csv_results("UPN,Academic year,Phonics", f"{ADA},{written},33")

    assert values(sheet) == {("phonics.mark", 2022): "33"}
    assert sheet.faults == ()


@pytest.mark.parametrize("written", ["soon", "2021/23", "21/23", "Summer"])
def test_what_is_no_school_year_under_its_heading_is_told(written: str) -> None:
    sheet = csv_results("UPN,Academic year,Phonics", f"{ADA},{written},33")

    (fault,) = sheet.faults
    assert (fault.heading, fault.row) == ("Academic year", 2)
    assert sheet.sound == ()


def test_a_row_without_a_school_year_where_others_have_one_is_asked() -> None:
    sheet = csv_results("UPN,Academic year,Phonics", f"{ADA},2021/22,33", f"{BO},,34")

    assert messages(sheet) == ["The row says no school year. Write it, as 2025/26."]
    assert [each.pupil.upn for each in sheet.sound] == [ADA]


def test_a_school_year_that_is_a_year_group_says_nothing_of_when() -> None:
    sheet = csv_results("UPN,School year,Phonics", f"{ADA},1,33")

    assert values(sheet) == {("phonics.mark", 2026): "33"}


def test_an_autumn_check_before_the_first_rulebook_is_taken() -> None:
    sheet = csv_results("UPN,Year,Phonics,MTC", f"{ADA},2021,20,")

    assert values(sheet) == {("phonics.mark", 2021): "20"}


def test_what_the_dfe_sets_is_taken_of_years_before_and_of_its_own_files() -> None:
    before = csv_results("UPN,KS2 Writing,Year", f"{ADA},D,2025")
    portal = csv_results(
        "UPN,READSCORE,READOUTCOME,WRITTAOUTCOME", f"{ADA},100,AS,Disapplied"
    )

    assert values(before) == {("ks2-teacher-assessment.writing", 2025): "D"}
    assert values(portal)["ks2-teacher-assessment.writing", 2026] == "D"


@pytest.mark.parametrize(
    ("group", "collection"), [("2", "ks1"), ("6", "ks2-teacher-assessment")]
)
def test_short_headings_are_of_the_year_group_of_the_pupils(
    group: str, collection: str
) -> None:
    sheet = csv_results(
        "UPN,NC year,Reading,Writing,Science", f"{ADA},{group},PK1,EXS,HNM"
    )

    assert {item.partition(".")[0] for item, _ in values(sheet)} == {collection}


def test_short_headings_of_two_year_groups_are_told_apart_by_row() -> None:
    sheet = csv_results(
        "UPN,DOB,Writing", f"{ADA},03/02/2019,EXS", f"{BO},03/02/2015,GDS"
    )

    assert [dict(each.values) for each in sheet.pupils] == [
        {("ks1.writing", 2026): "EXS"},
        {("ks2-teacher-assessment.writing", 2026): "GDS"},
    ]


def test_a_pupil_of_no_fitting_year_group_is_told() -> None:
    sheet = csv_results(
        "UPN,Year group,Writing",
        f"{ADA},2,EXS",
        f"{BO},6,GDS",
        f"{CY},4,EXS",
    )

    assert [fault.row for fault in sheet.faults] == [4]
    assert "It cannot be told of what this is: " in sheet.faults[0].message


def test_the_year_group_in_a_heading_tells_of_what_it_is() -> None:
    sheet = csv_results("UPN,Year group,Y2 Reading,Year 6 Writing", f"{ADA},6,EXS,GDS")

    assert values(sheet) == {
        ("ks1.reading", 2022): "EXS",
        ("ks2-teacher-assessment.writing", 2026): "GDS",
    }


def test_a_year_that_is_none_is_told() -> None:
    sheet = csv_results(
        "UPN,Year,Phonics,MTC",
        f"{ADA},2025,30,",
        f"{ADA},2026,,3",
        f"{BO},,3,",
        f"{CY},2024-26,3,",
    )

    assert [(fault.row, fault.column) for fault in sheet.faults] == [(5, 1)]
    assert [set(each.values) for each in sheet.pupils[:2]] == [
        {("phonics.mark", 2025), ("mtc.mark", 2026)},
        {("phonics.mark", 2026)},
    ]


def test_what_was_not_assessed_in_an_autumn_is_told() -> None:
    sheet = csv_results("UPN,Year,MTC", f"{ADA},2021,20")

    assert "Tables check mark is of 2021 here" in sheet.faults[0].message


def test_a_heading_of_another_collection_is_left_alone() -> None:
    sheet = csv_results(
        "UPN,Phonics,Reading", f"{ADA},30,Book band 4", f"{BO},3,Book band 5"
    )

    assert messages(sheet) == []
    assert sheet.not_used == ("Reading",)


def test_a_heading_that_may_be_of_two_assessments_is_asked_about() -> None:
    sheet = csv_results("UPN,Reading scaled score", f"{ADA},100")

    (fault,) = sheet.faults
    assert (fault.row, fault.column) == (1, 1)
    assert "Key stage 1 assessment or Key stage 2 tests" in fault.message
    assert "KS2 tests: Reading scaled score" in fault.message


def test_a_number_in_the_register_is_not_taken_for_a_goal() -> None:
    sheet = csv_results(
        "Number,UPN,Year group,Phonics", f"7,{ADA},1,30", f"8,{BO},1,31"
    )

    assert [set(each.values) for each in sheet.pupils] == [{("phonics.mark", 2026)}] * 2
    assert sheet.not_used == ("Number",)


@pytest.mark.parametrize(
    ("name", "item"), [("Phonics June.csv", "phonics.mark"), ("MTC.csv", "mtc.mark")]
)
def test_the_title_of_a_file_says_of_what_a_score_is(name: str, item: str) -> None:
    sheet = csv_results("UPN,Score", f"{ADA},24", name=name)

    assert values(sheet) == {(item, 2026): "24"}


def test_english_writing_is_that_of_the_subjects_beside_it() -> None:
    sheet = csv_results(
        "UPN,Year group,English writing,KS2 Science", f"{ADA},6,EXS,EXS"
    )

    assert values(sheet)["ks2-teacher-assessment.writing", 2026] == "EXS"


def test_headings_in_two_rows_are_read_together() -> None:
    sheet = csv_results(
        ",Reading,,,Maths,,",
        "UPN,Mark,Scaled score,Outcome,Mark,Scaled score,Outcome",
        f"{ADA},30,104,AS,78,105,AS",
    )

    assert values(sheet) == {
        ("ks2-tests.reading-mark", 2026): "30",
        ("ks2-tests.reading-score", 2026): "104",
        ("ks2-tests.reading-outcome", 2026): "AS",
        ("ks2-tests.maths-mark", 2026): "78",
        ("ks2-tests.maths-score", 2026): "105",
        ("ks2-tests.maths-outcome", 2026): "AS",
    }


def test_a_row_a_subject_is_read_with_several_values() -> None:
    sheet = csv_results(
        "UPN,Subject,Raw mark,Scaled score,Outcome",
        f"{ADA},Reading,30,104,AS",
        f"{ADA},Grammar,20,99,NS",
    )

    assert values(sheet) == {
        ("ks2-tests.reading-mark", 2026): "30",
        ("ks2-tests.reading-score", 2026): "104",
        ("ks2-tests.reading-outcome", 2026): "AS",
    }
    assert messages(sheet) == ["Grammar is no result that Hornbook knows."] * 3


def test_details_and_results_together_are_one_sheet() -> None:
    sheet = csv_results(
        "UPN,Surname,Forename,DOB,Sex,Class,Year,Phonics",
        f"{ADA},Byrne,Ada,03/02/2020,Female,1B,Year 1,34",
    )

    (pupil,) = sheet.pupils
    assert (pupil.pupil.sex, pupil.pupil.nc_year, pupil.class_name) == ("F", "1", "1B")
    assert dict(pupil.values) == {("phonics.mark", 2026): "34"}


def test_names_that_cannot_be_cut_in_two_do_not_matter_beside_a_upn() -> None:
    sheet = csv_results("Name,UPN,Phonics", f"Ada Byrne,{ADA},34", f"Bo,{BO},3")

    assert messages(sheet) == []
    assert [each.pupil.surname for each in sheet.pupils] == [None, None]
    assert sheet.not_used == ("Name",)


def test_one_upn_is_one_pupil() -> None:
    sheet = csv_results("UPN,Surname,Phonics", f"{ADA},Byrne,34", f"{ADA},Bird,34")

    assert "in row 2 already, with another surname" in sheet.faults[0].message
    assert sheet.sound == ()


def test_pupils_without_a_upn_are_told_by_name_and_birthday() -> None:
    sheet = csv_results(
        "Surname,Forename,DOB,Assessment,Result",
        "Byrne,Ada,3/2/20,Phonics,34",
        "BYRNE,Ada,3/2/20,EYFSP Number,2",
        "Byrne,Ida,3/2/20,Phonics,12",
    )

    assert [each.rows for each in sheet.pupils] == [(2, 3), (4,)]


def test_totals_and_rows_without_a_pupil_are_named_and_not_read() -> None:
    sheet = csv_results(
        "Surname,UPN,Phonics", f"Byrne,{ADA},34", "Average:,,34", ",,31", "Bird,,12"
    )

    assert sheet.notices == (
        "Row 3 is no pupil and was not read.",
        "Row 4 names no pupil and was not read.",
    )
    assert [fault.row for fault in sheet.faults] == [5]


def test_totals_under_the_upns_are_no_pupils() -> None:
    sheet = csv_results("UPN,Phonics", f"{ADA},33", "Total,33", "Average:,33")

    assert sheet.faults == ()
    assert [each.pupil.upn for each in sheet.pupils] == [ADA]


@pytest.mark.parametrize(("agree", "told"), [(5, 2025), (4, None)])
def test_enough_dates_of_birth_tell_of_which_year_a_list_is(
    agree: int, told: int | None
) -> None:
    older = [f"Byrne,Ada{n},{n + 1}/3/2020,R" for n in range(agree)]

    sheet = csv_results("Surname,Forename,DOB,Year group", *older)

    assert sheet.groups_of == (AcademicYear(told) if told else None)


def test_year_groups_that_do_not_agree_tell_nothing() -> None:
    mixed = [f"Byrne,Ada{n},{n + 1}/3/2020,{n % 3}" for n in range(6)]

    assert csv_results("Surname,Forename,DOB,Year group", *mixed).groups_of is None


@pytest.mark.parametrize(
    "foot",
    [
        "Total pupils: 1",
        "Count: 1",
        "% at standard",
        "Printed on 12/09/2026",
        "Page 1 of 1",
    ],
)
def test_what_a_report_has_at_its_foot_is_no_pupil(foot: str) -> None:
    sheet = csv_results("UPN,Phonics", f"{ADA},33", f"{foot},100")

    assert sheet.faults == ()
    assert sheet.notices == ("Row 3 is no pupil and was not read.",)


def test_what_a_person_said_of_a_heading_comes_first() -> None:
    mapping = {"phoneme": "phonics.mark", "mtc": "", "pn": "upn"}

    sheet = csv_results("PN,Phoneme!,MTC", f"{ADA},34,12", mapping=mapping)

    assert values(sheet) == {("phonics.mark", 2026): "34"}
    assert sheet.not_used == ("MTC",)


def test_a_heading_that_a_person_explained_still_names_its_year() -> None:
    mapping = {"pscy1": "phonics.mark", "psc2024": "phonics.mark"}

    sheet = csv_results(
        "UPN,Year group,Psc. Y1,PSC 2024", f"{ADA},3,20,20", mapping=mapping
    )

    assert values(sheet) == {("phonics.mark", 2024): "20"}


def test_the_headings_that_were_used_are_named_in_words() -> None:
    sheet = csv_results("UPN,Shoes,Number", f"{ADA},2,1", name="EYFSP.csv")

    assert sheet.headings == (("UPN", "UPN"), ("Number", "EYFSP: Number"))
    assert sheet.not_used == ("Shoes",)


def test_a_sheet_that_says_of_nobody_is_told_in_words() -> None:
    sheet = csv_results("Class,Phonics", "1B,34")

    assert "no heading for UPN" in sheet.faults[0].message


@pytest.mark.parametrize(
    ("title", "noticed"),
    [
        ("Phonics 2024", True),
        ("Phonics, 2023-24", True),
        ("2024-06-10", True),
        ("Phonics 2025/26", False),
        ("2025-10-01", False),
        ("Phonics 2024 and 2025", True),
        ("Hazel Bank", False),
    ],
)
def test_a_title_that_tells_of_another_year_is_noticed(
    title: str, noticed: bool
) -> None:
    sheet = csv_results(f'"{title}",', "UPN,Phonics", f"{ADA},34")

    words = ["The sheet tells of 2023/24. Its results were read as those of 2025/26."]
    assert list(sheet.notices) == (words if noticed else [])
    assert list(values(sheet)) == [("phonics.mark", 2026)]


def test_a_sheet_left_unread_is_named() -> None:
    rows = [("UPN", "Phonics"), (ADA, 34)]
    other = [("UPN", "Phonics", "Sex"), (ADA, 34, "F")]
    content = workbook(rows, other, [("Codes",), ("A",)], titles=["1A", "1B", "Key"])

    sheet = read_results(io.BytesIO(content), "book.xlsx", year=YEAR)

    assert sheet.notices == ("Only the sheet 1A was read, and not 1B.",)


def test_dates_and_numbers_of_a_workbook_are_read() -> None:
    content = workbook(
        [
            ("Surname", "Forename", "DOB", "Phonics"),
            ("Byrne", "Ada", date(2020, 2, 3), 34),
            ("Bird", "Bo", 43864, 12.0),
        ]
    )

    sheet = read_results(io.BytesIO(content), "book.xlsx", year=YEAR)

    assert [each.pupil.dob for each in sheet.pupils] == ["2020-02-03", "2020-02-03"]
    assert [list(each.values.values()) for each in sheet.pupils] == [["34"], ["12"]]


COLUMNS = {
    "UPN": ADA,
    "Surname": "Byrne",
    "DOB": "03/02/2015",
    "Shoes": "12",
    "KS2 Writing": "GDS",
    "Reading scaled score": "104",
    "READMRK": "30",
    "Year group": "6",
    "Phonics Y1": "30",
    "Class": "6B",
}


@settings(deadline=None)
@given(st.permutations(list(COLUMNS)))
def test_the_order_of_columns_changes_nothing(order: list[str]) -> None:
    sheet = csv_results(",".join(order), ",".join(COLUMNS[name] for name in order))

    assert messages(sheet) == []
    assert values(sheet) == {
        ("ks2-teacher-assessment.writing", 2026): "GDS",
        ("ks2-tests.reading-score", 2026): "104",
        ("ks2-tests.reading-mark", 2026): "30",
        ("phonics.mark", 2021): "30",
    }


CELLS = st.one_of(
    st.sampled_from(
        (
            *COLUMNS, *COLUMNS.values(), "", "Year", "Result", "Subject", "#REF!",
            "31/04/2020", "Sept 2019", "\uff12\uff10", "\xa0", "Total",
            "=1+1", "2024/25", "Mark", "Number",
        )
    ),
    st.text(max_size=12),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=8))
def test_no_table_of_any_shape_makes_it_fall(rows: list[list[str]]) -> None:
    lines = (",".join(f'"{cell}"' for cell in row) for row in rows)

    sheet = csv_results(*lines)

    assert sheet.pupils or sheet.faults or sheet.notices
    assert {item for each in sheet.pupils for item, _ in each.values} <= {
        item.full_code for _, item in EVERY_ITEM
    }


def test_fifty_thousand_rows_are_read() -> None:
    lines = [f"Byrne,Ada{row},03/02/2020,{row % 41}" for row in range(50_000)]

    sheet = csv_results("Surname,Forename,DOB,Phonics", *lines)

    assert len(sheet.sound) == 50_000


def classes(*titles: str) -> bytes:
    """A workbook with a sheet for each class; the second has a mark that cannot be."""
    first = [("UPN", "Phonics"), (ADA, 34)]
    second = [("Class 1B",), ("upn", "Phonics "), (BO, 33), (CY, 41)]
    return workbook(first, second, titles=list(titles))


def test_the_sheets_of_several_classes_are_read_as_one() -> None:
    sheet = read_results(io.BytesIO(classes("1A", "1B")), "book.xlsx", year=YEAR)

    assert [pupil.pupil.upn for pupil in sheet.pupils] == [ADA, BO, CY]
    assert sheet.notices == (
        "The sheets 1A, 1B have the same headings and were read as one.",
    )
    (fault,) = sheet.faults
    assert sheet.table.where(fault.row or 0) == "row 4 of 1B"
    assert [pupil.pupil.upn for pupil in sheet.sound] == [ADA, BO]


def test_the_sheets_of_two_years_are_never_put_together() -> None:
    content = classes("Phonics 2025", "Phonics 2026")

    sheet = read_results(io.BytesIO(content), "book.xlsx", year=YEAR)

    assert [pupil.pupil.upn for pupil in sheet.pupils] == [ADA]
    assert any("and not Phonics 2026" in said for said in sheet.notices)


def test_a_pupil_who_stands_otherwise_on_another_sheet_is_told_where() -> None:
    first = [("UPN", "Phonics"), (ADA, 34)]
    second = [("UPN", "Phonics"), (BO, 33), (ADA, 35)]
    content = workbook(first, second, titles=["1A", "1B"])

    sheet = read_results(io.BytesIO(content), "book.xlsx", year=YEAR)

    (fault,) = sheet.faults
    assert "is 35 here and 34 in row 2 of 1A already" in fault.message


def test_what_to_correct_comes_back_on_the_sheet_of_the_class() -> None:
    content = classes("1A", "1B")
    faults = read_results(io.BytesIO(content), "book.xlsx", year=YEAR).faults

    back = with_errors(content, "book.xlsx", faults)

    book = openpyxl.load_workbook(io.BytesIO(back.content))
    assert book["1A"]["C2"].value is None
    assert "Phonics mark is 41" in book["1B"]["C4"].value
    assert book["1B"]["C3"].value is None
    assert book.active is not None
    assert book.active.title == "1B"
