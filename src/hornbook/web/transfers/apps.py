"""Django's record of the app."""

from django.apps import AppConfig


class TransfersConfig(AppConfig):
    """The transfers app."""

    name = "hornbook.web.transfers"
    label = "transfers"
