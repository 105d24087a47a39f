"""A school of invented pupils, and what tests of the grid and of returns do in it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse

from hornbook.identifiers import check_letter
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment, Pupil, SchoolClass
from hornbook.web.results.models import Result, Source
from hornbook.web.schools.models import Membership, Role, School

YEAR = 2026
MARK = "phonics.mark"
_numbers = count(1)


def make_school(name: str = "Elm Road Primary School", estab: str = "2155") -> School:
    return School.objects.create(name=name, la="926", estab=estab, urn="123456")


def next_upn() -> str:
    body = f"9262155{next(_numbers):05}"
    return check_letter(body) + body


def born(nc_year: str, year: int = YEAR) -> date:
    """A birthday that is right for the year group."""
    age = 5 if nc_year == "R" else 5 + int(nc_year)
    return date(year - age, 1, 15)


def enrol(
    school: School,
    surname: str,
    nc_year: str,
    *,
    forename: str = "Ada",
    class_name: str = "",
    left_on: date | None = None,
    year: int = YEAR,
) -> Pupil:
    pupil = Pupil.objects.create(
        school=school,
        upn=next_upn(),
        surname=surname,
        forename=forename,
        dob=born(nc_year, year),
        sex="F",
        postcode="NR1 1AA",
    )
    in_class = None
    if class_name:
        in_class, _ = SchoolClass.objects.get_or_create(
            school=school, academic_year=year, name=class_name
        )
    Enrolment.objects.create(
        pupil=pupil,
        academic_year=year,
        nc_year=nc_year,
        school_class=in_class,
        left_on=left_on,
    )
    return pupil


def give(pupil: Pupil, item: str, value: str, year: int = YEAR) -> Result:
    return Result.objects.create(
        pupil=pupil,
        item=item,
        year=year,
        value=value,
        by_name="Office",
        source=Source.TRANSFER,
    )


def profile(pupil: Pupil, value: str = "2", year: int = YEAR) -> None:
    """All seventeen goals."""
    for number in range(1, 18):
        give(pupil, f"eyfsp.E{number:02}", value, year)


def person(role: str, school: School, name: str = "") -> User:
    name = name or f"The {role}"
    user = User.objects.create_user(
        f"{name.replace(' ', '.')}@example.invalid".lower(), name
    )
    Membership.objects.create(user=user, role=Role(role), school=school)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, school: School, *args: object) -> str:
    return reverse(name, args=[school.laestab, *args])


def edit(
    pupil: Pupil, item: str, value: str, base: int | None = None
) -> dict[str, Any]:
    return {"pupil": pupil.pk, "item": item, "value": value, "base": base}


def save(
    client: Client,
    school: School,
    edits: Sequence[Mapping[str, Any]],
    *,
    collection: str = "phonics",
    year: int = YEAR,
    source: str = "grid",
) -> dict[str, Any]:
    response = client.post(
        address("results:save", school, collection, year),
        json.dumps({"source": source, "edits": list(edits)}),
        content_type="application/json",
    )
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer
