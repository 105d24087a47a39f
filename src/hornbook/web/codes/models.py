"""The codes of test results that files had: numbers and a value, never a child."""

from typing import ClassVar, Final

from django.db import models

from hornbook.records import Combination
from hornbook.web.schools.models import School

CODES: Final = ("stage", "subject", "method", "component", "qualifier")


class MetCodes(models.Model):
    """Five codes met in a school's files, as the last file with them had them."""

    school = models.ForeignKey(School, on_delete=models.CASCADE)
    stage = models.CharField(max_length=10)
    subject = models.CharField(max_length=10)
    method = models.CharField(max_length=10)
    component = models.CharField(max_length=10)
    qualifier = models.CharField(max_length=10)
    results = models.PositiveIntegerField()
    # A mark or a code of the rulebook, such as 104 or AS; blank where there was none.
    example = models.CharField(max_length=10, blank=True)
    met_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", *CODES], name="codes_met_once_a_school"
            ),
        ]

    def __str__(self) -> str:
        return str(self.combination)

    @property
    def combination(self) -> Combination:
        """The five codes."""
        return Combination(
            self.stage, self.subject, self.method, self.component, self.qualifier
        )
