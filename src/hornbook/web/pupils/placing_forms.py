"""A list of pupils and their classes, pasted or as a file."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from hornbook.identifiers import AcademicYear
from hornbook.web.days import DayField
from hornbook.web.pupils.list_forms import ListForm
from hornbook.web.pupils.placing import Line, Wanted, read_file, read_text


class PlacingForm(ListForm):
    """The list, and the day from which the pupils are in their classes."""

    on = DayField(
        label="In these classes from",
        what="the first day in the class",
        example="05/01/2027",
    )
    field_order = ["text", "file", "on"]

    def __init__(self, year: AcademicYear, today: date, *sent: Any) -> None:
        super().__init__(*sent)
        self.year = year
        self.lines: list[Line] = []
        self.fields["on"].initial = min(max(today, year.first_day), year.last_day)
        self.fields["text"].label = "Paste the list"
        self.fields["text"].help_text = (
            "On each line a UPN or a name, a tab or a comma, and the class, as it is "
            "copied from a spreadsheet."
        )
        self.fields["file"].label = "Or choose a spreadsheet"
        self.fields[
            "file"
        ].help_text = "Excel or CSV, with a heading for UPN or name and one for class."

    def clean_on(self) -> date:
        """A day of the school year."""
        day: date = self.cleaned_data["on"]
        if not self.year.first_day <= day <= self.year.last_day:
            raise ValidationError(f"The first day in the class must be in {self.year}.")
        return day

    def read_list(self, upload: Any, text: str) -> None:
        """The lines of the one that was given."""
        self.lines = read_file(upload, upload.name) if upload else read_text(text)

    def wanted(self) -> Wanted:
        """The list as it was read, once the form is valid."""
        return Wanted(tuple(self.lines), self.cleaned_data["on"])
