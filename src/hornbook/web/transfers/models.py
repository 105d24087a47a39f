"""A transfer: one file brought in, from upload to plan, applied or undone."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from hornbook.web.accounts.models import User
from hornbook.web.schools.models import School


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Transfers, as a person may see them."""

    def seen_by(self, user: User | AnonymousUser) -> Self:
        """Transfers of the person's schools."""
        return self.filter(school__in=School.objects.seen_by(user))

    def light(self) -> Self:
        """Without what is large and sealed, for lists."""
        return self.defer("staged", "changes", "original", "sheet")


class Transfer(models.Model):
    """One file, with what was kept of it; of a MIS's file never its bytes."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    # The code of its kind, see hornbook.inspection.kinds; blank before kinds were told.
    kind = models.CharField(max_length=20, blank=True)
    producer = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=20, blank=True)
    # For example {"pupils": 211, "left_out": {"contacts": 422}}
    counts = models.JSONField(default=dict)
    academic_year = models.PositiveSmallIntegerField()
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The pupils and results read from the file, encrypted; emptied once applied.
    staged = models.BinaryField(default=b"")
    # The very bytes, encrypted, of what the DfE made; until the retention setting.
    original = models.BinaryField(default=b"")
    # A person's spreadsheet, encrypted, to be read again and given back with what to
    # correct; emptied with what is staged.
    sheet = models.BinaryField(default=b"")
    # Whether the file holds everybody, so that who is not in it may have left.
    whole_school = models.BooleanField(default=False)
    # What was chosen: {"update": "both", "decided": {"UPN of the file": "new"}}.
    choices = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The rows before and after, encrypted, so that one undo takes it all back.
    changes = models.BinaryField(default=b"")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(applied_at__isnull=False),
                name="undone_only_after_applied",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HeadingMeaning(models.Model):
    """What a school said a heading of its spreadsheets is, remembered for the next."""

    school = models.ForeignKey(School, on_delete=models.CASCADE)
    # The heading as hornbook.sheets.table.plain_heading writes it.
    heading = models.CharField(max_length=200)
    # An item's full code, a field of a pupil, or blank where it is not to be read.
    meaning = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "heading"], name="one_meaning_a_heading"
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.meaning}"


class Arrival(models.Model):
    """A large file on its way to being read in the background: gone once it is read."""

    school = models.ForeignKey(School, on_delete=models.CASCADE)
    name = models.CharField(max_length=255)
    # Its bytes, encrypted.
    content = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return self.name
