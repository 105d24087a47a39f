import csv
import io
from html import unescape
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.reporting.test_pages import YEAR, report, text

from hornbook.reports.tidy import tables
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Pupil
from hornbook.web.reporting.models import KeptReport
from hornbook.web.results.models import Result


def out(town: Town, table: str, form: str) -> str:
    return reverse("reporting:take_out", args=[town.elm.laestab, table, form])


def as_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_results_come_out_tidy_without_names(
    reported: Town, signed_in: SignedIn
) -> None:
    answer = signed_in(reported.alice).post(
        out(reported, "results", "csv"), {"year": YEAR}
    )

    rows = as_rows(answer.content)
    marks = [row for row in rows if row["item"] == "phonics.mark"]
    assert len(marks) == 60
    assert {row["academic_year"] for row in rows} == {str(YEAR)}
    assert {row["dfe_number"] for row in rows} == {reported.elm.laestab}
    assert {row["group_sex"] for row in rows} == {"F", "M"}
    assert all(row["mark"] == row["value"] for row in marks if row["mark"])
    assert b"Surname" not in answer.content


def test_measures_come_out_as_they_are_counted(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)

    answer = client.post(out(reported, "measures", "csv"), {"year": YEAR})

    rows = [
        row for row in as_rows(answer.content) if row["measure"] == "phonics-year-1"
    ]
    page = client.get(report(reported, "phonics"))
    line = page.context["page"].section.line("phonics-year-1")
    assert sum(row["value"] == "1" for row in rows) == line.shown.tally.total
    assert sum(bool(row["value"]) for row in rows) == line.shown.tally.pupils


@pytest.mark.parametrize("table", list(tables()))
def test_every_table_comes_as_parquet_with_the_columns_of_the_dictionary(
    table: str, reported: Town, signed_in: SignedIn
) -> None:
    answer = signed_in(reported.alice).post(
        out(reported, table, "parquet"), {"year": ""}
    )

    held: Any = pq.read_table(io.BytesIO(answer.content))
    kinds = {"text": "string", "number": "int64"}
    assert held.num_rows > 0
    assert {field.name: str(field.type) for field in held.schema} == {
        column.name: kinds[column.kind] for column in tables()[table].columns
    }


@pytest.mark.parametrize("table", list(tables()))
def test_a_year_without_results_has_columns_of_the_same_kinds(
    table: str, reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)

    full, none = (
        pq.read_table(
            io.BytesIO(
                client.post(out(reported, table, "parquet"), {"year": year}).content
            )
        ).schema
        for year in (YEAR, 2027)
    )

    assert none == full
    [upn] = [field for field in full if field.name == "upn"]
    assert b"unique pupil number" in upn.metadata[b"meaning"]


@pytest.mark.parametrize(
    "item", ["ks2-tests.maths-mark", "ks2-teacher-assessment.reading"]
)
def test_results_that_no_measure_counts_come_out_too(
    item: str, reported: Town, signed_in: SignedIn
) -> None:
    pupil = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="6"
    )[0]
    Result.objects.filter(pupil=pupil, item=item, year=YEAR).delete()
    Result.objects.create(pupil=pupil, item=item, year=YEAR, value="7")

    answer = signed_in(reported.alice).post(
        out(reported, "results", "csv"), {"year": YEAR}
    )

    rows = [row for row in as_rows(answer.content) if row["upn"] == pupil.upn]
    [row] = [row for row in rows if row["item"] == item]
    assert (row["value"], row["mark"]) == ("7", "7")


def test_the_dictionary_explains_every_column_and_every_code_that_comes_out(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    where = reverse("reporting:dictionary", args=[reported.elm.laestab])

    explained = {
        (row["table"], row["column"], row["code"])
        for row in as_rows(client.get(where).content)
        if row["meaning"]
    }

    for table in tables():
        rows = as_rows(client.post(out(reported, table, "csv"), {"year": ""}).content)
        assert rows
        for column in rows[0]:
            assert (table, column, "") in explained
        coded = [
            column
            for column in rows[0]
            if column in {"item", "measure", "group_sex", "group_sen", "group_fsm"}
        ]
        assert len(coded) == 4
        for column in coded:
            for code in {row[column] for row in rows} - {""}:
                assert (table, column, code) in explained


def test_that_data_was_taken_out_is_written_down(
    reported: Town, signed_in: SignedIn
) -> None:
    signed_in(reported.olive).post(out(reported, "results", "csv"), {"year": YEAR})

    event = Event.objects.get(action="data taken out")
    assert event.by == reported.olive
    assert event.subject == "Results and groups"


@pytest.mark.parametrize(
    ("table", "form", "year"),
    [("results", "doc", "2026"), ("names", "csv", "2026"), ("results", "csv", "1")],
)
def test_nothing_else_comes_out(
    table: str, form: str, year: str, reported: Town, signed_in: SignedIn
) -> None:
    answer = signed_in(reported.alice).post(out(reported, table, form), {"year": year})

    assert answer.status_code == 404
    assert not Event.objects.filter(action="data taken out").exists()


def test_the_page_explains_every_column(reported: Town, signed_in: SignedIn) -> None:
    where = reverse("reporting:data", args=[reported.elm.laestab])

    words = text(signed_in(reported.alice), where)

    for table in tables().values():
        for column in table.columns:
            assert column.name in words
            assert column.meaning.split(";")[0] in words


def test_choices_are_kept_opened_in_another_year_and_forgotten(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    address = report(reported, "phonics")
    choices = "measure=phonics-year-1&by=sen&target=90"

    answer = client.post(address, {"name": "SEN in Year 1", "choices": choices})

    assert answer.status_code == 302
    kept = KeptReport.objects.get(user=reported.alice)
    assert (kept.name, kept.report, kept.choices) == (
        "SEN in Year 1",
        "phonics",
        choices,
    )
    words = text(client, f"{report(reported, kept.report, 2025)}?{kept.choices}")
    assert "Met the phonics standard in Year 1, by SEN" in words
    assert "For 90%" in words
    where = reverse("reporting:forget", args=[reported.elm.laestab, kept.pk])
    client.post(where)
    assert not KeptReport.objects.exists()


def test_the_same_name_again_replaces_what_was_kept(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    for by in ("sex", "fsm"):
        client.post(report(reported, "mtc"), {"name": "Tables", "choices": f"by={by}"})

    assert KeptReport.objects.get().choices == "by=fsm"


def test_what_is_kept_is_said_and_what_it_takes_the_place_of(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    kept = {"name": "Tables", "choices": "by=sex"}

    first = client.post(report(reported, "mtc"), kept, follow=True)
    again = client.post(report(reported, "mtc"), kept, follow=True)

    assert "Kept as Tables." in first.content.decode()
    assert "in place of what was kept under this name" in again.content.decode()
    where = reverse("reporting:forget", args=[reported.elm.laestab, 0])
    where = where.replace("/0/", f"/{KeptReport.objects.get().pk}/")
    gone = client.post(where, follow=True)
    assert "Tables is kept no longer." in gone.content.decode()


def test_a_kept_report_that_is_opened_is_changed_under_its_name(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    client.post(report(reported, "mtc"), {"name": "Tables", "choices": "by=sex"})
    kept = KeptReport.objects.get()
    listed = client.get(reverse("reporting:index", args=[reported.elm.laestab]))
    opened = f"?by=sex&kept={kept.pk}"

    page = client.get(report(reported, "mtc") + opened)
    others = signed_in(reported.henry).get(report(reported, "mtc") + opened)

    assert f"{opened}#groups" in unescape(listed.content.decode())
    assert page.context["keeping"].initial == {"name": "Tables"}
    assert f'name="kept" value="{kept.pk}"' in page.content.decode()
    assert others.context["opened"] is None


def test_a_report_is_not_kept_without_a_name(
    reported: Town, signed_in: SignedIn
) -> None:
    answer = signed_in(reported.alice).post(report(reported, "mtc"), {"name": ""})

    assert answer.status_code == 200
    assert answer.context["keeping"].errors["name"]
    assert not KeptReport.objects.exists()


def test_nobody_forgets_anothers_kept_report(
    reported: Town, signed_in: SignedIn
) -> None:
    kept = KeptReport.objects.create(
        school=reported.elm, user=reported.alice, name="Mine", report="mtc"
    )
    where = reverse("reporting:forget", args=[reported.elm.laestab, kept.pk])

    assert signed_in(reported.ada).post(where).status_code == 404
    assert KeptReport.objects.exists()
