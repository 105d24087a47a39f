"""Schools to measure in, in an empty database."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bench.files import LA, YEAR, pupil
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment, Pupil, SchoolClass
from hornbook.web.schools.models import Membership, Role, School

RECEPTION: Final = 120
_CLASS: Final = 30


@dataclass(frozen=True, slots=True)
class Scene:
    """A school, its assessment lead, and its Reception."""

    school: School
    lead: User
    reception: tuple[Pupil, ...]


def empty(estab: str) -> School:
    """A school without a pupil."""
    return School.objects.create(
        name="Bench Lane Primary School", la=LA, estab=estab, urn="999881"
    )


def lead_of(school: School) -> User:
    """Its assessment lead."""
    lead = User.objects.create_user("lead@example.invalid", "Bench Lead")
    Membership.objects.create(user=lead, role=Role.LEAD, school=school)
    return lead


def with_reception(estab: str) -> Scene:
    """A school with four classes of Reception, and no result yet."""
    school = empty(estab)
    pupils = Pupil.objects.bulk_create(
        row(school, number) for number in range(RECEPTION)
    )
    classes = [
        SchoolClass.objects.create(
            school=school, academic_year=YEAR.ends, name=f"R{number}"
        )
        for number in range(RECEPTION // _CLASS)
    ]
    Enrolment.objects.bulk_create(
        Enrolment(
            pupil=each,
            academic_year=YEAR.ends,
            nc_year="R",
            school_class=classes[number // _CLASS],
        )
        for number, each in enumerate(pupils)
    )
    return Scene(school, lead_of(school), tuple(pupils))


def row(school: School, number: int) -> Pupil:
    """A pupil of a school, not kept yet."""
    record = pupil(number, 0, ())
    return Pupil(
        school=school,
        upn=record.upn or "",
        surname=record.surname or "",
        forename=record.forename or "",
        dob=date.fromisoformat(record.dob or ""),
        sex=record.sex or "",
        postcode="ZZ99 3WZ",
    )
