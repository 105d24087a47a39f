"""Django's record of the app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The site app."""

    name = "hornbook.web.site"
    label = "site"
