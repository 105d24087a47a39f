"""Several workers, and one that is killed: nothing is done by two, nothing is lost."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Event
from time import monotonic, sleep
from typing import Final

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone
from tests.web.jobs.counting import STEPS
from tests.web.jobs.scene import begin, worker
from tests.web.people import Town, make_town

from hornbook.web.jobs.kinds import Tell
from hornbook.web.jobs.models import Job
from hornbook.web.jobs.worker import Lost
from hornbook.web.schools.models import School

WORKERS: Final = 4
JOBS: Final = 12
PATIENCE: Final = 60


@pytest.fixture
def town(shared_database: None) -> Town:
    """Two schools and their people, in a database that others reach too."""
    return make_town()


def wait_until(true: Callable[[], bool]) -> None:
    """Wait for something that happens elsewhere."""
    end = monotonic() + PATIENCE
    while not true():
        assert monotonic() < end, "It did not come."
        sleep(0.05)


def test_of_several_workers_one_does_each_job(town: Town) -> None:
    for number in range(JOBS):
        begin(town, str(number))
    barrier, done = Barrier(WORKERS), []

    def note(job: Job, tell: Tell) -> str:
        done.append(job.about)
        return "/about/"

    def work(_: int) -> None:
        barrier.wait()
        try:
            worker(note).do_all()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))

    assert Counter(done) == Counter(map(str, range(JOBS)))
    assert set(Job.objects.values_list("state", "attempts")) == {("done", 1)}


def test_how_far_it_is_can_be_seen_while_it_is_done(town: Town) -> None:
    job = begin(town)
    goes_on = Event()

    def count(job: Job, tell: Tell) -> str:
        tell(120, 420, "Reading pupils")
        goes_on.wait(PATIENCE)
        return "/about/"

    def work() -> None:
        try:
            worker(count).do_all()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        wait_until(lambda: Job.objects.filter(words="Reading pupils").exists())
        job.refresh_from_db()
        goes_on.set()
        working.result(PATIENCE)

    assert (job.state, job.done, job.total) == ("running", 120, 420)


def test_work_in_one_transaction_keeps_its_job_and_tells_where_others_may_read(
    town: Town,
) -> None:
    job = begin(town)
    seen = []

    @transaction.atomic
    def count(job: Job, tell: Tell) -> str:
        School.objects.select_for_update().get(pk=job.school_id)
        tell(1, 2, "Writing pupils")
        # SQLite has one writer: what is told has to wait until the work is done.
        if connection.vendor == "sqlite":
            sleep(1.5)
        else:
            wait_until(lambda: Job.objects.filter(words="Writing pupils").exists())
        seen.append(job.pk)
        return "/about/"

    worker(count).do_all()

    job.refresh_from_db()
    assert seen == [job.pk]
    assert (job.state, job.attempts) == ("done", 1)


def test_a_worker_that_lost_its_job_is_told_and_changes_nothing(town: Town) -> None:
    job = begin(town)
    told = []

    def count(job: Job, tell: Tell) -> str:
        Job.objects.filter(pk=job.pk).update(token="another")
        end = monotonic() + PATIENCE
        while monotonic() < end:
            try:
                tell(1, 2)
            except Lost:
                told.append(job.pk)
                raise
            sleep(0.05)
        return "/about/"

    worker(count).do_next()

    job.refresh_from_db()
    assert told == [job.pk]
    assert (job.state, job.token) == ("running", "another")


def test_a_worker_that_is_to_stop_gives_the_job_back(town: Town) -> None:
    stops = worker()

    def stop(job: Job, tell: Tell) -> str:
        tell(1, 2)
        working.stopping.set()
        tell(2, 2)
        raise AssertionError("It was to stop.")

    job = begin(town)
    working = worker(stop)
    working.run()

    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease_until) == ("waiting", 0, None)
    stops.do_all()
    job.refresh_from_db()
    assert job.state == "done"


@contextmanager
def counting(told: Path, seconds: float) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker in another process."""
    connection.close()
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.web.jobs.counting",
            str(connection.settings_dict["NAME"]),
            str(told),
            str(seconds),
        ],
        cwd=root,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "hornbook.web.settings",
            "HORNBOOK_HOME": str(settings.HORNBOOK_HOME),
            "PYTHONPATH": os.pathsep.join([str(root), str(root / "src")]),
        },
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_the_job_of_a_worker_that_was_killed_is_done_by_the_next(
    town: Town, tmp_path: Path
) -> None:
    job = begin(town)
    told = tmp_path / "told"

    with counting(told, seconds=1):
        wait_until(lambda: told.exists() and told.read_text().count("\n") > 2)
    job.refresh_from_db()
    assert job.state == "running"
    counted = told.read_text().count("\n")
    assert counted < STEPS
    # As if we had waited for the lease to run out.
    Job.objects.update(lease_until=timezone.now())
    with counting(told, seconds=0.01):
        wait_until(lambda: Job.objects.filter(pk=job.pk, state="done").exists())

    job.refresh_from_db()
    assert (job.result, job.attempts) == ("/about/", 2)
    assert told.read_text().count("\n") == counted + STEPS
