"""Django's record of the app."""

from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """The pupils app."""

    name = "hornbook.web.pupils"
    label = "pupils"
