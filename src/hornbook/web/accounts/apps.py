"""Django's record of the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts app."""

    name = "hornbook.web.accounts"
    label = "accounts"
