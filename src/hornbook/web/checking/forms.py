"""Choosing the files to check, and whom they are for."""

from pathlib import Path
from typing import Any, Final, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict

from hornbook.inspection.check import Asked
from hornbook.inspection.repair import Chosen
from hornbook.rulebook.load import RulebookError
from hornbook.rulebook.mapping import held
from hornbook.web.checking import queries, wording
from hornbook.web.checking.mending import chosen_by
from hornbook.web.checking.queries import Sent

_MOST_FILES: Final = 20


class ManyFilesInput(forms.FileInput):
    """An input in which more than one file can be chosen."""

    allow_multiple_selected = True


_OF_A_FILE: Final = {
    "required": "Choose a file.",
    "max_length": "The file's name is too long. Give it a shorter one.",
}


class SmallEnough(forms.FileField):
    """A file no larger than the limit."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file; ValidationError where it is too large."""
        cleaned = super().clean(data, initial)
        if cleaned.size > settings.HORNBOOK_MAX_UPLOAD:
            most = wording.size(settings.HORNBOOK_MAX_UPLOAD)
            raise ValidationError(
                f"{cleaned.name} is too large. It must be no more than {most}."
            )
        return cleaned


class ManyFiles(SmallEnough):
    """One file or more, each no larger than the limit."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each of the files as a single one would be."""
        files = data or [None]
        if len(files) > _MOST_FILES:
            raise ValidationError(
                f"These are {len(files)} files. Choose at most {_MOST_FILES} at a time."
            )
        return [super(ManyFiles, self).clean(file) for file in files]


class CompareForm(forms.Form):
    """Two files to hold against each other."""

    old = SmallEnough(
        label="The first file",
        help_text="A CTF, or a zip of one.",
        allow_empty_file=True,
        error_messages=_OF_A_FILE,
    )
    new = SmallEnough(
        label="The second file",
        help_text="The one to hold against it.",
        allow_empty_file=True,
        error_messages=_OF_A_FILE,
    )


class CheckForm(forms.Form):
    """One file or more, whom they are for, and how much of the answer is wanted."""

    file = ManyFiles(
        label="Choose the files",
        allow_empty_file=True,
        widget=ManyFilesInput(attrs={"accept": ".xml,.zip"}),
        error_messages=_OF_A_FILE,
    )
    to = forms.ChoiceField(
        label="It is for",
        required=False,
        choices=[
            ("", "Let Hornbook tell"),
            ("la", "the local authority"),
            ("sta", "the Standards and Testing Agency (STA)"),
            ("mis", "our MIS"),
            ("school", "another school"),
        ],
    )
    show = forms.ChoiceField(required=False, choices=[("", ""), ("all", "")])

    def __init__(self, *posted: Any, mapping: Path | None = None) -> None:
        super().__init__(*posted)
        self._mapping = mapping

    def clean(self) -> dict[str, Any]:
        """What was written down of the codes of tests must be there to be read."""
        try:
            if self._mapping:
                held(self._mapping)
        except RulebookError as fault:
            raise ValidationError(
                f"No file can be checked until this is put right: {fault}"
            ) from fault
        return super().clean() or {}

    def clean_file(self) -> list[Sent]:
        """Every file, those in zips too, where they are not too much in all."""
        try:
            return queries.gathered(self.cleaned_data["file"])
        except queries.TooMuch as refusal:
            raise ValidationError(str(refusal)) from refusal

    @property
    def most_bytes(self) -> int:
        """How much may be sent at once."""
        return int(settings.HORNBOOK_MAX_UPLOAD)

    @property
    def most(self) -> str:
        """The same, to be read."""
        return wording.size(self.most_bytes)

    @property
    def sent(self) -> list[Sent]:
        """The files to look at."""
        found: list[Sent] = self.cleaned_data["file"]
        return found

    @property
    def asked(self) -> Asked:
        """Whom they are for, where the person said so, and by which codes to go."""
        return Asked(to=self.cleaned_data["to"] or None, mapping=self._mapping)

    @property
    def of_a_kind(self) -> int:
        """How many findings of a kind are shown."""
        return queries.MOST if self.cleaned_data["show"] else queries.FIRST


class ListForm(CheckForm):
    """The same files again, and in what form their list is wanted."""

    form = forms.ChoiceField(choices=[("csv", "CSV"), ("xlsx", "Excel")])

    @property
    def wanted(self) -> str:
        """The ending of the list's name: csv or xlsx."""
        return str(self.cleaned_data["form"])


class RepairForm(CheckForm):
    """The same files again, which of them is meant, and what was ticked.

    What was ticked is not laid down here, since it depends on what was found; see
    `mending.chosen_by`.
    """

    upload = forms.IntegerField(min_value=0, initial=0)
    entry = forms.IntegerField(min_value=0, initial=0)
    form = forms.ChoiceField(required=False, choices=[("", ""), ("save", "")])

    def clean(self) -> dict[str, Any]:
        """The file that is meant must be among those sent."""
        cleaned = super().clean()
        if not self.errors and self.meant is None:
            raise ValidationError("That file was not sent. Choose it once more.")
        return cleaned

    @property
    def meant(self) -> Sent | None:
        """The file to put right: without a script it is sent alone."""
        place = self.cleaned_data["upload"], self.cleaned_data["entry"]
        by_place = {(one.upload, one.entry): one for one in self.sent}
        alone = self.sent[0] if len(self.sent) == 1 else None
        return by_place.get(place, alone)

    @property
    def _posted(self) -> QueryDict:
        return cast("QueryDict", self.data)

    @property
    def chosen(self) -> Chosen:
        """What is to be put right."""
        return chosen_by(
            {name: str(value) for name, value in self._posted.items()},
            self._posted.getlist("safe"),
            self._posted.getlist("alike"),
            self._posted.getlist("drop"),
            self._posted.getlist("offered"),
        )

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """All that was ticked, to be sent again."""
        return [
            (name, value)
            for name, values in self._posted.lists()
            for value in values
            if name not in {"csrfmiddlewaretoken", "form", "file"}
        ]

    @property
    def wants_file(self) -> bool:
        """Whether the good file is to be saved, and not only shown."""
        return bool(self.cleaned_data["form"])
