"""Django's record of the app."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """The returns app."""

    name = "hornbook.web.returns"
    label = "returns"
