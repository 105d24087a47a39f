"""Moves up keep, beside whom they marked as leaving, the last day they wrote."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_the_days(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Where only the enrolments were kept, the day that stands in them is the move's."""
    enrolments = apps.get_model("pupils", "Enrolment")._default_manager  # noqa: SLF001
    for move in apps.get_model("pupils", "MoveUp")._default_manager.all():  # noqa: SLF001
        left = move.changes.get("left", [])
        if isinstance(left, list):
            rows = enrolments.filter(pk__in=left, left_on__isnull=False)
            move.changes["left"] = {
                str(pk): day.isoformat() for pk, day in rows.values_list("pk", "left_on")
            }
            move.save(update_fields=["changes"])


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("pupils", "0002_moves")]
    operations = [migrations.RunPython(keep_the_days, migrations.RunPython.noop)]
