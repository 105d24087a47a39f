"""The data folder: where the database, the keys and the backups of one machine live."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from hornbook.home import folder

DATABASE: Final = "hornbook.sqlite3"
SECRET_KEY: Final = "secret-key"  # noqa: S105  (the name of a file)
BACKUPS: Final = "backups"
_OWNER_ONLY: Final = 0o600
_OWNER_FOLDER: Final = 0o700


def prepare() -> Path:
    """Make the data folder and its secret key where they are missing."""
    place = folder()
    place.mkdir(mode=_OWNER_FOLDER, parents=True, exist_ok=True)
    kept(place / SECRET_KEY, new_secret)
    return place


def secret_key() -> str:
    """The key that signs sessions: set, kept, or good for this process only."""
    named = os.environ.get("HORNBOOK_SECRET_KEY")
    if named:
        return named
    try:
        return (folder() / SECRET_KEY).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return new_secret()


def new_secret() -> str:
    """A secret nobody can guess."""
    return secrets.token_urlsafe(50)


def kept(path: Path, make: Callable[[], str]) -> str:
    """What the file holds; a file only its owner may read is made where none is."""
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    text = make()
    with os.fdopen(made, "w", encoding="ascii") as file:
        file.write(text)
    return text
