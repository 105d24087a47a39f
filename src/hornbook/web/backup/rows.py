"""Tables as rows of plain values, the same whatever the database.

The models are those of the migrations that are applied, not of the code: so a backup
can be made of a database that the code has moved on from.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias

from django.apps.registry import Apps
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

Row: TypeAlias = dict[str, Any]

# What an installation holds; sessions and Django's own lists are made afresh.
KEPT: Final = (
    "accounts",
    "account",
    "mfa",
    "audit",
    "schools",
    "codes",
    "jobs",
    "pupils",
    "results",
    "transfers",
    "returns",
    "reporting",
)
_AT_A_TIME: Final = 2_000


class LaterDatabase(Exception):
    """The database was changed by a later version of Hornbook than this one."""


def applied() -> dict[str, list[str]]:
    """The migrations applied to the database, of the apps that are kept."""
    done = MigrationRecorder(connection).applied_migrations()
    return {
        app: sorted(name for label, name in done if label == app)
        for app in KEPT
        if any(label == app for label, _ in done)
    }


def known() -> dict[str, list[str]]:
    """The migrations that this version of Hornbook knows, of the same apps."""
    nodes = MigrationExecutor(connection).loader.disk_migrations
    return {
        app: sorted(name for label, name in nodes if label == app)
        for app in KEPT
        if any(label == app for label, _ in nodes)
    }


def pending() -> bool:
    """Whether the code has migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def tables() -> list[type[models.Model]]:
    """The models of what is kept, each after those that it points to."""
    kept = [
        model
        for model in _state().get_models(include_auto_created=True)
        if model._meta.app_label in KEPT  # noqa: SLF001
    ]
    return _in_order(model for model in kept if _points_within(model))


def _state() -> Apps:
    """The models as the applied migrations left them."""
    loader = MigrationExecutor(connection).loader
    done = [node for node in loader.applied_migrations if node in loader.graph.nodes]
    if set(loader.applied_migrations) - set(loader.graph.nodes):
        raise LaterDatabase(
            "The database was made by a later version of Hornbook. Install that "
            "version."
        )
    apps: Apps = loader.project_state(done).apps
    return apps


def _targets(model: type[models.Model]) -> set[str]:
    """The labels of the models that a model points to."""
    return {
        field.related_model._meta.label_lower  # noqa: SLF001
        for field in model._meta.concrete_fields  # noqa: SLF001
        if field.related_model is not None
    }


def _points_within(model: type[models.Model]) -> bool:
    """Whether a model points to nothing outside of what is kept."""
    return all(target.partition(".")[0] in KEPT for target in _targets(model))


def _in_order(found: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    """Each model after those that it points to; itself does not count."""
    left = {model._meta.label_lower: model for model in found}  # noqa: SLF001
    ordered: list[type[models.Model]] = []
    while left:
        free = [
            label
            for label, model in left.items()
            if not (_targets(model) - {label}) & left.keys()
        ]
        ordered += [left.pop(label) for label in sorted(free)]
    return ordered


def label(model: type[models.Model]) -> str:
    """The name of a table in a backup, such as pupils.pupil."""
    return model._meta.label_lower  # noqa: SLF001


def count(model: type[models.Model]) -> int:
    """How many rows there are."""
    return model._base_manager.count()  # noqa: SLF001


def read(model: type[models.Model]) -> Iterator[Row]:
    """Every row, in the order of its key."""
    fields = _fields(model)
    held = model._base_manager.order_by("pk").values_list(*fields)  # noqa: SLF001
    for values in held.iterator(chunk_size=_AT_A_TIME):
        yield dict(zip(fields, map(_plain, values), strict=True))


def instance(model: type[models.Model], row: Row) -> models.Model:
    """A row read back; ValueError or ValidationError where it is none of the table."""
    fields = _fields(model)
    if row.keys() != fields.keys():
        raise ValueError("Its columns are not those of the table.")
    return model(**{name: fields[name].to_python(row[name]) for name in fields})


def write(model: type[models.Model], found: Iterable[models.Model]) -> None:
    """Put rows into the table, with their own keys and times."""
    for field in model._meta.concrete_fields:  # noqa: SLF001
        # The models are copies made for this: a time that is restored stays as it was.
        if isinstance(field, models.DateField):
            field.auto_now = field.auto_now_add = False
    model._base_manager.bulk_create(found, batch_size=_AT_A_TIME)  # noqa: SLF001


def _fields(model: type[models.Model]) -> Mapping[str, Any]:
    """A table's columns by name."""
    return {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001


def _plain(value: object) -> object:
    """A value as JSON can hold it, and as the field reads it back."""
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
