"""Classes made, filled by ticking and pasting, given teachers, and taken away."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import YEAR, Town, pupil
from tests.web.transfers.test_pages import plain

from hornbook.web.audit.models import Event
from hornbook.web.pupils import queries
from hornbook.web.pupils.models import Pupil, SchoolClass
from hornbook.web.results.models import Lock


@pytest.fixture
def office(town: Town, signed_in: SignedIn) -> Client:
    return signed_in(town.olive)


def address(town: Town, name: str, *parts: object) -> str:
    return reverse(f"pupils:{name}", args=[town.elm.laestab, *parts])


def members(school_class: SchoolClass) -> list[str]:
    found = school_class.enrolments.order_by("pupil__surname")
    return [each.pupil.surname for each in found.select_related("pupil")]


def enrolment(pupil: Pupil) -> str:
    return str(pupil.enrolments.get().pk)


def fill(client: Client, town: Town, **sent: object) -> str:
    """Save the page of the Wrens, opened now."""
    where = address(town, "class", town.wrens.pk)
    inside = [each.pk for each in town.wrens.enrolments.all()]
    return plain(client.post(where, {"inside": inside} | sent, follow=True))


def test_the_classes_of_the_year_are_listed(town: Town, office: Client) -> None:
    pupil(town.elm, "Classless", 9)

    said = plain(office.get(address(town, "classes")))

    assert "Wrens 1 in Year 1 1 Bob Example" in said
    assert "Robins 1 in Year 1 1" in said
    assert "1 pupil on roll is in no class: 1 in Year 1." in said


def test_a_class_is_made_with_its_teachers(town: Town, office: Client) -> None:
    office.post(address(town, "classes"), {"name": " Owls ", "teachers": [town.bob.pk]})

    made = SchoolClass.objects.get(name="Owls")
    assert (made.school, made.academic_year) == (town.elm, YEAR)
    assert [*made.teachers.all()] == [town.bob]


def test_a_class_is_made_in_the_year_asked_for(town: Town, office: Client) -> None:
    office.post(f"{address(town, 'classes')}?year=2026", {"name": "Wrens"})

    assert SchoolClass.objects.filter(name="Wrens", academic_year=2026).exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Enter a name for the class."),
        ("wrens", "There is a class wrens in this year already."),
    ],
)
def test_a_class_needs_a_name_of_its_own(
    town: Town, office: Client, name: str, words: str
) -> None:
    said = plain(office.post(address(town, "classes"), {"name": name}))

    assert words in said


def test_only_teachers_of_the_school_can_be_given_a_class(
    town: Town, office: Client
) -> None:
    office.post(
        address(town, "classes"), {"name": "Owls", "teachers": [town.charlie.pk]}
    )

    assert not SchoolClass.objects.filter(name="Owls").exists()


def test_pupils_are_put_in_and_taken_out_by_ticking(town: Town, office: Client) -> None:
    said = fill(office, town, pupils=[enrolment(town.robin)])

    assert members(town.wrens) == ["Robin"]
    assert members(town.robins) == []
    assert "Wrens has 1 pupil." in said
    assert Event.objects.get(action="class filled").subject == "Wrens"


def test_who_was_put_in_by_somebody_else_meanwhile_stays(
    town: Town, office: Client
) -> None:
    shown = [enrolment(town.wren)]
    town.robin.enrolments.update(school_class=town.wrens)

    fill(office, town, inside=shown, pupils=shown)

    assert members(town.wrens) == ["Robin", "Wren"]


def test_who_was_taken_out_by_somebody_else_meanwhile_stays_out(
    town: Town, office: Client
) -> None:
    shown = [enrolment(town.wren)]
    town.wren.enrolments.update(school_class=town.robins)

    fill(office, town, inside=shown, pupils=[*shown, enrolment(town.robin)])

    assert members(town.wrens) == ["Robin"]
    assert members(town.robins) == ["Wren"]


def test_saving_a_class_as_it_is_is_no_deed(town: Town, office: Client) -> None:
    fill(office, town, pupils=[enrolment(town.wren)])

    assert not Event.objects.exists()


def test_moves_are_told_by_name_to_the_lead(
    town: Town, office: Client, signed_in: SignedIn
) -> None:
    fill(office, town, pupils=[enrolment(town.robin), enrolment(town.wren)])

    page = reverse("results:events", args=[town.elm.laestab])
    told = plain(signed_in(town.alice).get(page))

    assert "Class filled Wrens Robin, Ada, Robins to Wrens" in told


def test_a_pasted_list_is_added_to_the_ticked(town: Town, office: Client) -> None:
    pupil(town.elm, "O\u2019Neil", 9)
    pupil(town.elm, "Šimek", 10)

    fill(
        office,
        town,
        pupils=[enrolment(town.wren)],
        names=f"{town.robin.upn.lower()}\r\noneil, ada\r\n\r\nAda SIMEK\n",
    )

    assert members(town.wrens) == ["O\u2019Neil", "Robin", "Wren", "Šimek"]


def test_lines_that_name_nobody_or_several_are_told(town: Town, office: Client) -> None:
    pupil(town.elm, "Same", 9)
    pupil(town.elm, "Same", 10)

    said = fill(office, town, names="Ada Same\nZebedee Nobody\nRobin Ada")

    assert "Nobody on roll is meant by: Zebedee Nobody" in said
    assert "More than one pupil is meant by: Ada Same (" in said
    assert members(town.wrens) == ["Robin"]


def test_a_pupil_is_found_by_the_name_in_use(town: Town) -> None:
    Pupil.objects.filter(pk=town.wren.pk).update(preferred_forename="Dot")

    found = queries.pasted(town.elm, YEAR, "Dot Wren")

    assert [each.pupil for each in found.found] == [town.wren]


def test_a_pupil_of_another_school_cannot_be_put_in(town: Town, office: Client) -> None:
    fill(office, town, pupils=[enrolment(town.acorn)], names=town.acorn.upn)

    assert members(town.wrens) == []
    assert town.acorn.enrolments.get().school_class is None


def test_a_class_is_renamed_and_given_another_teacher(
    town: Town, office: Client
) -> None:
    office.post(address(town, "change_class", town.wrens.pk), {"name": "Owls"})

    town.wrens.refresh_from_db()
    assert town.wrens.name == "Owls"
    assert not town.wrens.teachers.exists()
    detail = Event.objects.get(action="class changed").detail
    assert detail == {"name": ["Wrens", "Owls"], "teachers": ["Bob Example", ""]}


def test_a_class_cannot_take_the_name_of_another(town: Town, office: Client) -> None:
    said = plain(
        office.post(
            address(town, "change_class", town.wrens.pk),
            {"name": "Robins"},
            follow=True,
        )
    )

    assert "There is a class Robins in this year already." in said


def test_a_class_is_taken_away_and_its_pupils_stay(town: Town, office: Client) -> None:
    response = office.post(address(town, "delete_class", town.wrens.pk), follow=True)

    assert "Wrens is gone; its pupils stay on roll." in plain(response)
    assert not SchoolClass.objects.filter(pk=town.wrens.pk).exists()
    assert town.wren.enrolments.get().school_class is None


def test_a_class_page_opens_the_year_groups_in_it(town: Town, office: Client) -> None:
    page = office.get(address(town, "class", town.wrens.pk)).content.decode()

    assert '<details class="govuk-details" open>' in page
    assert "in Robins" in page


def test_a_class_whose_results_are_locked_stays(town: Town, office: Client) -> None:
    Lock.objects.create(
        school=town.elm,
        collection="phonics",
        year=YEAR,
        school_class=town.wrens,
        by_name="Lee Lead",
    )

    response = office.post(address(town, "delete_class", town.wrens.pk), follow=True)

    assert "Wrens stays: results were locked for it" in response.content.decode()
    assert Lock.objects.filter(school_class=town.wrens, ended_at=None).exists()
