"""Pupils listed, looked at, added, changed and marked as leaving."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import YEAR, Town, pupil
from tests.web.transfers.mis import upn
from tests.web.transfers.test_pages import plain

from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Enrolment, FormerUPN, Pupil, SchoolClass
from hornbook.web.results.models import Result, Source


@pytest.fixture
def office(town: Town, signed_in: SignedIn) -> Client:
    return signed_in(town.olive)


def address(town: Town, name: str, *parts: object) -> str:
    return reverse(f"pupils:{name}", args=[town.elm.laestab, *parts])


def names(client: Client, where: str) -> list[str]:
    """The pupils that a list shows."""
    page = client.get(where).content.decode()
    return re.findall(r'href="/schools/\d+/pupils/\d+/[^"]*">([^<]+)</a>', page)


def details(**changed: str) -> dict[str, str]:
    """A pupil as somebody types one in."""
    return {
        "upn": upn(50),
        "surname": "Lovell",
        "forename": "Ada",
        "dob": "19/04/2021",
        "sex": "F",
        "nc_year": "1",
    } | changed


# --- the list


def test_the_list_shows_who_is_on_roll_this_year(town: Town, office: Client) -> None:
    assert names(office, address(town, "list")) == ["Robin, Ada", "Wren, Ada"]


def test_leavers_are_shown_when_they_are_asked_for(town: Town, office: Client) -> None:
    town.wren.enrolments.update(left_on=date(2026, 10, 1))
    where = address(town, "list")

    assert names(office, where) == ["Robin, Ada"]
    assert names(office, f"{where}?leavers=only") == ["Wren, Ada"]
    assert names(office, f"{where}?leavers=all") == ["Robin, Ada", "Wren, Ada"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("find=wren", ["Wren, Ada"]),
        ("find=ada+rob", ["Robin, Ada"]),
        ("find=926215521001", ["Wren, Ada"]),
        ("find=nobody", []),
        ("group=1", ["Robin, Ada", "Wren, Ada"]),
        ("group=2", []),
        ("class=none", ["Robin, Ada", "Wren, Ada"]),
        ("year=2026", []),
        ("year=x", ["Robin, Ada", "Wren, Ada"]),
    ],
)
def test_the_list_is_narrowed(
    town: Town, office: Client, asked: str, found: list[str]
) -> None:
    assert names(office, f"{address(town, 'list')}?{asked}") == found


def test_the_list_of_a_class(town: Town, office: Client) -> None:
    where = f"{address(town, 'list')}?class={town.wrens.pk}"

    assert names(office, where) == ["Wren, Ada"]


def test_a_pupil_is_found_by_the_upn_of_before(town: Town, office: Client) -> None:
    FormerUPN.objects.create(pupil=town.wren, upn=upn(1, "F"))

    assert names(office, f"{address(town, 'list')}?find={upn(1, 'F')}") == ["Wren, Ada"]


def test_a_long_list_has_pages(town: Town, office: Client) -> None:
    for number in range(100, 170):
        pupil(town.elm, f"Many{number}", number)
    where = address(town, "list")

    assert len(names(office, where)) == 60
    assert len(names(office, f"{where}?page=2")) == 12


def test_a_list_takes_the_same_queries_whatever_its_length(
    town: Town, office: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(100, 150):
        pupil(town.elm, f"Many{number}", number, town.wrens)

    with django_assert_max_num_queries(14):  # type: ignore[operator]
        office.get(address(town, "list"))


def test_what_is_not_found_and_what_is_not_there_yet_are_told_apart(
    town: Town, office: Client
) -> None:
    where = address(town, "list")

    assert "No pupil is like that" in plain(office.get(f"{where}?find=zzz"))
    assert "Bring in a CTF from your MIS" in plain(office.get(f"{where}?year=2031"))


def test_a_teacher_sees_the_pupils_of_their_classes(
    town: Town, signed_in: SignedIn
) -> None:
    assert names(signed_in(town.bob), address(town, "list")) == ["Wren, Ada"]


# --- one pupil


def record(pupil: Pupil, value: str, **more: object) -> Result:
    return Result.objects.create(
        pupil=pupil,
        item="phonics.mark",
        year=2026,
        value=value,
        by_name="Bob Example",
        source=Source.GRID,
        **more,
    )


def test_the_whole_record_is_shown(town: Town, office: Client) -> None:
    Pupil.objects.filter(pk=town.wren.pk).update(
        preferred_forename="Dot",
        ethnicity="WBRI",
        sen_provision="K",
        fsm="Y",
        former_surname="Jenny",
    )
    FormerUPN.objects.create(pupil=town.wren, upn=upn(1, "F"))
    record(town.wren, "33")

    said = plain(office.get(address(town, "detail", town.wren.pk)))

    assert f"UPN {town.wren.upn} formerly {upn(1, 'F')}" in said
    assert "Known as Dot Wren" in said
    assert "Former surname Jenny" in said
    assert "Date of birth 15 January 2021 Sex Female" in said
    assert "(WBRI)" in said
    assert "Free school meals now Yes" in said
    assert "2026/27 Year 1 Wrens" in said
    assert "Phonics screening check, 2025/26" in said
    assert "Phonics mark 33" in said


def test_history_is_for_those_who_may_see_it(town: Town, signed_in: SignedIn) -> None:
    first = record(town.wren, "31", current=False)
    record(town.wren, "33", replaces=first)
    where = address(town, "detail", town.wren.pk)

    assert "before: 31, Bob Example" in plain(signed_in(town.henry).get(where))
    assert "Bob Example" not in plain(signed_in(town.olive).get(where))


def test_a_cleared_result_and_an_unknown_item_are_shown(
    town: Town, signed_in: SignedIn
) -> None:
    first = record(town.wren, "31", current=False)
    record(town.wren, "", replaces=first)
    Result.objects.create(
        pupil=town.wren,
        item="gone.item",
        year=2019,
        value="x",
        by_name="B",
        source="grid",
    )

    said = plain(signed_in(town.henry).get(address(town, "detail", town.wren.pk)))

    assert "Phonics mark cleared" in said
    assert "gone.item, 2018/19" in said


def test_a_pupil_without_anything_has_a_record_too(town: Town, office: Client) -> None:
    town.wren.enrolments.all().delete()

    said = plain(office.get(address(town, "detail", town.wren.pk)))

    assert "Not enrolled in any year." in said
    assert "No results are recorded yet." in said


@pytest.mark.parametrize("asked", ["zoe", "Zoë", "oneill", "O'Neill", "marie anne"])
def test_a_name_is_found_without_accents_and_apostrophes(
    town: Town, office: Client, asked: str
) -> None:
    Pupil.objects.filter(pk=town.wren.pk).update(
        surname="O\u2019Neill", forename="Zoë Marie-Anne"
    )

    found = names(office, f"{address(town, 'list')}?find={asked}")

    assert found == ["O\u2019Neill, Zoë Marie-Anne"]


def test_a_list_of_leavers_says_when_each_left(town: Town, office: Client) -> None:
    Enrolment.objects.filter(pupil=town.wren).update(left_on=date(YEAR, 5, 22))

    said = plain(office.get(f"{address(town, 'list')}?leavers=only"))

    assert f"Wren, Ada Left 22 May {YEAR}" in said


def test_a_year_that_nobody_has_moved_into_leads_to_moving_up(
    town: Town, office: Client
) -> None:
    page = office.get(f"{address(town, 'list')}?year={YEAR + 1}")

    assert f"Nobody is enrolled in {YEAR}/{YEAR % 100 + 1}" in plain(page)
    assert f'href="{address(town, "move_up")}"' in page.content.decode()


# --- added and changed by hand


def test_a_pupil_is_added_and_enrolled(town: Town, office: Client) -> None:
    response = office.post(address(town, "add"), details(), follow=True)

    ada = Pupil.objects.get(upn=upn(50))
    assert (ada.school, ada.surname, ada.dob) == (town.elm, "Lovell", date(2021, 4, 19))
    assert ada.enrolments.get().academic_year == YEAR
    assert "Ada Lovell is on roll." in plain(response)
    assert Event.objects.get(action="pupil added").subject == upn(50)


def test_nobody_is_in_a_year_group_that_was_not_chosen(
    town: Town, office: Client
) -> None:
    page = office.get(address(town, "add"))

    assert page.context["group"]["nc_year"].value() is None
    assert '<option value="" selected>Choose</option>' in page.content.decode()


def test_a_pupil_is_added_to_a_class_of_the_year(town: Town, office: Client) -> None:
    other = SchoolClass.objects.create(
        school=town.oak, academic_year=YEAR, name="Acorns"
    )
    said = plain(office.post(address(town, "add"), details(school_class=str(other.pk))))
    assert "Select a valid choice" in said
    assert not Pupil.objects.filter(surname="Lovell").exists()

    chosen = details(school_class=str(town.robins.pk))
    response = office.post(address(town, "add"), chosen, follow=True)

    ada = Pupil.objects.get(upn=upn(50))
    assert ada.enrolments.get().school_class == town.robins
    link = reverse("pupils:class", args=[town.elm.laestab, town.robins.pk])
    assert f'href="{link}">Robins</a>' in response.content.decode()


def test_a_pupil_in_no_class_leads_to_the_classes(town: Town, office: Client) -> None:
    office.post(address(town, "add"), details())
    ada = Pupil.objects.get(upn=upn(50))

    office_sees = office.get(address(town, "detail", ada.pk)).content.decode()

    link = reverse("pupils:classes", args=[town.elm.laestab])
    assert f'href="{link}?year={YEAR}">No class yet</a>' in office_sees


def test_a_year_group_that_is_unusual_for_the_age_is_told(
    town: Town, office: Client
) -> None:
    said = plain(office.post(address(town, "add"), details(nc_year="4"), follow=True))

    assert "not the usual one for the date of birth" in said


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"upn": ""}, "Enter the UPN."),
        ({"upn": "12"}, "A UPN is a letter, then 12 digits"),
        ({"surname": ""}, "Enter the surname."),
        ({"forename": " "}, "Enter the forename."),
        ({"dob": ""}, "Enter the date of birth."),
        (
            {"dob": "31/02/2020"},
            "The date of birth must be a real date, such as 19/04/2020.",
        ),
        ({"dob": "19/04/2099"}, "The date of birth must be in the past."),
        ({"sex": ""}, "Choose the sex."),
        ({"nc_year": ""}, "Choose the year group."),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_added(
    town: Town, office: Client, changed: dict[str, str], words: str
) -> None:
    said = plain(office.post(address(town, "add"), details(**changed)))

    assert words in said
    assert not Pupil.objects.filter(surname="Lovell").exists()


def test_the_sum_behind_a_wrong_check_letter_is_shown(
    town: Town, office: Client
) -> None:
    good = upn(50)
    wrong = ("A" if good[0] != "A" else "B") + good[1:]

    said = plain(office.post(address(town, "add"), details(upn=wrong)))

    assert f"The check letter does not match the digits. Likely meant: {good}" in said
    assert "The sum: 9 x 2 + 2 x 3 + 6 x 4" in said
    assert f"which stands for {good[0]}." in said


def test_a_upn_of_another_pupil_is_refused_by_name_and_class(
    town: Town, office: Client
) -> None:
    said = plain(office.post(address(town, "add"), details(upn=town.wren.upn)))

    assert "This UPN belongs to another pupil, Ada Wren in Wrens." in said


def test_a_upn_at_another_school_is_no_matter(town: Town, office: Client) -> None:
    office.post(address(town, "add"), details(upn=town.acorn.upn))

    assert Pupil.objects.filter(upn=town.acorn.upn).count() == 2


def test_details_are_changed_and_the_old_upn_is_kept(
    town: Town, office: Client
) -> None:
    was = town.wren.upn

    office.post(address(town, "edit", town.wren.pk), details(ethnicity="WBRI"))

    town.wren.refresh_from_db()
    assert (town.wren.upn, town.wren.surname) == (upn(50), "Lovell")
    assert town.wren.former_upns.get().upn == was
    assert Event.objects.get(action="pupil changed").detail["surname"] == [
        "Wren",
        "Lovell",
    ]


def test_saving_without_a_change_writes_nothing(town: Town, office: Client) -> None:
    same = details(upn=town.wren.upn, surname="Wren", forename="Ada", dob="15/01/2021")

    office.post(address(town, "edit", town.wren.pk), same)

    assert not Event.objects.filter(action="pupil changed").exists()


def test_a_code_that_no_list_has_can_stay(town: Town, office: Client) -> None:
    Pupil.objects.filter(pk=town.wren.pk).update(ethnicity="ZZZZ")

    office.post(address(town, "edit", town.wren.pk), details(ethnicity="ZZZZ"))

    town.wren.refresh_from_db()
    assert (town.wren.surname, town.wren.ethnicity) == ("Lovell", "ZZZZ")


def test_what_was_typed_stays_on_the_page_with_the_fault(
    town: Town, office: Client
) -> None:
    page = office.post(
        address(town, "edit", town.wren.pk), details(forename="", surname="Typed")
    ).content.decode()

    assert 'value="Typed"' in page
    assert "Change the details of Ada Wren" in page


# --- leaving


def test_a_pupil_is_marked_as_leaving_and_on_roll_again(
    town: Town, office: Client
) -> None:
    where = address(town, "leaving", town.wren.pk)

    said = plain(office.post(where, {"left_on": "13/11/2026"}, follow=True))
    assert "Ada Wren is marked as leaving." in said
    assert town.wren.enrolments.get().left_on == date(2026, 11, 13)

    said = plain(office.post(where, {"back": "1"}, follow=True))
    assert "Ada Wren is on roll." in said
    assert town.wren.enrolments.get().left_on is None
    assert Event.objects.filter(action__startswith="pupil ").count() == 2


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Enter the last day on roll."),
        ("soon", "The last day on roll must be a real date, such as 22/05/2026."),
        ("13/11/2062", "must be in 2026/27, from 1 September 2026 to 31 August 2027."),
    ],
)
def test_a_day_that_cannot_be_is_told(
    town: Town, office: Client, day: str, words: str
) -> None:
    said = plain(office.post(address(town, "leaving", town.wren.pk), {"left_on": day}))

    assert words in said
    assert town.wren.enrolments.get().left_on is None


def test_who_was_never_enrolled_cannot_leave(town: Town, office: Client) -> None:
    Enrolment.objects.filter(pupil=town.wren).delete()

    response = office.post(
        address(town, "leaving", town.wren.pk), {"left_on": "13/11/2026"}
    )

    assert response.status_code == 404
