"""The grid of 120 pupils by 17 goals, saving in it, and making its return."""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.files import YEAR, value_for
from bench.school import Scene
from bench.timing import TIMES, Row, Taken, seconds, sure
from hornbook.rulebook.load import rulebook
from hornbook.web.results.models import Result
from hornbook.web.results.queries import Sight
from hornbook.web.returns import actions
from hornbook.web.returns.queries import going
from hornbook.web.schools.permissions import permitted

_CELLS: Final = 2_000
_COLLECTION: Final = "eyfsp"
_AGREED: Final = 0
Cells = list[dict[str, Any]]


class Grid:
    """The assessment lead's browser, and what stands in the grid."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.sheet = [scene.school.laestab, _COLLECTION, YEAR.ends]
        self.client = Client(SERVER_NAME="localhost")
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        self.client.force_login(scene.lead, backend)
        items = rulebook(YEAR).collections[_COLLECTION].items
        self.every: Cells = [
            {"pupil": pupil.pk, "item": item.full_code, "value": value_for(item)}
            for pupil in scene.reception
            for item in items
        ]
        self.cells: Cells = []

    def load(self) -> None:
        """Open the page."""
        response = self.client.get(reverse("results:grid", args=self.sheet))
        sure(response.status_code == 200, "The grid did not open.")

    def save(self, source: str, edits: Cells) -> None:
        """Send cells as the grid's script does; every one must be saved."""
        body = json.dumps({"source": source, "edits": edits})
        address = reverse("results:save", args=self.sheet)
        response = self.client.post(address, body, content_type="application/json")
        self.cells = response.json()["cells"]
        states = [cell["state"] for cell in self.cells]
        sure(states == ["saved"] * len(edits), "Not every cell was saved.")

    def changed(self) -> Cells:
        """Edits that give each cell last saved the other of two values."""
        return [
            {
                "pupil": cell["pupil"],
                "item": cell["item"],
                "value": "1" if cell["value"] == "2" else "2",
                "base": cell["version"],
            }
            for cell in self.cells
        ]

    def make(self) -> None:
        """Make the return for the local authority."""
        school = self.scene.school
        actions.make(
            sight=Sight.of(self.scene.lead, school, permitted(self.scene.lead, school)),
            going=going(school, _COLLECTION, YEAR, "la"),
            by=self.scene.lead,
            known_errors=_AGREED,
        )


def pages(scene: Scene) -> Iterator[Row]:
    """Each thing done to the grid, in the order of a school's work."""
    grid = Grid(scene)
    size = f"{len(scene.reception)} x {len(grid.every) // len(scene.reception)}"
    yield _row(f"Grid {size}, empty: the page", 1.0, grid.load)
    block = grid.every[:_CELLS]
    yield _row(
        f"Paste {_CELLS:,} cells where nothing stood",
        1.0,
        lambda: grid.save("paste", block),
        before=_clear,
    )
    yield _row(
        f"Paste {_CELLS:,} cells over others",
        1.0,
        lambda: grid.save("paste", grid.changed()),
    )
    grid.save("grid", grid.every[_CELLS:])
    yield _row(f"Grid {size}, full: the page", 1.0, grid.load)
    grid.cells = grid.cells[:1]
    yield _row("Save one cell", 0.1, lambda: grid.save("grid", grid.changed()))
    yield _row(f"Make the return of {len(scene.reception)}", 1.0, grid.make)


def _clear() -> None:
    """Empty the grid, so that a paste is again the first."""
    Result.objects.all().delete()


def _nothing() -> None:
    """What most need not do first."""


def _row(
    what: str,
    bar: float,
    call: Callable[[], object],
    before: Callable[[], object] = _nothing,
) -> Row:
    """Once to warm up, several times to time, once more to count its queries."""
    times = []
    for _ in range(TIMES + 1):
        before()
        times.append(seconds(call))
    before()
    with CaptureQueriesContext(connection) as captured:
        call()
    took = Taken(tuple(times[1:]))
    return Row(what=what, took=took, queries=str(len(captured)), bar=bar)
