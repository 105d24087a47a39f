"""Django's record of the app."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The reporting app."""

    name = "hornbook.web.reporting"
    label = "reporting"
