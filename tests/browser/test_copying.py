"""Copying to and from a spreadsheet, through the real clipboard."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desk, Held, Requests
from tests.browser.hand import Hand
from tests.browser.school import Group, add

from hornbook.web.pupils.models import Pupil

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


def test_a_pasted_heading_is_left_out_and_the_values_stay_with_their_pupils(
    phonics: Hand, held: Held
) -> None:
    phonics.go(0, 0)

    phonics.paste('Mark\r\n35\r\n"28"\r\n')

    dialog = phonics.page.locator("#grid-paste")
    expect(dialog).to_contain_text("The first row is headings and is left out.")
    answer(phonics, "Paste 2 values")
    assert phonics.column()[:3] == ["35", "28", ""]
    assert held(phonics, 1, 0) == "28"


def test_a_block_with_names_goes_to_the_pupils_whom_it_names(
    eyfsp: Hand, held: Held
) -> None:
    eyfsp.go(0, 0)
    goals = "\t".join(["1"] * 17)

    eyfsp.paste(
        f"Carter, Cleo\tRobins\t{goals}\r\n"
        f"Ben Barnes\tRobins\t{goals.replace('1', '2')}\r\n"
        f"Nobody, Known\tRobins\t{goals}\r\n"
    )

    dialog = eyfsp.page.locator("#grid-paste")
    expect(dialog).to_contain_text("34 values for 2 pupils")
    expect(dialog).to_contain_text("Nobody, Known")
    expect(dialog).to_contain_text("No pupil here has this name.")
    answer(eyfsp, "Paste 34 values")
    assert eyfsp.column()[:4] == ["", "2", "1", ""]
    assert held(eyfsp, 2, 16) == "1"


def test_two_pupils_of_one_name_get_nothing_unless_the_upn_tells(
    desk: Desk, held: Held
) -> None:
    add(desk.school, Group("R", "Robins", [("Abbott", "Ada")]))
    eyfsp = desk.open("eyfsp")
    eyfsp.go(0, 0)

    eyfsp.paste("Pupil\tListening\r\nAda Abbott\t1\r\nBarnes, Ben\t2\r\n")
    expect(eyfsp.page.locator("#grid-paste")).to_contain_text(
        "2 pupils have this name. A column of UPNs tells them apart."
    )
    answer(eyfsp, "Paste 1 value")
    assert eyfsp.column()[:3] == ["", "", "2"]

    second = eyfsp.cell(1, 0).get_attribute("data-pupil") or ""
    upn = Pupil.objects.get(pk=second).upn
    eyfsp.go(3, 3)
    eyfsp.paste(f"{upn}\tAbbott, Ada\tRobins\t1{16 * chr(9)}\r\n")
    answer(eyfsp, "Paste 1 value")

    assert eyfsp.column()[:3] == ["", "1", "2"]
    assert held(eyfsp, 1, 0) == "1"


def test_a_list_of_strangers_is_never_pasted_by_pressing_enter(eyfsp: Hand) -> None:
    eyfsp.go(0, 0)

    eyfsp.paste("Ann Other\t1\t2\r\nJo Bloggs\t1\t2\r\n")

    dialog = eyfsp.page.locator("#grid-paste")
    expect(dialog).to_contain_text("every value stands one place off")
    expect(dialog.get_by_role("button", name="Paste nothing")).to_be_focused()
    eyfsp.press("Enter")
    eyfsp.said("Nothing was pasted.")
    assert eyfsp.texts(0, 0, 1, 3) == [["", "", ""]]


def test_what_is_copied_with_names_and_headings_is_pasted_back_to_the_same_pupils(
    eyfsp: Hand, held: Held
) -> None:
    filled(eyfsp)
    eyfsp.go(0, 0)
    eyfsp.press("Shift+ArrowRight", "Shift+ArrowDown", "Control+Shift+c")
    copied = eyfsp.clipboard()
    heads, first, second = copied.splitlines()
    assert heads.split("\t")[:3] == ["UPN", "Pupil", "Class"]
    assert first.split("\t")[1:] == ["Abbott, Ada", "Robins", "1", "2"]
    eyfsp.press("Delete")
    eyfsp.settle()

    eyfsp.go(4, 9)
    eyfsp.paste(f"{heads}\r\n{second}\r\n{first}\r\n")
    answer(eyfsp, "Paste 4 values")

    assert eyfsp.texts(0, 0, 2, 2) == [["1", "2"], ["2", "A"]]
    assert held(eyfsp, 1, 1) == "A"


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
