"""Rows as they were and as they became, so that one undo takes an import back."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from hornbook.web import vault

Row = dict[str, Any]


@dataclass(slots=True)
class Changes:
    """What an import did: rows made, rows changed, and results replaced.

    made: model name to keys; changed: model name to key to the row before;
    after: the same to the row as the import left it, made rows included.
    """

    made: dict[str, list[int]] = field(default_factory=dict)
    before: dict[str, dict[str, Row]] = field(default_factory=dict)
    after: dict[str, dict[str, Row]] = field(default_factory=dict)
    replaced: list[int] = field(default_factory=list)

    def note_made(self, rows: Iterable[models.Model]) -> None:
        """Rows the import made."""
        for each in rows:
            self.made.setdefault(name_of(each), []).append(each.pk)
            self.after.setdefault(name_of(each), {})[str(each.pk)] = as_row(each)

    def note_before(self, rows: Iterable[models.Model]) -> None:
        """Rows the import is about to change; as they were at first is what counts."""
        for each in rows:
            known = self.before.setdefault(name_of(each), {})
            known.setdefault(str(each.pk), as_row(each))

    def note_after(self, rows: Iterable[models.Model]) -> None:
        """The same rows once they are changed."""
        for each in rows:
            self.after.setdefault(name_of(each), {})[str(each.pk)] = as_row(each)

    def sealed(self) -> bytes:
        """As it is stored: packed and encrypted."""
        content = {
            "made": self.made,
            "before": self.before,
            "after": self.after,
            "replaced": self.replaced,
        }
        return vault.seal(zlib.compress(json.dumps(content).encode()))

    @classmethod
    def unsealed(cls, sealed: bytes) -> "Changes":
        """As it was before it was stored."""
        return cls(**json.loads(zlib.decompress(vault.unseal(sealed))))


def name_of(row: models.Model) -> str:
    """The name of a row's model."""
    return type(row).__name__


def as_row(row: models.Model) -> Row:
    """A row's own columns, its key aside; days as text."""
    return {
        each.attname: _plain(getattr(row, each.attname))
        for each in row._meta.concrete_fields  # noqa: SLF001 - Django's public way
        if not each.primary_key
    }


def put_back(row: models.Model, stored: Mapping[str, Any]) -> None:
    """Set a row's columns to what was stored."""
    for name, value in stored.items():
        column = row._meta.get_field(name.removesuffix("_id"))  # noqa: SLF001
        if isinstance(column, models.DateField) and isinstance(value, str):
            setattr(row, name, date.fromisoformat(value))
        else:
            setattr(row, name, value)


def save(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write rows that exist already, in a few statements however many they are."""
    columns = [each for each in model._meta.concrete_fields if not each.primary_key]  # noqa: SLF001
    model._default_manager.bulk_create(  # noqa: SLF001
        list(rows),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[each.name for each in columns],
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
