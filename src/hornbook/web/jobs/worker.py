"""The worker: takes one job after another, and keeps each while it does it."""

import logging
from collections.abc import Callable, Mapping
from threading import Event, Thread
from time import time
from types import TracebackType
from typing import Final, Self

from django.db import OperationalError, close_old_connections, connection

from hornbook.web.jobs import actions
from hornbook.web.jobs.kinds import CannotBeDone, Kind
from hornbook.web.jobs.models import Job

_LOG: Final = logging.getLogger(__name__)
_LOOKS_EVERY: Final = 0.5
_BEAT: Final = 1.0
_DAY: Final = 24 * 60 * 60
_MOST_ATTEMPTS: Final = 3
_INTERRUPTED: Final = (
    "It was begun three times and interrupted each time, so Hornbook has stopped "
    "trying. Nothing is half done. Tell whoever looks after Hornbook."
)
_UNKNOWN: Final = "This version of Hornbook does not know how to do it."
_OWN_FAULT: Final = (
    "Hornbook met a fault of its own. Nothing is half done. Try once more; if it "
    "happens again, tell whoever looks after Hornbook: the fault is in its log."
)


class Stopped(Exception):
    """The worker is to stop, and the job goes back."""


class Lost(Exception):
    """The job is another worker's by now."""


def _nothing() -> None:
    """Nothing is done every day."""


class Worker:
    """Does jobs of the kinds that it is given, one at a time.

    daily is done at the beginning, and once a day while there is no job.
    """

    def __init__(
        self, kinds: Mapping[str, Kind], daily: Callable[[], object] = _nothing
    ) -> None:
        self._kinds = kinds
        self._daily = daily
        self._due = 0.0
        self.stopping = Event()

    def run(self) -> None:
        """Do what comes, until told to stop."""
        while not self.stopping.is_set():
            close_old_connections()
            if not self.do_next():
                self.do_daily()
                self.stopping.wait(_LOOKS_EVERY)

    def do_daily(self) -> None:
        """Do what is done once a day, where it is due; a fault waits for the next."""
        if time() < self._due:
            return
        self._due = time() + _DAY
        try:
            self._daily()
        except Exception:
            _LOG.exception("What is done every day met a fault.")

    def do_all(self) -> None:
        """Do everything that waits, and return."""
        while self.do_next():
            pass

    def do_next(self) -> bool:
        """Do the next job; whether there was one."""
        job = actions.take()
        if job is None:
            return False
        kind = self._kinds.get(job.kind)
        if kind is None:
            actions.fail(job=job, error=_UNKNOWN)
        elif job.attempts > _MOST_ATTEMPTS:
            actions.fail(job=job, error=_INTERRUPTED)
        else:
            self._do(job, kind)
        actions.forget()
        return True

    def _do(self, job: Job, kind: Kind) -> None:
        try:
            with Keeping(job, self.stopping) as keeping:
                result = kind.work(job, keeping.tell)
        except Stopped:
            actions.give_back(job=job)
        except Lost:
            _LOG.warning("Job %s (%s) was taken by another worker.", job.pk, job.kind)
        except CannotBeDone as reason:
            actions.fail(job=job, error=str(reason))
        except Exception:
            _LOG.exception("Job %s (%s) met a fault.", job.pk, job.kind)
            actions.fail(job=job, error=_OWN_FAULT)
        else:
            actions.finish(job=job, result=result)


class Keeping:
    """Keeps a job the worker's while it is done, and writes down how far it is.

    A thread does so, on a connection of its own: the work may be in a transaction,
    and nobody could see from outside what is written there.
    """

    def __init__(self, job: Job, stopping: Event) -> None:
        self._job = job
        self._stopping = stopping
        self._over = Event()
        self._lost = Event()
        self._told = (0, 0, "")
        self._thread = Thread(target=self._keep, name=f"keeping job {job.pk}")

    def __enter__(self) -> Self:
        # What was taken in a transaction that goes on, nobody else can see or take.
        if not connection.in_atomic_block:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._thread.ident is not None:
            self._thread.join()

    def tell(self, done: int, total: int, words: str = "") -> None:
        """Say how far the work is; raises Stopped or Lost where it must not go on."""
        if self._lost.is_set():
            raise Lost
        if self._stopping.is_set():
            raise Stopped
        self._told = (done, total, words)

    def _keep(self) -> None:
        try:
            while not self._over.wait(_BEAT):
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        done, total, words = self._told
        try:
            if not actions.keep(job=self._job, done=done, total=total, words=words):
                self._lost.set()
        except OperationalError as fault:
            # SQLite has one writer, which may be the work itself; the next beat tries.
            _LOG.info("Job %s cannot be kept at the moment: %s", self._job.pk, fault)
            connection.close()
