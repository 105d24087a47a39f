"""Saves that take turns on SQLite, which has one writer at a time.

SQLite's own waiting is by lot: it looks again after a while, and under many people
somebody may be unlucky for seconds. Those of one server wait in line here instead.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from django.db import connection

_LINE: Final = Lock()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn where the database has one writer at a time."""
    if connection.vendor != "sqlite":
        yield
        return
    with _LINE:
        yield
