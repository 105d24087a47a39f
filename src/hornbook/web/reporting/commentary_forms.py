"""A list of comments, pasted or as a file."""

from typing import Any

from django import forms

from hornbook.web.pupils.list_forms import ListForm
from hornbook.web.reporting.commentary_reading import read_file, read_text
from hornbook.web.reporting.commentary_typed import IsName, Line


class CommentsForm(ListForm):
    """The list: on each line a pupil and a text."""

    field_order = ["text", "file"]

    def __init__(self, is_name: IsName, *sent: Any) -> None:
        super().__init__(*sent)
        self.lines: list[Line] = []
        self._is_name = is_name
        pasted = self.fields["text"]
        pasted.label = "Paste the list"
        pasted.widget = forms.Textarea(attrs={"rows": 10})
        pasted.help_text = (
            "On each line a UPN or a name, and the text in the last column, as they "
            "are copied from a spreadsheet."
        )
        self.fields["file"].label = "Or choose a spreadsheet"
        self.fields[
            "file"
        ].help_text = (
            "Excel or CSV, with a heading for UPN or name and one called Comment."
        )

    def read_list(self, upload: Any, text: str) -> None:
        """The lines of the one that was given."""
        if upload:
            self.lines = read_file(upload, upload.name)
        else:
            self.lines = read_text(text, self._is_name)
