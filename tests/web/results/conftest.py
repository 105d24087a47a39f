"""A school and its lead; and a database that several threads can write to at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client
from tests.web.results.scene import make_school, person, signed_in

from hornbook.web.schools.models import School


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@pytest.fixture
def lead(school: School) -> Client:
    return signed_in(person("lead", school, "Lee Lead"))


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """PostgreSQL as it is; SQLite as a school has it, a file, and not in memory."""
    if connection.vendor != "sqlite":
        yield
        return
    with closing(sqlite3.connect(tmp_path / "school.sqlite3")) as file:
        connection.ensure_connection()
        connection.connection.backup(file)
    settings = connections.databases["default"]
    in_memory, held = settings["NAME"], connections["default"]
    settings["NAME"] = str(tmp_path / "school.sqlite3")
    del connections["default"]
    yield
    connections["default"].close()
    settings["NAME"] = in_memory
    connections["default"] = held
