"""Around the cells: filter, totals, saving, other people, readers, paper."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.axe import faults
from tests.browser.conftest import Desk, Held, Other, Requests, sign_in
from tests.browser.hand import Hand
from tests.browser.school import YEAR, Group, add, make_person

from hornbook.web.pupils.models import Pupil
from hornbook.web.results.models import Result, Source
from hornbook.web.schools.models import Role

pytestmark = pytest.mark.browser


def total(hand: Hand, column: int = 0) -> str:
    return hand.page.locator("[data-total]").nth(column).inner_text()


def test_the_class_filter_shows_one_class_and_totals_follow(eyfsp: Hand) -> None:
    eyfsp.go(0, 0)
    eyfsp.enter("2", "2", "2", "2", "2", "2")
    before = total(eyfsp)

    eyfsp.page.locator("select[name=class]").select_option("Wrens")

    assert len(eyfsp.names()) == 2
    assert (before, total(eyfsp)) == ("6", "2")
    expect(eyfsp.page.locator("[data-shown]")).to_have_text("of 2")
    eyfsp.said("2 of 6 pupils shown.")


def test_a_group_of_pupils_is_shown_and_filled(desk: Desk, held: Held) -> None:
    Pupil.objects.filter(surname__in=["Abbott", "Dale"]).update(
        sex="M", sen_provision="K"
    )
    eyfsp = desk.open("eyfsp")

    eyfsp.page.locator("[name=group]").select_option(label="SEN support")
    eyfsp.go(0, 0)
    eyfsp.press("Control+Space")
    eyfsp.type("2")
    eyfsp.press("Control+Enter")
    eyfsp.settle()

    assert eyfsp.names() == ["Abbott, Ada", "Dale, Dev"]
    expect(eyfsp.page.locator("[data-shown]")).to_have_text("of 2")
    assert total(eyfsp) == "2"
    eyfsp.page.locator("[name=group]").select_option("")
    assert eyfsp.column() == ["2", "", "", "2", "", ""]


def test_whoever_is_not_assessed_is_not_counted_and_not_begun_with(
    desk: Desk,
) -> None:
    add(desk.school, Group("2", "Ants", [("Zed", "Zoe")]))
    Result.objects.create(
        pupil=Pupil.objects.get(surname="Zed"),
        item="phonics.mark",
        year=YEAR - 1,
        value="40",
        by_name="Lee Lead",
        source=Source.GRID,
    )

    phonics = desk.open("phonics")

    assert phonics.names()[0] == "Zed, Zoe"
    expect(phonics.cell(1, 0)).to_have_attribute("tabindex", "0")
    expect(phonics.page.locator("[data-shown]")).to_have_text("of 5")
    phonics.page.locator("[name=find]").fill("Zed")
    expect(phonics.page.locator("[data-shown]")).to_have_text("of 0")


def test_what_is_optional_is_counted_of_everybody_and_missed_of_nobody(
    desk: Desk,
) -> None:
    ks1 = desk.open("ks1")

    pupils = len(ks1.names())
    assert pupils
    expect(ks1.page.locator("[data-shown]")).to_have_text(f"of {pupils}")
    expect(ks1.page.locator("[data-lacking]")).to_have_text("")


def test_the_whole_name_of_a_pupil_can_be_read_in_a_narrow_window(desk: Desk) -> None:
    Pupil.objects.filter(surname="Abbott").update(
        surname="Featherstonehaugh-Cholmondeley", forename="Maximiliana-Josephine"
    )
    hand = desk.open("eyfsp")
    cut = """(cells) => cells.filter((cell) =>
        cell.scrollWidth > cell.clientWidth + 1 ||
        cell.scrollHeight > cell.clientHeight + 1
    ).length"""
    names = hand.page.locator("#grid tbody :is(th, .grid-class)")

    for width in (1280, 820, 640):
        hand.page.set_viewport_size({"width": width, "height": 900})
        assert names.evaluate_all(cut) == 0


def test_a_total_says_what_it_counts(phonics: Hand) -> None:
    phonics.go(0, 0)

    phonics.enter("31", "A")

    words = phonics.page.locator("[data-total]").first
    expect(words).to_have_text("2")
    expect(words).to_have_attribute("title", re.compile("a mark: 1"))


def test_the_foot_says_how_many_still_lack_something(phonics: Hand) -> None:
    foot = phonics.page.locator("[data-lacking]")
    expect(foot).to_have_text("5 pupils")

    phonics.go(0, 0)
    phonics.enter("31", "9")
    expect(foot).to_have_text("3 pupils")
    phonics.go(3, 0)
    phonics.enter("31", "9", "A")

    expect(foot).to_have_text("✓ Nothing is missing")


def test_the_mouse_over_a_value_says_what_it_means(phonics: Hand) -> None:
    phonics.go(0, 0)
    phonics.enter("31", "A")
    # What is saved says so beside the cell that has the focus.
    phonics.settle()
    note = phonics.page.locator("#grid-note")

    # The mouse is still where it clicked: only a move is a question.
    phonics.cell(1, 0).hover()
    expect(note).to_contain_text("A: ")
    phonics.cell(0, 0).hover()
    expect(note).to_have_text("Met the standard: 31 or more")


def test_the_grid_is_taken_away_as_a_spreadsheet(phonics: Hand) -> None:
    with phonics.page.expect_download() as download:
        phonics.page.get_by_role("link", name="In Excel").click()

    assert download.value.suggested_filename == "phonics-2026-pupils.xlsx"


def test_missing_only_leaves_out_pupils_who_are_complete(phonics: Hand) -> None:
    everyone = len(phonics.names())
    phonics.put(0, 0, "31")

    phonics.page.get_by_label("Missing only").check()

    assert len(phonics.names()) == everyone - 2  # one just entered, one closed


def test_a_pupil_is_not_taken_from_under_the_hand(phonics: Hand) -> None:
    phonics.page.get_by_label("Missing only").check()
    before = phonics.names()

    phonics.put(0, 0, "31")

    assert phonics.names() == before


def test_a_pupil_is_found_by_name_and_enter_goes_there(eyfsp: Hand) -> None:
    name = eyfsp.names()[3]

    eyfsp.page.get_by_label("Find a pupil").fill(name[:5].lower())
    eyfsp.press("Enter")

    assert eyfsp.names() == [name]
    assert eyfsp.focus == (0, 0)


def test_the_focus_is_not_lost_when_the_filter_hides_its_row(eyfsp: Hand) -> None:
    eyfsp.go(0, 3)

    eyfsp.page.locator("select[name=class]").select_option("Wrens")
    eyfsp.page.locator("#grid-print").focus()
    eyfsp.press("Tab")

    assert eyfsp.focus == (0, 3)


def test_nobody_found_is_said(eyfsp: Hand) -> None:
    eyfsp.page.get_by_label("Find a pupil").fill("zzzz")

    expect(eyfsp.page.locator("#grid-none")).to_be_visible()
    eyfsp.said("0 of 6 pupils shown.")


def test_only_pupils_on_screen_are_pasted_into(eyfsp: Hand, held: Held) -> None:
    eyfsp.page.locator("select[name=class]").select_option("Wrens")
    eyfsp.go(0, 0)

    eyfsp.paste("2\r\n2\r\n2\r\n")
    eyfsp.page.get_by_role("button", name="Paste the other 2").click()
    eyfsp.said("saved")
    eyfsp.settle()
    eyfsp.page.locator("select[name=class]").select_option("")

    assert sorted(eyfsp.column()) == ["", "", "", "", "2", "2"]
    eyfsp.said("6 of 6 pupils shown.")


def test_a_saved_cell_is_marked_and_the_last_column_follows(phonics: Hand) -> None:
    before = phonics.missing(0)

    phonics.put(0, 0, "31")

    assert before
    assert phonics.missing(0) == ""
    assert phonics.state(0, 0) == "saved"
    expect(phonics.page.locator("#grid-saved")).to_contain_text("All saved")


def test_what_was_saved_is_said_with_whose_it_is(phonics: Hand) -> None:
    phonics.put(0, 0, "31")

    phonics.said(phonics.names()[0])
    phonics.said("31, saved.")


def test_the_focus_stays_when_a_save_returns(phonics: Hand) -> None:
    phonics.go(0, 0)

    phonics.type("31")
    phonics.press("Enter")
    phonics.type("2")
    phonics.settle()

    assert phonics.page.locator(".grid-editor").input_value() == "2"
    expect(phonics.page.locator(".grid-editor")).to_be_focused()


def test_what_is_done_while_a_request_is_away_goes_together_in_the_next(
    eyfsp: Hand, held: Held, requests: Requests
) -> None:
    waiting: list[Route] = []
    eyfsp.page.route("**/save/", lambda route: waiting.append(route), times=1)
    eyfsp.go(0, 0)

    with eyfsp.page.expect_request("**/save/"):
        eyfsp.press("2", "Enter")
    eyfsp.press("1", "Enter", "2", "Enter", "A", "Enter")
    away = eyfsp.state(0, 0)
    waiting[0].continue_()
    eyfsp.settle()

    assert away == "saving"
    assert [len(sent["edits"]) for sent in requests] == [1, 3]
    assert held(eyfsp, 3, 0) == "A"


def test_a_cell_changed_again_while_its_save_is_away_keeps_the_newer_value(
    eyfsp: Hand, held: Held
) -> None:
    waiting: list[Route] = []
    eyfsp.page.route("**/save/", lambda route: waiting.append(route), times=1)
    eyfsp.go(0, 0)

    with eyfsp.page.expect_request("**/save/"):
        eyfsp.press("2", "Enter")
    eyfsp.press("ArrowUp", "1", "Enter")
    waiting[0].continue_()
    eyfsp.settle()

    assert (eyfsp.text(0, 0), held(eyfsp, 0, 0)) == ("1", "1")


def test_a_failed_save_is_marked_kept_and_sent_again(eyfsp: Hand, held: Held) -> None:
    eyfsp.page.route("**/save/", lambda route: route.abort())
    eyfsp.go(0, 0)

    eyfsp.press("2", "Enter", "1", "Enter")

    expect(eyfsp.cell(0, 0)).to_have_attribute("data-state", "failed")
    expect(eyfsp.page.locator("#grid-saved")).to_contain_text(
        "not saved yet. The network has gone."
    )
    eyfsp.said("Not saved")
    eyfsp.page.unroute("**/save/")
    eyfsp.page.get_by_role("button", name="Try again now").click()
    eyfsp.settle()
    assert [held(eyfsp, row, 0) for row in (0, 1)] == ["2", "1"]
    assert eyfsp.state(0, 0) == "saved"


def test_a_server_fault_is_tried_again_by_itself(eyfsp: Hand, held: Held) -> None:
    eyfsp.page.route("**/save/", lambda route: route.fulfill(status=503), times=1)

    eyfsp.put(0, 0, "2")

    assert held(eyfsp, 0, 0) == "2"


def test_being_signed_out_is_said(eyfsp: Hand) -> None:
    eyfsp.page.context.clear_cookies()
    eyfsp.go(0, 0)

    eyfsp.press("2", "Enter")

    expect(eyfsp.page.locator("#grid-saved")).to_contain_text(
        "You have been signed out. What you typed is kept in this browser"
    )


def test_leaving_with_something_unsaved_is_warned_of(eyfsp: Hand) -> None:
    eyfsp.page.route("**/save/", lambda route: route.abort())
    eyfsp.go(0, 0)
    eyfsp.press("2", "Enter")
    expect(eyfsp.cell(0, 0)).to_have_attribute("data-state", "failed")

    with eyfsp.page.expect_event("dialog") as asked:
        eyfsp.page.close(run_before_unload=True)

    assert asked.value.type == "beforeunload"
    with eyfsp.page.expect_event("close"):
        asked.value.accept()


def test_signing_in_again_elsewhere_loses_nothing(desk: Desk, held: Held) -> None:
    eyfsp = desk.open("eyfsp")
    desk.context.clear_cookies()
    eyfsp.go(0, 0)
    eyfsp.press("2", "Enter")
    again = eyfsp.page.get_by_role("button", name="Try again now")
    expect(again).to_be_visible()

    sign_in(desk.context, desk.person, desk.address)
    again.click()

    eyfsp.settle()
    assert held(eyfsp, 0, 0) == "2"


def test_what_one_person_typed_is_not_saved_under_the_name_of_another(
    desk: Desk, held: Held
) -> None:
    eyfsp = desk.open("eyfsp")
    sign_in(desk.context, make_person(desk.school, "Sam Lee"), desk.address)
    eyfsp.go(0, 0)
    eyfsp.press("2", "Enter")
    again = eyfsp.page.get_by_role("button", name="Try again now")
    expect(again).to_be_visible()

    again.click()

    expect(eyfsp.page.locator("#grid-saved")).to_contain_text(
        "Somebody else has signed in"
    )
    assert held(eyfsp, 0, 0) == ""
    sign_in(desk.context, desk.person, desk.address)
    again.click()
    eyfsp.settle()
    assert held(eyfsp, 0, 0) == "2"


def test_somebody_who_may_only_look_is_told_so(desk: Desk, held: Held) -> None:
    head = make_person(desk.school, "Hana Head", Role.HEAD)
    sign_in(desk.context, head, desk.address)
    eyfsp = desk.open("eyfsp")
    eyfsp.go(0, 0)

    eyfsp.press("2", "Delete", "Control+v")

    eyfsp.said("You may look at these results.")
    assert (eyfsp.text(0, 0), held(eyfsp, 0, 0)) == ("", "")
    expect(eyfsp.page.locator("#grid-undo")).to_have_count(0)


def test_a_clash_shows_both_values_and_theirs_can_be_kept(
    phonics: Hand, held: Held, other: Other
) -> None:
    other(phonics, 0, 0, "30")

    phonics.put(0, 0, "34")

    assert phonics.text(0, 0) == "34"
    assert phonics.state(0, 0) == "conflict"
    assert re.search(r"Sam Lee put 30 here .*You put 34\.", phonics.why(0, 0))
    phonics.page.get_by_role("button", name="Keep theirs: 30").click()
    assert (phonics.text(0, 0), phonics.focus) == ("30", (0, 0))
    assert held(phonics, 0, 0) == "30"
    expect(phonics.page.locator("#grid-problems")).to_be_hidden()


def test_a_clash_can_be_settled_by_keys_with_mine(
    phonics: Hand, held: Held, other: Other
) -> None:
    other(phonics, 0, 0, "30")
    phonics.put(0, 0, "34")
    phonics.go(0, 0)

    phonics.press("Alt+ArrowDown", "ArrowDown", "Enter")

    phonics.settle()
    assert held(phonics, 0, 0) == "34"
    assert phonics.state(0, 0) == "saved"


def test_undo_never_takes_back_what_somebody_else_entered(
    phonics: Hand, held: Held, other: Other
) -> None:
    phonics.put(0, 0, "20")
    other(phonics, 0, 0, "30")
    phonics.put(0, 0, "34")

    phonics.press("Control+z", "Control+z")
    phonics.settle()

    assert (phonics.text(0, 0), held(phonics, 0, 0)) == ("30", "30")


def test_the_key_gives_every_code_of_the_year_in_plain_words(writing: Hand) -> None:
    words = writing.page.locator(".grid-key").inner_text()

    assert "EXS" in words
    assert "greater depth" in words.lower()


@pytest.mark.parametrize("width", [820, 1280])
def test_the_key_leaves_no_gaps_beside_a_long_list_of_codes(
    desk: Desk, width: int
) -> None:
    page = desk.open("ks2-tests").page
    page.set_viewport_size({"width": width, "height": 900})

    heights = page.locator(".grid-key__lists > div").evaluate_all(
        "(parts) => parts.map((part) => part.getBoundingClientRect().height)"
    )
    lists = page.locator(".grid-key__lists")
    height = "(lists) => lists.getBoundingClientRect().height"
    columns = 2 if width == 820 else 4
    shortest = max(max(heights), sum(heights) / columns)
    assert lists.evaluate(height) <= shortest * 1.3
    assert "GPS test mark 0 to 70" in " ".join(lists.inner_text().split())


def test_names_and_headings_stay_in_sight(eyfsp: Hand) -> None:
    eyfsp.page.set_viewport_size({"width": 820, "height": 500})
    eyfsp.go(0, 0)

    eyfsp.press("Control+End")

    for part in (".grid-head >> nth=16", "tbody .grid-name >> nth=5"):
        expect(eyfsp.page.locator(part)).to_be_in_viewport()
    covered = eyfsp.page.evaluate(
        """() => {
            const cell = document.activeElement;
            const { x, y, width, height } = cell.getBoundingClientRect();
            return document.elementFromPoint(x + width / 2, y + height / 2) !== cell;
        }"""
    )
    assert not covered


@pytest.mark.parametrize("width", [1280, 820, 640, 320])
def test_the_page_itself_never_scrolls_sideways(eyfsp: Hand, width: int) -> None:
    eyfsp.page.set_viewport_size({"width": width, "height": 512})

    assert eyfsp.page.evaluate("document.documentElement.scrollWidth") <= width


def test_forced_colours_keep_every_sign(phonics: Hand) -> None:
    phonics.page.emulate_media(forced_colors="active")

    phonics.put(0, 0, "41")

    style = "(cell) => getComputedStyle(cell).outlineStyle"
    sign = "(cell) => getComputedStyle(cell, '::after').content"
    assert phonics.cell(0, 0).evaluate(style) == "double"
    assert "!" in phonics.cell(0, 0).evaluate(sign)


def test_on_paper_there_is_one_class_a_page_and_no_buttons(eyfsp: Hand) -> None:
    eyfsp.page.emulate_media(media="print")

    expect(eyfsp.page.locator(".grid-tools")).to_be_hidden()
    assert pages(eyfsp.page) == 2


def pages(page: Page) -> int:
    return page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")


@pytest.mark.parametrize(
    "state", ["as it opens", "with a refused value", "with the list", "with the menu"]
)
def test_axe_finds_nothing(phonics: Hand, state: str) -> None:
    if state == "with a refused value":
        phonics.put(0, 0, "41")
        phonics.go(0, 0)
    elif state != "as it opens":
        phonics.go(0, 0)
        phonics.press("Alt+ArrowDown" if state == "with the list" else "ContextMenu")

    assert faults(phonics.page) == []
