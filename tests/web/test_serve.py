"""`hornbook serve`, as a school starts it: another process, a real port."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.enable_socket


@contextmanager
def served(home: Path, *options: str, **settings: str) -> Iterator[tuple[str, str]]:
    """The address, and all that was printed before it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "hornbook.main", "serve", "--port", "0", *options],
        env=os.environ | {"HORNBOOK_HOME": str(home), "DATABASE_URL": ""} | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if " is at " in line:
                break
        yield said[-1].split(" is at ")[-1].strip(), "".join(said)
    finally:
        process.send_signal(signal.SIGTERM)
        rest = process.communicate(timeout=20)[0]
    assert process.returncode == 0
    assert "Hornbook has stopped." in rest


def ask(address: str, path: str, body: bytes | None = None) -> HTTPResponse:
    """One request, read whole."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("POST" if body is not None else "GET", path, body)
    response = connection.getresponse()
    response.body = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


def start(home: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """A start that is expected to fail."""
    return subprocess.run(
        [sys.executable, "-m", "hornbook.main", "serve"],
        env=os.environ | {"HORNBOOK_HOME": str(home), "DATABASE_URL": ""} | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_empty_folder_becomes_a_demonstration_which_a_second_start_keeps(
    tmp_path: Path,
) -> None:
    home = tmp_path / "new" / "folder"

    with served(home, "--demo", HORNBOOK_MAX_UPLOAD="1") as (address, first):
        page = ask(address, "/accounts/login/")
        style = ask(address, "/static/hornbook/hornbook.css")
        away = ask(address, "/")
        large = ask(address, "/accounts/login/", b"x" * 1_200_000)
    with served(home, "--demo") as (_, second):
        pass

    assert "The password of all is" in first
    assert "Administrator" in first
    assert (page.status, style.status, away.status) == (200, 200, 302)
    assert "'self'" in str(page.getheader("Content-Security-Policy"))
    assert large.status == 413
    assert b"no larger than 1 MB" in large.body  # type: ignore[attr-defined]
    assert (home / "hornbook.sqlite3").exists()
    assert (home / "secret-key").exists()
    assert "password" not in second


def test_without_the_demonstration_it_says_how_to_begin(tmp_path: Path) -> None:
    with served(tmp_path, "--host", "0.0.0.0", HORNBOOK_HTTPS="1") as (_, said):  # noqa: S104
        pass

    assert "hornbook school add" in said
    assert "Others reach Hornbook once HORNBOOK_ALLOWED_HOSTS holds" in said


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = start(tmp_path, PORT=str(taken.getsockname()[1]))

    assert done.returncode == 1
    assert "cannot listen on port" in done.stderr


def test_a_setting_that_cannot_be_is_named(tmp_path: Path) -> None:
    done = start(tmp_path, HORNBOOK_MAX_UPLOAD="much")

    said = "HORNBOOK_MAX_UPLOAD is much. It must be a whole number."
    assert done.stderr == f"Hornbook cannot start: {said}\n"


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    done = start(tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/none")

    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
