"""Two people at one cell at the same moment, with real threads and transactions."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

import pytest
from django.db import connection, connections
from tests.web.results.scene import YEAR, enrol, give, make_school, person

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.accounts.models import User
from hornbook.web.results.actions import Saved, Sheet, save
from hornbook.web.results.edits import Edit, State
from hornbook.web.results.models import Result, Source
from hornbook.web.results.queries import Sight

MARK = "phonics.mark"


@pytest.fixture
def sheet(shared_database: None) -> Sheet:
    book = rulebook(AcademicYear(YEAR))
    return Sheet(
        school=make_school(), book=book, collection=book.collections["phonics"]
    )


@pytest.fixture
def people(sheet: Sheet) -> list[User]:
    return [person("lead", sheet.school, f"Person {number}") for number in range(4)]


def together(deeds: Sequence[Callable[[], Saved]]) -> list[Saved]:
    """Do them all at one moment, each on a connection of its own."""
    barrier = Barrier(len(deeds))

    def do(deed: Callable[[], Saved]) -> Saved:
        barrier.wait()
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def enters(sheet: Sheet, by: User, *edits: Edit) -> Callable[[], Saved]:
    sight = Sight.whole(sheet.school)
    return lambda: save(
        sheet=sheet, sight=sight, edits=edits, source=Source.GRID, by=by
    )


def states(saved: Sequence[Saved]) -> list[State]:
    return sorted(cell.state for one in saved for cell in one.cells)


@pytest.mark.parametrize("held", [False, True])
def test_of_several_who_change_one_cell_one_is_saved_and_the_others_are_told(
    sheet: Sheet, people: list[User], held: bool
) -> None:
    ada = enrol(sheet.school, "Byrne", "1")
    base = give(ada, MARK, "5").pk if held else None

    saved = together(
        [
            enters(sheet, by, Edit(ada.pk, MARK, str(10 + number), base))
            for number, by in enumerate(people)
        ]
    )

    assert states(saved) == [State.CONFLICT] * 3 + [State.SAVED]
    now = Result.objects.current().get()
    conflicts = [
        cell
        for one in saved
        for cell in one.as_json()["cells"]  # type: ignore[attr-defined]
        if cell["state"] == "conflict"
    ]
    assert {cell["theirs"] for cell in conflicts} == {now.value}
    assert {cell["by"] for cell in conflicts} == {now.by_name}


def test_people_in_different_cells_are_all_saved(
    sheet: Sheet, people: list[User]
) -> None:
    pupils = [enrol(sheet.school, f"Pupil{number}", "1") for number in range(4)]

    saved = together(
        [
            enters(sheet, by, Edit(pupil.pk, MARK, "30", None))
            for by, pupil in zip(people, pupils, strict=True)
        ]
    )

    assert states(saved) == [State.SAVED] * 4
    assert Result.objects.current().count() == 4


def test_blocks_that_overlap_in_opposite_order_neither_hang_nor_lose_a_cell(
    sheet: Sheet, people: list[User]
) -> None:
    pupils = [enrol(sheet.school, f"Pupil{number}", "1") for number in range(20)]
    block = [Edit(pupil.pk, MARK, "30", None) for pupil in pupils]
    other = [Edit(pupil.pk, MARK, "31", None) for pupil in reversed(pupils)]

    saved = together(
        [enters(sheet, people[0], *block), enters(sheet, people[1], *other)]
    )

    assert states(saved) == [State.CONFLICT] * 20 + [State.SAVED] * 20
    assert Result.objects.current().values("value").distinct().count() == 1


def test_each_row_replaces_the_one_before_it(sheet: Sheet, people: list[User]) -> None:
    ada = enrol(sheet.school, "Byrne", "1")

    for number in range(5):
        now = Result.objects.current().first()
        base = now.pk if now else None
        together(
            [
                enters(sheet, by, Edit(ada.pk, MARK, str(number * 4 + turn), base))
                for turn, by in enumerate(people)
            ]
        )

    rows = list(Result.objects.order_by("pk"))
    assert len(rows) == 5
    assert all(after.replaces == before for before, after in pairwise(rows))
    assert [row.current for row in rows] == [False] * 4 + [True]


def test_a_save_that_meets_a_row_written_meanwhile_is_tried_again(
    sheet: Sheet, people: list[User]
) -> None:
    ada = enrol(sheet.school, "Byrne", "1")
    met: list[str] = []

    def meanwhile(
        execute: Callable[..., object],
        sql: str,
        params: object,
        many: bool,
        context: object,
    ) -> object:
        # A row that was not there when the save looked, once.
        if sql.startswith("INSERT INTO") and "results_result" in sql and not met:
            met.append(sql)
            give(ada, MARK, "5")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        saved = enters(sheet, people[0], Edit(ada.pk, MARK, "30", None))()

    assert met
    assert states([saved]) == [State.SAVED]
    assert Result.objects.get().value == "30"
