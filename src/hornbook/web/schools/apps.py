"""Django's record of the app."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """The schools app."""

    name = "hornbook.web.schools"
    label = "schools"
