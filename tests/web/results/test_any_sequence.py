"""Whatever is typed, pasted, undone, done again or locked: the history tells it.

Everything is sent to the server as the grid's script sends it. The record is checked
against two accounts that are kept apart from it: what a plain table of values would
hold, and what the events say was done.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.results.scene import (
    YEAR,
    enrol,
    make_school,
    person,
    save,
    signed_in,
)

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.accounts.models import User
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Pupil, SchoolClass
from hornbook.web.results.actions import Sheet
from hornbook.web.results.edits import State
from hornbook.web.results.locking import Part, lock, unlock
from hornbook.web.results.models import Result, Source

Cell: TypeAlias = tuple[int, str]

_GOALS = ("eyfsp.E01", "eyfsp.E02", "eyfsp.E03")
_CELLS = st.tuples(st.integers(0, 2), st.sampled_from(_GOALS))
_VALUES = st.sampled_from(["", "1", "2", "A", "a", " 2 ", "9", "nonsense"])
_WHO = st.integers(0, 1)
_TYPED = st.tuples(st.just("typed"), _WHO, st.dictionaries(_CELLS, _VALUES, max_size=1))
_PASTED = st.tuples(st.just("pasted"), _WHO, st.dictionaries(_CELLS, _VALUES))
_NOTHING: st.SearchStrategy[dict[tuple[int, str], str]] = st.just({})
_DEEDS = ["undo", "redo", "look again", "lock", "unlock", "lock class"]
_OTHER = st.tuples(st.sampled_from(_DEEDS), _WHO, _NOTHING)
_STEPS = st.lists(_TYPED | _PASTED | _OTHER, max_size=14)


@dataclass
class Browser:
    """A grid that a person has open: what they see, and what they can undo."""

    by: User
    client: Client
    seen: dict[Cell, tuple[int, str]] = field(default_factory=dict)
    back: list[dict[Cell, tuple[str, str]]] = field(default_factory=list)
    forward: list[dict[Cell, tuple[str, str]]] = field(default_factory=list)


class School:
    """A class of three and one pupil in another, two people, and a plain table."""

    def __init__(self) -> None:
        school = make_school()
        book = rulebook(AcademicYear(YEAR))
        self.sheet = Sheet(
            school=school, book=book, collection=book.collections["eyfsp"]
        )
        self.pupils = [
            enrol(school, f"Pupil{number}", "R", class_name=name)
            for number, name in enumerate(["Hazel", "Hazel", "Oak"])
        ]
        self.hazel = SchoolClass.objects.get(name="Hazel")
        people = [person("lead", school, f"Person {number}") for number in range(2)]
        self.browsers = [Browser(each, signed_in(each)) for each in people]
        self.table: dict[Cell, str] = defaultdict(str)
        self.locked: set[str] = set()

    def do(self, what: str, who: int, cells: dict[tuple[int, str], str]) -> None:
        """One step of the sequence."""
        browser = self.browsers[who]
        if what in {"typed", "pasted"}:
            wanted = {(self.pupils[at].pk, item): v for (at, item), v in cells.items()}
            source = Source.GRID if what == "typed" else Source.PASTE
            browser.back.append(self.send(browser, wanted, source))
            browser.forward.clear()
        elif what == "undo" and browser.back:
            step = browser.back.pop()
            self.send(browser, {c: before for c, (before, _) in step.items()})
            browser.forward.append(step)
        elif what == "redo" and browser.forward:
            step = browser.forward.pop()
            self.send(browser, {c: after for c, (_, after) in step.items()})
            browser.back.append(step)
        elif what == "look again":
            browser.seen = {
                (row.pupil_id, row.item): (row.pk, row.value)
                for row in Result.objects.current()
            }
        elif "lock" in what:
            self.turn_key(what, browser.by)

    def turn_key(self, what: str, by: User) -> None:
        """Lock or unlock, everything or the one class."""
        if what == "unlock":
            unlock(part=Part(self.sheet, None), by=by)
            unlock(part=Part(self.sheet, self.hazel), by=by)
            self.locked.clear()
        else:
            one_class = what == "lock class"
            lock(part=Part(self.sheet, self.hazel if one_class else None), by=by)
            self.locked.add("Hazel" if one_class else "everything")

    def send(
        self, browser: Browser, wanted: dict[Cell, str], source: Source = Source.UNDO
    ) -> dict[Cell, tuple[str, str]]:
        """Save as a grid does; the cells that were saved, before and after."""
        done = {}
        for answer in self.post(browser, wanted, source)["cells"]:
            cell = answer["pupil"], answer["item"]
            if answer["state"] == State.SAVED:
                assert not self.shut(cell), "Saved in a locked grid."
                seen = browser.seen.get(cell, (None, ""))[1]
                assert seen == self.table[cell], "Saved over what was not seen."
                done[cell] = (self.table[cell], answer["value"])
                self.table[cell] = answer["value"]
            if answer["state"] == State.CONFLICT:
                assert answer["theirs"] == self.table[cell]
            if answer["version"] is not None:
                browser.seen[cell] = (answer["version"], self.table[cell])
        return done

    def post(
        self, browser: Browser, wanted: dict[Cell, str], source: Source
    ) -> dict[str, Any]:
        """What the server says to the edits."""
        edits = [
            {
                "pupil": pupil,
                "item": item,
                "value": value,
                "base": browser.seen.get((pupil, item), (None, ""))[0],
            }
            for (pupil, item), value in wanted.items()
        ]
        return save(
            browser.client,
            self.sheet.school,
            edits,
            collection="eyfsp",
            source=source.value,
        )

    def shut(self, cell: Cell) -> bool:
        """Whether a cell is locked."""
        in_hazel = cell[0] in {pupil.pk for pupil in self.pupils[:2]}
        return "everything" in self.locked or ("Hazel" in self.locked and in_hazel)


def standing() -> dict[Cell, str]:
    """What stands, the empty left out; no cell has two rows that stand."""
    rows = Result.objects.current()
    held = {(row.pupil_id, row.item): row.value for row in rows}
    assert len(held) == len(rows)
    return {cell: value for cell, value in held.items() if value}


def behind_each_other() -> None:
    """From the row that stands of a cell every other one is reached, in order."""
    cells: dict[Cell, list[Result]] = defaultdict(list)
    for row in Result.objects.order_by("pk"):
        cells[row.pupil_id, row.item].append(row)
    for rows in cells.values():
        assert [row.replaces_id for row in rows] == [None, *(r.pk for r in rows[:-1])]
        assert [row.current for row in rows] == [*[False] * (len(rows) - 1), True]


def by_the_events() -> dict[Cell, str]:
    """What stands if each event is done again in turn, from its own before."""
    held: dict[Cell, str] = defaultdict(str)
    for event in Event.objects.filter(action="results entered").order_by("pk"):
        for pupil, item, before, after in event.detail["cells"]:
            assert held[pupil, item] == before
            held[pupil, item] = after
    return {cell: value for cell, value in held.items() if value}


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=_STEPS)
def test_any_sequence_ends_in_the_state_that_the_history_says(
    steps: Sequence[tuple[str, int, dict[tuple[int, str], str]]],
) -> None:
    with transaction.atomic():
        school = School()

        for what, who, cells in steps:
            school.do(what, who, cells)

        plain = {cell: value for cell, value in school.table.items() if value}
        assert standing() == plain == by_the_events()
        behind_each_other()
        assert Pupil.objects.count() == 3
        transaction.set_rollback(True)
