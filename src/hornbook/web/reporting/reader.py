"""Whoever reads a report: whose results they see, and what they may be told."""

from dataclasses import dataclass

from django.conf import settings

from hornbook.measures.disclosure import Guard, InSchool, Told
from hornbook.web.accounts.models import User
from hornbook.web.results.queries import Sight
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import (
    Permission,
    SchoolRequest,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """A person at a school; who sees no pupils is told totals without small groups."""

    user: User
    school: School
    permitted: frozenset[Permission]

    @property
    def named(self) -> bool:
        """Whether they see pupils by name."""
        return Permission.VIEW_PUPILS in self.permitted

    @property
    def whole(self) -> bool:
        """Whether they see the pupils of the whole school."""
        return Permission.SEE_EVERY_PUPIL in self.permitted

    @property
    def sight(self) -> Sight:
        """The pupils who are counted."""
        if self.named:
            return Sight.of(self.user, self.school, self.permitted)
        return Sight.whole(self.school)

    def guard(self) -> Guard:
        """What they may be told of one year group."""
        return InSchool() if self.named else outside()


def outside() -> Guard:
    """What may leave the school."""
    return Told(settings.HORNBOOK_SMALLEST_GROUP)


def reader(request: SchoolRequest) -> Reader:
    """The person who asks."""
    return Reader(request.user, request.school, request.permitted)
