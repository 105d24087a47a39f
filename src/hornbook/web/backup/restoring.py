"""The way back from a backup: all of it is checked before anything is touched."""

import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction

from hornbook.web import vault
from hornbook.web.backup import rows
from hornbook.web.backup.making import FORMAT, KEY, MANIFEST, MAPPING

_PIECE: Final = 1024 * 1024


class Refused(Exception):
    """The backup cannot be restored; nothing was touched."""


class NotEmpty(Refused):
    """The database holds something already."""


def restore(path: Path) -> dict[str, int]:
    """Fill an empty database; how many rows of each table."""
    with _opened(path) as backup:
        if any(rows.count(model) for model in rows.tables()):
            raise NotEmpty("There are schools or people in the database already.")
        return _load(backup)


def replace(path: Path) -> dict[str, int]:
    """Put a backup in the place of all that the database holds."""
    with _opened(path) as backup:
        return _load(backup)


class _Backup:
    """A backup whose every part has been read and found whole."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.manifest = _manifest(archive)
        self.parts = {part["name"]: part for part in self.manifest["parts"]}
        self._check_parts()
        self._check_migrations()
        self.tables = {f"rows/{rows.label(one)}.jsonl": one for one in rows.tables()}
        self._check_rows()

    def found(self, name: str) -> Iterator[models.Model]:
        """The rows of a part."""
        model = self.tables[name]
        with self.archive.open(name) as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield rows.instance(model, json.loads(line))
                except (ValueError, TypeError, ValidationError) as fault:
                    raise Refused(f"Line {number} of {name} is damaged.") from fault

    def text(self, name: str) -> str:
        """A small part, whole."""
        return self.archive.read(name).decode()

    def _check_parts(self) -> None:
        if {*self.archive.namelist()} != {*self.parts, MANIFEST}:
            raise Refused("Parts of the backup are missing, or are not its own.")
        for name, part in self.parts.items():
            if _digest(self.archive, name) != part["sha256"]:
                raise Refused(f"The part {name} is not as it was written.")

    def _check_migrations(self) -> None:
        if self.manifest["migrations"] != rows.known():
            raise Refused(
                f"The backup was made by Hornbook {self.manifest['hornbook']}, which "
                "keeps things in another way. Install that version, restore the "
                "backup there, then move to the later one."
            )

    def _check_rows(self) -> None:
        written = {name for name in self.parts if name.startswith("rows/")}
        if written != self.tables.keys() or KEY not in self.parts:
            raise Refused("Tables of the backup are missing.")
        for name in self.tables:
            if sum(1 for _ in self.found(name)) != self.parts[name]["lines"]:
                raise Refused(f"Rows of {name} are missing.")


@contextmanager
def _opened(path: Path) -> Iterator[_Backup]:
    """The backup, checked; Refused where it is none or is damaged."""
    try:
        with ZipFile(path) as archive:
            yield _Backup(archive)
    except (BadZipFile, zlib.error, KeyError, EOFError, UnicodeDecodeError) as fault:
        raise Refused("The file is damaged, or is no backup of Hornbook's.") from fault


def _manifest(archive: ZipFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except ValueError as fault:
        raise Refused("The backup's list of its parts is damaged.") from fault
    if manifest.get("format") != FORMAT:
        raise Refused("The backup is of a kind that this version does not know.")
    return manifest


def _digest(archive: ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _load(backup: _Backup) -> dict[str, int]:
    """Everything out, everything in, by one transaction; the key at its end."""
    key = backup.text(KEY)
    _check_key(key)
    models_in_order = [backup.tables[name] for name in backup.tables]
    try:
        with transaction.atomic():
            _empty(models_in_order)
            for name, model in backup.tables.items():
                rows.write(model, backup.found(name))
            _count_on(models_in_order)
            connection.check_constraints()
            _put_back(backup, key)
    except DatabaseError as fault:
        raise Refused(f"The rows do not fit together: {fault}") from fault
    return {rows.label(model): rows.count(model) for model in models_in_order}


def _check_key(key: str) -> None:
    if settings.HORNBOOK_KEY and key != settings.HORNBOOK_KEY:
        raise Refused(
            "HORNBOOK_KEY is not the key of the backup, so what it holds encrypted "
            "could not be read. Unset it, or set it to what the part called key holds."
        )


def _empty(tables: list[type[models.Model]]) -> None:
    """Take every row out, the pointing before those pointed to."""
    names = [model._meta.db_table for model in reversed(tables)]  # noqa: SLF001
    flush = connection.ops.sql_flush(no_style(), names, allow_cascade=True)
    with connection.cursor() as cursor:
        for statement in flush:
            cursor.execute(statement)


def _count_on(tables: list[type[models.Model]]) -> None:
    """Let new rows be numbered after those that were put in."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def _put_back(backup: _Backup, key: str) -> None:
    """The key and the mapping of the backup; a key that was there is kept beside."""
    home = Path(settings.HORNBOOK_HOME)
    home.mkdir(parents=True, exist_ok=True)
    if not settings.HORNBOOK_KEY:
        held = vault.key_file()
        if held.exists() and held.read_text(encoding="ascii") != key:
            held.replace(_free(held))
        vault.keep(key)
    if MAPPING in backup.parts:
        (home / MAPPING).write_text(backup.text(MAPPING), encoding="utf-8")


def _free(path: Path) -> Path:
    """A name beside the file that none has."""
    number = 1
    while (beside := path.with_name(f"{path.name}.before-{number}")).exists():
        number += 1
    return beside
