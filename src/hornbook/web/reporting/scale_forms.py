"""A table of marks and scaled scores, pasted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from django import forms

from hornbook.rulebook.own_scales import Table

_ROW: Final = re.compile(r"(\d{1,4})[\s,;:]+(\w{1,4})")


class ScaleForm(forms.Form):
    """One test of a year, its table, and where the school has it from."""

    source = forms.CharField(
        label="Where you have it from",
        max_length=200,
        error_messages={"required": "Write where you have the table from."},
        help_text="For example: the published conversion tables, 7 July.",
    )
    pasted = forms.CharField(
        label="Table",
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Paste the table: a line a mark."},
        help_text="A line a mark: the mark, then the scaled score, with a tab, a comma "
        "or spaces between. Two columns of a spreadsheet will do.",
    )

    def __init__(self, tables: Iterable[Table], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tables = {table.item.full_code: table for table in tables}
        choices = [(code, one.item.title) for code, one in self._tables.items()]
        self.fields["item"] = forms.ChoiceField(label="Test", choices=choices)
        self.order_fields(("item", "source", "pasted"))

    def clean_pasted(self) -> dict[int, str]:
        """Every mark with its score; one line that is not clear refuses them all."""
        table = self._tables.get(self.cleaned_data.get("item", ""))
        if table is None:
            return {}
        try:
            return read_table(table, self.cleaned_data["pasted"])
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from fault


def read_table(table: Table, text: str) -> dict[int, str]:
    """The scores by mark; ValueError says what is not clear."""
    found: dict[int, str] = {}
    for number, line in _rows(text):
        try:
            mark, score = _read_row(table, line)
        except ValueError as fault:
            raise ValueError(f"Line {number}: {fault}") from fault
        before = found.setdefault(mark, score)
        if before != score:
            raise ValueError(
                f"Line {number}: {mark} marks give {score}, and {before} above."
            )
    if not found:
        raise ValueError("There is no mark in the table.")
    _must_rise(found)
    return found


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, without blank ones and headings."""
    for number, line in enumerate(text.splitlines(), 1):
        if any(character.isdigit() for character in line):
            yield number, line.strip()
        elif line.strip() and number > 1:
            raise ValueError(
                f"Line {number}: {line.strip()} is not a mark and a scaled score."
            )


def _read_row(table: Table, line: str) -> tuple[int, str]:
    row = _ROW.fullmatch(line)
    if row is None:
        raise ValueError(f"{line} is not a mark and a scaled score, such as 25 98.")
    mark, score = row[1], row[2].upper()
    if not table.marks.holds(mark):
        raise ValueError(
            f"{mark} is not a mark of this test, which has "
            f"{table.marks.lowest} to {table.marks.highest}."
        )
    if not table.item.allows(score):
        raise ValueError(f"{score} must be {table.item.allowed_in_words}.")
    return int(mark), score


def _must_rise(scores: Mapping[int, str]) -> None:
    """More marks never give a lower score; no score comes before all."""
    ranked = [
        (int(score) if score.isdigit() else -1, mark) for mark, score in scores.items()
    ]
    for (low, mark), (high, more) in pairwise(sorted(ranked, key=lambda one: one[1])):
        if high < low:
            raise ValueError(
                f"{more} marks give {scores[more]}, but {mark} marks give "
                f"{scores[mark]}. More marks never give a lower score."
            )
