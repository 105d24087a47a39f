"""A PostgreSQL of one's own, in a temporary folder, gone at the end."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OTHER_USERS = ("postgres", "nobody")


class NoPostgres(RuntimeError):
    """There is none, and it could not be installed; the words say what to do."""


def binaries() -> Path:
    """The folder of initdb and pg_ctl, from the PATH or where Debian puts them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debian:
        return debian[-1].parent
    raise NoPostgres("PostgreSQL is needed: apt-get install postgresql")


def installed() -> Path:
    """The same, got from Debian where that is allowed."""
    try:
        return binaries()
    except NoPostgres:
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise
    run(["apt-get", "update", "-qq"])
    run(["apt-get", "install", "-y", "-qq", "postgresql"])
    return binaries()


def run(command: list[str], **kwargs: object) -> None:
    """Run a command; its words are shown only where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, **kwargs)  # type: ignore[call-overload]  # noqa: S603
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise NoPostgres(f"{command[0]} failed; see above.")


def other_user() -> str | None:
    """Whom to run the server as: PostgreSQL will not run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in OTHER_USERS if name in known)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
    return port


@contextmanager
def cluster() -> Iterator[str]:
    """The DATABASE_URL of a server that lives as long as the block."""
    folder = Path(tempfile.mkdtemp(prefix="hornbook-postgres-"))
    user, tools, port = other_user(), installed(), free_port()
    options: dict[str, object] = {"cwd": folder}
    if user:
        shutil.chown(folder, user)
        options["user"] = user
    data = folder / "data"
    initdb = [str(tools / "initdb"), "-D", str(data), "-U", "hornbook", "-A", "trust"]
    run([*initdb, "-E", "UTF8", "--no-sync"], **options)
    server = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c max_connections=200"
    control = [str(tools / "pg_ctl"), "-D", str(data), "-w"]
    run([*control, "-l", str(folder / "log"), "-o", server, "start"], **options)
    try:
        yield f"postgresql://hornbook@127.0.0.1:{port}/postgres"
    finally:
        run([*control, "-m", "immediate", "stop"], **options)
        shutil.rmtree(folder, ignore_errors=True)
