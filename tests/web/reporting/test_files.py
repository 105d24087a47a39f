import csv
import io
from html import unescape

import openpyxl
import pytest
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.reporting.test_letters import pages_of
from tests.web.reporting.test_pages import YEAR, report

from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.models import Result


def file(town: Town, form: str, code: str = "phonics") -> str:
    return reverse("reporting:report_file", args=[town.elm.laestab, code, YEAR, form])


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_report_as_csv_has_every_table_with_its_pupils(
    reported: Town, signed_in: SignedIn
) -> None:
    answer = signed_in(reported.alice).get(file(reported, "csv"))

    rows = rows_of(answer.content)
    assert rows[0] == ["Table", "Row", "School", "Pupils", "England", "Difference"]
    tables = {row[0] for row in rows}
    assert "Phonics screening check, 2025/26" in tables
    assert "Met the phonics standard in Year 1, by sex" in tables
    assert "Met the phonics standard in Year 1, over time" in tables
    assert "phonics-2025-26-small-groups-hidden.csv" in answer["Content-Disposition"]


def test_what_leaves_the_school_hides_small_groups_even_for_the_lead(
    reported: Town, signed_in: SignedIn
) -> None:
    year_1 = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="1"
    )
    few = list(year_1.values_list("pk", flat=True)[:5])
    year_1.update(fsm="N")
    Pupil.objects.filter(pk__in=few).update(fsm="Y")
    client = signed_in(reported.alice)
    title = "Met the phonics standard in Year 1, by disadvantaged"

    outside = rows_of(client.get(file(reported, "csv")).content)
    inside = client.get(file(reported, "csv") + "?for=school")

    assert title not in {row[0] for row in outside}
    assert title in {row[0] for row in rows_of(inside.content)}
    assert "in-school-only" in inside["Content-Disposition"]


def test_a_governor_cannot_ask_for_what_stays_in_school(
    reported: Town, signed_in: SignedIn
) -> None:
    answer = signed_in(reported.gwen).get(file(reported, "csv") + "?for=school")

    assert "small-groups-hidden" in answer["Content-Disposition"]


def test_a_report_as_excel_opens_with_its_headings(
    reported: Town, signed_in: SignedIn
) -> None:
    answer = signed_in(reported.alice).get(file(reported, "xlsx", "ks2"))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["Figures"]
    assert [cell.value for cell in sheet[1]][:3] == ["Table", "Row", "School"]
    assert sheet["B2"].value == "Reading, writing and maths at the expected standard"


def test_a_report_as_excel_holds_numbers_that_can_be_added(
    reported: Town, signed_in: SignedIn
) -> None:
    answer = signed_in(reported.alice).get(file(reported, "xlsx") + "?for=school")

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    headings, *rows = book["Figures"].iter_rows(values_only=True)
    first = dict(zip(headings, rows[0], strict=True))
    assert first["Row"] == "Met the phonics standard in Year 1"
    assert first["Of pupils"] == 30
    met, share = first["Met, or added up"], first["School"]
    assert isinstance(met, int)
    assert isinstance(share, float)
    assert abs(share - met / 30) <= 0.005
    assert (first["Unit"], first["England"]) == ("%", 0.8)
    formats = {cell.value: cell.number_format for cell in book["Figures"]["C"]}
    assert formats[share] == "0%"
    [average] = [row for row in rows if str(row[1]).startswith("Average phonics")]
    assert isinstance(average[2], float)
    assert average[2] > 1
    assert formats[average[2]] == "General"
    assert first["Year of England's"] == "2024/25"
    [marks] = [each for each in book.sheetnames if each.startswith("1 ")]
    pupils = [row[1] for row in book[marks].iter_rows(2, values_only=True)]
    assert sum(each for each in pupils if isinstance(each, int)) == 30


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_file_says_whose_it_is_and_of_what(
    form: str, reported: Town, signed_in: SignedIn
) -> None:
    content = signed_in(reported.alice).get(file(reported, form)).content

    if form == "csv":
        rows = [row[0] for row in rows_of(content)]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content))["To be known"]
        rows = [str(cell.value) for cell in sheet["A"]]
    assert "Elm Road Primary School: Phonics screening check, 2025/26." in rows


def test_a_workbook_says_in_full_what_each_sheet_holds_and_counts_what_if(
    reported: Town, signed_in: SignedIn
) -> None:
    Result.objects.filter(item="phonics.mark", year=YEAR).update(value="12")
    asked = "?for=school&measure=phonics-year-1&by=&target=50"

    content = signed_in(reported.alice).get(file(reported, "xlsx") + asked).content

    book = openpyxl.load_workbook(io.BytesIO(content))
    [what_if] = [each for each in book.sheetnames if each.startswith("1 What if")]
    assert [cell.value for cell in book[what_if]["B"]] == ["More pupils it takes", 15]
    known = [str(cell.value) for cell in book["To be known"]["A"]]
    assert "Sheet 1: What if 50%: Met the phonics standard in Year 1." in known


def test_a_list_of_pupils_as_excel_holds_marks_as_numbers(
    reported: Town, signed_in: SignedIn
) -> None:
    Result.objects.filter(item="phonics.mark", year=YEAR).update(value="12")
    where = [reported.elm.laestab, "phonics-year-1", YEAR, "not-met", "xlsx"]

    answer = signed_in(reported.alice).get(reverse("reporting:pupils_file", args=where))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert {cell.value for cell in sheet["C"][1:]} == {12}


def test_the_file_without_small_groups_names_the_tables_that_are_left_out(
    reported: Town, signed_in: SignedIn
) -> None:
    Pupil.objects.update(fsm="N", sen_provision="N")
    client = signed_in(reported.alice)

    rows = rows_of(client.get(file(reported, "csv")).content)

    [hidden] = [row[0] for row in rows if row[0].startswith("Not shown, so that")]
    assert "Met the phonics standard in Year 1, by" in hidden


@pytest.mark.parametrize("code", ["eyfsp", "phonics", "ks1", "mtc", "ks2"])
def test_a_report_as_pdf_is_tagged_and_names_its_title(
    code: str, reported: Town, signed_in: SignedIn
) -> None:
    answer = signed_in(reported.alice).get(file(reported, "pdf", code))

    assert answer["Content-Type"] == "application/pdf"
    assert b"StructTreeRoot" in answer.content
    assert b"pdfuaid" in answer.content
    assert pages_of(answer.content) >= 1


@pytest.mark.parametrize("form", ["pdf", "xlsx", "csv"])
def test_the_governors_report_is_taken_away(
    form: str, reported: Town, signed_in: SignedIn
) -> None:
    where = reverse("reporting:governors_file", args=[reported.elm.laestab, YEAR, form])

    answer = signed_in(reported.gwen).get(where)

    assert answer.status_code == 200
    assert b"Surname" not in answer.content
    assert (
        f"governors-2025-26-small-groups-hidden.{form}"
        in (answer["Content-Disposition"])
    )


@pytest.mark.parametrize("person", ["gwen", "alice"])
def test_a_check_that_all_pupils_met_tells_nobodys_result_outside(
    person: str, reported: Town, signed_in: SignedIn
) -> None:
    Result.objects.filter(item="phonics.mark", year=YEAR).update(value="40")
    client = signed_in(reported.people[person])
    where = [reported.elm.laestab, YEAR, "csv"]
    governors = reverse("reporting:governors_file", args=where)

    for address in (file(reported, "csv"), governors):
        rows = rows_of(client.get(address).content)
        year_1 = [row for row in rows if "phonics standard in Year 1" in "".join(row)]
        [total] = [row for row in year_1 if row[1].startswith("Met the phonics")]
        assert total[2:4] == ["All or nearly all", "30 pupils"]
        assert total[5] == ""
        assert not any("100%" in cell for row in year_1 for cell in row)
        assert not any(row[0].endswith("by sex") for row in year_1)


def test_what_was_chosen_on_the_page_is_taken_away_with_its_what_if(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    query = "measure=phonics-took&by=sex&together=ethnicity&target=100"
    where = reverse("reporting:report", args=[reported.elm.laestab, "phonics", YEAR])
    link = f"{file(reported, 'csv')}?for=school&{query}"

    page = client.get(f"{where}?{query}").content.decode()
    rows = rows_of(client.get(link).content)

    assert f'href="{link}"' in unescape(page)
    titles = {row[0] for row in rows}
    assert "Took the phonics check in Year 1, by sex and ethnicity" in titles
    needed = [row for row in rows if row[0].startswith("What if 100%: Took the")]
    assert needed[0][1:3] == ["Took the phonics check in Year 1", "reached"]
    assert len(needed) > 2


@pytest.mark.parametrize(
    ("person", "suffix"),
    [("alice", "in-school-only"), ("gwen", "small-groups-hidden")],
)
@pytest.mark.parametrize("form", ["pdf", "xlsx", "csv"])
def test_the_headlines_are_taken_away_as_each_reader_sees_them(
    form: str, person: str, suffix: str, reported: Town, signed_in: SignedIn
) -> None:
    where = [reported.elm.laestab, YEAR, form]
    client = signed_in(reported.people[person])

    answer = client.get(reverse("reporting:headlines_file", args=where))

    assert answer.status_code == 200
    assert f"headlines-2025-26-{suffix}.{form}" in answer["Content-Disposition"]
    assert b"Surname" not in answer.content


def test_a_list_of_pupils_says_what_each_has_and_is_taken_away(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    pupil = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="1"
    ).first()
    assert pupil is not None
    Result.objects.filter(pupil=pupil, item="phonics.mark").update(value="12")
    where = [reported.elm.laestab, "phonics-year-1", YEAR, "not-met"]

    listed = client.get(reverse("reporting:pupils", args=where))
    answer = client.get(reverse("reporting:pupils_file", args=[*where, "csv"]))

    rows = rows_of(answer.content)
    assert rows[0] == ["Pupil", "Class", "Result"]
    [row] = [row for row in rows if pupil.surname in row[0]]
    assert row[2] == "12"
    assert "personal-data.csv" in answer["Content-Disposition"]
    assert "not-met/csv/" in listed.content.decode()


def test_namesakes_stand_apart_in_every_list_of_pupils(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    two = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="R"
    ).order_by("pk")[:2]
    Pupil.objects.filter(pk__in=[one.pk for one in two]).update(
        surname="Abara", forename="Ravi"
    )
    told = {f"Abara, Ravi, born {one.dob.day} {one.dob:%B %Y}" for one in two}
    where = [reported.elm.laestab, "gld", YEAR]

    listed = set[str]()
    for which in ("counted", "left-out"):
        address = reverse("reporting:pupils", args=[*where, which])
        listed |= {
            row[0].told_apart for row in client.get(address).context["list"].rows
        }
        file = reverse("reporting:pupils_file", args=[*where, which, "csv"])
        listed |= {row[0] for row in rows_of(client.get(file).content)[1:]}
    of_goals = client.get(report(reported, "eyfsp")).content.decode()

    assert {name for name in listed if "Abara" in name} == told
    assert all(f"Abara, Ravi ({one.dob:%d/%m/%Y})" in of_goals for one in two)


def test_a_cell_of_a_conversion_says_what_each_had_and_has_and_is_taken_away(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    pupil = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="6"
    ).first()
    assert pupil is not None
    held = Result.objects.filter(pupil=pupil)
    held.filter(item="ks1.reading").update(value="GDS")
    held.filter(item="ks2-tests.reading-score").update(value="103")
    held.filter(item="ks2-tests.reading-outcome").update(value="AS")
    where = [reported.elm.laestab, "ks1-to-ks2-reading", YEAR]
    asked = "?before=Greater+depth&now=Expected"

    listed = client.get(reverse("reporting:cell", args=where) + asked)
    address = reverse("reporting:cell_file", args=[*where, "csv"]) + asked
    rows = rows_of(client.get(address).content)

    assert "/csv/?before=Greater+depth&amp;now=Expected" in listed.content.decode()
    assert rows[0] == ["Pupil", "Class", "Key stage 1, 2021/22", "Key stage 2, 2025/26"]
    [row] = [row for row in rows if row[0].startswith(f"{pupil.surname},")]
    assert row[2:] == ["GDS", "Reading scaled score: 103; Reading outcome: AS"]


def test_who_is_left_out_of_an_average_is_named_with_why_and_what_they_have(
    reported: Town, signed_in: SignedIn
) -> None:
    pupil = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="6"
    ).first()
    assert pupil is not None
    held = Result.objects.filter(pupil=pupil)
    held.filter(item="ks2-tests.reading-score").update(value="105")
    held.filter(item="ks2-tests.reading-outcome").update(value="U")
    where = [reported.elm.laestab, "ks2-reading-average", YEAR, "left-out", "csv"]

    file = signed_in(reported.alice).get(reverse("reporting:pupils_file", args=where))

    [row] = [row for row in rows_of(file.content) if row[0].startswith(pupil.surname)]
    assert row[2:] == [
        "Scaled score and outcome say different things",
        "Reading scaled score: 105; Reading outcome: U",
    ]


@pytest.mark.parametrize(
    ("name", "where", "said"),
    [
        (
            "pupils_file",
            ["gld", YEAR, "met", "csv"],
            "Good level of development: pupils who met it",
        ),
        (
            "cell_file",
            ["phonics-1-to-2", YEAR, "xlsx"],
            "Year 1: ; End of Year 2: ",
        ),
        ("letter_file", ["phonics", YEAR], "Letters: Phonics screening check 2025/26"),
        (
            "report_file",
            ["phonics", YEAR, "csv"],
            "Phonics screening check 2025/26, for use in school",
        ),
    ],
)
def test_that_pupils_were_taken_out_by_name_is_written_down(
    name: str,
    where: list[object],
    said: str,
    reported: Town,
    signed_in: SignedIn,
) -> None:
    address = reverse(f"reporting:{name}", args=[reported.elm.laestab, *where])

    answer = signed_in(reported.alice).get(f"{address}?for=school")

    event = Event.objects.get(action="data taken out")
    assert answer.status_code == 200
    assert (event.by, event.subject) == (reported.alice, said)


@pytest.mark.parametrize(("person", "said"), [("bob", True), ("alice", False)])
def test_a_teachers_file_says_that_only_their_classes_are_counted(
    person: str, said: bool, reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.people[person])
    where = [reported.elm.laestab, YEAR, "csv"]
    headlines = client.get(reverse("reporting:headlines_file", args=where))
    inside = client.get(file(reported, "csv") + "?for=school")

    for answer in (headlines, inside):
        assert ("own classes are counted" in answer.content.decode()) is said


def test_of_many_goals_a_list_names_those_that_a_pupil_did_not_meet(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    pupil = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="R"
    ).first()
    assert pupil is not None
    Result.objects.filter(pupil=pupil, item__startswith="eyfsp.").update(value="2")
    Result.objects.filter(pupil=pupil, item="eyfsp.E10").update(value="1")
    where = [reported.elm.laestab, "gld", YEAR, "not-met", "csv"]

    rows = rows_of(client.get(reverse("reporting:pupils_file", args=where)).content)

    assert rows[0] == ["Pupil", "Class", "Not met"]
    [row] = [row for row in rows if f"{pupil.surname}," in row[0]]
    assert row[2] == "Writing: 1"


def test_of_a_group_only_the_pupils_of_the_group_are_taken_away(
    reported: Town, signed_in: SignedIn
) -> None:
    where = [reported.elm.laestab, "phonics-average", YEAR, "counted", "csv"]
    address = reverse("reporting:pupils_file", args=where)

    rows = rows_of(signed_in(reported.alice).get(f"{address}?by=sex&group=F").content)

    assert len(rows) == 16
    assert rows[0][2] == "Marks"


def test_there_is_no_other_form(reported: Town, signed_in: SignedIn) -> None:
    assert signed_in(reported.alice).get(file(reported, "doc")).status_code == 404
