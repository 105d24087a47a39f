"""Pupils, their enrolment in each academic year, and classes."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from hornbook.identifiers import AcademicYear
from hornbook.web.accounts.models import User
from hornbook.web.schools.models import (
    ROLES_OF_A_PART,
    Membership,
    Role,
    School,
)


class PupilQuerySet(models.QuerySet["Pupil"]):
    """Pupils, as a person may see them."""

    def seen_by(self, user: User | AnonymousUser) -> Self:
        """Pupils of the person's schools; a teacher sees the classes given to them.

        Until the pupils are in a class of a later year that has begun: then they are
        somebody else's. A governor sees no pupil. Somebody with two roles sees what
        either sees.
        """
        if not isinstance(user, User):
            return self.none()
        whole = Membership.objects.filter(user=user).exclude(role__in=ROLES_OF_A_PART)
        teaches = Membership.objects.filter(user=user, role=Role.TEACHER)
        taught = Enrolment.objects.filter(school_class__teachers=user).filter(
            Q(pupil__school__in=teaches.values("school"))
            | Q(pupil__school__trust__in=_known(teaches, "trust"))
            | Q(pupil__school__authority__in=_known(teaches, "authority"))
        )
        moved_on = Enrolment.objects.begun(timezone.localdate()).filter(
            pupil=OuterRef("pupil"), academic_year__gt=OuterRef("academic_year")
        )
        taught = taught.exclude(Exists(moved_on))
        return self.filter(
            Q(school__in=_known(whole, "school"))
            | Q(school__trust__in=_known(whole, "trust"))
            | Q(school__authority__in=_known(whole, "authority"))
            | Q(pk__in=taught.values("pupil"))
        )


def _known(
    memberships: models.QuerySet[Membership], scope: str
) -> models.QuerySet[Membership, object]:
    """The ids of one kind of scope, never null."""
    known: models.QuerySet[Membership, object] = memberships.exclude(
        **{scope: None}
    ).values(scope)
    return known


class Pupil(models.Model):
    """A pupil of one school: (school, UPN). A mover is a new row at the new school."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="pupils")
    upn = models.CharField("UPN", max_length=13)
    surname = models.CharField(max_length=128)
    forename = models.CharField(max_length=128)
    middle_names = models.CharField(max_length=200, blank=True)
    preferred_surname = models.CharField(max_length=128, blank=True)
    preferred_forename = models.CharField(max_length=128, blank=True)
    former_surname = models.CharField(max_length=128, blank=True)
    dob = models.DateField("date of birth")
    sex = models.CharField(max_length=1)
    ethnicity = models.CharField(max_length=4, blank=True)
    first_language = models.CharField(max_length=3, blank=True)
    # "Y", "N", or blank where no source has said.
    fsm = models.CharField("free school meals", max_length=1, blank=True)
    fsm_ever6 = models.CharField("free school meals, ever 6", max_length=1, blank=True)
    looked_after = models.CharField(max_length=1, blank=True)
    service_child = models.CharField(max_length=1, blank=True)
    sen_provision = models.CharField("SEN", max_length=1, blank=True)
    postcode = models.CharField(max_length=10, blank=True)

    objects = PupilQuerySet.as_manager()

    class Meta:
        ordering = ["surname", "forename", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "upn"], name="one_pupil_a_upn")
        ]

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}"


class FormerUPN(models.Model):
    """A UPN the pupil had before, such as a temporary one."""

    pupil = models.ForeignKey(
        Pupil, on_delete=models.CASCADE, related_name="former_upns"
    )
    upn = models.CharField("UPN", max_length=13)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pupil", "upn"], name="one_former_upn")
        ]

    def __str__(self) -> str:
        return self.upn


class SchoolClass(models.Model):
    """A class of one academic year, made and filled in Hornbook: a CTF carries none."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="classes")
    # Named by the summer it ends in: 2026 is 2025/26.
    academic_year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    teachers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="classes"
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "classes"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "academic_year", "name"], name="one_class_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Enrolments, those of a year in preparation told from the others."""

    def begun(self, today: date) -> Self:
        """Those of school years that have begun."""
        return self.filter(academic_year__lte=AcademicYear.of(today).ends)


class Enrolment(models.Model):
    """A pupil's year group and class in one academic year; a leaver has left_on."""

    pupil = models.ForeignKey(
        Pupil, on_delete=models.CASCADE, related_name="enrolments"
    )
    academic_year = models.PositiveSmallIntegerField()
    nc_year = models.CharField("year group", max_length=2)
    school_class = models.ForeignKey(
        SchoolClass,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="enrolments",
    )
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil", "academic_year"], name="one_enrolment_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pupil} in {self.nc_year}"


class ClassMove(models.Model):
    """A pupil's move between classes within a year: from, to, and the day of it.

    Classes by name, since a class may be taken away; blank is no class.
    """

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.CASCADE, related_name="moves"
    )
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.before or 'no class'} to {self.after or 'no class'}"


class MoveUp(models.Model):
    """A school year made out of the one before it, and what it takes to undo it."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="moves_up"
    )
    # The year that pupils moved into.
    academic_year = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by_name = models.CharField(max_length=200)
    # Keys of rows made, and of rows changed each with what it became.
    changes = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "moves up"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by_name="")
                | (Q(undone_at__isnull=False) & ~Q(undone_by_name="")),
                name="move_undone_by_and_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school} into {self.academic_year}"
