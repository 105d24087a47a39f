"""Results: never overwritten, a change is a new row with the old one behind it."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Pupil


class ResultQuerySet(models.QuerySet["Result"]):
    """Results, as a person may see them."""

    def seen_by(self, user: User | AnonymousUser) -> Self:
        """Results of the pupils the person may see."""
        return self.filter(pupil__in=Pupil.objects.seen_by(user))

    def current(self) -> Self:
        """The row that stands for each pupil, item and year."""
        return self.filter(current=True)


class Source(models.TextChoices):
    """How a result came to be."""

    GRID = "grid", "Typed in the grid"
    PASTE = "paste", "Pasted into the grid"
    UNDO = "undo", "Put back"
    TRANSFER = "transfer", "Brought in from a file"
    DEMO = "demo", "Made up for the demonstration"


class Result(models.Model):
    """What was recorded of a pupil's item in one calendar year, by whom and when.

    The item is its code in the rulebook, such as "phonics.mark"; a cleared result is a
    row with an empty value. Exactly one row of a (pupil, item, year) is current.
    """

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="results")
    item = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=20, blank=True)
    current = models.BooleanField(default=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    source = models.CharField(max_length=10, choices=Source.choices)
    # The transfer's id where a file brought it; transfers stand above results.
    transfer_id = models.PositiveBigIntegerField(null=True, db_index=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil", "item", "year"],
                condition=Q(current=True),
                name="one_current_result",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["pupil", "item", "year"])]

    def __str__(self) -> str:
        return f"{self.item} {self.year}: {self.value}"
