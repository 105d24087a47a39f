"""Readers of environment variables that say what is wrong with one."""

import os
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_YES: Final = {"1", "true", "yes", "on"}
_NO: Final = {"", "0", "false", "no", "off"}
_POSTGRES: Final = {"postgres", "postgresql"}


def text(name: str, default: str = "") -> str:
    """The variable, or the default where it is not set."""
    return os.environ.get(name, default).strip()


def switch(name: str, default: str = "") -> bool:
    """A variable that is on or off; off where it is not set and no default is."""
    said = text(name, default).lower()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise ImproperlyConfigured(f"{name} is {said}. It must be 1 or 0.")


def number(name: str, default: int) -> int:
    """A variable that is a whole number above nought."""
    said = text(name, str(default))
    if not said.isascii() or not said.isdigit() or int(said) == 0:
        raise ImproperlyConfigured(f"{name} is {said}. It must be a whole number.")
    return int(said)


def listed(name: str, default: str) -> list[str]:
    """A variable of several values with commas between them."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def postgres(address: str) -> dict[str, object]:
    """Django's settings for postgres://user:password@host:5432/name?sslmode=require."""
    parts = urlsplit(address)
    if parts.scheme not in _POSTGRES or len(parts.path) < 2:
        raise ImproperlyConfigured(
            "DATABASE_URL must be like postgres://user:password@host:5432/name."
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
