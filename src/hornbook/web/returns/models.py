"""The ledger of files made, and what people decided about a return."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models

from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Pupil
from hornbook.web.schools.models import LocalAuthority, School


class MadeFileQuerySet(models.QuerySet["MadeFile"]):
    """Files made, as a person may see them."""

    def seen_by(self, user: User | AnonymousUser) -> Self:
        """Files of the person's schools."""
        return self.filter(school__in=School.objects.seen_by(user))

    def kept(self) -> Self:
        """Those whose bytes have not been let go of."""
        return self.exclude(content=b"")


class Answer(models.TextChoices):
    """What the recipient said of a file."""

    NONE = "", "No answer yet"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"


class MadeFile(models.Model):
    """A file made for a recipient, and what became of it.

    Its exact bytes are kept, encrypted, and their hash. So are what each pupil had, by
    pupil and item, what was known to be wrong, and the recipient's words: they name
    children.
    """

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
    # The queries that were accepted with a note when it was made.
    accepted = models.JSONField(default=list)
    signed_by_name = models.CharField(max_length=200, blank=True)
    # The year groups in it, a space between, where each has a file of its own.
    nc_years = models.CharField(max_length=20, blank=True)
    stated = models.BinaryField(default=bytes)
    # What the file says, but for its time; blank where made before this was kept.
    digest = models.CharField(max_length=64, blank=True)
    # What was known to be wrong with the return, with names, sealed: see known.py.
    known = models.BinaryField(default=bytes)
    sent_on = models.DateField(null=True)
    sent_by_name = models.CharField(max_length=200, blank=True)
    receipt = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_on = models.DateField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    words = models.BinaryField(default=bytes)

    objects = MadeFileQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "academic_year", "name"], name="one_file_a_name"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="") | models.Q(sent_on__isnull=False),
                name="answered_only_if_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kept(self) -> bool:
        """Whether its bytes have not been let go of."""
        return bool(self.content)


class AcceptedQuery(models.Model):
    """A query that a person looked at and accepted, with a note.

    It stands as long as the query says the same; pupil is None where it is about none.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE)
    academic_year = models.PositiveSmallIntegerField()
    collection = models.CharField(max_length=40)
    code = models.CharField(max_length=3)
    pupil = models.ForeignKey(
        Pupil, null=True, on_delete=models.CASCADE, related_name="+"
    )
    message = models.CharField(max_length=500)
    note = models.CharField(max_length=500)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        verbose_name_plural = "accepted queries"

    def __str__(self) -> str:
        return f"{self.code}: {self.note}"


class Choice(models.Model):
    """A pupil whom a person put into a return, or left out of it, and why."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    academic_year = models.PositiveSmallIntegerField()
    collection = models.CharField(max_length=40)
    included = models.BooleanField()
    reason = models.CharField(max_length=200)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil", "academic_year", "collection"],
                name="one_choice_a_pupil",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pupil} {'in' if self.included else 'out'}: {self.reason}"


class SignOff(models.Model):
    """A headteacher's signature under a return as it stood: digest says how."""

    school = models.ForeignKey(School, on_delete=models.CASCADE)
    academic_year = models.PositiveSmallIntegerField()
    collection = models.CharField(max_length=40)
    recipient = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.collection} {self.academic_year}: {self.by_name}"


class Batch(models.Model):
    """The returns of several schools, made in one go for one person."""

    collection = models.CharField(max_length=40)
    academic_year = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=10)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    # Who said that no more schools are to be made; blank while nobody has.
    stopped_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.collection} {self.academic_year} to {self.recipient}"


class BatchSchool(models.Model):
    """A school of a batch: waiting, or with its files, or with why there are none."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="schools")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    files = models.ManyToManyField(MadeFile, related_name="+")
    done = models.BooleanField(default=False)
    why_not = models.CharField(max_length=500, blank=True)
    # Whether none was made because the one sent before says the same.
    unchanged = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["school__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch", "school"], name="one_place_a_school"
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.why_not or 'made'}"


class AuthorityProfile(models.Model):
    """How an authority wants the files of all its schools, in the text published."""

    authority = models.OneToOneField(
        LocalAuthority, on_delete=models.CASCADE, related_name="profile"
    )
    text = models.TextField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.authority}: how it wants its files"
