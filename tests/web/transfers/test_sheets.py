"""Spreadsheets of pupils and of results: read, corrected, read again, remembered."""

import io
from datetime import date
from typing import Final

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.transfers.conftest import BringIn, Stage
from tests.web.transfers.mis import Child, ctf, upn
from tests.web.transfers.test_pages import address, approve, plain, text

from hornbook.identifiers import AcademicYear
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result
from hornbook.web.transfers import arriving
from hornbook.web.transfers.files import Refused
from hornbook.web.transfers.models import HeadingMeaning, Transfer

ADA: Final = Child(upn(11))
GRACE: Final = Child(upn(12), forename="Grace", dob="2019-12-24")


@pytest.fixture(autouse=True)
def in_june(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to("2026-06-24T10:00:00Z")


@pytest.fixture
def office(town: Town, signed_in: SignedIn, bring_in: BringIn) -> Client:
    """Olive's browser; Ada and Grace are the pupils of Elm Road."""
    Enrolment.objects.filter(pupil__school=town.elm).delete()
    Pupil.objects.filter(school=town.elm).delete()
    bring_in(ctf(ADA, GRACE))
    return signed_in(town.olive)


def workbook(*rows: tuple[str | int, ...]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def send(client: Client, town: Town, content: bytes, name: str = "sheet.xlsx") -> str:
    where = reverse("transfers:list", args=[town.elm.laestab])
    file = SimpleUploadedFile(name, content)
    return plain(client.post(where, {"file": file}, follow=True))


def last() -> Transfer:
    return Transfer.objects.filter(applied_at=None).latest("pk")


def test_a_sheet_of_results_is_brought_in(town: Town, office: Client) -> None:
    sheet = workbook(("UPN", "Phonics mark"), (ADA.upn, 34), (GRACE.upn, "Absent"))

    said = send(office, town, sheet)
    assert "A spreadsheet of results" in said
    assert "2 new result" in said
    approve(office, last(), "assessments")

    found = Result.objects.values_list("pupil__upn", "item", "year", "value")
    assert sorted(found) == sorted(
        [(ADA.upn, "phonics.mark", 2026, "34"), (GRACE.upn, "phonics.mark", 2026, "A")]
    )


def test_results_of_pupils_without_a_upn_go_to_whom_name_and_birthday_tell(
    town: Town, office: Client
) -> None:
    ada, grace = Pupil.objects.get(upn=ADA.upn), Pupil.objects.get(upn=GRACE.upn)
    sheet = workbook(
        ("Surname", "Forename", "Date of birth", "Phonics mark"),
        (ada.surname.upper(), ada.forename, ada.dob.strftime("%d/%m/%Y"), 34),
        (grace.surname, grace.forename, grace.dob.strftime("%d/%m/%Y"), 31),
        ("Nobody", "Known", "03/02/2020", 30),
    )

    said = send(office, town, sheet)
    assert "1 pupil of the file is not known here, and nobody is added." in said
    approve(office, last(), "assessments")

    found = Result.objects.values_list("pupil__upn", "value")
    assert sorted(found) == sorted([(ADA.upn, "34"), (GRACE.upn, "31")])


def test_a_sheet_of_pupils_changes_pupils_alone(town: Town, office: Client) -> None:
    sheet = (
        "UPN;Surname;Forename;DOB;Sex;Year;Ever 6\n"
        f"{ADA.upn};Lovell;Ada;06/11/2019;F;1;Yes\n"
        f"{upn(14)};Nowak;Mei;1/2/2020;F;1;No\n"
    ).encode()

    said = send(office, town, sheet, "class list.csv")
    assert "A spreadsheet of pupils" in said
    approve(office, last(), "pupils")

    ada, mei = Pupil.objects.get(upn=ADA.upn), Pupil.objects.get(upn=upn(14))
    assert (ada.surname, ada.fsm_ever6) == ("Lovell", "Y")
    assert (mei.dob, mei.fsm_ever6) == (date(2020, 2, 1), "N")
    assert Enrolment.objects.get(pupil=mei).academic_year == 2026


def test_a_list_of_pupils_is_of_the_year_that_it_states(
    town: Town, office: Client
) -> None:
    sheet = f"Academic year,UPN,Year\n2024/25,{ADA.upn},R\n".encode()

    said = send(office, town, sheet, "class list.csv")
    approve(office, last(), "pupils")

    assert "2024/25" in said
    groups = Enrolment.objects.filter(pupil__upn=ADA.upn).order_by("academic_year")
    assert [*groups.values_list("academic_year", "nc_year")] == [
        (2025, "R"),
        (2026, "1"),
    ]


def test_an_old_list_is_of_the_year_that_dates_of_birth_tell(stage: Stage) -> None:
    rows = [f"{upn(n)},Nowak,Mei{n},0{n - 19}/02/2020,F,R" for n in range(20, 26)]
    sheet = "\n".join(["UPN,Surname,Forename,DOB,Sex,Year", *rows]).encode()

    staged = stage(sheet, "class list.csv")

    assert AcademicYear(staged.academic_year) == AcademicYear(2025)


def test_the_year_of_earlier_results_is_not_that_of_the_year_group(
    town: Town, office: Client
) -> None:
    sheet = (
        "UPN,Sex,SEN,Year group,Academic year,Phonics mark\n"
        f"{ADA.upn},F,N,R,2024/25,34\n"
    ).encode()

    send(office, town, sheet, "joiner.csv")
    approve(office, last(), "both")

    assert Enrolment.objects.get(pupil__upn=ADA.upn).nc_year == "1"
    assert Result.objects.get(pupil__upn=ADA.upn).year == 2025


def test_results_with_the_sex_beside_a_name_add_nobody_unless_that_is_chosen(
    town: Town, office: Client
) -> None:
    sheet = (
        "UPN,Surname,Forename,DOB,Sex,Year group,Phonics mark\n"
        f"{ADA.upn},{ADA.surname},{ADA.forename},{ADA.dob},F,1,34\n"
        f"{upn(14)},Nowak,Mei,2020-02-01,F,1,31\n"
    ).encode()

    said = send(office, town, sheet, "markbook.csv")
    offered = last().counts["updates"]
    approve(office, last(), "assessments")

    assert offered == ["assessments", "both", "pupils"]
    assert "1 pupil of the file is not known here, and nobody is added." in said
    assert not Pupil.objects.filter(upn=upn(14)).exists()
    assert Result.objects.get(pupil__upn=ADA.upn).value == "34"


def test_one_slip_does_not_make_old_results_those_of_this_year(
    stage: Stage, time_machine: time_machine.TimeMachineFixture
) -> None:
    time_machine.move_to("2026-11-24T10:00:00Z")
    rows = (f"{upn(11)},34,Wa", f"{upn(12)},40,Wt", f"{upn(14)},35,Wa")
    sheet = "\n".join(["UPN,Phonics mark,Outcome", *rows]).encode()

    assert stage(sheet, "phonics.csv").counts["results_of"] == 2026


def test_what_is_to_be_corrected_comes_back_in_their_own_sheet(
    town: Town, office: Client
) -> None:
    sheet = workbook(("UPN", "Phonics mark"), (ADA.upn, 44), (GRACE.upn, 31))

    said = send(office, town, sheet)
    assert "To correct: 1" in said
    assert "Phonics mark 44" in said
    response = office.get(address(last(), "corrections"))

    corrected = load_workbook(io.BytesIO(response.content)).active
    assert corrected is not None
    rows = [[cell.value for cell in row] for row in corrected.iter_rows()]
    assert rows[0][2] == "What to correct"
    assert "40" in str(rows[1][2])
    assert rows[2][:2] == [GRACE.upn, 31]

    corrected["B2"] = 40
    held = io.BytesIO()
    assert corrected.parent is not None
    corrected.parent.save(held)
    again = send(office, town, held.getvalue())
    assert "To correct" not in again
    assert "2 new result" in again


def test_the_sound_rows_can_go_in_without_the_others(
    town: Town, office: Client
) -> None:
    send(
        office, town, workbook(("UPN", "Phonics mark"), (ADA.upn, 44), (GRACE.upn, 31))
    )
    approve(office, last(), "assessments")

    assert [row.value for row in Result.objects.all()] == ["31"]


def test_a_heading_nobody_knows_is_asked_for_and_remembered(
    town: Town, office: Client
) -> None:
    sheet = workbook(("UPN", "Zz 1"), (ADA.upn, 34))

    said = send(office, town, sheet)
    assert "What the columns are" not in said
    page = text(office, address(last(), "columns"))
    assert "For example 34" in page
    answers = {"year": "2025", "column-0": "upn", "column-1": "phonics.mark"}
    said = plain(office.post(address(last(), "columns"), answers, follow=True))
    assert "1 new result" in said
    approve(office, last(), "assessments")

    row = Result.objects.get()
    assert (row.item, row.year, row.value) == ("phonics.mark", 2025, "34")
    assert HeadingMeaning.objects.get().meaning == "phonics.mark"
    assert "1 new result" in send(office, town, sheet)


def test_a_sheet_of_which_nothing_is_known_is_asked_about(
    town: Town, office: Client
) -> None:
    said = send(office, town, workbook(("Zz 1", "Zz 2"), (ADA.upn, 34)))

    assert "What the columns are" in said
    assert "no heading for UPN" in said


def test_a_meaning_taken_back_is_forgotten(town: Town, office: Client) -> None:
    send(office, town, workbook(("UPN", "Zz 1"), (ADA.upn, 34)))
    said = {"year": "2026", "column-0": "upn", "column-1": "phonics.mark"}
    office.post(address(last(), "columns"), said)

    office.post(address(last(), "columns"), said | {"column-1": ""})

    assert not HeadingMeaning.objects.exists()


def test_nothing_of_the_sheet_is_kept_once_it_is_brought_in(
    town: Town, office: Client
) -> None:
    send(office, town, workbook(("UPN", "Mark"), (ADA.upn, 34)))
    transfer = last()
    assert b"Mark" not in bytes(transfer.sheet)

    approve(office, transfer, "assessments")

    transfer.refresh_from_db()
    assert (transfer.sheet, transfer.staged) == (b"", b"")
    assert office.get(address(transfer, "corrections")).status_code == 404
    assert office.get(address(transfer, "columns")).status_code == 404


def test_columns_that_are_not_read_are_named_and_not_stored(
    town: Town, office: Client
) -> None:
    sheet = workbook(
        ("UPN", "Phonics mark", "Mother's phone"), (ADA.upn, 34, "07700 900456")
    )

    said = send(office, town, sheet)

    assert "Mother&#x27;s phone not read, never stored" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Dear all, please find the marks attached\n", "no rows under"),
        (workbook(("UPN", "Mark"))[:-40], "damaged"),
    ],
)
def test_what_is_no_sheet_is_refused(
    content: bytes, words: str, town: Town, office: Client
) -> None:
    said = send(office, town, content)

    assert "There is a problem" in said
    assert words in said


def test_a_sheet_brought_in_meanwhile_is_not_read_again(
    town: Town, office: Client
) -> None:
    send(office, town, workbook(("UPN", "Phonics mark"), (ADA.upn, 34)))
    transfer = last()
    approve(office, transfer, "assessments")

    with pytest.raises(Refused, match="brought in meanwhile"):
        arriving.mean(
            transfer=transfer, meanings={}, year=AcademicYear(2026), by=town.olive
        )

    transfer.refresh_from_db()
    assert transfer.applied_by == town.olive
