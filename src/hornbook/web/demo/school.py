"""The invented school in the database: pupils, classes, people and results."""

import random
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from django.db import transaction

from hornbook.identifiers import AcademicYear, LAEstab
from hornbook.rulebook.load import rulebook, years
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.demo.invented import (
    ESTAB,
    LA,
    YEAR_GROUPS,
    Invented,
    pupils,
    values,
    values_of,
)
from hornbook.web.pupils.models import Enrolment, Pupil, SchoolClass
from hornbook.web.results.actions import Sheet
from hornbook.web.results.locking import Part, unlock
from hornbook.web.results.models import Result, Source
from hornbook.web.schools import actions
from hornbook.web.schools.models import Membership, Role, School

NAME: Final = "Hazel Bank Primary School"
_PEOPLE: Final = (
    (Role.ADMINISTRATOR, "Ada Lovell"),
    (Role.LEAD, "Alice Moorcroft"),
    (Role.OFFICE, "Olive Penhaligon"),
    (Role.HEAD, "Henry Abbott"),
    (Role.TEACHER, "Bob Tennant"),
    (Role.GOVERNOR, "Gwen Sayers"),
)
_CLASSES: Final = ("Hazel", "Oak", "Birch", "Rowan", "Willow", "Elm", "Maple")
_SIZE: Final = 30
_SEED: Final = 1540
# The collection of last year that stays closed, as all do at a real school.
_CLOSED: Final = "ks1"
# The number of the pupil who left in the summer.
_LEAVER: Final = 45


@transaction.atomic
def fill(password: str) -> School:
    """Make the invented school, its people with that password, and two years of it."""
    dice = random.Random(_SEED)  # noqa: S311 - invented pupils, not secrets
    school = actions.add_school(
        by=None,
        new=actions.NewSchool(
            number=LAEstab(LA, ESTAB), name=NAME, urn="999155", demo=True
        ),
    )
    people = _people(school, password)
    last = years()[-2]
    invented = list(pupils(dice, last, _SIZE))
    held = _pupils(school, invented)
    now, teacher = AcademicYear(last.ends + 1), people[Role.TEACHER]
    _enrol(held, invented, last, _classes(school, last, teacher))
    _enrol_next(held, invented, now, _classes(school, now, teacher))
    _results(dice, held, invented, last)
    _open(school, last, people[Role.LEAD])
    record(by=None, school=school, action="demonstration made", subject=school.name)
    return school


def _people(school: School, password: str) -> dict[str, User]:
    """One person of each role."""
    people: dict[str, User] = {}
    for role, name in _PEOPLE:
        email = f"{name.split()[0].lower()}@example.invalid"
        user = User.objects.create_user(email, name, password)
        Membership.objects.create(user=user, role=role, school=school)
        people[role] = user
    return people


def _pupils(school: School, invented: list[Invented]) -> list[Pupil]:
    rows = []
    for each in invented:
        details = asdict(each)
        del details["able"], details["below"], details["nc_year"]
        rows.append(Pupil(school=school, **details))
    return Pupil.objects.bulk_create(rows)


def _classes(
    school: School, year: AcademicYear, teacher: User
) -> dict[str, SchoolClass]:
    """A class a year group; the teacher has those of Year 1 and Year 2."""
    classes = {
        nc_year: SchoolClass.objects.create(
            school=school, academic_year=year.ends, name=name
        )
        for nc_year, name in zip(YEAR_GROUPS, _CLASSES, strict=True)
    }
    for taught in ("1", "2"):
        classes[taught].teachers.add(teacher)
    return classes


def _enrol(
    held: list[Pupil],
    invented: list[Invented],
    year: AcademicYear,
    classes: dict[str, SchoolClass],
) -> None:
    """Last year: every pupil in a class, and one who left in the summer."""
    rows = [
        Enrolment(
            pupil=pupil,
            academic_year=year.ends,
            nc_year=each.nc_year,
            school_class=classes[each.nc_year],
        )
        for pupil, each in zip(held, invented, strict=True)
    ]
    rows[_LEAVER].left_on = year.last_day.replace(month=5, day=22)
    Enrolment.objects.bulk_create(rows)


def _enrol_next(
    held: list[Pupil],
    invented: list[Invented],
    year: AcademicYear,
    classes: dict[str, SchoolClass],
) -> None:
    """This year: everybody a year group up, and Year 6 gone."""
    rows = []
    for number, (pupil, each) in enumerate(zip(held, invented, strict=True)):
        group = YEAR_GROUPS.index(each.nc_year) + 1
        if group < len(YEAR_GROUPS) and number != _LEAVER:
            nc_year = YEAR_GROUPS[group]
            rows.append(
                Enrolment(
                    pupil=pupil,
                    academic_year=year.ends,
                    nc_year=nc_year,
                    school_class=classes[nc_year],
                )
            )
    Enrolment.objects.bulk_create(rows)


def _open(school: School, year: AcademicYear, lead: User) -> None:
    """Last year's grids, opened by the lead: they are what there is to try."""
    book = rulebook(year)
    for code, collection in book.collections.items():
        if code != _CLOSED:
            sheet = Sheet(school=school, book=book, collection=collection)
            unlock(part=Part(sheet, None), by=lead)


def _results(
    dice: random.Random,
    held: list[Pupil],
    invented: list[Invented],
    year: AcademicYear,
) -> None:
    """The results of the year and of the one before it."""
    rows = []
    for pupil, each in zip(held, invented, strict=True):
        for item, sitting, value in _sat(dice, each, year):
            rows.append(
                Result(
                    pupil=pupil,
                    item=item,
                    year=sitting.ends,
                    value=value,
                    by_name="Hornbook",
                    source=Source.DEMO,
                )
            )
    Result.objects.bulk_create(rows)


def _sat(
    dice: random.Random, pupil: Invented, year: AcademicYear
) -> Iterator[tuple[str, AcademicYear, str]]:
    """Item, year and value; nobody is assessed again who met the standard before."""
    group = YEAR_GROUPS.index(pupil.nc_year)
    before = AcademicYear(year.ends - 1)
    earlier: dict[str, str] = {}
    if group:
        earlier = dict(values(dice, pupil, before, YEAR_GROUPS[group - 1]))
        for item, value in earlier.items():
            yield item, before, value
    for collection in rulebook(year).collections.values():
        own = {
            item.code: earlier[item.full_code]
            for item in collection.items
            if item.full_code in earlier
        }
        optional = not collection.statutory and pupil.nc_year in collection.nc_years
        if optional or collection.must_have_result(pupil.nc_year, own):
            for item, value in values_of(dice, pupil, collection):
                yield item, year, value
