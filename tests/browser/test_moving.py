"""Moving: where each key goes, and that the focus is always on a real cell."""

import pytest
from tests.browser.conftest import Desk
from tests.browser.hand import Hand
from tests.browser.school import Group, add

pytestmark = pytest.mark.browser

LAST_ROW, LAST_COLUMN = 5, 16


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        pytest.param((1, 1), ["ArrowDown"], (2, 1), id="Down goes down"),
        pytest.param((1, 1), ["ArrowUp"], (0, 1), id="Up goes up"),
        pytest.param((1, 1), ["ArrowLeft"], (1, 0), id="Left goes left"),
        pytest.param((1, 1), ["ArrowRight"], (1, 2), id="Right goes right"),
        pytest.param(
            (0, 0), ["ArrowLeft", "ArrowLeft"], (0, 0), id="arrows stop at the edge"
        ),
        pytest.param((1, 1), ["Tab"], (1, 2), id="Tab goes on"),
        pytest.param((1, 1), ["Shift+Tab"], (1, 0), id="Shift and Tab goes back"),
        pytest.param((1, 16), ["Tab"], (2, 0), id="Tab wraps to the next row"),
        pytest.param(
            (1, 0), ["Shift+Tab"], (0, 16), id="Shift and Tab wraps to the row before"
        ),
        pytest.param((2, 5), ["Home"], (2, 0), id="Home goes to the first column"),
        pytest.param((2, 5), ["End"], (2, 16), id="End goes to the last column"),
        pytest.param(
            (2, 5), ["Control+Home"], (0, 0), id="Ctrl and Home goes to the first cell"
        ),
        pytest.param(
            (2, 5), ["Control+End"], (5, 16), id="Ctrl and End goes to the last cell"
        ),
        pytest.param((0, 3), ["PageDown"], (5, 3), id="Page Down moves the cell"),
        pytest.param((5, 3), ["PageUp"], (0, 3), id="Page Up moves the cell"),
        pytest.param((1, 1), ["Enter"], (2, 1), id="Enter without typing goes down"),
        pytest.param(
            (1, 1), ["Shift+Enter"], (0, 1), id="Shift and Enter without typing goes up"
        ),
    ],
)
def test_a_key_moves_the_cell(
    eyfsp: Hand, start: tuple[int, int], keys: list[str], end: tuple[int, int]
) -> None:
    eyfsp.go(*start)

    eyfsp.press(*keys)

    assert eyfsp.focus == end
    assert eyfsp.role == "gridcell"


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        pytest.param(
            (0, 0), "Control+ArrowDown", (2, 0), id="to the end of a filled run"
        ),
        pytest.param(
            (2, 0),
            "Control+ArrowDown",
            (5, 0),
            id="over blanks to the next filled cell",
        ),
        pytest.param((2, 0), "Control+ArrowUp", (0, 0), id="back up a run"),
        pytest.param(
            (1, 0),
            "Control+ArrowRight",
            (1, 16),
            id="to the edge where the row is blank",
        ),
        pytest.param((1, 16), "Control+ArrowLeft", (1, 0), id="back to a filled cell"),
    ],
)
def test_ctrl_and_an_arrow_goes_to_the_edge_of_a_block(
    eyfsp: Hand, start: tuple[int, int], key: str, end: tuple[int, int]
) -> None:
    eyfsp.go(0, 0)
    eyfsp.enter("2", "2", "2")
    eyfsp.put(5, 0, "1")
    eyfsp.go(*start)

    eyfsp.press(key)

    assert eyfsp.focus == end


def test_tab_skips_closed_cells_both_ways(phonics: Hand) -> None:
    phonics.go(1, 0)
    closed = phonics.cell(2, 0).get_attribute("data-closed")

    phonics.press("Tab")
    there = phonics.focus
    phonics.press("Shift+Tab")

    assert closed
    assert there == (3, 0)
    assert phonics.focus == (1, 0)


def test_tab_straight_from_typing_commits_and_skips_closed_cells(phonics: Hand) -> None:
    phonics.go(1, 0)

    phonics.type("31")
    phonics.press("Tab")

    phonics.settle()
    assert phonics.focus == (3, 0)
    assert phonics.text(1, 0) == "31"


@pytest.mark.parametrize(
    "typed", ["", "2"], ids=["from a cell", "straight from typing"]
)
def test_tab_leaves_the_grid_at_its_last_cell(eyfsp: Hand, typed: str) -> None:
    eyfsp.go(LAST_ROW, LAST_COLUMN)

    eyfsp.type(typed)
    eyfsp.press("Tab")

    assert eyfsp.focus is None
    assert not eyfsp.page.evaluate(
        "document.querySelector('#grid').contains(document.activeElement)"
    )


@pytest.mark.parametrize(
    "typed", ["", "2"], ids=["from a cell", "straight from typing"]
)
def test_shift_and_tab_leaves_the_grid_at_its_first_cell(
    eyfsp: Hand, typed: str
) -> None:
    eyfsp.go(0, 0)

    eyfsp.type(typed)
    eyfsp.press("Shift+Tab")

    assert eyfsp.page.evaluate("document.activeElement.id") == "grid-print"


def test_tab_into_the_grid_lands_on_the_current_cell(eyfsp: Hand) -> None:
    eyfsp.go(3, 4)
    eyfsp.page.locator("#grid-print").focus()

    eyfsp.press("Tab")

    assert eyfsp.focus == (3, 4)


def test_a_link_to_a_cell_goes_to_it(eyfsp: Hand) -> None:
    name = eyfsp.cell(4, 3).get_attribute("id")
    address = eyfsp.page.url

    eyfsp.page.goto("about:blank")
    eyfsp.page.goto(f"{address}#{name}")
    eyfsp.page.wait_for_selector("#grid[data-ready]")

    assert eyfsp.focus == (4, 3)


def test_enlarged_on_a_small_screen_rows_and_the_first_cell_stay_in_sight(
    eyfsp: Hand,
) -> None:
    eyfsp.page.set_viewport_size({"width": 1280, "height": 800})
    for _ in range(3):
        eyfsp.page.get_by_role("button", name="Larger").click()

    box = eyfsp.cell(1, 0).bounding_box()
    eyfsp.go(0, 0)
    eyfsp.press("Control+End", "Control+Home")

    assert box is not None
    assert box["y"] + box["height"] < 800
    assert eyfsp.page.evaluate(
        "(([x, y]) => document.elementFromPoint(x, y) === document.activeElement)("
        "(({x, y}) => [x + 9, y + 9])(document.activeElement.getBoundingClientRect()))"
    )


def test_page_down_keeps_a_row_that_was_in_sight(desk: Desk) -> None:
    add(desk.school, Group("R", "Larks", [(f"P{n:02}", "Ada") for n in range(45)]))
    eyfsp = desk.open("eyfsp")
    eyfsp.page.set_viewport_size({"width": 1366, "height": 650})
    eyfsp.go(0, 0)

    eyfsp.press("PageDown")

    assert eyfsp.focus is not None
    row = eyfsp.focus[0]
    height = eyfsp.page.evaluate(
        "(([head, foot]) => innerHeight - head.offsetHeight - foot.offsetHeight)("
        "[...document.querySelectorAll('#grid thead, #grid tfoot')])"
    )
    assert 1 < row < height / 30
