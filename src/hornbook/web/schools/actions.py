"""Making schools, and giving and taking roles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from hornbook.identifiers import AcademicYear, LAEstab
from hornbook.web.accounts import actions as accounts
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.schools.models import (
    LocalAuthority,
    Membership,
    Role,
    School,
    Trust,
)

KEPT: Final = ("name", "la", "estab", "urn")
SETTINGS: Final = (*KEPT, "head_signs")


class LastAdministrator(Exception):
    """Somebody must be left to look after the school."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSchool:
    """What is known of a school that is added."""

    number: LAEstab
    name: str
    urn: str = ""
    over: Trust | LocalAuthority | None = None
    demo: bool = False


@transaction.atomic
def add_school(*, by: User | None, new: NewSchool) -> School:
    """Make an empty school."""
    school = School.objects.create(
        name=new.name,
        la=new.number.la,
        estab=new.number.estab,
        urn=new.urn,
        trust=new.over if isinstance(new.over, Trust) else None,
        authority=new.over if isinstance(new.over, LocalAuthority) else None,
        demo=new.demo,
    )
    record(by=by, school=school, action="school added", subject=school.name)
    return school


@transaction.atomic
def set_up(
    *, by: User, new: NewSchool, email: str, name: str
) -> tuple[School, User, accounts.Link | None]:
    """Make the first real school; its administrator looks after the installation."""
    school = add_school(by=by, new=new)
    user, link = invite(
        by=by, over=school, email=email, name=name, role=Role.ADMINISTRATOR
    )
    _look_after_installation(by=by, user=user)
    return school, user, link


@transaction.atomic
def change_school(
    *, by: User | None, school: School, details: Mapping[str, object]
) -> None:
    """Change a school's name and numbers, and whether its head signs returns off."""
    changed = {
        name: [getattr(school, name), details[name]]
        for name in SETTINGS
        if name in details and getattr(school, name) != details[name]
    }
    if not changed:
        return
    for name, (_, new) in changed.items():
        setattr(school, name, new)
    school.save(update_fields=SETTINGS)
    record(
        by=by,
        school=school,
        action="school changed",
        subject=school.name,
        detail=changed,
    )


@transaction.atomic
def give_role(
    *, by: User | None, over: School | Trust | LocalAuthority, user: User, role: Role
) -> None:
    """Give a person a role over a school, a trust or a local authority."""
    _, new = Membership.objects.get_or_create(user=user, role=role, **_scope(over))
    if new:
        record(
            by=by,
            school=over if isinstance(over, School) else None,
            action="role given",
            subject=user.email,
            detail={"role": role.value, "over": str(over)},
        )


@transaction.atomic
def invite(
    *,
    by: User | None,
    over: School | Trust | LocalAuthority,
    email: str,
    name: str,
    role: Role,
) -> tuple[User, accounts.Link | None]:
    """Give a role; the link is for somebody new, who has no password yet."""
    try:
        user, link = accounts.person(email), None
    except accounts.UnknownPerson:
        link = accounts.invite(by=by, email=email, name=name)
        user = link.user
    give_role(by=by, over=over, user=user, role=role)
    return user, link


@transaction.atomic
def make_installer(
    *, by: User | None, email: str, name: str
) -> tuple[User, accounts.Link | None]:
    """Let a person add schools and make anybody's link; it shows them no pupil."""
    try:
        user, link = accounts.person(email), None
    except accounts.UnknownPerson:
        link = accounts.invite(by=by, email=email, name=name)
        user = link.user
    _look_after_installation(by=by, user=user)
    return user, link


def _look_after_installation(*, by: User | None, user: User) -> None:
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    record(by=by, action="installation administrator made", subject=user.email)


@transaction.atomic
def change_roles(
    *, by: User, school: School, user: User, roles: Iterable[Role]
) -> None:
    """Leave a person with exactly these roles at a school; none removes them."""
    wanted = set(roles)
    held = Membership.objects.select_for_update().filter(school=school)
    for member in held.filter(user=user).exclude(role__in=wanted):
        _take_role(by=by, school=school, member=member)
    for role in wanted:
        give_role(by=by, over=school, user=user, role=role)
    if Role.TEACHER not in wanted:
        for taught in user.classes.filter(school=school):
            taught.teachers.remove(user)


@transaction.atomic
def give_classes(
    *, by: User, school: School, user: User, year: AcademicYear, classes: Iterable[int]
) -> None:
    """Leave a teacher with exactly these classes of a school in a year."""
    of_year = school.classes.filter(academic_year=year.ends)
    before = set(of_year.filter(teachers=user))
    after = set(of_year.filter(pk__in=list(classes)))
    if before == after:
        return
    user.classes.remove(*before)
    user.classes.add(*after)
    record(
        by=by,
        school=school,
        action="classes given",
        subject=user.email,
        detail={"classes": [_names(before), _names(after)], "year": year.ends},
    )


def _names(classes: Iterable[object]) -> str:
    return ", ".join(sorted(str(one) for one in classes))


def _take_role(*, by: User, school: School, member: Membership) -> None:
    """Take one role away; raises LastAdministrator."""
    others = Membership.objects.filter(school=school, role=Role.ADMINISTRATOR)
    if (
        member.role == Role.ADMINISTRATOR
        and not others.exclude(user=member.user).exists()
    ):
        raise LastAdministrator(
            f"{member.user} is the only administrator of {school}. "
            "Make somebody else one first."
        )
    record(
        by=by,
        school=school,
        action="role taken away",
        subject=member.user.email,
        detail={"role": member.role},
    )
    member.delete()


def _scope(over: School | Trust | LocalAuthority) -> dict[str, Any]:
    """The field of a membership that says what it is over."""
    if isinstance(over, School):
        return {"school": over}
    return {"trust": over} if isinstance(over, Trust) else {"authority": over}
