"""Results: never overwritten, a change is a new row with the old one behind it."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Pupil, SchoolClass
from hornbook.web.schools.models import School


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
    RECORD = "record", "Typed in the pupil's record"
    UNDO = "undo", "Put back"
    TRANSFER = "transfer", "Brought in from a file"
    TABLE = "table", "Filled in from the year's table"
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
        indexes: ClassVar = [
            models.Index(fields=["pupil", "item", "year"]),
            # What was entered since a moment, asked every few seconds.
            models.Index(fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.year}: {self.value}"


class Lock(models.Model):
    """A grid in which nothing may be entered: all of it, or one class.

    An unlocked one stays as a row, with who unlocked it and when.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="locks")
    collection = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    school_class = models.ForeignKey(
        SchoolClass, null=True, on_delete=models.PROTECT, related_name="locks"
    )
    at = models.DateTimeField(auto_now_add=True)
    by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "collection", "year"],
                condition=Q(ended_at=None, school_class=None),
                name="one_lock_a_grid",
            ),
            models.UniqueConstraint(
                fields=["collection", "year", "school_class"],
                condition=Q(ended_at=None, school_class__isnull=False),
                name="one_lock_a_class",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by_name="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by_name="")),
                name="unlocked_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection} {self.year}: {self.school_class or 'everything'}"

    in_short = "Signed off"

    @property
    def in_words(self) -> str:
        """Who locked it and when, and who can unlock it."""
        what = f"{self.school_class} is locked" if self.school_class else "Locked"
        day = date_format(timezone.localtime(self.at), "j F Y")
        return f"{what} by {self.by_name} on {day}. An assessment lead can unlock it."

    @property
    def reopened_in_words(self) -> str:
        """Who opened a year that is over again, and when; for one that ended."""
        day = date_format(timezone.localtime(self.ended_at), "j F Y")
        return (
            f"This year is over. {self.ended_by_name} unlocked its results on {day}: "
            "what is entered here changes what stood when the year ended."
        )


class ExpectedList(models.Model):
    """Whom an authority or a portal expects in a collection; a new one replaces it."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    collection = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=255)
    at = models.DateTimeField(auto_now_add=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "collection", "year"], name="one_list_a_collection"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ExpectedPupil(models.Model):
    """A pupil as a list states them; blank is what it does not say."""

    expected_list = models.ForeignKey(
        ExpectedList, on_delete=models.CASCADE, related_name="pupils"
    )
    upn = models.CharField("UPN", max_length=13, blank=True)
    surname = models.CharField(max_length=128, blank=True)
    forename = models.CharField(max_length=128, blank=True)
    dob = models.DateField("date of birth", null=True)
    nc_year = models.CharField("year group", max_length=2, blank=True)

    class Meta:
        ordering: ClassVar = ["surname", "forename", "pk"]

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}".strip() or self.upn


class Difference(models.Model):
    """Why a pupil is on the list and not here, or here and not on the list.

    The key is the pupil's UPN, or the name and date of birth where a list has none.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    collection = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=300)
    reason = models.CharField(max_length=40)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "collection", "year", "key"],
                name="one_reason_a_difference",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"
