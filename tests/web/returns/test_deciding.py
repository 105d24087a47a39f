"""What people decide before a file is made: queries accepted, pupils in or out."""

import csv
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.test import Client
from tests.web.results.scene import (
    YEAR,
    address,
    enrol,
    give,
    make_school,
    person,
    profile,
    signed_in,
)
from tests.web.returns.reader import read

from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Pupil, SchoolClass
from hornbook.web.results.models import ExpectedPupil, Result
from hornbook.web.returns.actions import content_of
from hornbook.web.returns.models import AcceptedQuery, Choice, MadeFile
from hornbook.web.schools.models import School


def nought(school: School, surname: str) -> Pupil:
    """A pupil with a mark of 0, which is a query."""
    pupil = enrol(school, surname, "1")
    give(pupil, "phonics.mark", "0")
    return pupil


def tokens(client: Client, school: School) -> list[str]:
    where = address("returns:preflight", school, "phonics", YEAR, "la")
    ready = client.get(where).context["ready"]
    return [one.token for group in ready.query_groups for one in group.open]


def accept(client: Client, school: School, note: str, *ticked: str) -> str:
    where = address("returns:accept", school, "phonics", YEAR, "la")
    response = client.post(where, {"query": ticked, "note": note}, follow=True)
    return " ".join(response.content.decode().split())


def choose(
    client: Client, school: School, pupils: list[Pupil], reason: str = ""
) -> str:
    where = address("returns:choose", school, "phonics", YEAR, "la")
    ticked = {"pupil": [pupil.pk for pupil in pupils], "reason": reason}
    return " ".join(client.post(where, ticked, follow=True).content.decode().split())


def make(client: Client, school: School) -> MadeFile:
    where = address("returns:make", school, "phonics", YEAR, "la")
    assert client.post(where, {"known_errors": "99"}).status_code == 302
    return MadeFile.objects.latest("pk")


def upns(made: MadeFile) -> set[str | None]:
    return {pupil.findtext("UPN") for pupil in read(content_of(made)).pupils}


def test_a_query_is_accepted_with_a_note_and_by_whom(
    school: School, lead: Client
) -> None:
    nought(school, "Byrne")
    enrolled_two = enrol(school, "Cole", "2")
    give(enrolled_two, "phonics.mark", "33")

    told = accept(lead, school, "Read no word, sheet kept", *tokens(lead, school))

    assert "1 query is accepted." in told
    assert "Accepted by Lee Lead on 24 June 2026: Read no word, sheet kept" in told
    assert "all complete. 1 query accepted." in told
    made = make(lead, school)
    assert made.queries == 0
    assert made.accepted[0]["code"] == "R07"
    assert made.accepted[0]["note"] == "Read no word, sheet kept"
    event = Event.objects.get(action="queries accepted")
    assert event.detail["codes"] == ["R07"]


def test_only_the_queries_ticked_are_accepted(school: School, lead: Client) -> None:
    nought(school, "Byrne")
    nought(school, "Cole")
    first, *_ = tokens(lead, school)

    accept(lead, school, "Sheet kept", first, "no-such-query")

    assert AcceptedQuery.objects.count() == 1
    assert first not in tokens(lead, school)


@pytest.mark.parametrize("note", ["", "   ", "x" * 501])
def test_without_a_note_that_can_be_kept_nothing_is_accepted(
    school: School, lead: Client, note: str
) -> None:
    nought(school, "Byrne")

    told = accept(lead, school, note, *tokens(lead, school))

    assert "Tick the queries that are right, and write why." in told
    assert not AcceptedQuery.objects.exists()


def test_a_query_that_says_something_else_is_asked_again(
    school: School, lead: Client
) -> None:
    ada = nought(school, "Byrne")
    accept(lead, school, "Sheet kept", *tokens(lead, school))
    before = len(tokens(lead, school))
    Result.objects.filter(pupil=ada).update(value="30")
    Pupil.objects.filter(pk=ada.pk).update(dob=date(2012, 1, 1))

    assert len(tokens(lead, school)) > before


def test_an_accepted_query_can_be_asked_again(school: School, lead: Client) -> None:
    nought(school, "Byrne")
    asked = tokens(lead, school)
    accept(lead, school, "Sheet kept", *asked)
    assert tokens(lead, school) == []
    held = AcceptedQuery.objects.earliest("pk")

    lead.post(address("returns:ask_again", school, "phonics", YEAR, "la", held.pk))

    assert [one for one in asked if one in tokens(lead, school)] == asked[:1]
    assert Event.objects.filter(action="query asked again").exists()


def test_a_query_of_another_school_is_not_touched(school: School, lead: Client) -> None:
    far = make_school("Far Primary School", "2156")
    held = AcceptedQuery.objects.create(
        school=far,
        academic_year=YEAR,
        collection="phonics",
        code="R07",
        message="m",
        note="n",
        by_name="Far",
    )

    lead.post(address("returns:ask_again", school, "phonics", YEAR, "la", held.pk))

    assert AcceptedQuery.objects.filter(pk=held.pk).exists()


def test_a_leaver_is_left_out_and_an_earlier_one_put_in_with_a_reason(
    school: School, lead: Client
) -> None:
    here = enrol(school, "Here", "1")
    left = enrol(school, "Left", "1", left_on=date(2026, 6, 12))
    gone = enrol(school, "Gone", "1", left_on=date(2026, 2, 1))
    for pupil, value in ((here, "30"), (left, "L")):
        give(pupil, "phonics.mark", value)

    told = choose(lead, school, [here, gone], "Agreed with Elm Lane")

    assert "Left out by Lee Lead: Ada Left, Agreed with Elm Lane." in told
    assert "Put in by Lee Lead: Ada Gone, Agreed with Elm Lane." in told
    assert "2 pupils of Year 1, 1 complete" in told
    give(gone, "phonics.mark", "L")
    assert upns(make(lead, school)) == {here.upn, gone.upn}
    event = Event.objects.get(action="pupils chosen")
    assert event.detail["out"] == [left.pk]
    assert event.detail["in"] == [gone.pk]


def test_whoever_is_left_out_with_a_reason_is_not_missed_though_a_list_expects_them(
    school: School, lead: Client
) -> None:
    here, other = enrol(school, "Here", "1"), enrol(school, "Other", "1")
    give(here, "phonics.mark", "30")
    upns = f"UPN\n{here.upn}\n{other.upn}"
    where = address("results:take_list", school, "phonics", YEAR)
    lead.post(where, {"text": upns})
    assert ExpectedPupil.objects.count() == 2

    told = choose(lead, school, [here], "Agreed with Elm Lane")

    assert "is expected and is not here" not in told
    assert "1 pupil of Year 1, 1 complete" in told


def test_nobody_is_left_out_without_a_reason(school: School, lead: Client) -> None:
    here, other = enrol(school, "Here", "1"), enrol(school, "Other", "1")

    told = choose(lead, school, [here])

    assert "Write why these pupils are put in or left out." in told
    assert f'value="{other.pk}">' in told
    assert f'value="{here.pk}" checked>' in told
    assert not Choice.objects.exists()


def test_whoever_goes_back_needs_no_reason(school: School, lead: Client) -> None:
    here, other = enrol(school, "Here", "1"), enrol(school, "Other", "1")
    choose(lead, school, [here], "Elsewhere")
    assert Choice.objects.get().pupil == other

    choose(lead, school, [here, other])

    assert not Choice.objects.exists()


def test_a_pupil_left_out_is_not_changed_since_sent(
    school: School, lead: Client
) -> None:
    here, other = enrol(school, "Here", "1"), enrol(school, "Other", "1")
    for pupil in (here, other):
        give(pupil, "phonics.mark", "30")
    choose(lead, school, [here], "Elsewhere")
    made = make(lead, school)
    lead.post(address("returns:sent", school, made.pk), {"sent_on": "24/06/2026"})

    response = lead.get(address("schools:home", school), {"year": YEAR})

    assert "Changed since sent" not in response.content.decode()


def test_a_pupil_of_another_school_cannot_be_put_in(
    school: School, lead: Client
) -> None:
    here = enrol(school, "Here", "1")
    stranger = enrol(make_school("Far Primary School", "2156"), "Strange", "1")

    choose(lead, school, [here, stranger], "By mistake")

    assert not Choice.objects.exists()


@pytest.mark.parametrize(
    ("collection", "nc_year", "title"),
    [
        ("eyfsp", "R", "EYFSP Pupil Attainment"),
        ("phonics", "1", "Phonics Names"),
        ("ks1", "2", "KS1 Data Return"),
        ("ks2-teacher-assessment", "6", "KS2 Data Return"),
        ("mtc", "4", "Multiplication Tables Check Names"),
        ("ks2-tests", "6", "KS2 Test Results"),
    ],
)
def test_the_reports_go_by_the_names_that_schools_know(
    school: School, lead: Client, collection: str, nc_year: str, title: str
) -> None:
    enrol(school, "Byrne", nc_year)

    told = lead.get(address("returns:report", school, collection, YEAR))

    assert f"{title} 2025/26</h1>" in told.content.decode()
    where = address("returns:preflight", school, collection, YEAR, "mis")
    assert title in lead.get(where).content.decode()


def test_the_report_leads_to_the_cells_that_are_empty(
    school: School, lead: Client
) -> None:
    profile(enrol(school, "Byrne", "R"))
    ben = enrol(school, "Cole", "R")
    profile(ben)
    Result.objects.filter(pupil=ben, item="eyfsp.E03").delete()

    where = address("returns:report", school, "eyfsp", YEAR)
    told = lead.get(where).content.decode()
    wanting = lead.get(where, {"only": "wanting"}).content.decode()

    assert "1 of 2 pupils still lack something." in told
    assert f"#c-{ben.pk}-eyfsp-E03" in told
    assert "> Self-regulation: Cole, Ada</span>" in told
    assert "Byrne" in told
    assert "Byrne" not in wanting
    assert "Self-regulation" in wanting


def test_columns_of_one_short_name_are_headed_by_their_whole_name(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "6")

    told = lead.get(address("returns:report", school, "ks2-tests", YEAR))

    assert ">Reading scaled score</abbr>" in told.content.decode()
    assert ">Maths scaled score</abbr>" in told.content.decode()


def test_the_report_is_taken_away_as_csv_and_excel(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "2")
    give(ada, "phonics.mark", "20", YEAR - 1)
    where = address("returns:report", school, "phonics", YEAR)

    text = lead.get(where, {"form": "csv"}).content.decode("utf-8-sig")
    book = openpyxl.load_workbook(
        BytesIO(lead.get(where, {"form": "xlsx"}).content), read_only=True
    )

    rows = list(csv.DictReader(StringIO(text)))
    assert rows[0]["UPN"] == ada.upn
    assert (rows[0]["Last year"], rows[0]["Still needed"]) == ("20", "Phonics mark")
    cells = [[cell.value for cell in row] for row in book.worksheets[0].rows]
    assert cells[1][2] == ada.upn
    assert lead.get(where, {"form": "pdf"}).status_code == 404


def test_what_was_found_is_taken_away_with_what_was_accepted(
    school: School, lead: Client
) -> None:
    nought(school, "Byrne")
    enrol(school, "Cole", "1")
    accept(lead, school, "Sheet kept", *tokens(lead, school))

    where = address("returns:findings", school, "phonics", YEAR, "la")
    text = lead.get(where, {"form": "csv"}).content.decode("utf-8-sig")

    found = {row["Code"]: row for row in csv.DictReader(StringIO(text))}
    assert found["R07"]["Pupil"] == "Byrne, Ada"
    assert found["R07"]["Accepted"] == "Sheet kept (Lee Lead)"
    assert (found["C01"]["Pupil"], found["C01"]["Severity"]) == ("Cole, Ada", "Error")


def test_a_teacher_sees_their_own_class_in_the_report(school: School) -> None:
    enrol(school, "Byrne", "1", class_name="Wrens")
    enrol(school, "Cole", "1", class_name="Robins")
    teacher = person("teacher", school, "Tess Teacher")
    SchoolClass.objects.get(name="Wrens").teachers.add(teacher)

    where = address("returns:report", school, "phonics", YEAR)
    told = signed_in(teacher).get(where).content.decode()

    assert "Byrne" in told
    assert "Cole" not in told


def test_the_reason_of_a_choice_is_not_called_optional(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "1")

    told = lead.get(address("returns:choose", school, "phonics", YEAR, "la"))

    assert "Why, where you change a tick" in told.content.decode()
    assert "(optional)" not in told.content.decode()
