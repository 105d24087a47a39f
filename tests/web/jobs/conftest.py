"""Kinds of work for the tests."""

from tests.web.results.conftest import shared_database as shared_database
