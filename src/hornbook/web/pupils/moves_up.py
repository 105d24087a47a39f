"""Moving a school up into its next year, all or nothing, and taking that back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import codeset
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.pupils.models import Enrolment, MoveUp, Pupil, SchoolClass
from hornbook.web.pupils.moving_up import Choices, Enrolled, NewClass, Plan, plan
from hornbook.web.schools.models import School
from hornbook.wording import sentences

_SHOWN: Final = 5


class PlanIsStale(Exception):
    """Pupils, classes or choices are different from what was approved."""


class CannotUndo(ValueError):
    """Something newer depends on the move; the words say what."""


def on_roll(school: School, year: int) -> list[Enrolled]:
    """Everybody on roll in a year, by name."""
    return [each for each, left in _enrolled(school, year) if left is None]


def there_already(school: School, year: AcademicYear) -> frozenset[int]:
    """The pupils who are in the next year already."""
    found = Enrolment.objects.filter(pupil__school=school, academic_year=year.ends + 1)
    return frozenset(found.values_list("pupil", flat=True))


def preview(school: School, year: AcademicYear, choices: Choices) -> Plan:
    """What moving the school up out of a year would do now; three queries."""
    classes = SchoolClass.objects.filter(school=school, academic_year=year.ends + 1)
    return plan(
        year,
        on_roll(school, year.ends),
        [each for each, _ in _enrolled(school, year.ends + 1)],
        classes.values_list("name", flat=True),
        choices,
    )


def _enrolled(school: School, year: int) -> Iterator[tuple[Enrolled, date | None]]:
    found = Enrolment.objects.filter(pupil__school=school, academic_year=year)
    for key, pupil, upn, surname, forename, group, name, left in found.order_by(
        "pupil__surname", "pupil__forename", "pupil"
    ).values_list(
        "pk",
        "pupil",
        "pupil__upn",
        "pupil__surname",
        "pupil__forename",
        "nc_year",
        "school_class__name",
        "left_on",
    ):
        called = f"{surname}, {forename}"
        yield Enrolled(key, pupil, upn, called, group, name or ""), left


@transaction.atomic
def move_up(
    *, school: School, year: AcademicYear, choices: Choices, approved: str, by: User
) -> MoveUp:
    """Carry out the plan whose digest was approved; raises PlanIsStale."""
    School.objects.select_for_update().get(pk=school.pk)
    wanted = preview(school, year, choices)
    if not wanted or wanted.digest != approved:
        raise PlanIsStale
    classes = _classes(school, year, wanted.classes)
    made = MoveUp.objects.create(
        school=school,
        academic_year=wanted.into,
        by_name=str(by),
        changes={
            "classes": [classes[each.name].pk for each in wanted.classes if each.made],
            "enrolments": _enrol(wanted, classes),
            "placed": _place(wanted, classes),
            "left": _leave(wanted),
        },
    )
    record(
        by=by,
        school=school,
        action="school moved up",
        subject=str(AcademicYear(wanted.into)),
        detail=_in_detail(wanted),
    )
    return made


def _in_detail(wanted: Plan) -> dict[str, object]:
    """What is written down of a move: counts, classes, teachers, and who went apart."""
    titles = codeset("nc_years")
    taught = [each for each in wanted.classes if each.teachers]
    return {
        "year": wanted.into,
        "moved": len(wanted.moves),
        **{
            move.upn: [titles[move.before], titles[move.nc_year]]
            for move in (*wanted.stay, *wanted.skip)
        },
        "put into classes": len(wanted.placed),
        "left": len(wanted.leavers),
        "classes": ", ".join(each.name for each in wanted.classes),
        "teachers": "; ".join(f"{each.name}: {each.taught_by}" for each in taught),
    }


def _classes(
    school: School, year: AcademicYear, wanted: Iterable[NewClass]
) -> dict[str, SchoolClass]:
    """The new year's classes by name; a new one has the teachers that were chosen."""
    of_year = SchoolClass.objects.filter(school=school, academic_year=year.ends + 1)
    held = {each.name: each for each in of_year}
    new = [each for each in wanted if each.made]
    made = SchoolClass.objects.bulk_create(
        SchoolClass(school=school, academic_year=year.ends + 1, name=each.name)
        for each in new
    )
    teaching = SchoolClass.teachers.through
    teaching._default_manager.bulk_create(  # noqa: SLF001 - Django's public way
        teaching(schoolclass_id=each.pk, user_id=teacher.key)
        for each, wanted_class in zip(made, new, strict=True)
        for teacher in wanted_class.teachers
    )
    return held | {each.name: each for each in made}


def _enrol(wanted: Plan, classes: Mapping[str, SchoolClass]) -> dict[str, object]:
    """Enrol those who move up; their classes by the new enrolments' keys."""
    rows = Enrolment.objects.bulk_create(
        Enrolment(
            pupil_id=move.pupil,
            academic_year=wanted.into,
            nc_year=move.nc_year,
            school_class=classes.get(move.class_name),
        )
        for move in wanted.moves
    )
    return {str(row.pk): [row.nc_year, row.school_class_id] for row in rows}


def _place(wanted: Plan, classes: Mapping[str, SchoolClass]) -> dict[str, object]:
    """Put those into a class who are in the new year already."""
    rows = Enrolment.objects.in_bulk([each.enrolment for each in wanted.placed])
    for each in wanted.placed:
        rows[each.enrolment].school_class = classes[each.class_name]
    Enrolment.objects.bulk_update(rows.values(), ["school_class"])
    return {str(row.pk): row.school_class_id for row in rows.values()}


def _leave(wanted: Plan) -> dict[str, str]:
    """Mark those who leave at the end of the year; the day by their enrolments."""
    left = [each.enrolment for each in wanted.leavers]
    Enrolment.objects.filter(pk__in=left).update(left_on=wanted.last_day)
    return {str(key): wanted.last_day.isoformat() for key in left}


@transaction.atomic
def undo(*, move: MoveUp, by: User) -> list[Enrolment]:
    """Take a move back while nothing newer depends on it; raises CannotUndo.

    A last day that was corrected since is not the move's, and stays: those are given.
    """
    School.objects.select_for_update().get(pk=move.school_id)
    move.refresh_from_db()
    if move.undone_at is not None:
        raise CannotUndo("This has been taken back already.")
    _refuse_where_newer(move)
    changes = move.changes
    Enrolment.objects.filter(pk__in=map(int, changes["enrolments"])).delete()
    placed = Enrolment.objects.filter(pk__in=map(int, changes["placed"]))
    placed.update(school_class=None)
    corrected = _take_back_leaving(changes["left"])
    SchoolClass.objects.filter(pk__in=changes["classes"]).delete()
    move.undone_at, move.undone_by_name = timezone.now(), str(by)
    move.save(update_fields=["undone_at", "undone_by_name"])
    record(
        by=by,
        school=move.school,
        action="moving up taken back",
        subject=str(AcademicYear(move.academic_year)),
        detail={"year": move.academic_year},
    )
    return corrected


def _take_back_leaving(left: Mapping[str, str]) -> list[Enrolment]:
    """Put those on roll again who have the last day that the move wrote."""
    rows = Enrolment.objects.select_related("pupil").in_bulk(map(int, left)).values()
    as_written = {row.pk for row in rows if str(row.left_on) == left[str(row.pk)]}
    Enrolment.objects.filter(pk__in=as_written).update(left_on=None)
    return [row for row in rows if row.pk not in as_written]


def _refuse_where_newer(move: MoveUp) -> None:
    reasons = list(
        dict.fromkeys(
            (*_changed(move), *_assessed(move), *_in_classes(move), *_moved_on(move))
        )
    )
    if reasons:
        raise CannotUndo(sentences(reasons, _SHOWN))


def _changed(move: MoveUp) -> Iterator[str]:
    """What was done since to the enrolments that the move made or changed."""
    made, placed = move.changes["enrolments"], move.changes["placed"]
    keys = map(int, (*made, *placed, *move.changes["left"]))
    rows = Enrolment.objects.select_related("pupil").in_bulk(keys)
    for key, became in made.items():
        row = rows.get(int(key))
        if row is None:
            yield "A pupil who moved up has been taken away since."
        elif [row.nc_year, row.school_class_id] != became or _left(row):
            yield f"{row.pupil} has been changed in the new year since."
    for key, class_pk in placed.items():
        row = rows.get(int(key))
        if row is None or row.school_class_id != class_pk:
            yield f"{row.pupil if row else 'A pupil'} has changed class since."
    for key in move.changes["left"]:
        row = rows.get(int(key))
        if row is not None and row.left_on is None:
            yield f"{row.pupil} is on roll after all since."


def _left(row: Enrolment) -> bool:
    """Whether a pupil left once the year had begun; before it they never came."""
    first_day = AcademicYear(row.academic_year).first_day
    return row.left_on is not None and row.left_on >= first_day


def _assessed(move: MoveUp) -> Iterator[str]:
    """The pupils who moved up and have results of the new year."""
    moved = Enrolment.objects.filter(pk__in=map(int, move.changes["enrolments"]))
    assessed = Pupil.objects.filter(
        pk__in=moved.values("pupil"), results__year=move.academic_year
    )
    for pupil in assessed.distinct():
        yield f"{pupil} has results of {AcademicYear(move.academic_year)}."


def _in_classes(move: MoveUp) -> Iterator[str]:
    """The classes that were made and hold somebody else, or are locked."""
    made = SchoolClass.objects.filter(pk__in=move.changes["classes"])
    own = [
        *map(int, move.changes["enrolments"]),
        *map(int, move.changes["placed"]),
    ]
    others = Enrolment.objects.filter(school_class__in=made).exclude(pk__in=own)
    for each in others.select_related("pupil", "school_class"):
        yield f"{each.pupil} has been put into {each.school_class} since."
    for locked in made.filter(locks__isnull=False).distinct():
        yield f"{locked} has been locked in a grid."


def _moved_on(move: MoveUp) -> Iterator[str]:
    """The later years into which the school was moved from there."""
    later = MoveUp.objects.filter(
        school=move.school_id, academic_year=move.academic_year + 1, undone_at=None
    )
    for each in later:
        yield f"The school has been moved up into {AcademicYear(each.academic_year)}."


def made_of(school: School) -> Sequence[MoveUp]:
    """The moves of a school, newest first."""
    return list(MoveUp.objects.filter(school=school))
