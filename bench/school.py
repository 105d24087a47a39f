"""A school of 630 in an empty database: what is asked of the pages is asked here.

120 pupils are in Reception, so that a grid of 17 goals has more than 2,000 cells.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bench.files import ESTAB, LA, SCHOOL_NAME, upn, value_for
from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.model import Collection
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment, Pupil, SchoolClass
from hornbook.web.results.models import Result, Source
from hornbook.web.schools.models import Membership, Role, School

YEAR: Final = AcademicYear(2026)
_GROUPS: Final = {"R": 120, "1": 85, "2": 85, "3": 85, "4": 85, "5": 85, "6": 85}
_CLASS: Final = 30


@dataclass(frozen=True)
class Scene:
    """A school, its assessment lead, and its Reception."""

    school: School
    lead: User
    reception: tuple[Pupil, ...]

    @property
    def profile(self) -> Collection:
        """The collection of Reception."""
        return rulebook(YEAR).collections["eyfsp"]


def empty_school() -> tuple[School, User]:
    """A school without pupils, and its assessment lead."""
    school = School.objects.create(name=SCHOOL_NAME, la=LA, estab=ESTAB, urn="999881")
    lead = User.objects.create_user("lead@example.invalid", "Bench Lead")
    Membership.objects.create(user=lead, role=Role.LEAD, school=school)
    return school, lead


def fill(school: School, lead: User) -> Scene:
    """Everybody in a class, with last year's results; this year's are still empty."""
    enrolled = [pair for pair in _enrolments(school)]
    Pupil.objects.bulk_create([pupil for pupil, _ in enrolled])
    Enrolment.objects.bulk_create([enrolment for _, enrolment in enrolled])
    groups = [(pupil, enrolment.nc_year) for pupil, enrolment in enrolled]
    Result.objects.bulk_create(_results(groups), batch_size=1000)
    reception = tuple(pupil for pupil, nc_year in groups if nc_year == "R")
    return Scene(school, lead, reception)


def _enrolments(school: School) -> Iterator[tuple[Pupil, Enrolment]]:
    for age, (nc_year, size) in enumerate(_GROUPS.items()):
        for number in range(size):
            if number % _CLASS == 0:
                name = f"{nc_year} {number // _CLASS + 1}"
                taught = SchoolClass.objects.create(
                    school=school, academic_year=YEAR.ends, name=name
                )
            pupil = Pupil(
                school=school,
                upn=upn(number, AcademicYear(YEAR.ends - age)),
                surname=f"Young{number:03}",
                forename=f"Ada{number % 7}",
                dob=date(YEAR.ends - 5 - age, 1 + number % 8, 1 + number % 28),
                sex="FM"[number % 2],
                postcode="ZZ99 3WZ",
            )
            yield pupil, Enrolment(
                pupil=pupil,
                academic_year=YEAR.ends,
                nc_year=nc_year,
                school_class=taught,
            )


def _results(groups: Iterable[tuple[Pupil, str]]) -> Iterator[Result]:
    """A result in every required column of last year that a pupil's group had."""
    last = AcademicYear(YEAR.ends - 1)
    order = list(_GROUPS)
    for pupil, nc_year in groups:
        was = order[order.index(nc_year) - 1] if nc_year != order[0] else ""
        for collection in rulebook(last).collections.values():
            if was in collection.nc_years:
                for item in collection.items:
                    if item.required:
                        yield result(pupil, item.full_code, last, value_for(item))


def result(pupil: Pupil, item: str, year: AcademicYear, value: str) -> Result:
    """One result, not yet saved."""
    return Result(
        pupil=pupil,
        item=item,
        year=year.ends,
        value=value,
        by_name="Bench",
        source=Source.TRANSFER,
    )
