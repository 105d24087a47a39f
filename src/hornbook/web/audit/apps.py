"""Django's record of the app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit app."""

    name = "hornbook.web.audit"
    label = "audit"
