from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.reporting.school import fill
from tests.web.reporting.test_pages import text

from hornbook.web.schools.models import Membership, Role, School

PAGE = "/returns/state/"


def school(town: Town, name: str, estab: str, pupils: int) -> School:
    """Another school of Tess's trust."""
    made = School.objects.create(name=name, la="926", estab=estab, trust=town.elm.trust)
    if pupils:
        fill(made, pupils)
    return made


def test_each_school_says_how_far_each_collection_has_come(
    town: Town, signed_in: SignedIn
) -> None:
    school(town, "Hill Top School", "2001", 3)
    school(town, "Mill School", "2002", 0)

    words = text(signed_in(town.tess), f"{PAGE}?year=2026")

    hill = words.partition("Hill Top School")[2].partition("Mill School")[0]
    assert "926/2001 Ready 3 of 3 complete" in hill
    assert "No pupils" in words.partition("Mill School")[2]


def test_a_teacher_of_two_schools_is_not_told(town: Town, signed_in: SignedIn) -> None:
    mill = school(town, "Mill School", "2002", 0)
    Membership.objects.create(user=town.bob, role=Role.TEACHER, school=mill)

    assert signed_in(town.bob).get(PAGE).status_code == 403


def test_many_schools_stand_on_several_pages(town: Town, signed_in: SignedIn) -> None:
    for number in range(24):
        school(town, f"School {number:02}", f"22{number:02}", 0)
    client = signed_in(town.tess)

    first, second = text(client, PAGE), text(client, f"{PAGE}?page=2")

    assert "School 10" in first
    assert "School 23" not in first
    assert "School 23" in second


def test_larger_schools_take_no_more_queries(town: Town, signed_in: SignedIn) -> None:
    client = signed_in(town.tess)
    school(town, "Hill Top School", "2001", 2)
    with CaptureQueriesContext(connection) as small:
        client.get(f"{PAGE}?year=2026")

    fill(town.elm, 12)
    with CaptureQueriesContext(connection) as large:
        client.get(f"{PAGE}?year=2026")

    assert len(large) == len(small)


def test_more_schools_take_no_more_queries(town: Town, signed_in: SignedIn) -> None:
    client = signed_in(town.tess)
    elsewhere(town, "Hill Top School", "2001", 2)

    def asked(year: int) -> int:
        with CaptureQueriesContext(connection) as counted:
            words = text(client, f"{PAGE}?year={year}")
        assert "Hill Top School" in words
        return len(counted)

    two = asked(2025), asked(2026)
    for number in range(10):
        elsewhere(town, f"School {number:02}", f"22{number:02}", 1)

    assert (asked(2025), asked(2026)) == two


def elsewhere(town: Town, name: str, estab: str, pupils: int) -> None:
    """A school that has said how its recipient wants its files."""
    school(town, name, estab, pupils).profiles.create(
        recipient="la", text='recipient = "la"\nname = "Elmshire"\n', by_name="Ada"
    )
