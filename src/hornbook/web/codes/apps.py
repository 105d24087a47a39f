"""Django's record of the app."""

from django.apps import AppConfig


class CodesConfig(AppConfig):
    """The codes app."""

    name = "hornbook.web.codes"
    label = "codes"
