"""What people send: the edits of the grid's script, a list of those expected."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from hornbook.sheets.people import People
from hornbook.web.days import DayField
from hornbook.web.pupils.list_forms import ListForm
from hornbook.web.results.edits import Edit
from hornbook.web.results.events import Asked
from hornbook.web.results.expecting import read_file, read_pasted
from hornbook.web.results.models import Source

MOST_EDITS: Final = 5_000
_LONGEST: Final = 200
_SOURCES: Final = {
    source.value: source for source in (Source.GRID, Source.PASTE, Source.UNDO)
}


class NotEdits(ValueError):
    """The script sent something that is no list of edits."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request of the script's; person is who opened the page, where it says so."""

    source: Source
    edits: tuple[Edit, ...]
    person: int | None


def read_edits(body: bytes) -> Sent:
    """The edits of a request; NotEdits with the reason."""
    try:
        sent = json.loads(body)
        source = _SOURCES[sent["source"]]
        edits = tuple(_edit(edit) for edit in sent["edits"])
        person = _number(sent.get("person"))
    except (ValueError, KeyError, TypeError) as fault:
        raise NotEdits("These are not edits that the grid sent.") from fault
    if len(edits) > MOST_EDITS:
        raise NotEdits(f"Paste at most {MOST_EDITS:,} cells at a time.")
    return Sent(source, edits, person)


def _edit(sent: object) -> Edit:
    if not isinstance(sent, dict):
        raise TypeError
    pupil, item, value = sent["pupil"], sent["item"], sent["value"]
    if type(pupil) is not int or not isinstance(item, str):
        raise TypeError
    if not isinstance(value, str):
        raise TypeError
    return Edit(pupil, item, value[:_LONGEST], _number(sent.get("base")))


def _number(sent: object) -> int | None:
    if sent is None or type(sent) is int:
        return sent
    raise TypeError


class PutBackForm(forms.Form):
    """Which row of a cell is to stand again, and the one that the person saw stand.

    No row at all stands for the cell as it was before anything was entered.
    """

    version = forms.IntegerField(required=False)
    base = forms.IntegerField()


class ExpectedForm(ListForm):
    """A list of those expected: a file, or lines that were pasted."""

    people: People

    def __init__(self, *sent: Any) -> None:
        super().__init__(*sent)
        self.fields[
            "text"
        ].help_text = "UPNs, one on each line; or columns with their headings."

    def read_list(self, upload: Any, text: str) -> None:
        """The pupils on the list."""
        self.people = read_file(upload, upload.name) if upload else read_pasted(text)


class EventsForm(forms.Form):
    """Which events are asked for; a field that cannot be read asks for nothing."""

    person = forms.ChoiceField(label="Who", required=False)
    kind = forms.ChoiceField(label="What", required=False)
    pupil = forms.CharField(label="Pupil", required=False)
    since = DayField(label="From", what="from", example="22/05/2026", required=False)
    until = DayField(label="To", what="to", example="22/05/2026", required=False)

    def __init__(
        self, people: Sequence[str], kinds: Sequence[str], data: Mapping[str, object]
    ) -> None:
        super().__init__(data)
        for name, choices in (("person", people), ("kind", kinds)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "All"), *((one, one) for one in choices)]

    @property
    def asked(self) -> Asked:
        """What can be read of it."""
        self.is_valid()
        return Asked(**self.cleaned_data)
