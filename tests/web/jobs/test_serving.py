"""`hornbook serve` has a worker beside itself, replaces it, and takes it along."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest
from tests.web.test_serve import served

pytestmark = pytest.mark.enable_socket
PATIENCE = 60
COLUMNS = {
    "kind": "of a later version",
    "title": "Something new",
    "needs": "bring_in",
    "detail": "{}",
    "back": "/",
    "result": "",
    "state": "waiting",
    "done": 0,
    "total": 0,
    "words": "",
    "error": "",
    "made_at": str(datetime.now(UTC)),
    "token": "",
    "attempts": 0,
}


def wait_until(true: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not true():
        assert monotonic() < end, "It did not come."
        sleep(0.1)


def workers(home: Path) -> list[int]:
    """The workers of a data folder that are alive."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
            around = (process / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"worker" in command and f"HORNBOOK_HOME={home}".encode() in around:
            found.append(int(process.name))
    return found


def ends(home: Path, about: str) -> bool:
    """Put a job beside the server and wait for the worker to end it."""
    values = COLUMNS | {"about": about}
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    with closing(sqlite3.connect(home / "hornbook.sqlite3", timeout=20)) as database:
        database.execute(
            f"INSERT INTO jobs_job (school_id, {names}) "  # noqa: S608 - our own names
            f"SELECT id, {marks} FROM schools_school LIMIT 1",
            list(values.values()),
        )
        database.commit()

        def failed() -> bool:
            found = database.execute(
                "SELECT state FROM jobs_job WHERE about = ?", [about]
            )
            return found.fetchall() == [("failed",)]

        wait_until(failed)
    return True


def test_its_worker_works_is_replaced_when_killed_and_stops_with_it(
    tmp_path: Path,
) -> None:
    with served(tmp_path, "--demo"):
        assert ends(tmp_path, "one")
        (first,) = workers(tmp_path)
        os.kill(first, signal.SIGKILL)
        assert ends(tmp_path, "two")
        (second,) = workers(tmp_path)

    assert second != first
    assert workers(tmp_path) == []


def test_a_worker_can_be_run_alone_and_is_stopped_by_ctrl_and_c(tmp_path: Path) -> None:
    around = os.environ | {"HORNBOOK_HOME": str(tmp_path), "DATABASE_URL": ""}
    hornbook = [sys.executable, "-m", "hornbook.main"]
    school = ["school", "add", "9092155", "--name", "Hazel Bank"]
    subprocess.run(
        [*hornbook, *school], env=around, check=True, stdout=subprocess.DEVNULL
    )

    with subprocess.Popen(
        [*hornbook, "worker"], env=around, stdin=subprocess.DEVNULL
    ) as worker:
        try:
            assert ends(tmp_path, "one")
        finally:
            worker.send_signal(signal.SIGINT)
        assert worker.wait(PATIENCE) == 0
