"""Changes to pupils and classes, each with its event."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from hornbook.identifiers import AcademicYear
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.pupils.models import (
    ClassMove,
    Enrolment,
    FormerUPN,
    Pupil,
    SchoolClass,
)
from hornbook.web.pupils.placing import Placings, Wanted
from hornbook.web.schools.models import School

Details = Mapping[str, object]


@transaction.atomic
def add_pupil(
    *,
    school: School,
    details: Details,
    academic_year: int,
    nc_year: str,
    school_class: SchoolClass | None,
    by: User,
) -> Pupil:
    """A pupil by hand, enrolled in a school year, and in a class if there is one."""
    pupil = Pupil.objects.create(school=school, **details)
    Enrolment.objects.create(
        pupil=pupil,
        academic_year=academic_year,
        nc_year=nc_year,
        school_class=school_class,
    )
    record(by=by, school=school, action="pupil added", subject=pupil.upn)
    return pupil


@transaction.atomic
def change_pupil(*, pupil: Pupil, details: Details, by: User) -> None:
    """Store changed details; a UPN that is replaced is kept as a former one."""
    held = Pupil.objects.select_for_update().get(pk=pupil.pk)
    changed = {
        name: [str(getattr(held, name)), str(value)]
        for name, value in details.items()
        if getattr(held, name) != value
    }
    if not changed:
        return
    if "upn" in changed:
        FormerUPN.objects.get_or_create(pupil=held, upn=held.upn)
    for name, value in details.items():
        setattr(held, name, value)
    held.save(update_fields=list(changed))
    record(
        by=by,
        school=held.school,
        action="pupil changed",
        subject=held.upn,
        detail=changed,
    )


@transaction.atomic
def mark_leaving(*, enrolment: Enrolment, left_on: date | None, by: User) -> None:
    """Mark a pupil as leaving on a day, or, with None, as on roll after all.

    A year in preparation, into which the pupil was moved up, goes the same way.
    """
    before = enrolment.left_on
    enrolment.left_on = left_on
    later = Q(academic_year__gte=enrolment.academic_year)
    Enrolment.objects.filter(later, pupil=enrolment.pupil_id).update(left_on=left_on)
    record(
        by=by,
        school=enrolment.pupil.school,
        action="pupil left" if left_on else "pupil on roll again",
        subject=enrolment.pupil.upn,
        detail={"left_on": [str(before or ""), str(left_on or "")]},
    )


@transaction.atomic
def add_class(
    *,
    school: School,
    academic_year: int,
    name: str,
    teachers: Iterable[User] = (),
    by: User,
) -> SchoolClass:
    """A class without pupils yet."""
    made = SchoolClass.objects.create(
        school=school, academic_year=academic_year, name=name
    )
    chosen = list(teachers)
    made.teachers.set(chosen)
    record(
        by=by,
        school=school,
        action="class made",
        subject=name,
        detail={"year": academic_year, "teachers": ["", _names(chosen)]},
    )
    return made


@transaction.atomic
def change_class(
    *, school_class: SchoolClass, name: str, teachers: Iterable[User], by: User
) -> None:
    """A class's name and its teachers."""
    was, taught = school_class.name, _names(school_class.teachers.all())
    school_class.name = name
    school_class.save(update_fields=["name"])
    chosen = list(teachers)
    school_class.teachers.set(chosen)
    pairs = {"name": [was, name], "teachers": [taught, _names(chosen)]}
    record(
        by=by,
        school=school_class.school,
        action="class changed",
        subject=name,
        detail={what: pair for what, pair in pairs.items() if pair[0] != pair[1]},
    )


def _names(teachers: Iterable[User]) -> str:
    return ", ".join(sorted(map(str, teachers)))


@transaction.atomic
def fill_class(
    *,
    school_class: SchoolClass,
    joining: Iterable[Enrolment],
    leaving: Iterable[Enrolment],
    by: User,
) -> None:
    """Put pupils into a class, and take others out of it, from today on."""
    into = [enrolment.pk for enrolment in joining]
    out = [enrolment.pk for enrolment in leaving]
    school, today = school_class.school, timezone.localdate()
    School.objects.select_for_update().get(pk=school.pk)
    moved = _move(school, dict.fromkeys(out, None), today, by)
    moved |= _move(school, dict.fromkeys(into, school_class), today, by)
    if not moved:
        return
    record(
        by=by,
        school=school,
        action="class filled",
        subject=school_class.name,
        detail={"year": school_class.academic_year, **moved},
    )


class PlacingsAreStale(Exception):
    """Classes have changed since the list was looked at."""


@transaction.atomic
def place_pupils(
    *, school: School, academic_year: int, wanted: Wanted, approved: str, by: User
) -> Placings:
    """Put many pupils into classes at once; classes that are not there are made.

    Raises PlacingsAreStale where what would be done is not what was approved.
    """
    School.objects.select_for_update().get(pk=school.pk)
    placings = wanted.placings(school, academic_year)
    if placings.digest != approved:
        raise PlacingsAreStale
    SchoolClass.objects.bulk_create(
        SchoolClass(school=school, academic_year=academic_year, name=name)
        for name in placings.new_classes
    )
    held = SchoolClass.objects.filter(school=school, academic_year=academic_year)
    classes = {each.name: each for each in held}
    into = {move.enrolment: classes[move.after] for move in placings.moves}
    moved = _move(school, into, placings.on, by)
    record(
        by=by,
        school=school,
        action="pupils put into classes",
        subject=str(AcademicYear(academic_year)),
        detail={
            "year": academic_year,
            "on": placings.on.isoformat(),
            "classes made": ", ".join(placings.new_classes),
            **moved,
        },
    )
    return placings


def _move(
    school: School, into: Mapping[int, SchoolClass | None], on: date, by: User
) -> dict[str, list[str]]:
    """Move enrolments, each to its class, and keep the day: a few statements.

    What the class of each was, and what it is now, by the pupil's UPN.
    """
    rows = Enrolment.objects.select_related("school_class", "pupil").filter(
        pk__in=into, pupil__school=school
    )
    moves = []
    moved = {}
    for row in rows:
        before, after = row.school_class, into[row.pk]
        row.school_class = after
        names = (before.name if before else "", after.name if after else "")
        moved[row.pupil.upn] = [*names]
        moves.append(
            ClassMove(
                enrolment=row, before=names[0], after=names[1], on=on, by_name=str(by)
            )
        )
    Enrolment.objects.bulk_update(rows, ["school_class"])
    ClassMove.objects.bulk_create(moves)
    return moved


class ClassStays(Exception):
    """A grid was locked for the class, and that stays on record."""


@transaction.atomic
def delete_class(*, school_class: SchoolClass, by: User) -> None:
    """Take a class away; its pupils stay on roll without a class. Raises ClassStays."""
    name = school_class.name
    try:
        school_class.delete()
    except ProtectedError as fault:
        raise ClassStays from fault
    record(by=by, school=school_class.school, action="class taken away", subject=name)
