"""The ledger of files made."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models

from hornbook.web.accounts.models import User
from hornbook.web.schools.models import School


class MadeFileQuerySet(models.QuerySet["MadeFile"]):
    """Files made, as a person may see them."""

    def seen_by(self, user: User | AnonymousUser) -> Self:
        """Files of the person's schools."""
        return self.filter(school__in=School.objects.seen_by(user))


class MadeFile(models.Model):
    """A file made for a recipient: its exact bytes, encrypted, and their hash."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    collection = models.CharField(max_length=40)
    academic_year = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    sequence = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    pupils = models.PositiveIntegerField()
    results = models.PositiveIntegerField()
    errors = models.PositiveIntegerField()
    queries = models.PositiveIntegerField()
    # What the check of the made file found: {"errors": 0, "queries": 0, "codes": {}}.
    checked = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_by_name = models.CharField(max_length=200)

    objects = MadeFileQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "academic_year", "name"], name="one_file_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
