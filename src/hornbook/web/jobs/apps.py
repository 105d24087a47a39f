"""Django's record of the app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The jobs app."""

    name = "hornbook.web.jobs"
    label = "jobs"
