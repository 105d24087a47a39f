"""How an authority wants its files: said once by an officer, for all its schools."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.web.results.scene import YEAR, address, enrol, make_school, person, signed_in
from tests.web.results.scene import profile as give_profile
from tests.web.returns.test_recipients import ELMSHIRE

from hornbook.rulebook.profiles import parse
from hornbook.web.accounts.models import User
from hornbook.web.audit.models import Event
from hornbook.web.returns.models import AuthorityProfile, MadeFile
from hornbook.web.returns.profiles import profiles_of
from hornbook.web.schools.models import LocalAuthority, Membership, School

pytestmark = pytest.mark.django_db


@pytest.fixture
def elmshire() -> LocalAuthority:
    return LocalAuthority.objects.create(number="926", name="Elmshire")


@pytest.fixture
def schools(elmshire: LocalAuthority) -> list[School]:
    found = [make_school("Ash Lane", "2155"), make_school("Beech Road", "2156")]
    School.objects.update(authority=elmshire)
    return found


@pytest.fixture
def officer(elmshire: LocalAuthority) -> Client:
    user = User.objects.create_user(email="ola@example.invalid", name="Ola Officer")
    Membership.objects.create(user=user, role="office", authority=elmshire)
    return signed_in(user)


def of_authority(name: str) -> str:
    return reverse(f"returns:{name}", args=["926"])


def take(client: Client, text: str = ELMSHIRE) -> str:
    response = client.post(
        of_authority("bring_authority"),
        {"file": SimpleUploadedFile("elmshire.toml", text.encode())},
        follow=True,
    )
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def own_page(school: School, name: str = "Lee Lead") -> tuple[Client, str]:
    lead = signed_in(person("lead", school, name))
    told = lead.get(address("returns:recipient", school, "la") + f"?year={YEAR}")
    return lead, " ".join(told.content.decode().split())


def test_what_an_officer_says_holds_for_every_school(
    officer: Client, schools: list[School]
) -> None:
    give_profile(enrol(schools[0], "Byrne", "R"))

    assert "The profile of Elmshire is taken." in take(officer)

    for school in School.objects.all():
        assert profiles_of(school)["la"].of("eyfsp").file_names == ("CTF",)
    lead, told = own_page(schools[0])
    assert "what Elmshire has written down for all its schools, changed by Ola" in told
    lead.post(address("returns:make", schools[0], "eyfsp", YEAR, "la"))
    assert MadeFile.objects.get().name == "9262155_CTF_926LLLL_001.xml"


def test_a_school_may_do_it_another_way_and_go_back(
    officer: Client, schools: list[School]
) -> None:
    take(officer)
    ash, beech = School.objects.order_by("name")
    lead, _ = own_page(ash)

    own = ELMSHIRE.replace('["CTF"]', '["FSP"]')
    file = SimpleUploadedFile("own.toml", own.encode())
    lead.post(address("returns:bring_profile", ash, "la"), {"file": file})

    assert profiles_of(ash)["la"].of("eyfsp").file_names == ("FSP",)
    assert profiles_of(beech)["la"].of("eyfsp").file_names == ("CTF",)
    where = address("returns:recipient", ash, "la")
    told = " ".join(lead.get(where).content.decode().split())
    assert "what this school has written down itself" in told
    assert "It takes the place of what Elmshire has written down" in told
    assert "1 of them has written down another way" in " ".join(
        officer.get(of_authority("authority")).content.decode().split()
    )
    back = lead.post(address("returns:reset_profile", ash, "la"), follow=True)
    assert "What Elmshire has written down holds again." in back.content.decode()
    assert profiles_of(ash)["la"].of("eyfsp").file_names == ("CTF",)


def test_the_officer_changes_it_on_the_page_of_a_year(
    officer: Client, schools: list[School]
) -> None:
    where = of_authority("authority") + f"?year={YEAR}"
    form = officer.get(where).context["form"]
    stands = {one.html_name: one.value() for one in form if one.value() is not None}

    officer.post(where, stands | {"name": "Elmshire", "deadline-phonics": "19/06/2026"})

    (kept,) = AuthorityProfile.objects.all()
    assert kept.by_name == "Ola Officer"
    lead = signed_in(person("lead", schools[0]))
    home = lead.get(f"/schools/{schools[0].laestab}/?year={YEAR}").content.decode()
    assert "19 June 2026" in home
    assert "Elmshire" in home
    told = Event.objects.filter(action="authority's wishes changed")
    assert {event.laestab for event in told} == {one.laestab for one in schools}


def test_it_is_given_away_as_a_file_and_let_go_of(
    officer: Client, schools: list[School]
) -> None:
    take(officer)

    file = officer.get(of_authority("authority_profile"))
    assert parse(file.content.decode()) == parse(ELMSHIRE)
    assert 'filename="elmshire.toml"' in file["Content-Disposition"]

    officer.post(of_authority("reset_authority"))
    assert not AuthorityProfile.objects.exists()
    assert "what Hornbook comes with" in own_page(schools[0])[1]


def test_a_file_that_is_no_profile_changes_nothing(
    officer: Client, schools: list[School]
) -> None:
    assert "This is no profile" in take(officer, "name = ")
    assert "This page is about la" in take(
        officer, ELMSHIRE.replace('"la"', '"sta"', 1)
    )
    assert not AuthorityProfile.objects.exists()


def test_an_officer_of_another_authority_sees_nothing_of_it(
    elmshire: LocalAuthority, schools: list[School]
) -> None:
    other = LocalAuthority.objects.create(number="909", name="Oakshire")
    user = User.objects.create_user(email="pat@example.invalid", name="Pat")
    Membership.objects.create(user=user, role="office", authority=other)
    governor = User.objects.create_user(email="gil@example.invalid", name="Gil")
    Membership.objects.create(user=governor, role="governor", authority=elmshire)

    for one in (user, governor):
        assert signed_in(one).get(of_authority("authority")).status_code == 404


def test_the_officer_finds_it_beside_the_returns_of_several_schools(
    officer: Client, schools: list[School]
) -> None:
    told = officer.get(reverse("returns:several")).content.decode()

    assert of_authority("authority") in told
    assert "How Elmshire wants its files" in told


def test_it_costs_one_more_query_a_school(
    schools: list[School], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    school = School.objects.get(pk=schools[0].pk)

    with django_assert_num_queries(2):
        profiles_of(school)
