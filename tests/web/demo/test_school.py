"""The invented school is one that everything can be tried on."""

from datetime import UTC, datetime

import pytest
import time_machine

from hornbook.identifiers import UPN, AcademicYear, is_upn
from hornbook.rulebook.load import rulebook
from hornbook.web.demo import fill
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results import locks
from hornbook.web.results.cohort import lacking
from hornbook.web.results.models import Result
from hornbook.web.results.queries import Sight, cohorts
from hornbook.web.schools.models import Role, School


@pytest.fixture
def school(db: None) -> School:
    return fill("three quiet words")


def test_every_pupil_has_a_sound_upn_and_a_class(school: School) -> None:
    assert Pupil.objects.count() == 210
    assert all(is_upn(pupil.upn) for pupil in Pupil.objects.all())
    assert not Enrolment.objects.filter(school_class=None).exists()


def test_there_is_somebody_of_each_role(school: School) -> None:
    held = set(school.membership_set.values_list("role", flat=True))

    assert held == set(Role.values)


def test_results_are_nearly_complete(school: School) -> None:
    marks = Result.objects.filter(item="phonics.mark", year=2026)

    assert 40 < marks.count() < 60
    assert Result.objects.filter(item="eyfsp.E17", year=2026).count() > 25
    assert school.demo


@time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC))
def test_last_year_can_be_tried_and_one_grid_of_it_is_closed(db: None) -> None:
    held = locks.standing(fill("three quiet words"), 2026)

    assert held.why("phonics", "") == ""
    assert held.reopened("phonics") is not None
    assert held.why("ks1", "").startswith("2025/26 is over")


def test_somebody_left_has_a_temporary_upn_and_took_the_phonics_check_again(
    school: School,
) -> None:
    upns = [UPN.parse(pupil.upn) for pupil in Pupil.objects.all()]
    marks = Result.objects.filter(item="phonics.mark")
    again = marks.filter(year=2026, pupil__in=marks.filter(year=2025).values("pupil"))

    assert sum(upn.temporary for upn in upns) == 1
    assert Enrolment.objects.filter(academic_year=2026, left_on__isnull=False).exists()
    assert again.exists()


def test_pupils_below_the_standard_of_the_tests_have_reading_and_maths_assessed(
    school: School,
) -> None:
    book = rulebook(AcademicYear(2026))
    asked = book.collections["ks2-teacher-assessment"]
    members = cohorts(Sight.whole(school), book, [asked])[asked.code]

    below = [each for each in members if each.values.get("reading", "")[:2] == "PK"]

    assert len(below) == 2
    assert not any(lacking(asked, each) for each in below)
    assert {each.beside["ks2-tests.reading-outcome"] for each in below} == {"B"}
