"""A day in a form: one box, read in whatever usual way it is typed."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from hornbook.sheets.days import read_day

_SHOWN: Final = "%d/%m/%Y"


class DayField(forms.DateField):
    """3/7/2019, 3 July 2019, 3.7.19 and 2019-07-03 are the same day.

    what names the day in the messages; example is one of the kind, for the hint.
    """

    def __init__(self, *, what: str, example: str, **usual: Any) -> None:
        widget = forms.DateInput(
            format=_SHOWN,
            attrs={"class": "govuk-input--width-10", "autocomplete": "off"},
        )
        more = usual.pop("help_text", "")
        super().__init__(
            widget=widget,
            help_text=f"For example {example}{'. ' if more else ''}{more}",
            error_messages={"required": f"Enter {what}."},
            **usual,
        )
        self._what = what
        self._example = example

    def to_python(self, value: Any) -> date | None:
        """The day that was typed; a ValidationError says how to write it."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        try:
            return _typed(str(value))
        except ValueError as fault:
            what = self._what[:1].upper() + self._what[1:]
            raise ValidationError(
                f"{what} must be a real date, such as {self._example}."
            ) from fault


def _typed(text: str) -> date:
    """A day as people type it: figures alone are no day, though Excel has them so."""
    if text.strip().isdigit():
        raise ValueError(text)
    return read_day(text)
