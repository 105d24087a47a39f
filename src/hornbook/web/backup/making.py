"""Making a backup: every row, the key and the mapping, in one zip that is checked."""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from hornbook import __version__
from hornbook.web import vault
from hornbook.web.backup import rows

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
KEY: Final = "key"
MAPPING: Final = "ctf-mapping.toml"
_OWNER_ONLY: Final = 0o600
_BINARY: Final = getattr(os, "O_BINARY", 0) if sys.platform == "win32" else 0


def make(path: Path) -> dict[str, int]:
    """Write a backup where no file is yet; how many rows of each table."""
    part = path.with_name(path.name + ".part")
    if path.exists():
        raise FileExistsError(f"{path} is there already. Choose another name.")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
    try:
        with (
            os.fdopen(os.open(part, flags, _OWNER_ONLY), "wb") as file,
            ZipFile(file, "w", ZIP_DEFLATED) as archive,
        ):
            counts = _fill(archive)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return counts


def _fill(archive: ZipFile) -> dict[str, int]:
    """The parts, then the manifest that lists them; all rows of one moment."""
    with transaction.atomic():
        _of_one_moment()
        parts = [
            _write(archive, f"rows/{rows.label(model)}.jsonl", _lines(rows.read(model)))
            for model in rows.tables()
        ]
        manifest = {
            "format": FORMAT,
            "hornbook": __version__,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "database": connection.vendor,
            "migrations": rows.applied(),
        }
    parts.append(_write(archive, KEY, [vault.key().encode("ascii")]))
    mapping = Path(settings.HORNBOOK_HOME) / MAPPING
    if mapping.is_file():
        parts.append(_write(archive, MAPPING, [mapping.read_bytes()]))
    archive.writestr(MANIFEST, json.dumps({**manifest, "parts": parts}, indent=2))
    return {
        part["name"][len("rows/") : -len(".jsonl")]: part["lines"]
        for part in parts
        if part["name"].startswith("rows/")
    }


def _of_one_moment() -> None:
    """Let no change of another's in between; SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _lines(found: Iterable[Mapping[str, Any]]) -> Iterable[bytes]:
    for row in found:
        yield json.dumps(row).encode() + b"\n"


def _write(archive: ZipFile, name: str, chunks: Iterable[bytes]) -> dict[str, Any]:
    """One part; its line in the manifest."""
    digest, lines = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as part:
        for chunk in chunks:
            part.write(chunk)
            digest.update(chunk)
            lines += 1
    return {"name": name, "lines": lines, "sha256": digest.hexdigest()}
