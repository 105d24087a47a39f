"""The rows that stand and stood in cells, as a history and a save ask for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hornbook.web.pupils.models import Pupil
from hornbook.web.results.edits import Edit
from hornbook.web.results.models import Result, Source


@dataclass(frozen=True, slots=True)
class Change:
    """One step in the history of a cell; version is the row it wrote."""

    version: int
    at: datetime
    by: str
    before: str
    after: str
    how: str
    transfer: int | None

    def as_json(self) -> dict[str, object]:
        """For a script."""
        return {
            "version": self.version,
            "at": self.at.isoformat(),
            "by": self.by,
            "before": self.before,
            "after": self.after,
            "how": self.how,
            "transfer": self.transfer,
        }


def history(pupil: Pupil, full_code: str, year: int) -> tuple[Change, ...]:
    """Everything that has stood in a cell, newest first."""
    rows = (
        Result.objects.filter(pupil=pupil, item=full_code, year=year)
        .select_related("replaces")
        .order_by("-pk")
    )
    return tuple(
        Change(
            version=row.pk,
            at=row.at,
            by=row.by_name,
            before=row.replaces.value if row.replaces else "",
            after=row.value,
            how=Source(row.source).label,
            transfer=row.transfer_id,
        )
        for row in rows
    )


def rows_of(versions: Iterable[int]) -> Mapping[int, Result]:
    """Rows by their number: who wrote what now stands in the way."""
    return Result.objects.in_bulk(list(versions))


def stood(year: int, edits: Iterable[Edit]) -> set[tuple[int, str, str]]:
    """Of some edits, the pupil, item and value of those that stood there before."""
    wanted = {(*edit.cell, edit.value) for edit in edits if edit.value}
    rows = Result.objects.filter(
        year=year,
        pupil__in={pupil for pupil, _, _ in wanted},
        item__in={item for _, item, _ in wanted},
    )
    return wanted & set(rows.values_list("pupil_id", "item", "value"))
