"""`hornbook worker`: does the long work. `hornbook serve` starts one with itself."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Annotated, Final, Self

import typer

from hornbook.web.commands import database, tidy
from hornbook.web.jobs.kinds import Kind
from hornbook.web.jobs.worker import Worker
from hornbook.web.returns import batches as returns
from hornbook.web.transfers import background as bringing_in

# All that can be done in the background: an app's kind of job gets its place here.
_EVERY_KIND: Final[tuple[Kind, ...]] = (
    bringing_in.READING,
    bringing_in.APPLYING,
    returns.MAKING,
)
KINDS: Final[Mapping[str, Kind]] = {kind.code: kind for kind in _EVERY_KIND}
_STARTED_AGAIN_AFTER: Final = 1.0
_TIME_TO_STOP: Final = 10.0


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("worker")(worker)


def worker(
    beside: Annotated[
        bool,
        typer.Option(
            "--beside", hidden=True, help="Stop when the server that started it does."
        ),
    ] = False,
) -> None:
    """Do the work that takes long, one piece after another. Ctrl and C stop it.

    `hornbook serve` has its own: this is for where another server runs the pages.
    """
    database.prepare()
    working = Worker(KINDS, tidy.every_day)
    signal.signal(signal.SIGTERM, lambda *_: working.stopping.set())
    if beside:
        # Ctrl and C reach both, and the server is the one to say when to stop.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        waiting = [working.stopping]
        Thread(target=_wait_for_the_server, args=waiting, daemon=True).start()
    else:
        signal.signal(signal.SIGINT, lambda *_: working.stopping.set())
    working.run()


def _wait_for_the_server(stopping: Event) -> None:
    """Stop when the server closes our input, as it does however it ends."""
    # Not through Python's buffer, which would be locked when the worker ends first.
    while os.read(sys.stdin.fileno(), 1):
        pass
    stopping.set()


class Beside:
    """A worker that starts and stops with the server; one that dies is replaced."""

    def __init__(self) -> None:
        self._stopping = Event()
        self._changing = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        # A daemon, so that however the server ends, this does not keep it alive.
        self._thread = Thread(target=self._tend, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        with self._changing:
            process = self._process
        if process is not None:
            _stop(process)
        self._thread.join()

    def _tend(self) -> None:
        while self._start():
            if self._process is not None:
                self._process.wait()
            self._stopping.wait(_STARTED_AGAIN_AFTER)

    def _start(self) -> bool:
        """Start a worker, unless all is to stop."""
        with self._changing:
            if self._stopping.is_set():
                return False
            self._process = subprocess.Popen(
                [sys.executable, "-m", "hornbook.main", "worker", "--beside"],
                stdin=subprocess.PIPE,
            )
        return True


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask a worker to stop by closing its input; what takes too long is done later."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(_TIME_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
