"""Contacts, telephone numbers and addresses: in no file of the data folder, ever."""

import io
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.web.transfers.mis import NAME, SECRETS, Child, ctf, phonics, upn

ADA = Child(upn(11), results=(phonics("34", "2025"),))
GRACE = Child(upn(12), forename="Grace", dob="2019-12-24")


def hornbook(home: Path, *arguments: str) -> str:
    environment = {key: os.environ[key] for key in os.environ if key != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "hornbook.main", *arguments],
        env=environment | {"HORNBOOK_HOME": str(home)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A data folder with a school; a reader keeps the write-ahead log in being."""
    folder = tmp_path / "home"
    hornbook(
        folder, "school", "add", "9262155", "--name", "Elm Road", "--urn", "999155"
    )
    with closing(sqlite3.connect(folder / "hornbook.sqlite3")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM pupils_pupil").fetchone()
        yield folder


def sheet() -> bytes:
    """A list of pupils with a column of each thing that is never kept."""
    book = Workbook()
    assert book.active is not None
    book.active.append(
        ("UPN", "Surname", "Forename", "DOB", "Sex", *range(len(SECRETS)))
    )
    book.active.append((GRACE.upn, "Byrne", "Grace", GRACE.dob, "F", *SECRETS))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def found_in(home: Path) -> list[tuple[str, str]]:
    """The files in which anything private stands, and what."""
    return [
        (path.name, secret)
        for path in home.rglob("*")
        if path.is_file()
        for secret in SECRETS
        if secret.encode() in path.read_bytes()
    ]


def test_no_file_of_the_data_folder_holds_them(home: Path, tmp_path: Path) -> None:
    whole, list_ = tmp_path / NAME, tmp_path / "pupils.xlsx"
    whole.write_bytes(ctf(ADA, GRACE))
    list_.write_bytes(sheet())

    for file in (whole, list_):
        done = hornbook(home, "import", str(file), "--school", "9262155", "--apply")
        assert "Pupils:" in done

    assert (home / "hornbook.sqlite3-wal").stat().st_size > 0
    assert b"Byrne" in b"".join(
        path.read_bytes() for path in home.glob("hornbook.sqlite3*")
    )
    assert found_in(home) == []
