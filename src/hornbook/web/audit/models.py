"""The event: who, what, when, before and after."""

from django.conf import settings
from django.db import models


class Event(models.Model):
    """One deed, written in the transaction that did it; never changed or deleted."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    laestab = models.CharField(max_length=7, blank=True, db_index=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.action} {self.subject}".strip()
