"""Check a file in a real browser, not signed in: dropped, read, narrowed, saved."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.axe import faults
from tests.browser.conftest import CLIPBOARD, PATIENCE, Answering
from tests.browser.test_pages import wide
from tests.inspection.files import NAME, ctf, pupil, second, sound

pytestmark = pytest.mark.browser

BAD = ctf(
    [
        pupil("41", surname="Quill", upn="A801200005001"),
        pupil("xx", surname="Nightjar-Featherstonehaugh " * 3),
        second("20", sex="Gender"),
    ]
)


@pytest.fixture
def page(
    chromium: Browser,
    live_server: LiveServer,
    transactional_db: None,
    answering: Answering,
) -> Iterator[Page]:
    """The page, as somebody sees it who has never been here."""
    cache.clear()
    context = chromium.new_context(
        viewport={"width": 1280, "height": 800}, permissions=CLIPBOARD
    )
    context.set_default_timeout(PATIENCE)
    found: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda fault: found.append(str(fault)))
    opened.goto(f"{live_server.url}/check/")
    opened.wait_for_selector("[data-check-ready]")
    yield opened
    context.close()
    answering.wait_until_idle()
    assert found == []


def choose(page: Page, *files: tuple[str, bytes]) -> None:
    page.set_input_files(
        "#id_file",
        [
            FilePayload(name=name, mimeType="", buffer=content)
            for name, content in files
        ],
    )
    expect(page.locator("#check-answer > *").first).to_be_attached()
    expect(page.locator("[aria-busy]")).to_have_count(0)


def verdict(page: Page) -> Locator:
    return page.locator(".check-verdict__words")


def drop(page: Page, name: str, content: bytes) -> None:
    """Let go of a file over the page."""
    page.evaluate(
        """([name, text]) => {
            const data = new DataTransfer();
            data.items.add(new File([text], name));
            const given = { dataTransfer: data, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new DragEvent("dragenter", given));
            document.body.dispatchEvent(new DragEvent("drop", given));
        }""",
        [name, content.decode()],
    )


def test_a_file_that_is_dropped_is_checked_at_once(page: Page) -> None:
    drop(page, NAME, BAD)

    expect(verdict(page)).to_contain_text("This file would be refused")
    expect(page.get_by_role("status").first).to_contain_text("would be refused")
    expect(page.locator("mark").first).to_be_visible()


def test_the_page_can_be_used_by_everybody_at_every_width(page: Page) -> None:
    empty = faults(page)
    choose(page, (NAME, BAD), ("two.xml", sound()), ("three.xml", b""))
    page.locator(".check-note summary").first.click()

    assert empty == []
    assert faults(page) == []
    assert wide(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_findings_are_narrowed_by_pupil_and_by_kind(page: Page) -> None:
    choose(page, (NAME, BAD))

    page.get_by_label("Find a pupil").fill("quill")

    seen = page.locator("[data-finding]:visible")
    expect(seen.filter(has_text="Nightjar")).to_have_count(0)
    assert seen.count() >= 2
    page.get_by_label("Kind").select_option("R02")
    expect(seen).to_have_count(1)
    page.get_by_label("Find a pupil").fill("nobody")
    expect(page.get_by_text("Nothing of what was found is like that.")).to_be_visible()


def test_what_is_too_much_for_the_page_is_fetched_when_a_pupil_is_looked_for(
    page: Page,
) -> None:
    crowd = [pupil("41", upn=f"A{number:012}") for number in range(160)]
    choose(page, (NAME, ctf([*crowd, pupil("41", surname="Last")])))

    page.get_by_label("Find a pupil").fill("last")

    seen = page.locator("[data-finding]:visible")
    expect(seen.filter(has_text="Byrne")).to_have_count(0)
    expect(seen.first).to_contain_text("Last")
    expect(page.get_by_label("Find a pupil")).to_be_focused()


def test_everything_is_shown_when_it_is_asked_for(page: Page) -> None:
    choose(page, (NAME, ctf(pupil("41", upn=f"A{n:012}") for n in range(160))))
    before = page.locator("[data-finding]").count()

    page.get_by_role("button", name="Show them on the page").first.click()

    expect(page.get_by_role("button", name="Show them on the page")).to_have_count(0)
    assert page.locator("[data-finding]").count() > before


def test_the_whole_list_is_made_of_the_file_that_the_browser_keeps(
    page: Page, tmp_path: Path
) -> None:
    choose(page, (NAME, BAD))

    with page.expect_download() as begun:
        page.get_by_role("button", name="CSV").click()

    saved = tmp_path / begun.value.suggested_filename
    begun.value.save_as(saved)
    with saved.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert saved.name == "findings.csv"
    assert {"R02", "P02"} <= {row["Code"] for row in rows}


def test_the_note_is_copied_with_upns_where_they_are_ticked(page: Page) -> None:
    choose(page, (NAME, BAD))
    page.locator(".check-note summary").click()
    copy = page.get_by_role("button", name="Copy the note")

    copy.click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    plain = page.evaluate("navigator.clipboard.readText()")
    page.get_by_label("UPNs in it").check()
    copy.click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    named = page.evaluate("navigator.clipboard.readText()")

    assert "What to do" in plain
    assert "A801200005001" not in plain
    assert "A801200005001" in named


def test_whom_it_is_for_can_be_said_afterwards(page: Page) -> None:
    choose(page, (NAME, BAD))

    page.get_by_label("It is for").select_option("mis")

    expect(verdict(page)).to_contain_text("This file is not right")


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page: Page) -> None:
    page.evaluate("document.getElementById('check').dataset.most = 1048576")

    choose(page, ("large.xml", b"x" * 2_000_000))

    expect(page.locator("#check-answer")).to_contain_text("The file has 2 MB.")


def test_the_keyboard_alone_does(page: Page) -> None:
    # Chromium hands choosers over only once it was told to, which takes a moment;
    # a listener from before the page was loaded is always in time.
    page.on("filechooser", lambda _: None)
    page.reload()
    page.locator("#id_file").focus()
    with page.expect_file_chooser() as opened:
        page.keyboard.press("Space")
    opened.value.set_files({"name": NAME, "mimeType": "", "buffer": BAD})

    expect(verdict(page)).to_contain_text("This file would be refused")
    page.locator(".check-place summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".check-lines").first).to_be_hidden()


def test_without_scripts_a_plain_form_gives_the_same_answer(
    chromium: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    cache.clear()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/check/")

    page.set_input_files(
        "#id_file", {"name": NAME, "mimeType": "text/xml", "buffer": BAD}
    )
    page.get_by_role("button", name="Check", exact=True).click()

    expect(verdict(page)).to_contain_text("This file would be refused")
    expect(page.get_by_label("Choose the files again")).to_be_visible()
    context.close()


STALE = sound().replace(b">25.0<", b">21.0<").replace(b"Sex>", b"Gender>")


def test_a_stale_file_is_put_right_by_one_button_and_saved(page: Page) -> None:
    choose(page, (NAME.replace(".xml", " (1).xml"), STALE))

    page.get_by_role("button", name="Put it right").click()
    expect(page.get_by_text("Put right and checked again.")).to_be_visible()
    expect(page.locator("#check-said")).not_to_be_empty()
    found = faults(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Download {NAME}").click()

    assert found == []
    assert waiting.value.suggested_filename == NAME
    assert Path(waiting.value.path()).read_bytes() == sound()


def test_a_question_is_answered_by_keys_alone(page: Page) -> None:
    choose(page, (NAME, ctf([pupil("34", upn="C801200005001"), second("20")])))

    page.get_by_role("radio", name="Leave it as it is").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Put right and checked again.")).to_be_visible()
    expect(page.locator("ins")).to_have_text("<UPN>B801200005001</UPN>")
