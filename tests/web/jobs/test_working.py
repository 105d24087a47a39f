"""Jobs taken, done, not done and given back."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from tests.web.jobs.scene import begin, worker
from tests.web.people import Town

from hornbook.web.jobs import actions
from hornbook.web.jobs.kinds import CannotBeDone, Tell
from hornbook.web.jobs.models import Job
from hornbook.web.jobs.worker import Stopped, Worker


@pytest.fixture
def clock(
    time_machine: time_machine.TimeMachineFixture,
) -> time_machine.TimeMachineFixture:
    """A morning that can be moved on."""
    time_machine.move_to(datetime(2026, 11, 25, 9, tzinfo=UTC))
    return time_machine


def test_what_is_started_is_done_and_says_where_its_result_is(town: Town) -> None:
    job = begin(town)

    worker().do_all()

    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == ("done", "/about/", 1)
    assert job.begun_at is not None
    assert job.ended_at is not None
    assert job.lease_until is None


def test_the_work_knows_the_school_who_asked_and_what_for(town: Town) -> None:
    seen = []

    def look(job: Job, tell: Tell) -> str:
        seen.append((job.school, job.by, job.about))
        return "/about/"

    begin(town)
    worker(look).do_all()

    assert seen == [(town.elm, town.alice, "one")]


def test_a_job_under_way_is_not_started_twice_and_one_that_ended_is(town: Town) -> None:
    first = begin(town)
    assert begin(town) == first
    assert begin(town, about="another") != first

    worker().do_all()

    assert begin(town) != first


def test_jobs_are_done_in_the_order_they_were_started(town: Town) -> None:
    order = []

    def note(job: Job, tell: Tell) -> str:
        order.append(job.about)
        return "/about/"

    for about in ("one", "two", "three"):
        begin(town, about)
    worker(note).do_all()

    assert order == ["one", "two", "three"]


def test_why_work_cannot_be_done_is_kept_in_words(town: Town) -> None:
    def refuse(job: Job, tell: Tell) -> str:
        raise CannotBeDone("The plan has changed since you looked at it.")

    job = begin(town)
    worker(refuse).do_all()

    job.refresh_from_db()
    assert job.state == "failed"
    assert job.error == "The plan has changed since you looked at it."


def test_a_fault_of_ones_own_is_logged_and_said_without_its_details(
    town: Town, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("hornbook"), "propagate", True)

    def stumble(job: Job, tell: Tell) -> str:
        raise ZeroDivisionError("Ada Byrne")

    job = begin(town)
    worker(stumble).do_all()

    job.refresh_from_db()
    assert job.state == "failed"
    assert "Hornbook met a fault of its own." in job.error
    assert "Ada" not in job.error
    assert "ZeroDivisionError" in caplog.text


def test_work_that_failed_leaves_nothing_half_done(town: Town) -> None:
    @transaction.atomic
    def half(job: Job, tell: Tell) -> str:
        job.school.name = "Half"
        job.school.save()
        raise CannotBeDone("No more.")

    job = begin(town)
    worker(half).do_all()

    job.refresh_from_db()
    town.elm.refresh_from_db()
    assert job.state == "failed"
    assert town.elm.name == "Elm Road Primary School"


def test_a_kind_that_this_version_does_not_know_is_not_done(town: Town) -> None:
    job = begin(town)

    Worker({}).do_all()

    job.refresh_from_db()
    assert "does not know how to do it" in job.error


def test_a_job_whose_worker_is_gone_is_taken_when_its_lease_has_run_out(
    town: Town, clock: time_machine.TimeMachineFixture
) -> None:
    begin(town)
    gone = actions.take()
    assert gone is not None

    assert actions.take() is None
    clock.shift(actions.LEASE + timedelta(seconds=1))
    again = actions.take()

    assert again == gone
    assert again.attempts == 2
    assert not actions.keep(job=gone, done=1, total=2, words="")
    actions.finish(job=gone, result="/elsewhere/")
    again.refresh_from_db()
    assert again.state == "running"


def test_a_job_that_is_interrupted_again_and_again_is_given_up(
    town: Town, clock: time_machine.TimeMachineFixture
) -> None:
    job = begin(town)
    for _ in range(3):
        assert actions.take() is not None
        clock.shift(timedelta(minutes=1))

    worker().do_all()

    job.refresh_from_db()
    assert job.state == "failed"
    assert "interrupted each time" in job.error


def test_what_ended_a_week_ago_is_forgotten(
    town: Town, clock: time_machine.TimeMachineFixture
) -> None:
    begin(town, "one")
    worker().do_all()
    clock.shift(timedelta(days=8))
    begin(town, "two")

    worker().do_all()

    assert [job.about for job in Job.objects.all()] == ["two"]


def test_stopping_is_no_fault(town: Town) -> None:
    def stop(job: Job, tell: Tell) -> str:
        raise Stopped

    job = begin(town)
    assert worker(stop).do_next()

    job.refresh_from_db()
    assert job.state == "waiting"


def test_what_is_daily_is_done_at_the_beginning_and_once_a_day(
    clock: time_machine.TimeMachineFixture,
) -> None:
    done: list[datetime] = []
    working = Worker({}, daily=lambda: done.append(datetime.now(UTC)))

    for _ in range(3):
        working.do_daily()
    clock.shift(timedelta(hours=23))
    working.do_daily()
    clock.shift(timedelta(hours=1))
    working.do_daily()

    assert [one.day for one in done] == [25, 26]


def test_a_fault_in_what_is_daily_is_logged_and_waits_for_the_next_day(
    clock: time_machine.TimeMachineFixture, caplog: pytest.LogCaptureFixture
) -> None:
    working = Worker({}, daily=lambda: 1 // 0)

    with caplog.at_level(logging.ERROR):
        working.do_daily()
        working.do_daily()

    assert caplog.text.count("What is done every day met a fault.") == 1
