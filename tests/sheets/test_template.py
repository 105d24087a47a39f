import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sheets.sheets import ADA, BO, YEAR, kind_of_sheet, messages
from tests.strategies import any_upns

from hornbook.identifiers import AcademicYear
from hornbook.records import Pupil
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Collection, Item
from hornbook.sheets.kinds import Kind
from hornbook.sheets.results import read_results
from hornbook.sheets.template import TemplateRow, template

EVERY = [
    (year, collection)
    for year in years()
    for collection in rulebook(year).collections.values()
]
BYRNE = Pupil(upn=ADA, surname="Byrne", forename="Ada", dob="2020-02-03", nc_year="1")
BOOK = rulebook(YEAR)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def a_row(**values: str) -> TemplateRow:
    return TemplateRow(pupil=BYRNE, class_name="1B", values=values)


@pytest.mark.parametrize(("year", "collection"), EVERY)
def test_an_empty_template_of_every_year_is_read_without_fault(
    year: AcademicYear, collection: Collection
) -> None:
    content = template(collection, rulebook(year), [a_row()])

    sheet = read_results(io.BytesIO(content), "template.xlsx", year=year)

    assert (messages(sheet), sheet.notices, sheet.not_used) == ([], (), ())
    assert kind_of_sheet(content, "a").kind is Kind.RESULTS
    (pupil,) = sheet.pupils
    assert (pupil.pupil, pupil.class_name, dict(pupil.values)) == (BYRNE, "1B", {})


def values_of(item: Item) -> st.SearchStrategy[str]:
    codes = [outcome.code for outcome in item.entered]
    marks = item.marks
    if marks:
        codes += map(str, range(marks.lowest, marks.highest + 1))
    return st.sampled_from(["", *codes])


names = st.text(
    st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20
).filter(lambda text: text[:1] != "#")


@st.composite
def rows_of(draw: st.DrawFn, collection: Collection) -> list[TemplateRow]:
    return [
        TemplateRow(
            pupil=Pupil(
                upn=str(upn),
                surname=draw(names),
                forename=draw(names),
                dob=draw(st.dates(date(2008, 1, 1), date(2023, 1, 1))).isoformat(),
                nc_year=draw(st.sampled_from(collection.nc_years)),
            ),
            class_name=draw(st.sampled_from(("1B", "Elm", "007"))),
            values={item.code: draw(values_of(item)) for item in collection.items},
        )
        for upn in draw(st.lists(any_upns, min_size=1, max_size=4, unique=True))
    ]


@settings(deadline=None)
@given(st.data())
def test_a_filled_template_is_read_back_equal(data: st.DataObject) -> None:
    year, collection = data.draw(st.sampled_from(EVERY))
    rows = data.draw(rows_of(collection))

    content = template(collection, rulebook(year), rows)
    sheet = read_results(io.BytesIO(content), "template.xlsx", year=year)

    assert messages(sheet) == []
    assert [(each.pupil, each.class_name) for each in sheet.pupils] == [
        (row.pupil, row.class_name) for row in rows
    ]
    assert [dict(each.values) for each in sheet.pupils] == [
        {
            (f"{collection.code}.{code}", year.ends): value
            for code, value in row.values.items()
            if value
        }
        for row in rows
    ]


def test_the_year_of_a_template_stays_its_own() -> None:
    last = AcademicYear(2025)
    content = template(
        rulebook(last).collections["phonics"], rulebook(last), [a_row(mark="34")]
    )

    sheet = read_results(io.BytesIO(content), "template.xlsx", year=YEAR)

    assert dict(sheet.pupils[0].values) == {("phonics.mark", 2025): "34"}


def test_a_cell_is_chosen_from_a_list_of_what_is_allowed() -> None:
    book = opened(template(BOOK.collections["phonics"], BOOK, [a_row()]))

    (check,) = book["Phonics"].data_validations.dataValidation
    assert (check.type, str(check.sqref)) == ("list", "H2:H102")
    assert check.formula1 == "Lists!$A$1:$A$45"
    allowed = [cell.value for cell in book["Lists"]["A"]]
    assert allowed == ["A", "D", "L", "Q", *range(41)]
    assert check.error.startswith("It must be a whole number from 0 to 40")


def test_the_codes_are_explained_on_a_second_sheet() -> None:
    book = opened(template(BOOK.collections["eyfsp"], BOOK, [a_row()]))

    said = [tuple(cell.value for cell in row) for row in book["Codes"].iter_rows()]
    assert said[0][0] == "Early years foundation stage profile, 2025/26"
    assert ("Every column", "2", "Expected") in said
    assert book.sheetnames[:2] == ["EYFSP", "Codes"]


def test_headings_stay_and_upn_and_birthday_are_what_they_are() -> None:
    book = opened(template(BOOK.collections["phonics"], BOOK, [a_row(mark="7")]))

    sheet = book["Phonics"]
    assert sheet.freeze_panes == "D2"
    assert not sheet.protection.sheet
    assert (sheet["A2"].value, sheet["A2"].data_type) == (ADA, "s")
    assert sheet["D2"].value.date() == date(2020, 2, 3)
    assert sheet["D2"].number_format == "dd/mm/yyyy"
    assert sheet["H2"].value == 7


def test_what_only_the_dfe_sets_is_told_and_not_written() -> None:
    collection = BOOK.collections["ks2-teacher-assessment"]
    content = template(collection, BOOK, [a_row(writing="D", science="EXS")])

    sheet = opened(content).worksheets[0]
    back = read_results(io.BytesIO(content), "a.xlsx", year=YEAR)

    assert sheet["H2"].value is None
    assert sheet["H2"].comment.text.startswith("D, Disapplied, stands here")
    assert list(back.pupils[0].values.values()) == ["EXS"]


def test_a_name_is_never_a_formula() -> None:
    pupil = Pupil(upn=BO, surname="=1+1", forename="+x", dob="2020-02-03")
    content = template(
        BOOK.collections["mtc"], BOOK, [TemplateRow(pupil=pupil, class_name="@a")]
    )

    sheet = opened(content).worksheets[0]

    assert [sheet[place].data_type for place in ("B2", "C2", "E2")] == ["s"] * 3
