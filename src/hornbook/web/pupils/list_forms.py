"""A list of pupils that somebody pastes or uploads, as a form."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from hornbook.web.pupils.lists import NotAList

PASTED: Final = "Pasted list"


class _Pasted(forms.CharField):
    """Lines that were pasted, without what no keyboard can type."""

    one_of = True

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\x00", "")


class _File(forms.FileField):
    """A file, unless lines are pasted; so neither is called optional."""

    one_of = True


class ListForm(forms.Form):
    """A list as a file, or as lines that were pasted; read_list says what it holds."""

    file = _File(
        label="The list as a file",
        help_text="Excel or CSV, with a heading over each column.",
        required=False,
        error_messages={"empty": "This file is empty."},
    )
    text = _Pasted(
        label="Or paste it",
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, and one that can be read."""
        given = super().clean() or {}
        if self.errors:
            return given
        upload, text = given.get("file"), given.get("text", "")
        if not upload and not text.strip():
            raise ValidationError({"file": "Choose a file, or paste the list."})
        if upload and upload.size > settings.HORNBOOK_MAX_UPLOAD:
            raise ValidationError({"file": "The file is too large for such a list."})
        try:
            self.read_list(upload, text)
        except NotAList as reason:
            raise ValidationError(
                {"file" if upload else "text": str(reason)}
            ) from reason
        return given

    def read_list(self, upload: Any, text: str) -> None:
        """Read the one that was given; raises NotAList."""
        raise NotImplementedError

    @property
    def name(self) -> str:
        """How the list is called."""
        upload = self.cleaned_data["file"]
        return upload.name if upload else PASTED
