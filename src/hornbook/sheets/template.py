"""A workbook to be filled in: a class, the columns of a collection, and its codes."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from hornbook.records import Pupil
from hornbook.rulebook.model import Collection, Item, Rulebook
from hornbook.sheets.columns import titles
from hornbook.sheets.lists import without_unseen
from hornbook.sheets.subjects import title_of, words

# Who the pupil is: a field, and how wide its column is.
_WHO: Final = {
    "upn": 16,
    "surname": 18,
    "forename": 16,
    "dob": 12,
    "class_name": 8,
    "nc_year": 7,
}
_STAYING: Final = 3
_ITEM_WIDTH: Final = 14
_YEAR_WIDTH: Final = 9
# Pupils may be added under those that are there.
_SPARE: Final = 100
_LISTS: Final = "Lists"
_LONGEST_MESSAGE: Final = 255
_LONGEST_TITLE: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRow:
    """A pupil in a template; values are those that stand now, by the item's code."""

    pupil: Pupil
    class_name: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def template(
    collection: Collection, book: Rulebook, rows: Sequence[TemplateRow]
) -> bytes:
    """The workbook; what is filled into it is read back by read_results."""
    held = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(held, options) as made:
        _Template(made, collection, book).fill(rows)
    return held.getvalue()


class _Template:
    """Fills a new workbook: pupils, the codes in words, and lists to choose from."""

    def __init__(
        self, made: xlsxwriter.Workbook, collection: Collection, book: Rulebook
    ) -> None:
        self._collection = collection
        self._year = str(book.year)
        self._sheet: Worksheet = made.add_worksheet(collection.short_title[:31])
        self._codes: Worksheet = made.add_worksheet("Codes")
        self._lists: Worksheet = made.add_worksheet(_LISTS)
        self._lists.hide()
        self._heading: Format = made.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._wrapped: Format = made.add_format({"text_wrap": True, "valign": "top"})
        self._text: Format = made.add_format({"num_format": "@"})
        self._day: Format = made.add_format({"num_format": "dd/mm/yyyy"})

    def fill(self, rows: Sequence[TemplateRow]) -> None:
        """Write everything."""
        self._headings()
        for number, row in enumerate(rows, 1):
            self._row(number, row)
        last = len(rows) + _SPARE
        for at, item in enumerate(self._collection.items):
            self._choices(at, item, last)
        self._sheet.autofilter(0, 0, max(len(rows), 1), self._first_item() - 2)
        self._explain()

    def _first_item(self) -> int:
        """The place of the first result: after who the pupil is, and the year."""
        return len(_WHO) + 1

    def _headings(self) -> None:
        sheet = self._sheet
        for at, (code, width) in enumerate(_WHO.items()):
            shown = {"upn": self._text, "dob": self._day}.get(code)
            sheet.set_column(at, at, width, shown)
            sheet.write_string(0, at, titles()[code], self._heading)
        sheet.set_column(len(_WHO), len(_WHO), _YEAR_WIDTH, self._text)
        sheet.write_string(0, len(_WHO), _year_heading(), self._heading)
        for at, item in enumerate(self._collection.items, self._first_item()):
            sheet.set_column(at, at, _ITEM_WIDTH)
            sheet.write_string(0, at, title_of(item.full_code), self._heading)
        sheet.freeze_panes(1, _STAYING)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def _row(self, number: int, row: TemplateRow) -> None:
        pupil = row.pupil
        said = [getattr(pupil, code, row.class_name) or "" for code in _WHO]
        for at, (code, text) in enumerate(zip(_WHO, said, strict=True)):
            if code == "dob" and pupil.born:
                self._sheet.write_datetime(number, at, pupil.born, self._day)
            elif text:
                self._write(number, at, text)
        self._sheet.write_string(number, len(_WHO), self._year, self._text)
        for at, item in enumerate(self._collection.items, self._first_item()):
            self._value(number, at, item, row.values.get(item.code, ""))

    def _write(self, number: int, at: int, text: str) -> None:
        self._sheet.write_string(number, at, without_unseen(text))

    def _value(self, number: int, at: int, item: Item, value: str) -> None:
        """What stands now; a code that only the DfE sets is told, not written."""
        if not value:
            return
        if value.isascii() and value.isdigit():
            self._sheet.write_number(number, at, int(value))
        elif any(outcome.code == value for outcome in item.entered):
            self._write(number, at, value)
        else:
            meaning = (
                f"{value}, {item.meaning(value)}" if item.meaning(value) else value
            )
            self._sheet.write_comment(
                number, at, f"{meaning}, stands here and is not the school's to enter."
            )

    def _choices(self, at: int, item: Item, last: int) -> None:
        """The list that a cell of the column is chosen from, and what it says."""
        allowed = [value for value, _ in _allowed(item)]
        for number, value in enumerate(allowed):
            if value.isdigit():
                self._lists.write_number(number, at, int(value))
            else:
                self._lists.write_string(number, at, value)
        column = xl_col_to_name(at)
        message = f"It must be {item.allowed_in_words}."
        self._sheet.data_validation(
            1,
            self._first_item() + at,
            last,
            self._first_item() + at,
            {
                "validate": "list",
                "source": f"={_LISTS}!${column}$1:${column}${len(allowed)}",
                "error_title": item.title[:_LONGEST_TITLE],
                "error_message": message[:_LONGEST_MESSAGE],
            },
        )

    def _explain(self) -> None:
        """The second sheet: what may be written, and what it means."""
        sheet = self._codes
        for at, width in enumerate((44, 18, 70)):
            sheet.set_column(at, at, width, self._wrapped)
        lines = [
            (f"{self._collection.title}, {self._year}", "", ""),
            (self._collection.who, "", ""),
            *((note, "", "") for note in self._collection.notes),
            ("", "", ""),
            ("For", "Write", "Meaning"),
            *_explained(self._collection),
        ]
        headings = {0, len(self._collection.notes) + 3}
        for number, line in enumerate(lines):
            for at, text in enumerate(line):
                style = self._heading if number in headings else self._wrapped
                sheet.write_string(number, at, text, style)


def _year_heading() -> str:
    return str(words()["columns"]["own_year"])


def _allowed(item: Item) -> Iterator[tuple[str, str]]:
    """Every value that may be entered, codes first, with its meaning."""
    yield from ((outcome.code, outcome.title) for outcome in item.entered)
    if item.marks:
        marks = range(item.marks.lowest, item.marks.highest + 1)
        yield from ((str(mark), "") for mark in marks)


def _explained(collection: Collection) -> Iterator[tuple[str, str, str]]:
    """What may be written, once for all columns that take the same."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for item in collection.items:
        groups.setdefault(tuple(_in_short(item)), []).append(item.title)
    for values, names in groups.items():
        whose = "Every column" if len(names) == len(collection.items) > 1 else None
        for value, meaning in values:
            yield whose or ", ".join(names), value, meaning


def _in_short(item: Item) -> Iterator[tuple[str, str]]:
    if item.marks:
        marks = item.marks
        met = f"; {marks.expected} meets the standard" if marks.expected else ""
        yield f"{marks.lowest} to {marks.highest}", f"A whole mark or score{met}"
    yield from ((outcome.code, outcome.title) for outcome in item.entered)
