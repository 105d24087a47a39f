"""Many pupils put into classes at once, by a list that is pasted or a spreadsheet."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.web.conftest import SignedIn
from tests.web.people import YEAR, Town, pupil, school_class
from tests.web.transfers.test_pages import plain

from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import ClassMove, Pupil, SchoolClass


@pytest.fixture
def office(town: Town, signed_in: SignedIn) -> Client:
    return signed_in(town.olive)


def where(town: Town) -> str:
    return f"{reverse('pupils:place', args=[town.elm.laestab])}?year={YEAR}"


def look(client: Client, town: Town, text: str) -> str:
    return plain(client.post(where(town), {"text": text, "on": "05/01/2027"}))


def approve(client: Client, town: Town, text: str) -> str:
    sent = {"text": text, "on": "05/01/2027"}
    found = client.post(where(town), sent).context["found"]
    approved = sent | {"text": found.text, "approved": found.digest}
    return plain(client.post(where(town), approved, follow=True))


def class_of(child: Pupil) -> str:
    held = child.enrolments.get().school_class
    return held.name if held else ""


@pytest.mark.parametrize(
    "line",
    [
        "{upn}\tRobins",
        "{upn},Robins",
        "Ada Wren\trobins",
        "Wren, Ada, Robins",
        "Wren\tAda\t{upn}\tRobins",
        "{upn};Ada Wren;Robins",
        "UPN\tClass\n{upn}\tRobins",
        "Pupil\tClass\nAda Wren\tRobins",
        "Name,Reg group\nAda Wren,Robins",
        "Surname,Forename,UPN,Class\nWren,Ada,{upn},Robins",
    ],
)
def test_a_line_names_a_pupil_and_a_class_in_any_usual_way(
    town: Town, office: Client, line: str
) -> None:
    said = approve(office, town, line.format(upn=town.wren.upn))

    assert "1 pupil changed class." in said
    assert class_of(town.wren) == "Robins"


def test_what_the_list_would_do_is_shown_before_it_is_done(
    town: Town, office: Client
) -> None:
    text = f"{town.wren.upn}\tOwls\n{town.robin.upn}\tRobins\nNobody Known\tOwls"

    said = look(office, town, text)

    assert "1 changes class 1 is there already 1 new class" in said
    assert "Nobody on roll is meant by these lines." in said
    assert "Nobody Known, Owls" in said
    assert "Wrens Owls New" in said
    assert class_of(town.wren) == "Wrens"
    assert not SchoolClass.objects.filter(name="Owls").exists()


def test_a_class_that_is_not_there_is_made_and_the_day_of_the_move_is_kept(
    town: Town, office: Client
) -> None:
    approve(office, town, f"{town.wren.upn}\tOwls\nNobody Known\tOwls")

    assert class_of(town.wren) == "Owls"
    move = ClassMove.objects.get()
    assert (move.before, move.after, move.on, move.by_name) == (
        "Wrens",
        "Owls",
        date(2027, 1, 5),
        "Olive Example",
    )
    event = Event.objects.get(action="pupils put into classes")
    assert event.detail[town.wren.upn] == ["Wrens", "Owls"]
    page = office.get(reverse("pupils:detail", args=[town.elm.laestab, town.wren.pk]))
    assert "5 Jan 2027: Wrens to Owls" in plain(page)


def test_a_spreadsheet_does_the_same(town: Town, office: Client) -> None:
    content = f"UPN,Surname,Class\n{town.wren.upn},Wren,Robins\n".encode()
    file = SimpleUploadedFile("classes.csv", content)

    said = plain(office.post(where(town), {"file": file, "on": "05/01/2027"}))

    assert "Wrens Robins" in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Choose a file, or paste the list."),
        ("Ada Wren", "These lines name no class: Ada Wren. Write"),
        (
            "Name,Class\nAda Wren,\nAda Robin,Wrens\nNobody",
            "These lines name no class: Ada Wren,; Nobody. Write",
        ),
        ("Class,Sex\nRobins,F", "The sheet has no heading for UPN"),
        ("A" * 1_000_000, "Line 1 is 1,000,000 characters long."),
        ("Ada Wren,Robins\n" * 100_000, "The list has 100,000 lines."),
        ('"Ada Wren,Robins', "name no class"),
        ('UPN,Class\n"A,Robins', "name no class"),
        ("\x00", "Choose a file, or paste the list."),
    ],
)
def test_a_list_that_cannot_be_followed_says_why(
    town: Town, office: Client, text: str, words: str
) -> None:
    assert words in look(office, town, text)


def test_two_pupils_of_one_name_are_asked_after(town: Town, office: Client) -> None:
    pupil(town.elm, "Wren", 9)

    said = look(office, town, "Ada Wren, Robins")

    assert "More than one pupil is meant." in said
    assert "Ada Wren, Robins (Wrens, born" in said
    assert town.wren.upn in said


def test_a_pupil_of_another_school_is_nobody(town: Town, office: Client) -> None:
    said = look(office, town, f"{town.acorn.upn}\tRobins")

    assert "Nobody on roll is meant by" in said


def test_a_pupil_twice_in_the_list_gets_the_first_class(
    town: Town, office: Client
) -> None:
    said = look(office, town, f"{town.wren.upn}\tRobins\nAda Wren\tOwls")

    assert "The pupil is in the list already with another class" in said
    assert "0 new classes" in said


def test_what_changed_meanwhile_is_looked_at_again(town: Town, office: Client) -> None:
    sent = {"text": f"{town.wren.upn}\tRobins", "on": "05/01/2027"}
    found = office.post(where(town), sent).context["found"]
    town.wren.enrolments.update(school_class=None)

    said = plain(office.post(where(town), sent | {"approved": found.digest}))

    assert "The classes have changed since you looked." in said
    assert class_of(town.wren) == ""


def test_a_move_by_ticking_is_kept_with_its_day_too(town: Town, office: Client) -> None:
    robins = reverse("pupils:class", args=[town.elm.laestab, town.robins.pk])
    inside = [town.robin.enrolments.get().pk]
    chosen = [town.wren.enrolments.get().pk]
    office.post(robins, {"inside": inside, "pupils": chosen})

    moves = ClassMove.objects.order_by("before").values_list("before", "after")
    assert [*moves] == [("Robins", ""), ("Wrens", "Robins")]


def test_the_whole_school_is_seen_by_class_and_year_group(
    town: Town, office: Client
) -> None:
    pupil(town.elm, "Two", 9, town.wrens).enrolments.update(nc_year="2")
    pupil(town.elm, "None", 10)

    said = plain(office.get(reverse("pupils:classes", args=[town.elm.laestab])))

    assert "Wrens 1 in Year 1, 1 in Year 2 2 Bob Example" in said
    assert "1 pupil on roll is in no class: 1 in Year 1." in said


@pytest.mark.parametrize("pupils", [2, 30])
def test_a_list_takes_the_same_queries_whatever_its_length(
    town: Town,
    office: Client,
    pupils: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    held = school_class(town.elm, "Owls")
    text = "\n".join(
        f"{pupil(town.elm, f'Pupil{n}', 10 + n, held).upn}\tWrens"
        for n in range(pupils)
    )
    sent = {"text": text, "on": "05/01/2027"}
    digest = office.post(where(town), sent).context["found"].digest

    with django_assert_num_queries(17):
        office.post(where(town), sent | {"approved": digest})


def test_a_column_that_cannot_be_read_does_not_stand_in_the_way(
    town: Town, office: Client
) -> None:
    said = approve(office, town, f"UPN\tSex\tClass\n{town.wren.upn}\t?\tRobins")

    assert "1 pupil changed class." in said


def test_the_first_of_many_unknown_lines_are_shown(town: Town, office: Client) -> None:
    said = look(office, town, "\n".join(f"Nobody {one},Owls" for one in range(70)))

    assert "Nobody 49, Owls and 20 more" in said


@pytest.mark.parametrize("day", ["5/1/2027", "5 January 2027", "2027-01-05", "5.1.27"])
def test_a_day_is_read_however_it_is_typed(
    town: Town, office: Client, day: str
) -> None:
    sent = {"text": f"{town.wren.upn},Owls", "on": day}

    assert "from 5 January 2027" in plain(office.post(where(town), sent))


@pytest.mark.parametrize("day", ["soon", "31/02/2027", "20270105", "1/13/2027"])
def test_a_day_that_is_none_is_refused_in_words(
    town: Town, office: Client, day: str
) -> None:
    sent = {"text": f"{town.wren.upn},Owls", "on": day}

    said = plain(office.post(where(town), sent))

    assert "The first day in the class must be a real date, such as 05/01/2027" in said
