"""A small school of invented pupils, made in the database in a few rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from hornbook.identifiers import check_letter
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment, Pupil, SchoolClass
from hornbook.web.results.models import Result, Source
from hornbook.web.schools.models import Membership, Role, School

YEAR = 2026
PASSWORD = "the-owl-reads-late"
NAMES = (
    ("Abbott", "Ada"),
    ("Barnes", "Ben"),
    ("Carter", "Cleo"),
    ("Dale", "Dev"),
    ("Ellis", "Ella"),
    ("Foster", "Finn"),
)


@dataclass(frozen=True)
class Group:
    """Some of the six pupils: which year group, which class."""

    nc_year: str
    class_name: str
    pupils: Sequence[tuple[str, str]]


# Reception in two classes; Years 1 and 2 in one, the first of Year 2 met the standard
# in Year 1; Year 6 in one.
GROUPS = (
    Group("R", "Robins", NAMES[:4]),
    Group("R", "Wrens", NAMES[4:]),
    Group("1", "Kites", NAMES[:2]),
    Group("2", "Kites", NAMES[2:]),
    Group("6", "Owls", NAMES),
)
_numbers = count(1)


def make_school() -> School:
    """The school with its pupils, and the one mark of last year that closes a cell."""
    school = School.objects.create(
        name="Test Primary School", la="881", estab="2001", urn="999881"
    )
    for group in GROUPS:
        add(school, group)
    met = Enrolment.objects.filter(nc_year="2").earliest("pk").pupil
    Result.objects.create(
        pupil=met,
        item="phonics.mark",
        year=YEAR - 1,
        value="34",
        by_name="Lee Lead",
        source=Source.GRID,
    )
    return school


def add(school: School, group: Group) -> None:
    """Put a group of pupils on roll."""
    in_class, _ = SchoolClass.objects.get_or_create(
        school=school, academic_year=YEAR, name=group.class_name
    )
    for surname, forename in group.pupils:
        pupil = Pupil.objects.create(
            school=school,
            upn=next_upn(),
            surname=surname,
            forename=forename,
            dob=born(group.nc_year),
            sex="F",
        )
        Enrolment.objects.create(
            pupil=pupil,
            academic_year=YEAR,
            nc_year=group.nc_year,
            school_class=in_class,
        )


def born(nc_year: str) -> str:
    """A birthday that is right for the year group."""
    age = 0 if nc_year == "R" else int(nc_year)
    return f"{YEAR - 5 - age}-01-15"


def next_upn() -> str:
    """A UPN whose check letter is right, never given twice."""
    body = f"88120014{next(_numbers):04}"
    return check_letter(body) + body


def make_person(school: School, name: str, role: Role = Role.LEAD) -> User:
    """Somebody with a role at the school."""
    email = f"{name.lower().replace(' ', '.')}@example.invalid"
    person = User.objects.create_user(email, name, PASSWORD)
    Membership.objects.create(user=person, role=role, school=school)
    return person
