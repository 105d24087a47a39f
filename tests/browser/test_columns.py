"""A whole column or row at once, sorted, and only the pupils with a value."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Held, Requests
from tests.browser.hand import Hand

pytestmark = pytest.mark.browser


def choose(hand: Hand, words: str) -> None:
    hand.page.locator("[role=menuitem]", has_text=words).first.click()
    hand.settle()


def test_a_columns_arrow_fills_its_blanks_with_a_code(eyfsp: Hand, held: Held) -> None:
    eyfsp.put(1, 0, "1")

    eyfsp.page.locator(".grid-head .grid-filler").first.click()
    choose(eyfsp, "5 cells still blank")

    assert eyfsp.column()[1] == "1"
    assert eyfsp.column().count("1") == 6
    assert held(eyfsp, 5, 0) == "1"


def test_fill_with_the_commonest_then_amend(
    eyfsp: Hand, held: Held, requests: Requests
) -> None:
    eyfsp.go(0, 0)
    eyfsp.enter("2", "1", "2")
    eyfsp.go(3, 0)

    eyfsp.press("ContextMenu")
    choose(eyfsp, "Fill this column")
    choose(eyfsp, "with the commonest")
    eyfsp.put(4, 0, "1")

    assert eyfsp.column() == ["2", "1", "2", "2", "1", "2"]
    assert held(eyfsp, 5, 0) == "2"


def test_a_row_is_filled_by_keys_alone(eyfsp: Hand, held: Held) -> None:
    eyfsp.go(2, 3)

    eyfsp.press("ContextMenu", "End", "ArrowUp", "Enter")
    eyfsp.type("2")
    eyfsp.press("Enter")
    eyfsp.settle()

    assert eyfsp.texts(2, 0, 1, 17) == [["2"] * 17]
    assert held(eyfsp, 2, 16) == "2"
    assert eyfsp.text(1, 0) == ""


def test_everything_still_blank_of_the_pupils_shown_is_filled_and_undone_at_once(
    eyfsp: Hand, held: Held, requests: Requests
) -> None:
    eyfsp.page.locator("select[name=class]").select_option("Wrens")

    eyfsp.page.get_by_role("button", name="Fill…").click()
    choose(eyfsp, "Expected: 34 cells still blank")
    eyfsp.page.locator("select[name=class]").select_option("")
    filled = [row.count("2") for row in eyfsp.texts(0, 0, 6, 17)]
    eyfsp.press("Control+z")
    eyfsp.page.locator("#grid-undo").click()
    eyfsp.settle()

    assert sorted(filled) == [0, 0, 0, 0, 17, 17]
    assert eyfsp.texts(0, 0, 6, 17) == [[""] * 17] * 6
    assert [len(sent["edits"]) for sent in requests] == [34, 34]


def test_a_column_is_replaced_only_when_asked_to(eyfsp: Hand, held: Held) -> None:
    eyfsp.go(0, 0)
    eyfsp.enter("2", "1")

    eyfsp.page.locator(".grid-head .grid-filler").first.click()
    choose(eyfsp, "Replace all 6 cells")
    choose(eyfsp, "6 cells replaced")

    assert eyfsp.column() == ["1"] * 6


def test_a_closed_cell_is_left_by_every_fill(phonics: Hand, held: Held) -> None:
    phonics.put(0, 0, "A")

    phonics.page.get_by_role("button", name="Fill…").click()
    choose(phonics, "Absent for the whole check period: 4 cells")

    assert phonics.column() == ["A", "A", "", "A", "A", "A"]


def test_sorted_by_a_column_and_back(phonics: Hand) -> None:
    names = phonics.names()
    phonics.go(0, 0)
    phonics.enter("9", "31")
    phonics.put(3, 0, "A")

    phonics.page.locator(".grid-head .grid-filler").click()
    choose(phonics, "Sort, highest first")
    highest = phonics.column()
    phonics.page.locator(".grid-head .grid-filler").click()
    choose(phonics, "Sort, lowest first")
    lowest = phonics.column()
    phonics.page.locator(".grid-head .grid-filler").click()
    choose(phonics, "Sort by class and name")

    assert highest == ["A", "31", "9", "", "", ""]
    assert lowest == ["9", "31", "A", "", "", ""]
    assert phonics.names() == names


def test_pupils_are_sorted_by_keys_from_the_menu_of_a_cell(phonics: Hand) -> None:
    phonics.go(0, 0)
    phonics.enter("9", "31")
    phonics.go(0, 0)

    phonics.press("Shift+F10")
    phonics.type("So")
    phonics.press("Enter", "ArrowDown", "Enter")

    phonics.said("Sorted by Phonics mark, highest first.")
    assert phonics.column()[:2] == ["31", "9"]


def test_pupils_are_sorted_by_keys_from_the_headings(phonics: Hand) -> None:
    phonics.go(0, 0)
    phonics.enter("31", "9")
    phonics.go(0, 0)

    phonics.press("ArrowUp")
    expect(phonics.page.locator(".grid-head")).to_be_focused()
    phonics.press("Enter", "Enter")
    lowest = phonics.column()[:2]
    phonics.press("Control+Home", "ArrowUp", "ArrowLeft", "ArrowLeft", "Enter")
    choose(phonics, "Sort by name alone")

    assert lowest == ["9", "31"]
    names = phonics.names()
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (">30", ["31"]),
        ("<31", ["9"]),
        ("A D", ["A"]),
        ("blank", ["", "", ""]),
        ("not blank", ["9", "31", "A"]),
    ],
)
def test_only_the_pupils_with_a_value_are_shown(
    phonics: Hand, asked: str, shown: list[str]
) -> None:
    phonics.go(0, 0)
    phonics.enter("9", "31")
    phonics.put(3, 0, "A")

    phonics.page.get_by_label("Value").fill(asked)

    assert phonics.column() == shown


def test_only_one_year_group_is_shown(phonics: Hand) -> None:
    phonics.page.get_by_label("Year group").select_option("Year 2")

    assert len(phonics.names()) == 4


def test_the_grid_is_made_larger_for_a_projector_and_stays_so(phonics: Hand) -> None:
    before = phonics.cell(0, 0).bounding_box()

    for _ in range(3):
        phonics.page.get_by_role("button", name="Larger").click()
    after = phonics.cell(0, 0).bounding_box()
    phonics.page.reload()

    assert before
    assert after
    assert after["height"] == pytest.approx(before["height"] * 2, rel=0.05)
    expect(phonics.page.locator("#grid-zoom")).to_have_text("200%")
