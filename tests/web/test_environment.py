"""Settings from the environment, the data folder, and the vault."""

import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from hornbook.home import folder
from hornbook.web import environment, home, vault


def test_a_database_address_is_taken_apart() -> None:
    found = environment.postgres(
        "postgres://sam:p%40ss@db.example:5433/horn?sslmode=require"
    )

    assert found["NAME"] == "horn"
    assert (found["USER"], found["PASSWORD"]) == ("sam", "p@ss")
    assert (found["HOST"], found["PORT"]) == ("db.example", "5433")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_database_may_be_reached_by_a_socket() -> None:
    found = environment.postgres("postgresql:///horn?host=/run/pg&port=5499")

    assert (found["HOST"], found["PORT"]) == ("/run/pg", "5499")
    assert found["OPTIONS"] == {}


@pytest.mark.parametrize("address", ["mysql://x/y", "postgres://host/", "horn"])
def test_another_address_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must be like"):
        environment.postgres(address)


@pytest.mark.parametrize(
    ("said", "meant"), [("1", True), ("Yes", True), ("", False), ("off", False)]
)
def test_a_switch_is_on_or_off(
    monkeypatch: pytest.MonkeyPatch, said: str, meant: bool
) -> None:
    monkeypatch.setenv("HORNBOOK_HTTPS", said)

    assert environment.switch("HORNBOOK_HTTPS") is meant


def test_a_switch_that_is_neither_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HORNBOOK_HTTPS", "maybe")

    with pytest.raises(ImproperlyConfigured, match="HORNBOOK_HTTPS is maybe"):
        environment.switch("HORNBOOK_HTTPS")


@pytest.mark.parametrize("said", ["0", "-1", "ten", "\N{ARABIC-INDIC DIGIT ONE}"])
def test_a_number_that_cannot_be_is_named(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("HORNBOOK_MAX_UPLOAD", said)

    with pytest.raises(ImproperlyConfigured, match="must be a whole number"):
        environment.number("HORNBOOK_MAX_UPLOAD", 50)


def test_a_list_has_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HORNBOOK_ALLOWED_HOSTS", "one.example, two.example,")

    assert environment.listed("HORNBOOK_ALLOWED_HOSTS", "x") == [
        "one.example",
        "two.example",
    ]


def test_the_data_folder_is_the_users_unless_one_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HORNBOOK_HOME", str(tmp_path))
    assert folder() == tmp_path

    monkeypatch.delenv("HORNBOOK_HOME")
    assert folder().name == "hornbook"


def test_the_secret_key_is_made_once_and_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HORNBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HORNBOOK_SECRET_KEY", raising=False)
    assert home.secret_key() != home.secret_key()

    home.prepare()
    first = home.secret_key()
    home.prepare()

    assert home.secret_key() == first
    monkeypatch.setenv("HORNBOOK_SECRET_KEY", "mine")
    assert home.secret_key() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_only_its_owner_reads_a_key(settings: Settings) -> None:
    vault.key()

    assert vault.key_file().stat().st_mode & 0o077 == 0


def test_what_is_sealed_can_be_opened() -> None:
    assert vault.unseal(memoryview(vault.seal(b"bytes"))) == b"bytes"


def test_another_key_opens_nothing(settings: Settings, tmp_path: Path) -> None:
    sealed = vault.seal(b"bytes")
    settings.HORNBOOK_HOME = tmp_path / "elsewhere"

    with pytest.raises(vault.WrongKey, match="encrypted with another key"):
        vault.unseal(sealed)


def test_a_key_may_be_set_and_is_then_not_kept(settings: Settings) -> None:
    settings.HORNBOOK_KEY = "k" * 43 + "="

    assert vault.unseal(vault.seal(b"bytes")) == b"bytes"
    assert not vault.key_file().exists()
