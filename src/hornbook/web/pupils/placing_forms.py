"""A list of pupils and their classes, pasted or as a file."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from hornbook.identifiers import AcademicYear
from hornbook.web.pupils.placing import Line, NotAList, Wanted, read_file, read_text


class PlacingForm(forms.Form):
    """The list, and the day from which the pupils are in their classes."""

    text = forms.CharField(
        label="Paste the list",
        help_text="On each line a UPN or a name, a tab or a comma, and the class, as "
        "it comes out of a spreadsheet.",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )
    file = forms.FileField(
        label="Or choose a spreadsheet",
        help_text="Excel or CSV, with a heading for UPN or name and one for class.",
        required=False,
    )
    on = forms.DateField(
        label="In these classes from",
        help_text="For example 05/01/2027",
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y"),
        error_messages={
            "required": "Enter the first day in the class.",
            "invalid": "Write the day like 05/01/2027.",
        },
    )

    def __init__(self, year: AcademicYear, today: date, *sent: Any) -> None:
        super().__init__(*sent)
        self.year = year
        self.lines: list[Line] = []
        self.fields["on"].initial = min(max(today, year.first_day), year.last_day)

    def clean_on(self) -> date:
        """A day of the school year."""
        day: date = self.cleaned_data["on"]
        if not self.year.first_day <= day <= self.year.last_day:
            raise ValidationError(f"The first day in the class must be in {self.year}.")
        return day

    def clean(self) -> dict[str, Any]:
        """One of the two, read."""
        given = super().clean() or {}
        upload, text = given.get("file"), given.get("text", "")
        if upload and upload.size > settings.HORNBOOK_MAX_UPLOAD:
            raise ValidationError("This file is too large for a list of pupils.")
        if not upload and not text.strip():
            raise ValidationError("Paste the list, or choose a file.")
        try:
            self.lines = read_file(upload, upload.name) if upload else read_text(text)
        except NotAList as reason:
            raise ValidationError(str(reason)) from reason
        return given

    def wanted(self) -> Wanted:
        """The list as it was read, once the form is valid."""
        return Wanted(tuple(self.lines), self.cleaned_data["on"])
