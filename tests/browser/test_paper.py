"""On paper: a class on each sheet, blank or filled in, whatever the names."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Desk
from tests.browser.school import YEAR, Group, add

pytestmark = pytest.mark.browser

LONG = "Featherstonehaugh-Cholmondeley"
LONG_SCHOOL = (
    "Saint Bartholomew and the Blessed Virgin Mary with Holy Trinity Voluntary "
    "Controlled Church of England Primary School and Nursery"
)
LONG_CLASS = "Kingfishers and Dragonflies, Mrs Winters"
_MM = 96 / 25.4


def open_sheets(desk: Desk, collection: str, kind: str) -> Page:
    page = desk.context.pages[0]
    grid = f"/schools/{desk.school.laestab}/grid/{collection}/{YEAR}/"
    page.goto(f"{desk.address}{grid}paper/{kind}/")
    return page


def pages(page: Page) -> int:
    return page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")


@pytest.mark.parametrize("kind", ["blank", "filled"])
def test_a_class_of_thirty_with_seventeen_goals_is_one_page(
    desk: Desk, kind: str
) -> None:
    names = [(f"Pupil{n:02}", "Ada") for n in range(29)]
    add(desk.school, Group("R", "Larks", [*names, (LONG, "Bartholomew")]))

    page = open_sheets(desk, "eyfsp", kind)

    assert pages(page) == 3


def test_a_class_of_more_goes_on_under_the_same_headings(desk: Desk) -> None:
    add(desk.school, Group("R", "Larks", [(f"P{n:02}", "Ada") for n in range(45)]))

    page = open_sheets(desk, "eyfsp", "blank")

    page.emulate_media(media="print")
    head = "(head) => getComputedStyle(head).display"
    assert page.locator(".paper thead").first.evaluate(head) == "table-header-group"
    assert pages(page) == 4


def test_a_filled_sheet_holds_the_marks_and_those_of_the_year_before(
    desk: Desk,
) -> None:
    desk.open("phonics").put(0, 0, "31")

    filled = open_sheets(desk, "phonics", "filled").locator("tbody").inner_text()
    blank = open_sheets(desk, "phonics", "blank").locator("tbody").inner_text()

    assert "31" in filled
    assert "31" not in blank
    assert "34" in filled
    assert "34" in blank


def test_one_class_alone_is_printed(desk: Desk) -> None:
    page = open_sheets(desk, "eyfsp", "blank")

    page.get_by_role("link", name="Wrens").click()

    expect(page.locator(".paper-sheet")).to_have_count(1)
    assert pages(page) == 1


@pytest.mark.parametrize("collection", ["phonics", "ks2-tests"])
def test_a_sheet_to_write_on_has_lines_for_a_pen_and_thirty_on_a_page(
    desk: Desk, collection: str
) -> None:
    group = {"phonics": "1", "ks2-tests": "6"}[collection]
    names = [(f"Pupil{n:02}", "Ada") for n in range(30)]
    add(desk.school, Group(group, "Larks", names))

    page = open_sheets(desk, collection, "blank")
    page.get_by_role("link", name="Larks").click()
    expect(page.locator(".paper-sheet")).to_have_count(1)

    assert pages(page) == 1
    page.emulate_media(media="print")
    height = "(row) => row.getBoundingClientRect().height"
    row = page.locator(".paper tbody tr").first
    assert row.evaluate(height) >= 8 * 96 / 25.4 - 0.5


def long_names(number: int) -> list[tuple[str, str]]:
    """Pupils of whom each has a name of two lines and of nobody else."""
    letters = "abcdefghij"
    return [
        (LONG, f"Bartholomew Alexander {letters[n // 10]}{letters[n % 10]}".title())
        for n in range(number)
    ]


def long_class(desk: Desk, collection: str, kind: str, number: int) -> Page:
    """The sheet of one class in which everything is as long as it can be."""
    desk.school.name = LONG_SCHOOL
    desk.school.save()
    group = {"phonics": "1", "eyfsp": "R"}.get(collection, "6")
    add(desk.school, Group(group, LONG_CLASS, long_names(number)))
    page = open_sheets(desk, collection, kind)
    page.get_by_role("link", name=LONG_CLASS).click()
    expect(page.locator(".paper-sheet")).to_have_count(1)
    return page


@pytest.mark.parametrize("number", [15, 30, 31, 34])
@pytest.mark.parametrize(
    "collection", ["eyfsp", "phonics", "ks2-tests", "ks2-teacher-assessment"]
)
def test_a_class_to_write_on_is_one_page_however_long_every_name_is(
    desk: Desk, collection: str, number: int
) -> None:
    page = long_class(desk, collection, "blank", number)

    assert pages(page) == 1
    page.emulate_media(media="print")
    lines = page.locator(".paper tbody tr").evaluate_all(
        "(rows) => rows.map((row) => row.getBoundingClientRect().height)"
    )
    assert min(lines) >= (7 if number > 30 else 8) * _MM - 0.5
    size = "(name) => parseFloat(getComputedStyle(name).fontSize)"
    name = page.locator(".paper tbody .paper-name").first
    assert name.evaluate(size) >= 7.5 * 96 / 72


@pytest.mark.parametrize("number", [30, 34])
@pytest.mark.parametrize("collection", ["eyfsp", "ks2-tests"])
def test_what_goes_on_to_a_second_page_has_its_headings_and_the_key_there(
    desk: Desk, collection: str, number: int
) -> None:
    page = long_class(desk, collection, "filled", number)

    assert pages(page) <= 2
    page.emulate_media(media="print")
    height = "(part) => part.getBoundingClientRect().height"
    # A browser repeats no heading that is taller than a quarter of the page.
    assert page.locator(".paper thead").evaluate(height) <= (210 - 16) / 4 * _MM
    keeps = "(part) => getComputedStyle(part).breakBefore"
    for last in (".paper-key", ".paper tbody tr:last-child"):
        assert page.locator(last).evaluate(keeps) == "avoid"


def test_a_class_of_thirty_with_the_tests_of_key_stage_1_is_one_page(
    desk: Desk,
) -> None:
    names = [(f"Pupil{n:02}", "Ada") for n in range(30)]
    add(desk.school, Group("2", "Larks", names))

    page = open_sheets(desk, "ks1", "blank")
    page.get_by_role("link", name="Larks").click()
    expect(page.locator(".paper-sheet")).to_have_count(1)

    assert pages(page) == 1


def test_the_grid_is_printed_without_the_marks_of_the_screen(desk: Desk) -> None:
    names = [(f"Pupil{n:02}", "Ada") for n in range(28)]
    add(desk.school, Group("1", "Larks", names))
    page = desk.open("phonics").page

    assert pages(page) <= 3
    page.emulate_media(media="print")
    expect(page.locator(".grid-head .grid-filler").first).to_be_hidden()
    shadow = "(cell) => getComputedStyle(cell).boxShadow"
    assert page.locator("#grid [tabindex='0']").evaluate(shadow) == "none"
