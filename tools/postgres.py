"""A PostgreSQL of one's own, in a temporary folder, gone at the end.

`python -m tools.postgres COMMAND...` runs a command with its DATABASE_URL.
"""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from tools.commands import run, say
from tools.debian import Missing, postgres

_OTHER_USERS: Final = ("postgres", "nobody")
_TRIES: Final = 3


class NotStarted(RuntimeError):
    """PostgreSQL is here and would not start; the words are its own."""


@contextmanager
def cluster() -> Iterator[str]:
    """The DATABASE_URL of a server that lives as long as the block."""
    server = Server(postgres(), Path(tempfile.mkdtemp(prefix="hornbook-postgres-")))
    try:
        server.make()
        port = server.start()
        yield f"postgresql://hornbook@127.0.0.1:{port}/postgres"
    finally:
        server.stop()


@dataclass(frozen=True)
class Server:
    """PostgreSQL's programs, and the folder of one cluster."""

    programs: Path
    folder: Path

    @property
    def data(self) -> str:
        """Where the cluster is."""
        return str(self.folder / "data")

    def make(self) -> None:
        """Lay out the cluster, with one user who needs no password."""
        user = other_user()
        if user:
            shutil.chown(self.folder, user)
        names = ("--no-locale", "--encoding=UTF8", "--no-sync")
        self._do("initdb", "-D", self.data, "-U", "hornbook", "-A", "trust", *names)

    def start(self) -> int:
        """Listen on a free port of this machine only; try again if it was taken."""
        for left in reversed(range(_TRIES)):
            port = free_port()
            where = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
            options = f"{where} -c unix_socket_directories='' -c max_connections=200"
            log = str(self.folder / "log")
            try:
                self._do(
                    "pg_ctl", "-D", self.data, "-w", "-l", log, "-o", options, "start"
                )
            except NotStarted:
                if not left:
                    raise
            else:
                return port
        raise AssertionError

    def stop(self) -> None:
        """Stop whatever was started, and leave nothing behind."""
        if (Path(self.data) / "postmaster.pid").exists():
            self._do("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _do(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs; its words are shown only if it fails."""
        # A file and not a pipe: the server inherits it and would hold a pipe open.
        with tempfile.TemporaryFile() as words:
            done = _run_as_other(
                [str(self.programs / program), *arguments], words, self.folder
            )
            words.seek(0)
            if done:
                raise NotStarted(f"{program}: {words.read().decode(errors='replace')}")


def _run_as_other(command: Sequence[str], words: IO[bytes], folder: Path) -> int:
    """Run it as a user PostgreSQL accepts; its exit status."""
    user = other_user()
    group = grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name if user else None
    return subprocess.run(  # noqa: S603 - commands of our own
        command,
        check=False,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=words,
        stderr=subprocess.STDOUT,
        user=user,
        group=group,
        extra_groups=[] if user else None,
    ).returncode


def other_user() -> str | None:
    """Whom to run the server as where one is root, as whom it will not run."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in _OTHER_USERS:
        if name in known:
            return name
    raise Missing("PostgreSQL does not run as root, and there is no other user.")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def main() -> int:
    """Run the command that was given on a PostgreSQL of its own."""
    try:
        with cluster() as address:
            return not run(*sys.argv[1:], DATABASE_URL=address)
    except (Missing, NotStarted) as fault:
        say(str(fault))
        return 1


if __name__ == "__main__":
    sys.exit(main())
