"""A person at the grid: real keys, mouse and clipboard, and what they see."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

Block = list[list[str]]

SHOWN = "#grid tbody tr:not([hidden])"
PLACE = """() => {
    const rows = [...document.querySelectorAll('#grid tbody tr:not([hidden])')];
    const cells = rows.map((row) => [...row.querySelectorAll('td[data-item]')]);
    const of = (cell) => {
        const row = cells.findIndex((line) => line.includes(cell));
        return row < 0 ? null : [row, cells[row].indexOf(cell)];
    };
    const focus = document.activeElement;
    const chosen = [...document.querySelectorAll('#grid [aria-selected=true]')];
    return {
        focus: of(focus), role: focus.getAttribute('role'),
        selected: chosen.map(of),
        texts: cells.map((line) => line.map((cell) => cell.textContent.trim())),
    };
}"""


@dataclass(frozen=True)
class Hand:
    """The page of one grid, and what a person does there, by row and column."""

    page: Page

    def cell(self, row: int, column: int) -> Locator:
        return self.page.locator(SHOWN).nth(row).locator("td[data-item]").nth(column)

    def go(self, row: int, column: int) -> None:
        self.cell(row, column).click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def enter(self, *values: str) -> None:
        """Type values down a column."""
        for value in values:
            self.type(value)
            self.press("Enter")
        self.settle()

    def put(self, row: int, column: int, value: str) -> None:
        """Type one value into one cell, and wait for the server."""
        self.go(row, column)
        self.enter(value)

    def paste(self, text: str) -> None:
        self.page.evaluate(f"navigator.clipboard.writeText({json.dumps(text)})")
        self.press("Control+v")
        self.settle()

    def clipboard(self) -> str:
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def drag(self, start: Locator, end: Locator) -> None:
        start.hover()
        self.page.mouse.down()
        end.hover()
        self.page.mouse.up()

    def settle(self) -> None:
        """Wait until the server has answered for everything."""
        expect(self.page.locator("#grid-saved[data-state=saved]")).to_be_visible()

    @property
    def focus(self) -> tuple[int, int] | None:
        place = self.page.evaluate(PLACE)["focus"]
        return (place[0], place[1]) if place else None

    @property
    def role(self) -> str:
        return str(self.page.evaluate(PLACE)["role"])

    @property
    def selected(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The first and last cell selected; every cell between them must be too."""
        places = sorted(
            (row, column) for row, column in self.page.evaluate(PLACE)["selected"]
        )
        first, last = places[0], places[-1]
        height, width = last[0] - first[0] + 1, last[1] - first[1] + 1
        assert len(places) == height * width
        return first, last

    def texts(self, top: int, left: int, height: int, width: int) -> Block:
        rows: Block = self.page.evaluate(PLACE)["texts"]
        return [row[left : left + width] for row in rows[top : top + height]]

    def column(self, column: int = 0) -> list[str]:
        rows: Sequence[Sequence[str]] = self.page.evaluate(PLACE)["texts"]
        return [row[column] for row in rows]

    def text(self, row: int, column: int) -> str:
        return self.texts(row, column, 1, 1)[0][0]

    def state(self, row: int, column: int) -> str:
        return self.cell(row, column).get_attribute("data-state") or ""

    def why(self, row: int, column: int) -> str:
        """The words a screen reader is given for a cell, by its description."""
        described = self.cell(row, column).get_attribute("aria-describedby")
        return self.page.locator(f"[id='{described}']").text_content() or ""

    def missing(self, row: int) -> str:
        return self.page.locator(SHOWN).nth(row).locator("[data-missing]").inner_text()

    def names(self) -> list[str]:
        return self.page.locator(f"{SHOWN} th").all_inner_texts()

    def said(self, words: str) -> None:
        """The live region says so, now or in a moment."""
        expect(self.page.locator("#grid-live")).to_contain_text(words)

    def shows(self, row: int, column: int, text: str) -> None:
        expect(self.cell(row, column)).to_have_text(text)
