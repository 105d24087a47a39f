"""Copying to and from a spreadsheet, through the real clipboard."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Held, Requests
from tests.browser.hand import Hand

pytestmark = pytest.mark.browser


def filled(eyfsp: Hand) -> None:
    eyfsp.go(0, 0)
    eyfsp.paste("1\t2\r\n2\tA\r\n")


def test_a_block_is_copied_as_a_spreadsheet_wants_it(eyfsp: Hand) -> None:
    filled(eyfsp)
    eyfsp.go(0, 0)
    eyfsp.press("Shift+ArrowRight", "Shift+ArrowDown")

    eyfsp.press("Control+c")

    assert eyfsp.clipboard().split() == ["1", "2", "2", "A"]
    assert eyfsp.clipboard().splitlines()[0] == "1\t2"
    eyfsp.said("4 cells copied")


def test_cut_copies_and_clears(eyfsp: Hand, held: Held) -> None:
    filled(eyfsp)
    eyfsp.go(0, 0)
    eyfsp.press("Shift+ArrowRight")

    eyfsp.press("Control+x")

    eyfsp.settle()
    assert eyfsp.clipboard() == "1\t2"
    assert eyfsp.texts(0, 0, 2, 2) == [["", ""], ["2", "A"]]
    assert held(eyfsp, 0, 1) == ""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1\t2\r\n2\tA\r\n", id="Windows line ends and a trailing line"),
        pytest.param("1\t2\n2\tA", id="plain line ends"),
        pytest.param("1\t2\r2\tA\r", id="old Macintosh line ends"),
        pytest.param('"1"\t2\r\n"2"\t"A"\r\n', id="quoted cells"),
        pytest.param(" 1 \t2 \r\n2\ta\r\n", id="spaces and small letters"),
    ],
)
def test_a_block_from_a_spreadsheet_is_pasted_and_saved_in_one_request(
    eyfsp: Hand, held: Held, requests: Requests, text: str
) -> None:
    eyfsp.go(1, 2)

    eyfsp.paste(text)

    assert eyfsp.texts(1, 2, 2, 2) == [["1", "2"], ["2", "A"]]
    assert eyfsp.selected == ((1, 2), (2, 3))
    assert held(eyfsp, 2, 3) == "A"
    assert [(sent["source"], len(sent["edits"])) for sent in requests] == [("paste", 4)]


def test_a_quoted_cell_with_a_line_end_in_it_stays_one_cell(eyfsp: Hand) -> None:
    eyfsp.go(0, 0)

    eyfsp.paste('"two\r\nlines"\t2\r\n1\t1\r\n')
    answer(eyfsp, "Paste the other 3")

    assert eyfsp.texts(0, 1, 2, 1) == [["2"], ["1"]]
    assert eyfsp.state(0, 0) == "refused"


def test_one_value_is_pasted_into_a_whole_range(eyfsp: Hand, held: Held) -> None:
    eyfsp.go(1, 1)
    eyfsp.press("Shift+ArrowDown", "Shift+ArrowRight")

    eyfsp.paste("2")

    assert eyfsp.texts(1, 1, 2, 2) == [["2", "2"], ["2", "2"]]
    assert held(eyfsp, 2, 2) == "2"


def test_a_block_is_repeated_where_it_fits_a_number_of_times(eyfsp: Hand) -> None:
    eyfsp.go(0, 0)
    eyfsp.press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown")

    eyfsp.paste("1\r\n2\r\n")

    assert eyfsp.column()[:4] == ["1", "2", "1", "2"]


def test_a_paste_leaves_closed_cells(phonics: Hand, held: Held) -> None:
    phonics.go(0, 0)

    phonics.paste("10\r\n20\r\n30\r\n40\r\n")
    answer(phonics, "Paste the other 3")

    assert phonics.column()[:4] == ["10", "20", "", "40"]
    assert held(phonics, 2, 0) == ""
    assert held(phonics, 3, 0) == "40"


def test_a_paste_takes_the_good_and_marks_the_bad(phonics: Hand, held: Held) -> None:
    phonics.go(0, 0)

    phonics.paste("10\r\n99\r\n\r\nZ\r\n")
    answer(phonics, "Paste the other 2")

    for row, state in ((0, "saved"), (1, "refused"), (3, "refused")):
        expect(phonics.cell(row, 0)).to_have_attribute("data-state", state)
    assert (held(phonics, 0, 0), held(phonics, 1, 0)) == ("10", "")
    assert "from 0 to 40" in phonics.why(3, 0)
    expect(phonics.page.locator("#grid-problems")).to_contain_text(
        "2 values were not saved"
    )
    phonics.said("1 cell saved. 2 cells not saved.")


def test_what_falls_outside_the_grid_is_left_out_and_said(eyfsp: Hand) -> None:
    eyfsp.go(5, 16)

    eyfsp.paste("1\t2\r\n2\t2\r\n")
    expect(eyfsp.page.locator("#grid-paste")).to_contain_text(
        "3 cells would fall outside the grid"
    )
    answer(eyfsp, "Paste the other 1")

    assert eyfsp.text(5, 16) == "1"
    eyfsp.said("falls outside the grid")


def test_a_paste_is_shown_first_where_some_of_it_would_be_refused(
    phonics: Hand, held: Held, requests: Requests
) -> None:
    phonics.go(0, 0)

    phonics.paste("10\r\n99\r\n30\r\n40\r\n")

    dialog = phonics.page.locator("#grid-paste")
    expect(dialog).to_contain_text("2 of 4 pasted values would not be taken")
    expect(dialog).to_contain_text("99. Phonics mark is 99. It must be")
    expect(dialog).to_contain_text("Met the standard in Year 1 with 34.")
    assert list(requests) == []
    phonics.press("Escape")
    expect(dialog).to_be_hidden()
    phonics.said("Nothing was pasted.")
    assert phonics.column() == [""] * 6
    assert phonics.focus == (0, 0)
    assert held(phonics, 0, 0) == ""


def answer(hand: Hand, words: str) -> None:
    """Press a button of the preview; what is pasted is saved when the page says so."""
    hand.page.get_by_role("button", name=words).click()
    expect(hand.page.locator("#grid-paste")).to_be_hidden()
    if words.startswith("Paste"):
        hand.said("saved")
    hand.settle()


def test_pasting_in_the_search_box_is_left_to_the_browser(eyfsp: Hand) -> None:
    box = eyfsp.page.locator("[name=find]")
    box.click()

    eyfsp.paste("zz")

    expect(box).to_have_value("zz")
    assert eyfsp.texts(0, 0, 1, 1) in ([], [[""]])
