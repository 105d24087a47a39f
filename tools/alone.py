"""The package as pip installs it, without Django: is all of it there, does it work?"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.commands import ROOT, say

SOURCE: Final = ROOT / "src" / "hornbook"
# They are about pages, a browser, and the project itself.
_NOT_OF_THE_DOMAIN: Final = {"web", "browser", "tools", "golden", "test_project.py"}


def main() -> int:
    """Install into an environment of its own, look, and run the domain's tests."""
    with tempfile.TemporaryDirectory(prefix="hornbook-alone-") as folder:
        python = install(Path(folder))
        left_out = sorted(files(SOURCE) - files(package(python)))
        for name in left_out:
            say(f"{name} is not in the package: [tool.setuptools.package-data]")
        return not works(python) or bool(left_out)


def install(folder: Path) -> Path:
    """A new environment with the package and what tests need; its Python."""
    do(sys.executable, "-m", "venv", str(folder))
    python = folder / "bin" / "python"
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    for name in ("base", "test"):
        do(python, *pip, "--require-hashes", "-r", f"requirements/{name}.txt")
    do(python, *pip, "--no-deps", "--no-build-isolation", ".")
    return python


def package(python: Path) -> Path:
    """The folder that the package was installed in."""
    [found] = python.parents[1].glob("lib/python3*/site-packages/hornbook")
    return found


def files(folder: Path) -> set[str]:
    """Every file of the package, by its path in it."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def works(python: Path) -> bool:
    """Whether the command answers and the tests pass where there is no Django."""
    said = subprocess.run(  # noqa: S603 - commands of our own
        [python.parent / "hornbook", "--help"], check=False, stdout=subprocess.DEVNULL
    )
    django = subprocess.run(  # noqa: S603
        [python, "-c", "import django"], check=False, stderr=subprocess.DEVNULL
    )
    tests = subprocess.run(  # noqa: S603
        [python, "-m", "pytest", "-q", "-c", "tests/domain.ini", *domain_tests()],
        cwd=ROOT,
        check=False,
    )
    return (said.returncode, django.returncode, tests.returncode) == (0, 1, 0)


def domain_tests() -> Iterator[str]:
    """The tests that need no Django."""
    for path in sorted((ROOT / "tests").iterdir()):
        is_test = path.is_dir() or path.match("test_*.py")
        if is_test and path.name not in {*_NOT_OF_THE_DOMAIN, "__pycache__"}:
            yield str(path.relative_to(ROOT))


def do(program: Path | str, *arguments: str) -> None:
    """Run a command that must go well."""
    subprocess.run([program, *arguments], cwd=ROOT, check=True)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
