"""Django's record of the app."""

from django.apps import AppConfig


class CheckingConfig(AppConfig):
    """The checking app."""

    name = "hornbook.web.checking"
    label = "checking"
