"""Choosing a file, and what is to be done with it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from hornbook.matching import LEAVE_OUT, NEW, Held, Plan, Unsure, Update
from hornbook.web.transfers.models import Transfer

_LATER = ""


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Choose a file",
        help_text="A CTF from your MIS, such as 9092155_CTF_9092155_001.xml.",
        allow_empty_file=True,
        error_messages={"required": "Choose a file."},
    )

    def clean_file(self) -> Any:
        """No larger than the limit."""
        upload = self.cleaned_data["file"]
        if (upload.size or 0) > settings.HORNBOOK_MAX_UPLOAD:
            megabytes = settings.HORNBOOK_MAX_UPLOAD // (1024 * 1024)
            raise ValidationError(
                f"This file is too large. It must be no more than {megabytes} MB."
            )
        return upload


class ChoicesForm(forms.Form):
    """What the file is for here, and who the unsure pupils are."""

    update = forms.ChoiceField(
        label="What is to be brought in",
        choices=[
            (Update.BOTH.value, "Pupils and their results"),
            (Update.PUPILS.value, "Pupils only"),
            (Update.ASSESSMENTS.value, "Results only: no pupil is added or changed"),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(
        self, plan: Plan, transfer: Transfer, data: Mapping[str, object] | None
    ) -> None:
        chosen = transfer.choices.get("update", Update.BOTH.value)
        super().__init__(data, initial={"update": chosen})
        self._unsure = plan.unsure
        for number, unsure in enumerate(plan.unsure):
            self.fields[f"unsure-{number}"] = forms.ChoiceField(
                label=f"{unsure.offer.record.name}, {unsure.offer.upn or 'no UPN'}",
                help_text=unsure.reason,
                choices=_answers(unsure),
                required=False,
            )

    @property
    def update_now(self) -> Update:
        """What was chosen."""
        return Update(self.cleaned_data["update"])

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions about pupils."""
        return [self[f"unsure-{number}"] for number in range(len(self._unsure))]

    def decided(self, transfer: Transfer) -> dict[str, str]:
        """The answers so far, by UPN of the file."""
        answers: dict[str, str] = dict(transfer.choices.get("decided", {}))
        for number, unsure in enumerate(self._unsure):
            answer = self.cleaned_data.get(f"unsure-{number}") or _LATER
            if answer and unsure.offer.upn:
                answers[unsure.offer.upn] = answer
        return answers


def _answers(unsure: Unsure) -> list[tuple[str, str]]:
    """What may be said of a pupil nobody can be sure of."""
    answers = [(_LATER, "Not decided: leave as it is")]
    answers += [
        (str(held.key), f"The same pupil as {_who(held)}") for held in unsure.candidates
    ]
    if unsure.may_be_new:
        answers.append((NEW, "A new pupil"))
    answers.append((LEAVE_OUT, "Leave this pupil of the file out"))
    return answers


def _who(held: Held) -> str:
    return f"{held.record.name}, born {held.record.dob}, {held.upn}"
