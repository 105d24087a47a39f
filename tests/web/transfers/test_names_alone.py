"""A sheet with names and no UPN: matched where one pupil is meant, looked at, taken."""

from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.transfers.conftest import BringIn, Stage
from tests.web.transfers.mis import Child, ctf, upn
from tests.web.transfers.test_command import run
from tests.web.transfers.test_pages import address, approve, plain
from tests.web.transfers.test_sheets import last, send

from hornbook.web.pupils.models import Enrolment, Pupil, SchoolClass
from hornbook.web.results.models import Result
from hornbook.web.transfers import actions, background, queries
from hornbook.web.transfers.answers import Answers
from hornbook.web.transfers.models import Transfer

ISLA = Child(upn(11), surname="Hall", forename="Isla")
ZOE = Child(upn(12), surname="O'Neill", forename="Zoë", dob="2019-12-24")
ELDER = Child(upn(13), surname="Hall", forename="Isla", dob="2015-01-09", nc_year="6")
TWIN = Child(upn(14), surname="Hall", forename="Isla", dob="2020-02-11")
MARKS = b'Name,Phonics mark\nIsla Hall,34\n"ONEILL, ZOE",31\n'


@pytest.fixture(autouse=True)
def in_june(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to("2026-06-24T10:00:00Z")


@pytest.fixture
def office(town: Town, signed_in: SignedIn, bring_in: BringIn) -> Client:
    """Olive's browser; Isla and Zoë of Year 1, and another Isla of Year 6."""
    Enrolment.objects.filter(pupil__school=town.elm).delete()
    Pupil.objects.filter(school=town.elm).delete()
    bring_in(ctf(ISLA, ZOE, ELDER))
    return signed_in(town.olive)


def recorded() -> dict[str, str]:
    return dict(Result.objects.values_list("pupil__upn", "value"))


def test_names_that_are_one_pupils_each_are_brought_in_once_looked_at(
    town: Town, office: Client
) -> None:
    wrens = SchoolClass.objects.create(
        school=town.elm, academic_year=2026, name="Lapwings"
    )
    Enrolment.objects.filter(pupil__upn=ISLA.upn).update(school_class=wrens)

    said = send(office, town, MARKS, "marks.csv")

    assert "2 pupils of the file are known by name alone. Look at whom" in said
    assert f"Isla Hall, Lapwings, born 6 November 2019, {ISLA.upn}" in said
    assert f"and not Isla Hall, Year 6, born 9 January 2015, {ELDER.upn}" in said
    assert "not known here" not in said

    refused = plain(approve(office, last(), "assessments"))
    assert "Look at whom each name means, then tick" in refused
    assert recorded() == {}

    approve(office, last(), "assessments", looked="on")
    assert recorded() == {ISLA.upn: "34", ZOE.upn: "31"}
    assert Pupil.objects.get(upn=ZOE.upn).forename == "Zoë"


def test_whoever_is_somebody_else_is_ticked_and_left_out(
    town: Town, office: Client
) -> None:
    send(office, town, MARKS, "marks.csv")
    code = queries.preview(last()).by_name[0].match.offer.code

    said = plain(approve(office, last(), "assessments", not_them=code, looked="on"))
    assert "Nothing is written yet" in said
    assert "left out, as you chose" in said

    approve(office, last(), "assessments", looked="on")
    assert len(recorded()) == 1


def test_two_of_one_name_are_told_apart_by_the_person(
    town: Town, office: Client, bring_in: BringIn
) -> None:
    bring_in(ctf(TWIN, qualifier="partial"))

    said = send(office, town, MARKS, "marks.csv")
    assert "2 pupils here have this name. Write the UPN or the date of birth" in said
    assert (
        f"The same pupil as Isla Hall, Year 1, born 11 February 2020, {TWIN.upn}"
        in said
    )

    twin = str(Pupil.objects.get(upn=TWIN.upn).pk)
    data = {"update": "assessments", "unsure-0": twin}
    office.post(address(last()), data)
    approve(office, last(), "assessments", looked="on")
    assert recorded() == {TWIN.upn: "34", ZOE.upn: "31"}


def test_a_name_of_nobody_is_told_with_how_to_mend_it(
    town: Town, office: Client
) -> None:
    said = send(office, town, b"Name,Phonics mark\nOllie Hall,34\n", "marks.csv")

    assert "No pupil here has this name. Write the UPN or the date of birth" in said
    assert (
        f"The same pupil as Isla Hall, Year 1, born 6 November 2019, {ISLA.upn}" in said
    )
    assert "A new pupil" not in said


def test_a_class_in_the_sheet_is_kept_until_the_plan_is_made(
    town: Town, stage: Stage, office: Client, bring_in: BringIn
) -> None:
    bring_in(ctf(TWIN, qualifier="partial"))
    for child, name in ((ISLA, "Lapwings"), (TWIN, "Swifts")):
        made = SchoolClass.objects.create(
            school=town.elm, academic_year=2026, name=name
        )
        Enrolment.objects.filter(pupil__upn=child.upn).update(school_class=made)

    staged = stage(b"Name,Class,Phonics mark\nIsla Hall,swifts,34\n", "marks.csv")

    (one,) = queries.preview(staged).by_name
    assert one.match.held.upn == TWIN.upn


def test_nothing_is_written_anywhere_before_somebody_has_looked(
    town: Town, stage: Stage, office: Client
) -> None:
    made = stage(MARKS, "marks.csv")
    approved = queries.preview(made).digest

    with pytest.raises(actions.NotLookedAt):
        actions.apply(transfer=made, approved=approved, by=town.olive)
    job = background.apply_later(
        transfer=made, approved=approved, answers=Answers(looked=True), by=town.olive
    )

    assert Answers.of_json(Transfer.objects.get(pk=made.pk).choices).looked
    assert job.detail["answers"] == Answers(looked=True).digest
    assert recorded() == {}


def test_the_plan_to_take_away_says_who_is_known_by_name_alone(
    town: Town, office: Client
) -> None:
    send(office, town, MARKS, "marks.csv")
    where = reverse("transfers:plan_csv", args=[town.elm.laestab, last().pk])

    lines = office.get(where).content.decode()

    assert "known by name alone" in lines
    assert "The sheet says Isla Hall and no more." in lines


def test_the_command_wants_them_looked_at_too(
    town: Town, office: Client, tmp_path: Path
) -> None:
    sheet = tmp_path / "marks.csv"
    sheet.write_bytes(MARKS)

    said = run(sheet).output
    assert "By name alone: Isla Hall. Here: Isla Hall, Year 1" in said
    refused = run(sheet, "--apply")
    assert refused.exit_code
    assert "Add --looked" in refused.output
    assert recorded() == {}

    assert run(sheet, "--apply", "--looked").exit_code == 0
    assert recorded() == {ISLA.upn: "34", ZOE.upn: "31"}
