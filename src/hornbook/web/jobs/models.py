"""A job: one piece of long work, who asked for it, and how far it is."""

from datetime import datetime
from typing import ClassVar, Final, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from hornbook.web.accounts.models import User
from hornbook.web.schools.models import School


class State(models.TextChoices):
    """How far a job is."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    FAILED = "failed", "Not done"


UNDER_WAY: Final = (State.WAITING, State.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, as a person or a worker may see them."""

    def seen_by(self, user: User | AnonymousUser) -> Self:
        """Jobs of the person's schools."""
        return self.filter(school__in=School.objects.seen_by(user))

    def free(self, now: datetime) -> Self:
        """Jobs that nobody does: those that wait, and those whose worker is gone."""
        return self.filter(
            Q(state=State.WAITING) | Q(state=State.RUNNING, lease_until__lt=now)
        )


class Job(models.Model):
    """One piece of work. In it are numbers and digests, never a child's name.

    about tells jobs of one kind apart: while one is under way there is no second.
    needs is the permission without which nobody sees it.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    needs = models.CharField(max_length=40)
    about = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    # Where the person came from, and where the result is.
    back = models.CharField(max_length=300)
    result = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # A worker has the job as long as the lease runs and the token is the one it took.
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["made_at"],
                condition=Q(state__in=UNDER_WAY),
                name="jobs_under_way",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "kind", "about"],
                condition=Q(state__in=UNDER_WAY),
                name="one_job_at_a_time_about_a_thing",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING, lease_until__isnull=False)
                | Q(~Q(state=State.RUNNING), lease_until=None),
                name="a_lease_while_under_way",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNDER_WAY, ended_at=None, result="", error="")
                | Q(~Q(result=""), state=State.DONE, ended_at__isnull=False, error="")
                | Q(
                    ~Q(error=""), state=State.FAILED, ended_at__isnull=False, result=""
                ),
                name="ended_with_a_result_or_an_error",
            ),
        ]

    def __str__(self) -> str:
        return self.title
