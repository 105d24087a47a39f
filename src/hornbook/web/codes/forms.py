"""What each of the codes stands for, chosen from a list."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, TypeAlias

from django import forms

from hornbook.records import Combination
from hornbook.rulebook.load import LEFT_OUT
from hornbook.web.codes.queries import Codes, choices

_Choices: TypeAlias = list[tuple[str, str | list[tuple[str, str]]]]


class MeaningsForm(forms.Form):
    """A choice for each five codes, under their name.

    It carries what stood when it was shown, so that what somebody else has decided
    meanwhile is not undone.
    """

    def __init__(self, codes: Iterable[Codes], data: Any = None) -> None:
        super().__init__(data)
        self.codes = tuple(codes)
        for one in self.codes:
            self.fields[one.name] = forms.ChoiceField(
                label=f"{one.combination} stands for",
                choices=_choices(one),
                initial=one.meaning,
                required=False,
                show_hidden_initial=True,
                error_messages={"invalid_choice": "Choose one of the list."},
            )

    @property
    def rows(self) -> list[tuple[Codes, forms.BoundField, str]]:
        """Each with its choice, and a hidden field of what stood before."""
        fields = ((one, self[one.name]) for one in self.codes)
        return [
            (one, field, field.as_hidden(only_initial=True)) for one, field in fields
        ]

    @property
    def decisions(self) -> dict[Combination, str]:
        """What was chosen, where it is not what was shown."""
        return {
            one.combination: self.cleaned_data[one.name]
            for one in self.codes
            if one.name in self.changed_data
        }


def _choices(codes: Codes) -> _Choices:
    """Nothing decided, each result of a test, and leaving it out."""
    presumed = codes.presumed
    undecided = f"{presumed.title} (not confirmed)" if presumed else "Not decided"
    areas = [
        (area, [(item.full_code, item.title) for item in items])
        for area, items in groupby(choices(codes.collection), lambda item: item.area)
    ]
    return [("", undecided), *areas, (LEFT_OUT, "Leave these results out")]
