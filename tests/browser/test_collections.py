"""Every collection is entered by keys alone, and what the grid says meanwhile."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desk, Held
from tests.browser.hand import Hand
from tests.browser.school import NAMES, Group, add

pytestmark = pytest.mark.browser


def into_the_grid(hand: Hand) -> None:
    """Tab through the page until a cell has the focus."""
    for _ in range(60):
        hand.press("Tab")
        if hand.focus:
            return
    raise AssertionError("Tab never reached the grid.")


@pytest.mark.parametrize(
    ("collection", "values"),
    [
        ("eyfsp", ["2", "1", "A"]),
        ("phonics", ["31", "A"]),
        ("ks1", ["EXS", "WTS"]),
        ("mtc", ["25", "0", "A"]),
        ("ks2-teacher-assessment", ["EXS", "PK3", "gds"]),
        ("ks2-tests", ["40", "0", "50"]),
    ],
)
def test_a_column_is_entered_by_keys(
    desk: Desk, held: Held, collection: str, values: list[str]
) -> None:
    add(desk.school, Group("4", "Jays", NAMES))
    hand = desk.open(collection)
    into_the_grid(hand)

    hand.enter(*values)

    for row, value in enumerate(values):
        assert held(hand, row, 0) == value.upper()
        assert hand.state(row, 0) == "saved"


def test_tab_passes_over_what_few_pupils_need(writing: Hand) -> None:
    writing.go(0, 0)

    writing.type("EXS")
    writing.press("Tab")
    writing.type("EXS")
    writing.press("Tab")

    assert writing.focus == (1, 0)


def test_a_code_below_the_tests_calls_for_the_rest_of_the_row(writing: Hand) -> None:
    writing.go(0, 0)

    writing.type("PK3")
    writing.press("Tab")
    writing.type("HNM")
    writing.press("Tab")

    assert writing.focus == (0, 2)


def test_reading_is_switched_off_until_the_pupil_is_below_the_test(
    writing: Hand, held: Held
) -> None:
    writing.go(0, 2)
    expect(writing.page.locator("#grid-note")).to_contain_text("Only for pupils below")
    writing.type("PK3")
    writing.said("Only for pupils below the standard of the reading test")
    assert writing.text(0, 2) == ""

    writing.put(0, 0, "PK3")
    writing.put(0, 2, "PK3")

    assert held(writing, 0, 2) == "PK3"


def test_a_row_from_a_spreadsheet_opens_what_its_own_writing_calls_for(
    writing: Hand, held: Held
) -> None:
    writing.go(0, 0)

    writing.paste("PK3\tHNM\tPK3\tPK2\n")

    assert [held(writing, 0, column) for column in range(4)] == [
        *("PK3", "HNM", "PK3", "PK2")
    ]


def test_what_writing_no_longer_opens_is_struck_through_at_once(
    writing: Hand,
) -> None:
    writing.put(0, 0, "PK3")
    writing.put(0, 2, "PK3")

    writing.put(0, 0, "EXS")

    expect(writing.cell(0, 2)).to_have_attribute(
        "data-aside", re.compile("Writing is EXS. Clear it, or correct")
    )
    writing.said("PK3 is struck through.")
    writing.put(0, 0, "PK3")
    expect(writing.cell(0, 2)).not_to_have_attribute("data-aside", re.compile("."))


def test_what_the_test_contradicts_is_struck_through_and_can_be_cleared(
    desk: Desk, held: Held
) -> None:
    hand = desk.open("ks2-teacher-assessment")
    hand.put(0, 0, "PK3")
    hand.put(0, 2, "PK3")
    tests = desk.open("ks2-tests")
    tests.put(0, 2, "AS")

    hand = desk.open("ks2-teacher-assessment")
    hand.go(0, 2)
    note = hand.page.locator("#grid-note")
    expect(note).to_contain_text("The outcome of the reading test is AS.")
    hand.press("Delete")
    hand.settle()

    assert held(hand, 0, 2) == ""
    expect(hand.cell(0, 2)).to_have_attribute("aria-readonly", "true")


def test_the_scaled_score_of_a_mark_is_shown_and_not_entered(
    desk: Desk, held: Held
) -> None:
    tests = desk.open("ks2-tests")

    tests.put(0, 0, "40")

    score = tests.cell(0, 1).get_attribute("data-hint") or ""
    assert score.isdigit()
    assert int(score) > 100
    assert (tests.text(0, 1), held(tests, 0, 1)) == ("", "")
    tests.go(0, 1)
    expect(tests.page.locator("#grid-note")).to_contain_text(
        f"gives {score} for 40. It is not entered."
    )
    tests.press("ContextMenu", "Enter")
    tests.settle()
    assert held(tests, 0, 1) == score


def test_the_outcome_of_a_scaled_score_is_shown_and_not_entered(
    desk: Desk, held: Held
) -> None:
    tests = desk.open("ks2-tests")

    tests.put(0, 0, "40")
    tests.put(1, 1, "99")
    tests.put(2, 1, "N")

    outcomes = [tests.cell(row, 2).get_attribute("data-hint") for row in range(4)]
    assert outcomes == ["AS", "NS", "NS", None]
    tests.go(1, 2)
    expect(tests.page.locator("#grid-note")).to_contain_text(
        "The scaled score is 99, not 100 or more. It is not entered."
    )
    assert held(tests, 1, 2) == ""


def test_a_total_with_the_focus_says_what_it_counts(phonics: Hand) -> None:
    phonics.go(0, 0)
    phonics.enter("31", "9")

    phonics.go(5, 0)
    phonics.press("ArrowDown")

    note = phonics.page.locator("#grid-note")
    expect(note).to_contain_text("a mark: 2")
    expect(note).to_contain_text("31 or more: 1")
    phonics.press("ArrowUp")
    assert phonics.focus == (5, 0)


def test_colours_have_a_second_cue(phonics: Hand) -> None:
    phonics.go(0, 0)
    phonics.enter("31", "9")

    phonics.page.get_by_label("Colours").check()

    style = "(cell) => getComputedStyle(cell).textDecorationStyle"
    assert phonics.cell(0, 0).get_attribute("data-tint") == "met"
    assert phonics.cell(1, 0).evaluate(style) == "dotted"


def test_a_score_that_the_changed_mark_does_not_give_is_told_and_left_alone(
    desk: Desk, held: Held
) -> None:
    tests = desk.open("ks2-tests")
    tests.put(0, 0, "40")
    score = tests.cell(0, 1).get_attribute("data-hint") or ""
    tests.put(0, 1, score)
    told = tests.cell(0, 1)
    expect(told).not_to_have_attribute("aria-description", re.compile("Here stands"))

    tests.put(0, 0, "10")

    words = re.compile(rf"gives \d+ for 10\. Here stands {score}\.")
    expect(told).to_have_attribute("aria-description", words)
    tests.go(0, 1)
    expect(tests.page.locator("#grid-note")).to_contain_text(words)
    assert held(tests, 0, 1) == score
    tests.put(0, 0, "40")
    expect(told).not_to_have_attribute("aria-description", words)


def test_an_outcome_that_leaves_no_score_is_told_beside_one(desk: Desk) -> None:
    tests = desk.open("ks2-tests")
    tests.put(0, 2, "U")
    outcome = tests.cell(0, 2)
    expect(outcome).to_have_text("U")
    expect(outcome).not_to_have_attribute("data-differs", "")

    tests.put(0, 1, "105")

    words = re.compile(r"The scaled score is 105, 100 or more\. Here stands U\.")
    expect(outcome).to_have_attribute("data-differs", "")
    expect(outcome).to_have_attribute("aria-description", words)


EDGES = """() => {
    const edge = (part) => document.querySelector(part).getBoundingClientRect();
    const row = [...document.querySelectorAll('#grid tbody tr')][0];
    return {
        box: edge('.grid-box'),
        goal: [...row.querySelectorAll('td[data-item]')].at(-1).getBoundingClientRect(),
        missing: row.querySelector('.missing').getBoundingClientRect(),
        key: edge('.grid-key'),
    };
}"""


def test_a_tablet_shows_every_goal_and_every_test_whole(desk: Desk) -> None:
    desk.context.pages[0].set_viewport_size({"width": 820, "height": 1100})

    profile = desk.open("eyfsp").page.evaluate(EDGES)
    tests = desk.open("ks2-tests").page.evaluate(EDGES)

    assert profile["goal"]["right"] <= profile["box"]["right"]
    assert tests["missing"]["right"] <= tests["box"]["right"]


def test_what_to_enter_stands_beside_a_grid_of_one_column(desk: Desk) -> None:
    phonics = desk.open("phonics")
    beside = phonics.page.evaluate(EDGES)
    phonics.put(0, 0, "a refusal that is many words long and wider than the grid")
    refused = phonics.page.evaluate(EDGES)
    phonics.page.set_viewport_size({"width": 820, "height": 1100})
    below = phonics.page.evaluate(EDGES)

    for places in (beside, refused):
        assert places["key"]["left"] > places["box"]["right"]
        assert places["key"]["top"] == places["box"]["top"]
    assert below["key"]["top"] > below["box"]["bottom"]
