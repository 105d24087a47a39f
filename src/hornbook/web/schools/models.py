"""Schools, the trusts and local authorities over them, and people's roles."""

from typing import ClassVar, Final, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from hornbook.web.accounts.models import User


class Trust(models.Model):
    """An academy trust: its people hold their role over all its schools."""

    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class LocalAuthority(models.Model):
    """A local authority: its people hold their role over the schools in it."""

    number = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "local authorities"

    def __str__(self) -> str:
        return self.name


class SchoolQuerySet(models.QuerySet["School"]):
    """Schools, as a person may see them."""

    def seen_by(self, user: User | AnonymousUser) -> Self:
        """The schools where the person holds any role."""
        if not isinstance(user, User):
            return self.none()
        mine = Membership.objects.filter(user=user)
        return self.filter(
            Q(pk__in=mine.values("school"))
            | Q(trust__in=mine.exclude(trust=None).values("trust"))
            | Q(authority__in=mine.exclude(authority=None).values("authority"))
        )


class School(models.Model):
    """A school; its DfE number is its address in Hornbook."""

    name = models.CharField(max_length=200)
    la = models.CharField("LA number", max_length=3)
    estab = models.CharField("establishment number", max_length=4)
    urn = models.CharField("URN", max_length=6, blank=True)
    trust = models.ForeignKey(Trust, null=True, blank=True, on_delete=models.PROTECT)
    authority = models.ForeignKey(
        LocalAuthority, null=True, blank=True, on_delete=models.PROTECT
    )
    demo = models.BooleanField(default=False)
    # Whether the headteacher signs a return before its file is made.
    head_signs = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["la", "estab"], name="one_school_a_number")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def laestab(self) -> str:
        """The DfE number, seven digits."""
        return self.la + self.estab


class RecipientProfile(models.Model):
    """How a school's recipient wants its files, in the text that is published."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="profiles"
    )
    recipient = models.CharField(max_length=10)
    text = models.TextField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "recipient"], name="one_profile_a_recipient"
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.recipient}"


class Role(models.TextChoices):
    """What a person may do, in product.md's words."""

    TEACHER = "teacher", "Teacher"
    LEAD = "lead", "Assessment lead"
    OFFICE = "office", "Office"
    HEAD = "head", "Headteacher"
    GOVERNOR = "governor", "Governor"
    ADMINISTRATOR = "administrator", "Administrator"


# Those who do not see every pupil: a teacher sees classes, a governor nobody.
ROLES_OF_A_PART: Final = frozenset({Role.TEACHER, Role.GOVERNOR})


class Membership(models.Model):
    """A person's role over one school, one trust or one local authority."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    school = models.ForeignKey(School, null=True, on_delete=models.CASCADE)
    trust = models.ForeignKey(Trust, null=True, on_delete=models.CASCADE)
    authority = models.ForeignKey(LocalAuthority, null=True, on_delete=models.CASCADE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, trust=None, authority=None)
                | Q(school=None, trust__isnull=False, authority=None)
                | Q(school=None, trust=None, authority__isnull=False),
                name="a_role_over_one_thing",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "school"], name="one_role_a_school"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "trust"], name="one_role_a_trust"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "authority"], name="one_role_an_authority"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
