"""Reads about schools and their people that more than one page wants."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import current_year
from hornbook.web.accounts.models import User
from hornbook.web.schools.models import (
    LocalAuthority,
    Membership,
    Role,
    School,
    Trust,
)


def year_in_use(today: date) -> AcademicYear:
    """The academic year that pages open on."""
    return current_year(today)


def listed(user: User | AnonymousUser) -> QuerySet[School]:
    """The schools a person sees; an installation's administrator, the name of each."""
    if isinstance(user, User) and user.is_staff:
        return School.objects.all()
    return School.objects.seen_by(user)


@dataclass(frozen=True, slots=True)
class Over:
    """What an administrator of many schools may add a school to."""

    trusts: tuple[Trust, ...]
    authorities: tuple[LocalAuthority, ...]

    def __bool__(self) -> bool:
        return bool(self.trusts or self.authorities)


def administers(user: User) -> Over:
    """The trusts and local authorities that a person administers."""
    held = Membership.objects.filter(user=user, role=Role.ADMINISTRATOR)
    return Over(
        tuple(Trust.objects.filter(pk__in=held.values("trust"))),
        tuple(LocalAuthority.objects.filter(pk__in=held.values("authority"))),
    )


def may_add_schools(user: User | AnonymousUser) -> bool:
    """Whether a person may add a school: of the installation, a trust or an LA."""
    return isinstance(user, User) and (user.is_staff or bool(administers(user)))


def answers_for_all(user: User | AnonymousUser) -> bool:
    """Whether a person decides for the whole installation.

    Its administrator does; and where a person administers every real school in it,
    as in a school with a Hornbook of its own, that person.
    """
    if not isinstance(user, User):
        return False
    if user.is_staff:
        return True
    held = Membership.objects.filter(user=user, role=Role.ADMINISTRATOR)
    mine = School.objects.filter(
        Q(pk__in=held.values("school"))
        | Q(trust__in=held.exclude(trust=None).values("trust"))
        | Q(authority__in=held.exclude(authority=None).values("authority"))
    )
    real = School.objects.filter(demo=False)
    return mine.exists() and not real.exclude(pk__in=mine).exists()


def may_set_up(user: User | AnonymousUser) -> bool:
    """Whether a person may make the first real school, beside the demonstration."""
    if not isinstance(user, User) or School.objects.filter(demo=False).exists():
        return False
    looks_after = Membership.objects.filter(user=user, role=Role.ADMINISTRATOR)
    return user.is_staff or looks_after.filter(school__demo=True).exists()


def answers_for(*, by: User, user: User) -> bool:
    """Whether every role of a person is one that `by` manages.

    A link sets the password, and so opens all that the person sees: whoever manages
    one school must not come by it into another.
    """
    if by.is_staff:
        return True
    if user.is_staff:
        return False
    held = Membership.objects.filter(user=by, role=Role.ADMINISTRATOR)
    schools = held.exclude(school=None).values("school")
    trusts = held.exclude(trust=None).values("trust")
    authorities = held.exclude(authority=None).values("authority")
    managed = (
        Q(school__in=schools)
        | Q(school__trust__in=trusts)
        | Q(school__authority__in=authorities)
        | Q(trust__in=trusts)
        | Q(authority__in=authorities)
    )
    roles = Membership.objects.filter(user=user)
    return roles.count() == roles.filter(managed).count()


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person of a school, with their roles there and the classes they teach."""

    user: User
    memberships: tuple[Membership, ...]
    classes: tuple[str, ...]

    @property
    def joined(self) -> bool:
        """Whether they have set a password."""
        return self.user.has_usable_password()


def colleagues(school: School, year: AcademicYear) -> list[Colleague]:
    """The people with a role at the school itself, by name."""
    roles: dict[User, list[Membership]] = defaultdict(list)
    members = Membership.objects.filter(school=school).select_related("user")
    for member in members.order_by("user__name", "user__email", "role"):
        roles[member.user].append(member)
    taught: dict[int, list[str]] = defaultdict(list)
    classes = school.classes.filter(academic_year=year.ends)
    for teacher, name in classes.values_list("teachers", "name"):
        if teacher is not None:
            taught[teacher].append(name)
    return [
        Colleague(user, tuple(held), tuple(sorted(taught[user.pk])))
        for user, held in roles.items()
    ]


def overseers(school: School) -> list[Membership]:
    """The people whose role reaches the school from its trust or local authority."""
    above = Q()
    if school.trust_id is not None:
        above |= Q(trust=school.trust_id)
    if school.authority_id is not None:
        above |= Q(authority=school.authority_id)
    if not above:
        return []
    found = Membership.objects.filter(above).select_related(
        "user", "trust", "authority"
    )
    return list(found.order_by("user__name", "role"))
