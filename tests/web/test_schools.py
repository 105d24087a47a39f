"""A school's home, the list of schools, adding one, and its settings."""

from typing import Any, Final

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.web.conftest import SignedIn
from tests.web.people import YEAR, Town, pupil

from hornbook.web.accounts.models import User
from hornbook.web.audit.models import Event
from hornbook.web.results.models import Result, Source
from hornbook.web.returns.standing import Stage
from hornbook.web.schools.models import Membership, Role, School
from hornbook.web.schools.queries import answers_for

NEW_SCHOOL: Final = {
    "name": "Beech Hill School",
    "la": "926",
    "estab": "3002",
    "urn": "123457",
    "admin_name": "Anna Example",
    "admin_email": "anna@example.invalid",
}


def home_of(client: Client, school: School, year: int = YEAR) -> Any:
    """The page's rows, by the code of the collection."""
    response = client.get(
        reverse("schools:home", args=[school.laestab]), {"year": year}
    )
    assert response.status_code == 200
    return {duty.collection.code: duty for duty in response.context["duties"]}


def test_home_shows_how_far_each_assessment_is(town: Town, signed_in: SignedIn) -> None:
    Result.objects.create(
        pupil=town.wren,
        item="phonics.mark",
        year=YEAR,
        value="34",
        by_name="Bob",
        source=Source.GRID,
    )

    duties = home_of(signed_in(town.alice), town.elm)

    assert duties["phonics"].progress.complete == 1
    assert duties["phonics"].progress.pupils == 2
    assert duties["phonics"].stage is Stage.ENTERING
    assert duties["eyfsp"].stage is Stage.NO_PUPILS


def test_a_teachers_home_counts_their_own_classes(
    town: Town, signed_in: SignedIn
) -> None:
    duties = home_of(signed_in(town.bob), town.elm)

    assert duties["phonics"].progress.pupils == 1
    assert duties["phonics"].stage is Stage.NOT_STARTED


def test_a_teacher_without_a_class_is_told_whom_to_ask(
    town: Town, signed_in: SignedIn
) -> None:
    town.wrens.teachers.clear()

    page = signed_in(town.bob).get(reverse("schools:home", args=[town.elm.laestab]))

    assert "No class of this year is yours yet." in page.content.decode()


def test_a_governors_home_counts_the_school_and_names_nobody(
    town: Town, signed_in: SignedIn
) -> None:
    client = signed_in(town.gwen)

    page = client.get(reverse("schools:home", args=[town.elm.laestab]))

    assert home_of(client, town.elm)["phonics"].progress.pupils == 2
    assert "Wren" not in page.content.decode()
    assert "/grid/" not in page.content.decode()


def test_a_date_that_is_not_confirmed_is_marked_as_expected(
    town: Town, signed_in: SignedIn
) -> None:
    page = signed_in(town.alice).get(
        reverse("schools:home", args=[town.elm.laestab]), {"year": 2027}
    )

    assert "30 June 2027</span>" in page.content.decode()
    assert "Expected" in page.content.decode()


def test_a_year_that_the_rulebook_lacks_opens_this_year(
    town: Town, signed_in: SignedIn
) -> None:
    client = signed_in(town.alice)

    page = client.get(reverse("schools:home", args=[town.elm.laestab]), {"year": "x"})

    assert f"Assessments of {page.context['year']}" in page.content.decode()


def test_a_school_without_pupils_is_shown_how_to_begin(
    town: Town, signed_in: SignedIn
) -> None:
    page = signed_in(town.charlie).get(
        reverse("schools:home", args=[town.oak.laestab]), {"year": 2022}
    )

    assert "Bring pupils in" in page.content.decode()


def test_home_asks_the_database_no_more_for_a_larger_school(
    town: Town,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(10, 40):
        pupil(town.elm, f"Pupil{number}", number, town.robins)
    client = signed_in(town.alice)

    with django_assert_max_num_queries(13):
        home_of(client, town.elm)


def test_somebody_of_several_schools_chooses(town: Town, signed_in: SignedIn) -> None:
    Membership.objects.create(user=town.alice, role=Role.HEAD, school=town.oak)

    page = signed_in(town.alice).get("/", follow=True)

    assert page.redirect_chain[-1][0] == "/schools/"
    assert "Oak Lane School" in page.content.decode()


def test_the_trust_sees_its_schools_only(town: Town, signed_in: SignedIn) -> None:
    page = signed_in(town.tess).get(reverse("schools:list")).content.decode()

    assert "Elm Road Primary School" in page
    assert "Oak Lane School" not in page


def test_the_installations_administrator_sees_names_and_no_way_in(
    town: Town, signed_in: SignedIn
) -> None:
    page = signed_in(town.ivy).get(reverse("schools:list")).content.decode()

    assert "Oak Lane School" in page
    assert "you have no role here" in page
    assert "/schools/9093001/" not in page


def test_who_has_no_role_is_told_what_to_do(db: None, signed_in: SignedIn) -> None:
    person = User.objects.create_user("new@example.invalid", "New Person")

    page = signed_in(person).get(reverse("schools:list")).content.decode()

    assert "Ask an administrator of your school for a role." in page


def test_adding_a_school_gives_a_link_for_its_administrator(
    town: Town, signed_in: SignedIn
) -> None:
    page = signed_in(town.ivy).post(reverse("schools:add"), NEW_SCHOOL)

    school = School.objects.get(estab="3002")
    assert (school.name, school.urn, school.trust) == (
        "Beech Hill School",
        "123457",
        None,
    )
    administrator = Membership.objects.get(school=school)
    assert administrator.role == Role.ADMINISTRATOR
    assert "Hand this link to Anna Example" in page.content.decode()
    assert not administrator.user.is_staff


def test_a_trusts_administrator_adds_a_school_to_the_trust(
    town: Town, signed_in: SignedIn
) -> None:
    Membership.objects.create(
        user=town.tess, role=Role.ADMINISTRATOR, trust=town.elm.trust
    )
    group = f"trust-{town.elm.trust_id}"

    signed_in(town.tess).post(reverse("schools:add"), NEW_SCHOOL | {"group": group})

    assert School.objects.get(estab="3002").trust == town.elm.trust


def test_an_authoritys_administrator_cannot_add_to_a_trust(
    town: Town, signed_in: SignedIn
) -> None:
    Membership.objects.create(
        user=town.liam, role=Role.ADMINISTRATOR, authority=town.elm.authority
    )
    client = signed_in(town.liam)

    client.post(reverse("schools:add"), NEW_SCHOOL | {"group": "trust-1"})
    assert not School.objects.filter(estab="3002").exists()

    group = f"authority-{town.elm.authority_id}"
    client.post(reverse("schools:add"), NEW_SCHOOL | {"group": group})
    assert School.objects.get(estab="3002").authority == town.elm.authority


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Enter the name of the school."),
        ("la", "", "Enter the LA number."),
        ("la", "000", "No local authority has the number 000."),
        ("estab", "12", "The establishment number must be 4 digits."),
        ("estab", "2155", "Elm Road Primary School has the number 9262155 already."),
        ("urn", "12", "A URN is 6 digits"),
        ("admin_name", "", "Enter the administrator&#x27;s name."),
        ("admin_email", "", "Enter an e-mail address."),
        ("admin_email", "anna", "An e-mail address looks like"),
    ],
)
def test_what_is_wrong_with_a_new_school_is_said(
    town: Town, signed_in: SignedIn, field: str, typed: str, said: str
) -> None:
    page = signed_in(town.ivy).post(reverse("schools:add"), NEW_SCHOOL | {field: typed})

    assert said in page.content.decode()
    assert "<title>Error: Add a school" in page.content.decode()
    assert School.objects.count() == 2


@pytest.fixture
def demo(town: Town) -> Town:
    """Only a demonstration, with Ada as its administrator."""
    Membership.objects.filter(school=town.oak).delete()
    town.acorn.delete()
    town.oak.delete()
    School.objects.update(demo=True)
    return town


def test_from_the_demonstration_to_a_real_school(
    demo: Town, signed_in: SignedIn
) -> None:
    client = signed_in(demo.ada)
    home = client.get(reverse("schools:home", args=[demo.elm.laestab]))

    done = client.post(reverse("schools:set_up"), NEW_SCHOOL)

    assert reverse("schools:set_up") in home.content.decode()
    assert "/join/" in done.content.decode()
    anna = User.objects.get(email="anna@example.invalid")
    assert anna.is_staff
    assert str(anna.memberships.get().school) == "Beech Hill School"
    assert not School.objects.get(estab="3002").demo


def test_once_there_is_a_real_school_the_demonstration_sets_up_no_more(
    demo: Town, signed_in: SignedIn
) -> None:
    client = signed_in(demo.ada)
    client.post(reverse("schools:set_up"), NEW_SCHOOL)

    assert client.get(reverse("schools:set_up")).status_code == 403
    assert client.get(reverse("schools:add")).status_code == 403


def test_only_the_demonstrations_administrator_sets_up(
    demo: Town, signed_in: SignedIn
) -> None:
    assert signed_in(demo.alice).get(reverse("schools:set_up")).status_code == 403
    assert signed_in(demo.ivy).get(reverse("schools:set_up")).status_code == 200


def test_a_schools_numbers_are_changed_and_written_down(
    town: Town, signed_in: SignedIn
) -> None:
    address = reverse("schools:settings", args=[town.elm.laestab])
    details = {"name": "Elm Road School", "la": "926", "estab": "2155", "urn": "123456"}

    done = signed_in(town.ada).post(address, details, follow=True)

    event = Event.objects.get()
    assert "details are saved" in done.content.decode()
    assert event.detail == {"name": ["Elm Road Primary School", "Elm Road School"]}
    assert (event.by, event.laestab) == (town.ada, "9262155")


def test_a_save_that_changes_nothing_writes_nothing(
    town: Town, signed_in: SignedIn
) -> None:
    address = reverse("schools:settings", args=[town.elm.laestab])
    same = {"name": town.elm.name, "la": "926", "estab": "2155", "urn": "123456"}

    signed_in(town.ada).post(address, same)

    assert not Event.objects.exists()


def test_a_refused_change_leaves_the_page_with_the_schools_own_name(
    town: Town, signed_in: SignedIn
) -> None:
    address = reverse("schools:settings", args=[town.elm.laestab])

    page = signed_in(town.ada).post(address, {"name": "Elsewhere", "la": "926"})

    assert page.context["school"].name == "Elm Road Primary School"
    assert School.objects.get(estab="2155").name == "Elm Road Primary School"


def test_who_manages_a_trust_answers_for_its_people(town: Town) -> None:
    Membership.objects.create(
        user=town.tess, role=Role.ADMINISTRATOR, trust=town.elm.trust
    )

    assert answers_for(by=town.tess, user=town.bob)
    assert not answers_for(by=town.tess, user=town.charlie)
    assert not answers_for(by=town.tess, user=town.ivy)
    assert answers_for(by=town.ivy, user=town.charlie)
