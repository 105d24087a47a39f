"""What people send: the edits of the grid's script, a list of those expected."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from hornbook.sheets.people import People
from hornbook.web.results.edits import Edit
from hornbook.web.results.events import Asked
from hornbook.web.results.expecting import PASTED, read_list, read_pasted
from hornbook.web.results.models import Source

_DAYS: Final = ["%d/%m/%Y", "%Y-%m-%d"]
MOST_EDITS: Final = 5_000
_LONGEST: Final = 200
_SOURCES: Final = {
    source.value: source for source in (Source.GRID, Source.PASTE, Source.UNDO)
}


class NotEdits(ValueError):
    """The script sent something that is no list of edits."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request of the script's."""

    source: Source
    edits: tuple[Edit, ...]


def read_edits(body: bytes) -> Sent:
    """The edits of a request; NotEdits with the reason."""
    try:
        sent = json.loads(body)
        source = _SOURCES[sent["source"]]
        edits = tuple(_edit(edit) for edit in sent["edits"])
    except (ValueError, KeyError, TypeError) as fault:
        raise NotEdits("These are not edits that the grid sent.") from fault
    if len(edits) > MOST_EDITS:
        raise NotEdits(f"Paste at most {MOST_EDITS:,} cells at a time.")
    return Sent(source, edits)


def _edit(sent: object) -> Edit:
    if not isinstance(sent, dict):
        raise TypeError
    pupil, item, value = sent["pupil"], sent["item"], sent["value"]
    base = sent.get("base")
    if type(pupil) is not int or not isinstance(item, str):
        raise TypeError
    if not isinstance(value, str) or not (base is None or type(base) is int):
        raise TypeError
    return Edit(pupil, item, value[:_LONGEST], base)


class PutBackForm(forms.Form):
    """Which row of a cell is to stand again, and the one that the person saw stand."""

    version = forms.IntegerField()
    base = forms.IntegerField()


class ListForm(forms.Form):
    """A list of those expected: a file, or lines that were pasted."""

    file = forms.FileField(
        label="The list as a file",
        help_text="Excel or CSV, with a heading over each column.",
        required=False,
    )
    text = forms.CharField(
        label="Or paste it",
        help_text="UPNs, one on each line; or columns with their headings.",
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, and of no more than the size allowed."""
        given = super().clean() or {}
        upload, text = given.get("file"), given.get("text", "")
        if not upload and not text.strip():
            raise ValidationError("Choose a file, or paste the list.")
        if upload and upload.size > settings.HORNBOOK_MAX_UPLOAD:
            raise ValidationError("This file is too large for a list of pupils.")
        return given

    @property
    def name(self) -> str:
        """How the list is called."""
        upload = self.cleaned_data["file"]
        return upload.name if upload else PASTED

    @property
    def people(self) -> People:
        """The pupils on the list, and what could not be read."""
        upload = self.cleaned_data["file"]
        if upload:
            return read_list(upload, upload.name)
        return read_pasted(self.cleaned_data["text"])


class EventsForm(forms.Form):
    """Which events are asked for; a field that cannot be read asks for nothing."""

    person = forms.ChoiceField(label="Who", required=False)
    kind = forms.ChoiceField(label="What", required=False)
    pupil = forms.CharField(label="Pupil", required=False)
    since = forms.DateField(label="From", input_formats=_DAYS, required=False)
    until = forms.DateField(label="To", input_formats=_DAYS, required=False)

    def __init__(
        self, people: Sequence[str], kinds: Sequence[str], data: Mapping[str, object]
    ) -> None:
        super().__init__(data)
        for name, choices in (("person", people), ("kind", kinds)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "All"), *((one, one) for one in choices)]
        for name in ("since", "until"):
            self.fields[name].error_messages["invalid"] = "Write a day like 22/05/2026."

    @property
    def asked(self) -> Asked:
        """What can be read of it."""
        self.is_valid()
        return Asked(**self.cleaned_data)
