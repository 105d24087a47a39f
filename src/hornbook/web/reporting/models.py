"""What a school adds to letters and national figures; reports that a person keeps."""

from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.national import BY_SCHOOL, National
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Pupil
from hornbook.web.schools.models import School


class Letterhead(models.Model):
    """The school's own heading and paragraphs of one kind of letter."""

    school = models.ForeignKey(School, on_delete=models.CASCADE)
    # The letter's code in the rulebook, such as "phonics".
    letter = models.CharField(max_length=40)
    heading = models.CharField(max_length=200, blank=True)
    opening = models.TextField(max_length=2000, blank=True)
    closing = models.TextField(max_length=2000, blank=True)
    signed = models.CharField("signed by", max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "letter"], name="one_letterhead_a_letter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter} letters of {self.school}"


class CommentaryQuerySet(models.QuerySet["Commentary"]):
    """Commentaries, as a person may see them."""

    def seen_by(self, user: User | AnonymousUser) -> Self:
        """Those on pupils whom the person sees."""
        return self.filter(pupil__in=Pupil.objects.seen_by(user))


class Commentary(models.Model):
    """What a teacher writes in a pupil's letter of a year of the progress shown."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE)
    academic_year = models.PositiveSmallIntegerField()
    # The letter's code in the rulebook, such as "ks2".
    letter = models.CharField(max_length=40)
    text = models.TextField(max_length=600)
    by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField(auto_now=True)

    objects = CommentaryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil", "academic_year", "letter"],
                name="one_commentary_a_letter",
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.academic_year}: {self.pupil}"


class KeptReportQuerySet(models.QuerySet["KeptReport"]):
    """Kept reports, as a person may see them."""

    def seen_by(self, user: User | AnonymousUser) -> Self:
        """Each person sees their own, of schools they see."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(user=user, school__in=School.objects.seen_by(user))


class KeptReport(models.Model):
    """A report with what was chosen in it, under a name of the person's own."""

    school = models.ForeignKey(School, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    report = models.CharField(max_length=40)
    # The choices as they stand in the address: measure=gld&by=sex.
    choices = models.CharField(max_length=400, blank=True)

    objects = KeptReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "user", "name"], name="one_kept_report_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class OwnFigure(models.Model):
    """A national figure that a school wrote down before Hornbook holds it."""

    school = models.ForeignKey(School, on_delete=models.CASCADE)
    academic_year = models.PositiveSmallIntegerField()
    # The measure's code in the rulebook, such as "gld".
    measure = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=5, decimal_places=1)
    release = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "academic_year", "measure"], name="one_own_figure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.academic_year}: {self.value}"

    def as_national(self) -> National:
        """As it stands beside the school's own figure."""
        return National(
            year=AcademicYear(self.academic_year),
            measure=self.measure,
            value=_plain(self.value),
            release=self.release,
            source=BY_SCHOOL,
            confirmed=False,
        )


class OwnScale(models.Model):
    """A table of marks and scaled scores that a school wrote down for one test."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="own_scales"
    )
    academic_year = models.PositiveSmallIntegerField()
    # The full code of the scaled score, such as "ks2-tests.reading-score".
    item = models.CharField(max_length=60)
    # The score of each mark, which JSON writes as a text: {"29": "100"}.
    scores = models.JSONField()
    source = models.CharField(max_length=200)
    by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "academic_year", "item"], name="one_own_scale"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.academic_year}"

    @property
    def by_mark(self) -> dict[int, str]:
        """The scores by mark."""
        return {int(mark): score for mark, score in self.scores.items()}


def _plain(value: Decimal) -> Decimal:
    """A figure as people write it: 81 and not 81.0."""
    whole = value.to_integral_value()
    return whole if value == whole else value
