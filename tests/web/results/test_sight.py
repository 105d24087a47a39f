"""Whose results a person is given."""

from tests.web.people import Town

from hornbook.web.pupils.models import Pupil
from hornbook.web.results.queries import Sight
from hornbook.web.schools.models import ROLES_OF_A_PART, Role
from hornbook.web.schools.permissions import Permission, permitted, roles_with


def test_a_person_is_given_the_results_of_the_pupils_they_may_see(town: Town) -> None:
    for person in town.people.values():
        for school in (town.elm, town.oak):
            seen = Pupil.objects.seen_by(person).filter(school=school)
            allowed = permitted(person, school)

            assert {*Sight.of(person, school, allowed).pupils} == {*seen}, (
                person,
                school,
            )


def test_who_sees_a_part_of_a_school_does_nothing_for_every_pupil() -> None:
    whole = set(roles_with(Permission.SEE_EVERY_PUPIL))

    assert whole == set(Role) - ROLES_OF_A_PART
    for permission in (Permission.MAKE_RETURN, Permission.VIEW_HISTORY):
        assert set(roles_with(permission)) <= whole
