"""People to sign in as, and a data folder of the test's own."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from tests.web.people import Town, make_town

from hornbook.web.accounts.models import User

SignedIn: TypeAlias = Callable[[User], Client]


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """No test touches a real data folder, or waits for a slow hash."""
    settings.HORNBOOK_HOME = tmp_path / "home"
    settings.HORNBOOK_KEY = ""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def town(db: None) -> Town:
    """Two schools and their people."""
    return make_town()


@pytest.fixture
def signed_in() -> SignedIn:
    """A browser in which a person has signed in."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(
            person, "allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return sign_in
