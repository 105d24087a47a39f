"""Two schools and the people of each, as every test of a page knows them.

Alice leads assessment at Elm Road; Bob teaches its Wrens; Olive is its office, Henry
its head, Gwen a governor, Ada its administrator. Tess has the trust that Elm Road is
in, Liam the local authority. Charlie leads at Oak Lane, which is neither's. Ivy looks
after the installation and has no role at any school.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from hornbook.identifiers import check_letter
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment, Pupil, SchoolClass
from hornbook.web.schools.models import (
    LocalAuthority,
    Membership,
    Role,
    School,
    Trust,
)

YEAR: Final = 2027
PASSWORD: Final = "three quiet words"
PEOPLE: Final = (
    "alice",
    "bob",
    "charlie",
    "olive",
    "henry",
    "gwen",
    "ada",
    "tess",
    "liam",
    "ivy",
)


@dataclass(frozen=True)
class Town:
    """Everybody, by name."""

    elm: School
    oak: School
    wrens: SchoolClass
    robins: SchoolClass
    wren: Pupil
    robin: Pupil
    acorn: Pupil
    people: dict[str, User]

    def __getattr__(self, name: str) -> User:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def make_town() -> Town:
    """Both schools, a pupil in each class of Elm Road and one at Oak Lane."""
    trust = Trust.objects.create(name="Harbour Trust")
    authority = LocalAuthority.objects.create(number="926", name="Norfolk")
    elm = School.objects.create(
        name="Elm Road Primary School",
        la="926",
        estab="2155",
        urn="123456",
        trust=trust,
        authority=authority,
    )
    oak = School.objects.create(name="Oak Lane School", la="909", estab="3001")
    people = {name: person(name.capitalize()) for name in PEOPLE}
    people["ivy"].is_staff = True
    people["ivy"].save()
    for name, role in {
        "alice": Role.LEAD,
        "bob": Role.TEACHER,
        "olive": Role.OFFICE,
        "henry": Role.HEAD,
        "gwen": Role.GOVERNOR,
        "ada": Role.ADMINISTRATOR,
    }.items():
        Membership.objects.create(user=people[name], role=role, school=elm)
    Membership.objects.create(user=people["charlie"], role=Role.LEAD, school=oak)
    Membership.objects.create(user=people["tess"], role=Role.LEAD, trust=trust)
    Membership.objects.create(
        user=people["liam"], role=Role.OFFICE, authority=authority
    )
    wrens = school_class(elm, "Wrens", people["bob"])
    robins = school_class(elm, "Robins")
    return Town(
        elm=elm,
        oak=oak,
        wrens=wrens,
        robins=robins,
        wren=pupil(elm, "Wren", 1, wrens),
        robin=pupil(elm, "Robin", 2, robins),
        acorn=pupil(oak, "Acorn", 3),
        people=people,
    )


def person(name: str) -> User:
    """Somebody who can sign in."""
    return User.objects.create_user(
        f"{name.lower()}@example.invalid", f"{name} Example", PASSWORD
    )


def school_class(school: School, name: str, *teachers: User) -> SchoolClass:
    """A class of this year."""
    made = SchoolClass.objects.create(school=school, academic_year=YEAR, name=name)
    made.teachers.set(teachers)
    return made


def pupil(
    school: School, surname: str, number: int, within: SchoolClass | None = None
) -> Pupil:
    """An invented child in Year 1."""
    body = f"{school.laestab}21{number:03}"
    made = Pupil.objects.create(
        school=school,
        upn=check_letter(body) + body,
        forename="Ada",
        surname=surname,
        dob=date(2021, 1, 15),
        sex="F",
    )
    Enrolment.objects.create(
        pupil=made, academic_year=YEAR, nc_year="1", school_class=within
    )
    return made
