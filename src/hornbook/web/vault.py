"""Encryption of what is kept: files made, and rows staged from a file brought in."""

from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from hornbook.web import home

KEY_FILE: Final = "key"


class WrongKey(Exception):
    """What is kept was sealed with another key, or has been altered."""


def seal(content: bytes) -> bytes:
    """Encrypt, so that only this installation's key opens it."""
    return _locksmith().encrypt(content)


def unseal(sealed: bytes | memoryview) -> bytes:
    """Decrypt; WrongKey where the key is not the one it was sealed with."""
    try:
        return _locksmith().decrypt(bytes(sealed))
    except InvalidToken as fault:
        raise WrongKey(
            "This was encrypted with another key. Put back the key file of the "
            "installation that made it."
        ) from fault


def key() -> str:
    """HORNBOOK_KEY, or the key kept in the data folder, made on first use."""
    if settings.HORNBOOK_KEY:
        return str(settings.HORNBOOK_KEY)
    path = key_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    return home.kept(path, _new_key)


def keep(text: str) -> None:
    """Put a key into the data folder, where none is."""
    home.kept(key_file(), lambda: text)


def key_file() -> Path:
    """Where the key is kept if HORNBOOK_KEY is not set."""
    return Path(settings.HORNBOOK_HOME) / KEY_FILE


def _new_key() -> str:
    return Fernet.generate_key().decode("ascii")


def _locksmith() -> Fernet:
    return Fernet(key())
