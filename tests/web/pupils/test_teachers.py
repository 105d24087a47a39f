"""A teacher and the classes given to them: every other pupil is not there for them."""

import json
import re
from datetime import date

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import YEAR, Town, pupil, school_class

from hornbook.web.pupils import actions
from hornbook.web.pupils.models import Enrolment, Pupil, SchoolClass
from hornbook.web.results.models import Result, Source
from hornbook.web.schools.models import Membership

MARK = "phonics.mark"


@pytest.fixture
def bob(town: Town, signed_in: SignedIn) -> Client:
    return signed_in(town.bob)


def of_pupil(name: str, child: Pupil, *rest: object) -> str:
    return reverse(name, args=[child.school.laestab, child.pk, *rest])


def in_grid(name: str, town: Town, *rest: object) -> str:
    return reverse(name, args=[town.elm.laestab, "phonics", YEAR, *rest])


def enter(client: Client, town: Town, child: Pupil, value: str = "31") -> str:
    """What becomes of a mark that is sent straight to the address of saving."""
    edit = {"pupil": child.pk, "item": MARK, "value": value, "base": None}
    answer = client.post(
        in_grid("results:save", town),
        json.dumps({"source": "grid", "edits": [edit]}),
        content_type="application/json",
    )
    (cell,) = answer.json()["cells"]
    return str(cell["state"])


def mark(child: Pupil) -> Result:
    return Result.objects.create(
        pupil=child, item=MARK, year=YEAR, value="12", source=Source.GRID
    )


def sees(client: Client, town: Town, child: Pupil) -> bool:
    """Whether any page or script gives the pupil's name away."""
    pages = [
        reverse("pupils:list", args=[town.elm.laestab]),
        in_grid("results:grid", town),
        in_grid("results:one", town),
        in_grid("results:filled", town),
        in_grid("results:cohort", town),
        in_grid("results:changes", town) + "?since=0",
    ]
    # The class of the Robins is no secret, the pupil of that name is.
    name = re.compile(rf"\b{child.surname}\b")
    return any(name.search(client.get(page).content.decode()) for page in pages)


def refused(client: Client, town: Town, child: Pupil) -> bool:
    """Whether every address of the pupil is as if there were none."""
    row = mark(child)
    sent = {"version": row.pk, "base": row.pk}
    answers: list[HttpResponseBase] = [
        client.get(of_pupil("pupils:detail", child)),
        client.get(of_pupil("results:earlier", child)),
        client.get(of_pupil("results:enter_earlier", child, "phonics", YEAR - 1)),
        client.post(of_pupil("results:enter_earlier", child, "phonics", YEAR - 1)),
        client.get(in_grid("results:history", town, child.pk, MARK)),
        client.post(in_grid("results:put_back", town, child.pk, MARK), sent),
    ]
    found = {answer.status_code for answer in answers}
    written = enter(client, town, child) == "saved"
    return found == {404} and not written and Result.objects.count() == 1


def test_a_teacher_sees_and_enters_results_of_their_own_class(
    town: Town, bob: Client
) -> None:
    assert sees(bob, town, town.wren)
    assert enter(bob, town, town.wren) == "saved"


def test_a_pupil_of_another_class_is_not_there(town: Town, bob: Client) -> None:
    assert not sees(bob, town, town.robin)
    assert refused(bob, town, town.robin)


def test_a_pupil_who_moved_into_another_class_is_there_no_more(
    town: Town, bob: Client
) -> None:
    enrolment = town.wren.enrolments.get()

    actions.fill_class(
        school_class=town.robins, joining=[enrolment], leaving=[], by=town.olive
    )

    assert not sees(bob, town, town.wren)
    assert refused(bob, town, town.wren)


def test_a_pupil_whose_class_was_taken_away_is_there_no_more(
    town: Town, bob: Client
) -> None:
    actions.delete_class(school_class=town.wrens, by=town.olive)

    assert not sees(bob, town, town.wren)
    assert refused(bob, town, town.wren)


def test_the_pupils_of_last_year_are_their_new_teachers(
    town: Town, bob: Client
) -> None:
    before = SchoolClass.objects.create(
        school=town.elm, academic_year=YEAR - 1, name="Larks"
    )
    before.teachers.add(town.bob)
    Enrolment.objects.create(
        pupil=town.robin, academic_year=YEAR - 1, nc_year="R", school_class=before
    )

    assert not sees(bob, town, town.robin)
    assert refused(bob, town, town.robin)


def test_a_class_stays_with_its_teacher_while_the_next_year_is_prepared(
    town: Town, bob: Client
) -> None:
    Enrolment.objects.create(pupil=town.wren, academic_year=YEAR + 40, nc_year="2")

    assert sees(bob, town, town.wren)
    assert enter(bob, town, town.wren) == "saved"


def test_who_left_from_their_class_is_still_seen_by_the_teacher(
    town: Town, bob: Client
) -> None:
    town.wren.enrolments.update(left_on=date(YEAR, 7, 1))

    assert sees(bob, town, town.wren)


def test_who_teaches_no_more_sees_nobody(town: Town, bob: Client) -> None:
    Membership.objects.filter(user=town.bob).delete()

    answer = bob.get(of_pupil("pupils:detail", town.wren))

    assert answer.status_code == 404
    assert bob.get(in_grid("results:grid", town)).status_code == 404


def test_two_teachers_of_a_class_both_see_it(town: Town, signed_in: SignedIn) -> None:
    Membership.objects.filter(user=town.henry).update(role="teacher")
    henry = signed_in(town.henry)
    assert not sees(henry, town, town.wren)

    actions.change_class(
        school_class=town.wrens,
        name="Wrens",
        teachers=[town.bob, town.henry],
        by=town.olive,
    )

    assert sees(henry, town, town.wren)
    assert sees(signed_in(town.bob), town, town.wren)


def test_a_mixed_class_shows_a_teacher_the_pupils_of_the_collection_only(
    town: Town, bob: Client
) -> None:
    older = pupil(town.elm, "Heron", 9, town.wrens)
    older.enrolments.update(nc_year="4")
    grid = bob.get(in_grid("results:grid", town)).content.decode()

    assert "Wren" in grid
    assert "Heron" not in grid
    assert bob.get(of_pupil("pupils:detail", older)).status_code == 200


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("pupils:class", {"pupils": "1"}),
        ("pupils:change_class", {"name": "Mine"}),
        ("pupils:delete_class", {}),
    ],
)
def test_a_teacher_changes_no_class_not_even_their_own(
    town: Town, bob: Client, name: str, sent: dict[str, str]
) -> None:
    answer = bob.post(reverse(name, args=[town.elm.laestab, town.wrens.pk]), sent)

    assert answer.status_code == 403
    assert [*town.wrens.teachers.all()] == [town.bob]


def test_another_schools_class_is_not_there_for_the_office(
    town: Town, signed_in: SignedIn
) -> None:
    acorns = school_class(town.oak, "Acorns")
    office = signed_in(town.olive)

    for name in ("pupils:class", "pupils:change_class", "pupils:delete_class"):
        where = reverse(name, args=[town.elm.laestab, acorns.pk])
        assert office.post(where, {"name": "Ours"}).status_code == 404
    assert SchoolClass.objects.filter(pk=acorns.pk, name="Acorns").exists()
