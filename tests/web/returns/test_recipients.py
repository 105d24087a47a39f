"""How a recipient wants its files: changed on a page, given and taken as a file."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.web.results.scene import (
    YEAR,
    address,
    enrol,
    give,
    make_school,
    profile,
)
from tests.web.returns.reader import read

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.profiles import parse
from hornbook.web.accounts.models import User
from hornbook.web.audit.models import Event
from hornbook.web.returns.actions import content_of
from hornbook.web.returns.models import MadeFile
from hornbook.web.returns.profiles import profiles_of
from hornbook.web.schools.models import Membership, Role, School

ELMSHIRE = """\
recipient = "la"
name = "Elmshire"
contact = "Data team, 01632 960456"

[[how]]
text = "Upload it on the Elmshire portal."
link = "https://portal.example.invalid"

[[wishes]]
collection = "phonics"
files = 2

[[wishes]]
collection = "eyfsp"
file_names = ["CTF"]
postcode = false

[[deadlines]]
collection = "phonics"
day = 2025-06-20
"""


def take(client: Client, school: School, content: bytes) -> HttpResponse:
    response = client.post(
        address("returns:bring_profile", school, "la"),
        {"file": SimpleUploadedFile("elmshire.toml", content)},
        follow=True,
    )
    assert isinstance(response, HttpResponse)
    return response


def change(client: Client, school: School, **said: Any) -> HttpResponse:
    """Post the page as it stands with some fields changed."""
    where = address("returns:recipient", school, "la") + f"?year={YEAR}"
    form = client.get(where).context["form"]
    stands = {
        field.html_name: field.value() for field in form if field.value() is not None
    }
    changed = {name.replace("__", "-"): value for name, value in said.items()}
    response = client.post(where, stands | changed)
    assert isinstance(response, HttpResponse)
    return response


def make(client: Client, school: School, collection: str) -> list[MadeFile]:
    where = address("returns:make", school, collection, YEAR, "la")
    assert client.post(where, {"known_errors": "99"}).status_code == 302
    return list(MadeFile.objects.order_by("pk"))


def test_a_published_profile_is_taken_and_holds_from_the_next_file(
    school: School, lead: Client
) -> None:
    profile(enrol(school, "Byrne", "R"))

    told = take(lead, school, ELMSHIRE.encode()).content.decode()

    assert "The profile of Elmshire is taken, for 1 school." in told
    (made,) = make(lead, school, "eyfsp")
    assert made.name == "9262155_CTF_926LLLL_001.xml"
    (pupil,) = read(content_of(made)).pupils
    assert pupil.find("Address") is None
    page = lead.get(address("returns:file", school, made.pk)).content.decode()
    assert "Upload it on the Elmshire portal." in page
    assert 'href="https://portal.example.invalid"' in page
    assert "Data team, 01632 960456" in page
    assert Event.objects.get(action="recipient changed").subject == "Elmshire"


def test_a_recipient_that_wants_two_phonics_files_gets_two(
    school: School, lead: Client
) -> None:
    take(lead, school, ELMSHIRE.encode())
    first, again = enrol(school, "First", "1"), enrol(school, "Again", "2")
    for pupil in (first, again):
        give(pupil, "phonics.mark", "30")

    one, other = make(lead, school, "phonics")

    assert [one.name, other.name] == [
        "9262155_PHO_926LLLL_001.xml",
        "9262155_PHO_926LLLL_002.xml",
    ]
    assert {upn for upn, *_ in read(content_of(one)).results} == {first.upn}
    assert {upn for upn, *_ in read(content_of(other)).results} == {again.upn}
    assert (one.nc_years, other.nc_years) == ("1", "2")


def test_each_of_two_files_names_everybody_who_was_left_out(
    school: School, lead: Client
) -> None:
    take(lead, school, ELMSHIRE.encode())
    for nc_year in ("1", "2"):
        give(enrol(school, "Byrne", nc_year), "phonics.mark", "30")
        enrol(school, f"Left{nc_year}", nc_year)

    for made in make(lead, school, "phonics"):
        told = lead.get(address("returns:file", school, made.pk)).content.decode()

        assert "<b>Left1, Ada</b>" in told
        assert "<b>Left2, Ada</b>" in told


def test_neither_of_two_files_says_that_the_other_is_missing(
    school: School, lead: Client
) -> None:
    take(lead, school, ELMSHIRE.encode())
    for nc_year in ("1", "2"):
        give(enrol(school, "Byrne", nc_year), "phonics.mark", "30")
    for made in make(lead, school, "phonics"):
        lead.post(address("returns:sent", school, made.pk), {"sent_on": "24/06/2026"})
        told = lead.get(address("returns:file", school, made.pk)).content.decode()
        assert "a file made now would say the same" in told

    home = lead.get(address("schools:home", school), {"year": YEAR}).content.decode()

    assert "Changed since sent" not in home


def test_two_files_have_come_as_far_as_the_one_that_is_behind(
    school: School, lead: Client
) -> None:
    def state() -> str:
        where = address("schools:home", school)
        duties = lead.get(where, {"year": YEAR}).context["duties"]
        phonics = next(one for one in duties if one.collection.code == "phonics")
        return str(phonics.stage.word)

    take(lead, school, ELMSHIRE.encode())
    for nc_year in ("1", "2"):
        give(enrol(school, "Byrne", nc_year), "phonics.mark", "30")
    one, other = make(lead, school, "phonics")
    assert one.checked == {"errors": 0, "queries": 0, "codes": {}}

    lead.post(address("returns:sent", school, other.pk), {"sent_on": "24/06/2026"})
    assert state() == "Made"
    lead.post(address("returns:sent", school, one.pk), {"sent_on": "24/06/2026"})
    assert state() == "Sent"


def test_a_recipient_may_say_nothing_of_how_it_is_sent(
    school: School, lead: Client
) -> None:
    change(lead, school, how="", name="Elmshire")

    way = profiles_of(school)["la"].way(AcademicYear(YEAR))
    assert way is not None
    assert way.text == ""
    assert lead.get(address("schools:home", school)).status_code == 200


def test_the_other_names_that_a_recipient_takes_are_kept(
    school: School, lead: Client
) -> None:
    take(lead, school, ELMSHIRE.replace('["CTF"]', '["CTF", "FSP"]').encode())

    change(lead, school, contact="Nobody")
    assert profiles_of(school)["la"].of("eyfsp").file_names == ("CTF", "FSP")

    change(lead, school, kind__eyfsp="FSP")
    assert profiles_of(school)["la"].of("eyfsp").file_names == ("FSP",)


def test_what_is_given_away_is_what_was_taken(school: School, lead: Client) -> None:
    take(lead, school, ELMSHIRE.encode())

    given = lead.get(address("returns:profile", school, "la"))

    assert parse(given.content.decode()) == parse(ELMSHIRE)
    assert given["Content-Disposition"] == 'attachment; filename="elmshire.toml"'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "This is no text file."),
        (b"<CTfile/>", "This is no profile"),
        (b'recipient = "sta"\nname = "STA"', "This page is about la."),
        (b'recipient = "la"\nname = "X"\nfoo = 1', "has no foo"),
        (b"#" * 30_000, "too long for a profile"),
        (b"", "This file is empty."),
    ],
)
def test_what_is_no_profile_changes_nothing(
    school: School, lead: Client, content: bytes, said: str
) -> None:
    response = take(lead, school, content)

    assert response.status_code == 400
    assert said in response.content.decode()
    assert profiles_of(school)["la"].name == "Your local authority"


def test_it_is_changed_on_the_page_for_a_year_and_keeps_the_other_years(
    school: School, lead: Client
) -> None:
    take(lead, school, ELMSHIRE.encode())

    response = change(
        lead,
        school,
        how="By secure mail.",
        link="portal.example.invalid/new",
        deadline__phonics="19/06/2026",
        kind__eyfsp="FSP",
        postcode__eyfsp="yes",
        files__phonics="1",
    )

    assert response.status_code == 302
    held = profiles_of(school)["la"]
    now, before = held.way(AcademicYear(2026)), held.way(AcademicYear(2025))
    assert now is not None
    assert before is not None
    assert (now.text, now.link) == (
        "By secure mail.",
        "https://portal.example.invalid/new",
    )
    assert before.text == "Upload it on the Elmshire portal."
    days = [one.day for one in held.deadlines]
    assert days == [date(2025, 6, 20), date(2026, 6, 19)]
    assert held.of("eyfsp").file_names == ("FSP",)
    assert held.of("eyfsp").postcode is True
    assert held.of("phonics").files == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"deadline__phonics": "19/06/2027"}, "19/06/2027 is not in 2025/26."),
        ({"deadline__phonics": "soon"}, "Write the day like 22/06/2026."),
        ({"name": ""}, "Enter the recipient&#x27;s name."),
        ({"link": "javascript:alert(1)"}, "A link looks like https://portal.example."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    school: School, lead: Client, said: dict[str, str], words: str
) -> None:
    response = change(lead, school, **said)

    assert words in response.content.decode()
    assert not school.profiles.exists()


def test_the_page_goes_back_to_what_is_shipped(school: School, lead: Client) -> None:
    take(lead, school, ELMSHIRE.encode())

    lead.post(address("returns:reset_profile", school, "la"))

    assert profiles_of(school)["la"].name == "Your local authority"
    assert Event.objects.get(action="recipient reset").subject == "Elmshire"


def test_it_is_taken_for_all_schools_of_the_authority_that_the_person_looks_after(
    school: School, lead: Client
) -> None:
    near = make_school("Near Primary School", "2157")
    far = make_school("Far Primary School", "2156")
    School.objects.filter(pk=far.pk).update(la="909")
    other = make_school("Other Primary School", "2158")
    lee = User.objects.get(name="Lee Lead")
    for mine in (near, far):
        Membership.objects.create(user=lee, role=Role.OFFICE, school=mine)

    response = lead.post(
        address("returns:bring_profile", school, "la"),
        {"file": SimpleUploadedFile("e.toml", ELMSHIRE.encode()), "every": "on"},
        follow=True,
    )

    assert "is taken, for 2 schools." in response.content.decode()
    names = {one.name: profiles_of(one)["la"].name for one in (near, far, other)}
    assert names == {
        "Near Primary School": "Elmshire",
        "Far Primary School": "Your local authority",
        "Other Primary School": "Your local authority",
    }


def test_one_schools_recipient_is_not_anothers(school: School, lead: Client) -> None:
    far = make_school("Far Primary School", "2156")

    take(lead, school, ELMSHIRE.encode())

    assert profiles_of(far)["la"].name == "Your local authority"


def test_there_is_no_profile_of_the_schools_own_mis(
    school: School, lead: Client
) -> None:
    for name in ("recipient", "profile", "bring_profile", "reset_profile"):
        where = address(f"returns:{name}", school, "mis")
        method = lead.post if name.endswith("_profile") else lead.get
        assert method(where).status_code == 404


def test_a_file_that_is_no_profile_is_said_at_the_top_and_the_year_stays(
    school: School, lead: Client
) -> None:
    response = lead.post(
        address("returns:bring_profile", school, "la") + f"?year={YEAR}",
        {"file": SimpleUploadedFile("bad.toml", b"recipient = ")},
    )

    told = response.content.decode()
    assert response.status_code == 400
    assert "There is a problem" in told.partition("<h1")[0]
    assert "2025/26" in told
    bring = address("returns:bring_profile", school, "la")
    assert f'action="{bring}?year={YEAR}"' in told
