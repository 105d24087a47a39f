"""Fetch front-end libraries with npm, keep what is needed, and check its hashes.

`python -m tools.vendor` rebuilds; `python -m tools.vendor --check` needs no network.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.commands import ROOT, say

STATIC: Final = ROOT / "src/hornbook/web/static/vendor"
BROWSER: Final = ROOT / "tests/browser/vendor"


@dataclass(frozen=True)
class Library:
    """A package, the folder it is kept in, and which of its files."""

    name: str
    version: str
    folder: Path
    files: dict[str, str]
    note: str = ""
    # Files that stand beside them and that the package lacks.
    own: tuple[str, ...] = ()

    @property
    def kept(self) -> tuple[str, ...]:
        """Every file the manifest answers for."""
        return (*self.files.values(), *self.own)


LIBRARIES: Final = (
    Library(
        "govuk-frontend",
        "6.6.0",
        STATIC / "govuk-frontend",
        {
            "dist/govuk/govuk-frontend.min.css": "govuk-frontend.min.css",
            "dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
        },
        note="The typeface and the crest are cut out: they are for gov.uk only.",
        own=("LICENSE.txt",),
    ),
    Library(
        "axe-core",
        "4.14.1",
        BROWSER / "axe-core",
        {"axe.min.js": "axe.min.js", "LICENSE": "LICENSE"},
    ),
)


def fetch(library: Library, scratch: Path) -> None:
    """Unpack the library's files and write its manifest."""
    package = f"{library.name}@{library.version}"
    subprocess.run(  # noqa: S603 - a fixed command
        ["npm", "pack", "--silent", package],  # noqa: S607
        cwd=scratch,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    library.folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(scratch / f"{library.name}-{library.version}.tgz") as archive:
        described = json.loads(read(archive, "package.json"))
        for inside, kept in library.files.items():
            (library.folder / kept).write_bytes(trimmed(kept, read(archive, inside)))
    manifest = {
        "name": library.name,
        "version": library.version,
        "licence": described["license"],
        "note": library.note,
        "sha256": {kept: digest(library.folder / kept) for kept in library.kept},
    }
    text = json.dumps(manifest, indent=2) + "\n"
    (library.folder / "manifest.json").write_text(text, encoding="utf-8")


def read(archive: tarfile.TarFile, name: str) -> bytes:
    """A file of the package."""
    opened = archive.extractfile(f"package/{name}")
    if opened is None:
        raise FileNotFoundError(name)
    return opened.read()


def trimmed(name: str, content: bytes) -> bytes:
    """Without font rules and links to source maps, which would be asked for in vain."""
    content = re.sub(rb"\n?(//|/\*)# sourceMappingURL=[^\n]*", b"", content)
    if name.endswith(".css"):
        content = re.sub(rb"@font-face\{[^}]*\}", b"", content)
        content = re.sub(rb"url\(/assets/[^)]*\)", b"none", content)
        content = content.replace(b"GDS Transport,arial,sans-serif", b"inherit")
    return content


def digest(path: Path) -> str:
    """The file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def faults() -> list[str]:
    """Files that are not as their manifest says, or that no manifest speaks of."""
    wrong = []
    for library in LIBRARIES:
        described = library.folder / "manifest.json"
        stated = json.loads(described.read_text(encoding="utf-8"))["sha256"]
        there = {
            path.name: digest(path)
            for path in library.folder.iterdir()
            if path != described
        }
        wrong += [
            f"{library.folder / name} differs from its manifest"
            for name in sorted(stated.keys() | there.keys())
            if stated.get(name) != there.get(name)
        ]
    return wrong


def main() -> int:
    """Rebuild, or check."""
    if "--check" in sys.argv:
        found = faults()
        say("\n".join(found) or "Vendored files are as their manifests say.")
        return bool(found)
    with tempfile.TemporaryDirectory() as scratch:
        for library in LIBRARIES:
            fetch(library, Path(scratch))
    return 0


if __name__ == "__main__":
    sys.exit(main())
