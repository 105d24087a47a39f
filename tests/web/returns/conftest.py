"""The day on which files are made, and a database for files made at once."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from tests.web.results.conftest import shared_database
from tests.web.results.scene import make_school, person, signed_in

from hornbook.web.schools.models import School

__all__ = ["shared_database"]


@pytest.fixture(autouse=True)
def in_june(time_machine: time_machine.TimeMachineFixture) -> None:
    """A day in the summer of the year that most of these tests are about."""
    time_machine.move_to(datetime(2026, 6, 24, 10, 0, tzinfo=UTC))


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@pytest.fixture
def lead(school: School) -> Client:
    return signed_in(person("lead", school, "Lee Lead"))
