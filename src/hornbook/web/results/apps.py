"""Django's record of the app."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """The results app."""

    name = "hornbook.web.results"
    label = "results"
