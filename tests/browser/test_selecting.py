"""Selecting: blocks by keys and by mouse."""

import pytest
from tests.browser.hand import Hand

pytestmark = pytest.mark.browser

EVERYTHING = ((0, 0), (5, 16))


@pytest.mark.parametrize(
    ("keys", "block"),
    [
        pytest.param(
            ["Shift+ArrowDown", "Shift+ArrowRight"],
            ((1, 1), (2, 2)),
            id="Shift and arrows",
        ),
        pytest.param(
            ["Shift+ArrowUp", "Shift+ArrowLeft"],
            ((0, 0), (1, 1)),
            id="Shift and arrows, back",
        ),
        pytest.param(
            ["Control+Shift+ArrowDown"], ((1, 1), (5, 1)), id="Ctrl, Shift and an arrow"
        ),
        pytest.param(["Control+a"], EVERYTHING, id="Ctrl and A: all"),
        pytest.param(
            ["Control+Space"], ((0, 1), (5, 1)), id="Ctrl and Space: the column"
        ),
        pytest.param(["Shift+Space"], ((1, 0), (1, 16)), id="Shift and Space: the row"),
        pytest.param(
            ["Shift+ArrowDown", "ArrowDown"], ((2, 1), (2, 1)), id="an arrow lets go"
        ),
        pytest.param(
            ["Shift+ArrowDown", "Escape"], ((1, 1), (1, 1)), id="Escape lets go"
        ),
    ],
)
def test_keys_select_a_block(
    eyfsp: Hand, keys: list[str], block: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    eyfsp.go(1, 1)

    eyfsp.press(*keys)

    assert eyfsp.selected == block
    assert eyfsp.role == "gridcell"


def test_shift_and_click_selects_to_the_cell(eyfsp: Hand) -> None:
    eyfsp.go(1, 1)

    eyfsp.cell(3, 4).click(modifiers=["Shift"])

    assert eyfsp.selected == ((1, 1), (3, 4))
    assert eyfsp.focus == (1, 1)


def test_a_drag_selects_a_block(eyfsp: Hand) -> None:
    eyfsp.drag(eyfsp.cell(3, 4), eyfsp.cell(1, 2))

    assert eyfsp.selected == ((1, 2), (3, 4))
    assert eyfsp.focus == (3, 4)


def test_a_columns_heading_selects_the_column(eyfsp: Hand) -> None:
    eyfsp.page.locator("th[data-column]").nth(2).click()

    assert eyfsp.selected == ((0, 2), (5, 2))


def test_a_pupils_name_selects_the_row(eyfsp: Hand) -> None:
    eyfsp.page.locator("#grid tbody th").nth(3).click()

    assert eyfsp.selected == ((3, 0), (3, 16))
