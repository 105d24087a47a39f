"""Programs that pip cannot bring: found, or got from Debian where that is allowed."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

POSTGRES: Final = "/usr/lib/postgresql"


class Missing(RuntimeError):
    """A program is not here and could not be installed; the words say what to do."""


def chromium() -> Path:
    """Debian's browser."""
    return _found_or_installed("chromium", _on_path("chromium"))


def postgres() -> Path:
    """The folder of initdb and pg_ctl."""
    return _found_or_installed("postgresql", _postgres_folder)


def _on_path(program: str) -> Callable[[], Path | None]:
    def find() -> Path | None:
        found = shutil.which(program)
        return Path(found) if found else None

    return find


def _postgres_folder() -> Path | None:
    """From the PATH, or where Debian puts it: the newest."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    every = Path(POSTGRES).glob("*/bin/initdb")
    newest = max(every, key=lambda path: float(path.parts[-3]), default=None)
    return newest.parent if newest else None


def _found_or_installed(package: str, find: Callable[[], Path | None]) -> Path:
    found = find()
    if found is None:
        install(package)
        found = find()
    if found is None:
        raise Missing(f"{package} is needed. Install it: apt-get install {package}")
    return found


def install(package: str) -> None:
    """Get a package of Debian's, as root or by a sudo that asks nothing."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (root and not shutil.which("sudo")):
        return
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", package]):
        command = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        subprocess.run([*command, *arguments], check=False, env=quiet)  # noqa: S603
