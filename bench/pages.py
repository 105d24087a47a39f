"""The pages of a school of 630: the grid, saving, returns, and every other."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.files import value_for
from bench.school import YEAR, Scene, result
from bench.timing import Measured, best, seconds
from hornbook.web.results.models import Result

_CELLS: Final = 2000
_PAGES: Final = (
    "schools:home",
    "pupils:list",
    "pupils:classes",
    "transfers:list",
    "returns:list",
)
Edit = dict[str, Any]


class Visitor:
    """The assessment lead, in a browser that is told each answer's status."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(
            scene.lead, "allauth.account.auth_backends.AuthenticationBackend"
        )

    def get(self, name: str, *parts: object) -> bytes:
        """Open a page."""
        response = self.client.get(reverse(name, args=[self._laestab, *parts]))
        assert response.status_code == 200, (name, response.status_code)
        return response.content

    def save(self, source: str, edits: Sequence[Edit]) -> list[Edit]:
        """Send cells as the grid does; each as the server answers."""
        address = reverse("results:save", args=[self._laestab, "eyfsp", YEAR.ends])
        body = json.dumps({"source": source, "edits": edits})
        response = self.client.post(address, body, content_type="application/json")
        assert response.status_code == 200, response.content
        cells: list[Edit] = response.json()["cells"]
        assert {cell["state"] for cell in cells} == {"saved"}, cells[0]
        return cells

    def make(self) -> None:
        """Make the file of Reception for the local authority."""
        parts = [self._laestab, "eyfsp", YEAR.ends, "la"]
        response = self.client.post(reverse("returns:make", args=parts))
        assert response.status_code == 302, response.content

    @property
    def _laestab(self) -> str:
        return self.scene.school.laestab


def pages(scene: Scene) -> Iterator[Measured]:
    """Every measure, in the order of a school's work."""
    visitor = Visitor(scene)
    yield from _grid(visitor)
    yield from _saving(visitor)
    yield from _returns(visitor)
    for name in _PAGES:
        yield _measured(f"{name}, 630 pupils", partial(visitor.get, name), 0.2)


def _measured(
    what: str, call: Callable[[], object], bar: float, bare: float | None = None
) -> Measured:
    call()
    taken = best(call)
    with CaptureQueriesContext(connection) as asked:
        call()
    return Measured(what=what, seconds=taken, bar=bar, bare=bare, queries=len(asked))


def _grid(visitor: Visitor) -> Iterator[Measured]:
    load = partial(visitor.get, "results:grid", "eyfsp", YEAR.ends)
    count = len(visitor.scene.reception)
    yield _measured(f"Grid, {count} pupils by 17 goals, empty", load, 1.0)


def _saving(visitor: Visitor) -> Iterator[Measured]:
    """Cells never saved before, then the same cells changed, then one at a time."""
    scene = visitor.scene
    values = {item.full_code: value_for(item) for item in scene.profile.items}
    edits = [
        {"pupil": pupil.pk, "item": item, "value": value, "base": None}
        for pupil in scene.reception
        for item, value in values.items()
    ]
    block, rest = edits[:_CELLS], edits[_CELLS:]
    bare = _bare(scene, block)
    answers: list[Edit] = []
    taken = seconds(lambda: answers.extend(visitor.save("paste", block)))
    yield Measured(what="Paste 2,000 empty cells", seconds=taken, bar=1.0, bare=bare)
    yield _measured(
        "Paste 2,000 cells that change",
        lambda: answers.__setitem__(slice(None), visitor.save("paste", other(answers))),
        1.0,
        bare,
    )
    visitor.save("paste", rest)
    one = answers[:1]
    yield _measured(
        "Save one cell",
        lambda: one.__setitem__(slice(None), visitor.save("grid", other(one))),
        0.1,
        _bare(scene, block[:1]),
    )


def other(cells: Sequence[Edit]) -> list[Edit]:
    """Edits that give each cell the other of two values."""
    return [
        {
            "pupil": cell["pupil"],
            "item": cell["item"],
            "value": "1" if cell["value"] == "2" else "2",
            "base": cell["version"],
        }
        for cell in cells
    ]


def _bare(scene: Scene, edits: Sequence[Edit]) -> float:
    """Put rows for the same cells in by the driver alone, and take them back."""
    pupils = {pupil.pk: pupil for pupil in scene.reception}
    rows = [
        result(pupils[edit["pupil"]], edit["item"], YEAR, edit["value"])
        for edit in edits
    ]
    with transaction.atomic():
        Result.objects.bulk_create(rows)
        ready = [_as_row(row.pk) for row in rows[:1]] and _as_rows(rows)
        Result.objects.filter(pk__in=[row.pk for row in rows]).delete()
        places = ", ".join(["%s"] * len(ready[0]))
        with connection.cursor() as cursor:
            taken = seconds(
                lambda: cursor.executemany(
                    f"INSERT INTO results_result VALUES ({places})",  # noqa: S608
                    ready,
                )
            )
        transaction.set_rollback(True)
    return taken
