"""What each role may do, and the guard that every view of a school wears."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import wraps
from typing import Concatenate, Final, TypeAlias, cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from hornbook.web.accounts.models import User
from hornbook.web.schools.models import Membership, Role, School


class Permission(StrEnum):
    """One thing that a role may or may not do."""

    SEE_TOTALS = "see_totals"
    VIEW_PUPILS = "view_pupils"
    SEE_EVERY_PUPIL = "see_every_pupil"
    VIEW_HISTORY = "view_history"
    ENTER_RESULTS = "enter_results"
    LOCK_GRIDS = "lock_grids"
    EDIT_PUPILS = "edit_pupils"
    BRING_IN = "bring_in"
    MAKE_RETURN = "make_return"
    SIGN_OFF = "sign_off"
    MANAGE_CLASSES = "manage_classes"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_SCHOOL = "manage_school"


_GOVERNOR: Final = frozenset({Permission.SEE_TOTALS})
_TEACHER: Final = _GOVERNOR | {Permission.VIEW_PUPILS, Permission.ENTER_RESULTS}
_WHOLE: Final = _GOVERNOR | {Permission.VIEW_PUPILS, Permission.SEE_EVERY_PUPIL}
_HEAD: Final = _WHOLE | {Permission.VIEW_HISTORY}
_OFFICE: Final = _WHOLE | {
    Permission.EDIT_PUPILS,
    Permission.BRING_IN,
    Permission.MAKE_RETURN,
    Permission.MANAGE_CLASSES,
}
_LEAD: Final = _TEACHER | _HEAD | _OFFICE | {Permission.LOCK_GRIDS}
_SIGNS: Final = _HEAD | {Permission.SIGN_OFF}
_ADMINISTRATOR: Final = _LEAD | {Permission.MANAGE_PEOPLE, Permission.MANAGE_SCHOOL}

ALLOWED: Final[Mapping[str, frozenset[Permission]]] = {
    Role.GOVERNOR: _GOVERNOR,
    Role.TEACHER: _TEACHER,
    Role.HEAD: _SIGNS,
    Role.OFFICE: _OFFICE,
    Role.LEAD: _LEAD,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}

# What the page of people says of each role.
IN_WORDS: Final[Mapping[str, str]] = {
    Role.TEACHER: "Enters and sees the results of their own classes.",
    Role.LEAD: "Sees and enters everything, brings files in and makes returns.",
    Role.OFFICE: "Looks after pupils and classes, brings files in and makes returns.",
    Role.HEAD: "Sees every pupil and result and how it came about; signs returns off.",
    Role.GOVERNOR: "Sees totals only, no child's name.",
    Role.ADMINISTRATOR: "All that a lead does, and people and settings.",
}


class SchoolRequest(HttpRequest):
    """A request that `needs` has let through."""

    user: User
    school: School
    permitted: frozenset[Permission]


View: TypeAlias = Callable[..., HttpResponseBase]
Inside: TypeAlias = Callable[Concatenate[SchoolRequest, School, ...], HttpResponseBase]


def roles(user: User | AnonymousUser, school: School) -> frozenset[str]:
    """The roles a person holds over a school, its trust or its local authority."""
    if not isinstance(user, User):
        return frozenset()
    over = Q(school=school)
    if school.trust_id is not None:
        over |= Q(trust=school.trust_id)
    if school.authority_id is not None:
        over |= Q(authority=school.authority_id)
    held = Membership.objects.filter(over, user=user)
    return frozenset(held.values_list("role", flat=True))


def permitted(user: User | AnonymousUser, school: School) -> frozenset[Permission]:
    """Everything a person may do at a school."""
    return _allowed(roles(user, school))


def _allowed(held: frozenset[str]) -> frozenset[Permission]:
    return frozenset[Permission]().union(*(ALLOWED[role] for role in held))


def may(user: User | AnonymousUser, permission: Permission, school: School) -> bool:
    """Whether a person may do one thing at a school."""
    return permission in permitted(user, school)


def schools_where(user: User, permission: Permission) -> QuerySet[School]:
    """The schools at which a person may do one thing."""
    held = Membership.objects.filter(user=user, role__in=roles_with(permission))
    return School.objects.seen_by(user).filter(
        Q(pk__in=held.exclude(school=None).values("school"))
        | Q(trust__in=held.exclude(trust=None).values("trust"))
        | Q(authority__in=held.exclude(authority=None).values("authority"))
    )


def roles_with(permission: Permission) -> list[str]:
    """The roles that may do one thing."""
    return [role for role, allowed in ALLOWED.items() if permission in allowed]


def schools_compared(user: User) -> tuple[School, ...]:
    """The schools whose totals a person sees: not those where they see classes only.

    Invented schools are left out beside real ones.
    """
    of_classes = schools_where(user, Permission.VIEW_PUPILS).exclude(
        pk__in=schools_where(user, Permission.SEE_EVERY_PUPIL)
    )
    seen = School.objects.seen_by(user).exclude(pk__in=of_classes)
    found = tuple(seen.select_related("trust", "authority"))
    return tuple(one for one in found if not one.demo) or found


def signed_in(request: HttpRequest) -> User:
    """Whoever is signed in; `login_required` lets nobody else through."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def compared_by(request: HttpRequest) -> tuple[School, ...]:
    """The schools whose totals who asks sees; forbidden to whoever has none."""
    found = schools_compared(signed_in(request))
    if not found:
        raise PermissionDenied
    return found


def needs(permission: Permission) -> Callable[[Inside], View]:
    """Guard a view of a school: `view(request, school, ...)` from `<laestab>`.

    Nobody is sent to sign in, a school out of sight is 404, a thing the person's role
    may not do is 403.
    """

    def guard(view: Inside) -> View:
        @wraps(view)
        def guarded(
            request: HttpRequest, laestab: str, **parts: object
        ) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return redirect_to_login(request.get_full_path())
            school = get_object_or_404(School, la=laestab[:3], estab=laestab[3:])
            held = roles(request.user, school)
            if not held:
                raise Http404
            inside = cast(SchoolRequest, request)
            inside.school = school
            inside.permitted = _allowed(held)
            if permission not in inside.permitted:
                raise PermissionDenied
            return view(inside, school, **parts)

        return guarded

    return guard
