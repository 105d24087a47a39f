"""What the columns of a spreadsheet are, and of which year its results."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import years
from hornbook.sheets.mapping import Proposal, choices
from hornbook.sheets.subjects import title_of

_NOT_READ = ("", "Do not read this column")


class ColumnsForm(forms.Form):
    """A question a column, and the year."""

    year = forms.TypedChoiceField(
        label="The results are of the school year",
        help_text="A column headed Year, with 2026 or 2025/26 in a row, comes first.",
        coerce=int,
    )

    def __init__(
        self,
        columns: Sequence[Proposal],
        year: AcademicYear,
        data: Mapping[str, Any] | None,
    ) -> None:
        super().__init__(data, initial={"year": year.ends})
        self._columns = columns
        field = self.fields["year"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.ends, str(each)) for each in reversed(years())]
        for number, column in enumerate(columns):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=column.heading,
                help_text=_examples(column),
                choices=_choices(column),
                required=False,
                initial=column.code,
            )

    @property
    def asked(self) -> list[forms.BoundField]:
        """The question about each column."""
        return [self[f"column-{number}"] for number in range(len(self._columns))]

    @property
    def meanings(self) -> dict[str, str]:
        """What each heading was said to be."""
        return {
            column.plain: self.cleaned_data[f"column-{number}"]
            for number, column in enumerate(self._columns)
        }

    @property
    def year_meant(self) -> AcademicYear:
        """The school year of the results."""
        return AcademicYear(self.cleaned_data["year"])


def _examples(column: Proposal) -> str:
    return f"For example {', '.join(column.examples)}" if column.examples else ""


def _choices(column: Proposal) -> list[Any]:
    """Nothing, the likely ones, and all the others by what they are of."""
    likely = [(code, title_of(code)) for code in column.may_be]
    first = [("One of these", likely)] if likely else []
    groups = [(group, [*codes.items()]) for group, codes in choices().items()]
    return [_NOT_READ, *first, *groups]
