"""How long entering takes: by keys and by pasting, printed and held to a bar."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desk
from tests.browser.hand import Hand
from tests.browser.school import Group, add

from hornbook.web.results.models import Result

pytestmark = pytest.mark.browser

# Lays another block on the first, and tells how long the page was busy.
PASTED = """async () => {
    const text = await navigator.clipboard.readText();
    document.querySelector("#grid td[data-item]").focus();
    const ones = new DataTransfer();
    ones.setData("text/plain", text.replaceAll("2", "1"));
    const start = performance.now();
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: ones }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
}"""
CLASS = 30
GOALS = 17


def pupils(number: int) -> list[tuple[str, str]]:
    return [(f"Pupil{n:03}", "Ada") for n in range(number)]


def timed(words: str, work: Callable[[], None]) -> float:
    """Do it, print how long it took, and give the seconds."""
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    print(f"\n{words}: {seconds:.2f} s")  # noqa: T201
    return seconds


def shown(hand: Hand, class_name: str) -> None:
    hand.page.locator("select[name=class]").select_option(class_name)
    hand.go(0, 0)


def entered(item: str) -> int:
    rows = Result.objects.current().filter(
        item__startswith=item, pupil__surname__startswith="Pupil"
    )
    return rows.exclude(value="").count()


def test_thirty_phonics_marks(desk: Desk) -> None:
    add(desk.school, Group("1", "Hazel", pupils(CLASS)))
    hand = desk.open("phonics")
    shown(hand, "Hazel")
    marks = [str(n % 41) for n in range(CLASS)]

    by_keys = timed("30 phonics marks by keys", lambda: hand.enter(*marks))
    hand.go(0, 0)
    hand.press("Control+Shift+ArrowDown", "Delete")
    hand.settle()
    pasted = timed(
        "30 phonics marks pasted", lambda: hand.paste("\r\n".join(marks) + "\r\n")
    )
    expect(hand.cell(CLASS - 1, 0)).to_have_text(marks[-1])
    hand.settle()

    assert entered("phonics") == CLASS
    assert pasted < by_keys < 60


def test_thirty_profiles(desk: Desk) -> None:
    add(desk.school, Group("R", "Larks", pupils(CLASS)))
    hand = desk.open("eyfsp")
    shown(hand, "Larks")

    def by_keys() -> None:
        for _ in range(CLASS * GOALS):
            hand.press("2", "Tab")
        hand.settle()

    def by_filling() -> None:
        hand.page.get_by_role("button", name="Fill…").click()
        hand.type("2")
        hand.press("Enter")
        hand.settle()

    def clear() -> None:
        hand.go(0, 0)
        hand.press("Control+a", "Delete")
        hand.settle()

    block = "\r\n".join(["\t".join(["2"] * GOALS)] * CLASS) + "\r\n"
    typed = timed("30 profiles by keys", by_keys)
    assert entered("eyfsp") == CLASS * GOALS
    clear()
    timed("30 profiles by filling with the commonest", by_filling)
    assert entered("eyfsp") == CLASS * GOALS
    clear()
    pasted = timed("30 profiles pasted", lambda: hand.paste(block))

    assert entered("eyfsp") == CLASS * GOALS
    assert pasted < typed < 120


def test_a_block_of_two_thousand_cells_is_pasted(desk: Desk) -> None:
    add(desk.school, Group("R", "Larks", pupils(120)))
    hand = desk.open("eyfsp")
    shown(hand, "Larks")
    rows = ["\t".join(["2"] * GOALS)] * 120

    hand.page.evaluate(
        "navigator.clipboard.writeText(arguments[0])".replace(
            "arguments[0]", repr("\n".join(rows))
        )
    )
    seconds = timed("2,040 cells pasted, to the screen and saved", lambda: paste(hand))
    saved = entered("eyfsp")
    on_screen = hand.page.evaluate(PASTED)
    print(f"2,040 cells pasted, to the screen: {on_screen:.0f} ms")  # noqa: T201

    assert on_screen < 1_000
    assert saved == 120 * GOALS
    assert seconds < 10


def paste(hand: Hand) -> None:
    hand.press("Control+v")
    expect(hand.cell(119, 16)).to_have_text("2")
    hand.settle()
