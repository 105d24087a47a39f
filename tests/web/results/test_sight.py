"""Whose results a person is given."""

from tests.web.people import Town

from hornbook.web.pupils.models import Pupil
from hornbook.web.results.queries import Sight
from hornbook.web.schools.permissions import permitted


def test_a_person_is_given_the_results_of_the_pupils_they_may_see(town: Town) -> None:
    for person in town.people.values():
        for school in (town.elm, town.oak):
            seen = Pupil.objects.seen_by(person).filter(school=school)
            allowed = permitted(person, school)

            assert {*Sight.of(person, school, allowed).pupils} == {*seen}, (
                person,
                school,
            )
