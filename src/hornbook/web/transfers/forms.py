"""Choosing a file, and answering the questions of its plan."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from hornbook.matching import LEAVE_OUT, NEW, Held, Plan, Unsure, Update
from hornbook.web.transfers.actions import Answers, Clashes
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.wording import in_words

_LATER = ""


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Choose a file",
        help_text="A CTF from your MIS, such as 9092155_CTF_9092155_001.xml.",
        allow_empty_file=True,
        error_messages={
            "required": "Choose a file.",
            "max_length": "The file's name is too long. Give it a shorter one.",
        },
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


class AnswersForm(forms.Form):
    """The questions of a plan: what it is for, who is who, who has left."""

    update = forms.ChoiceField(
        label="What is to be brought in",
        choices=[
            (Update.BOTH.value, "Pupils and their results"),
            (Update.PUPILS.value, "Pupils only"),
            (Update.ASSESSMENTS.value, "Results only: no pupil is added or changed"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is to be brought in."},
    )
    clashes = forms.ChoiceField(
        label="Where a result differs",
        choices=[
            (Clashes.KEEP.value, "Keep ours, and only fill the gaps"),
            (Clashes.FILE.value, "Take the file's for all of them"),
            (Clashes.TICKED.value, "Take the file's for those ticked below"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    leavers = forms.TypedMultipleChoiceField(coerce=int, required=False)
    returners = forms.TypedMultipleChoiceField(coerce=int, required=False)
    theirs = forms.MultipleChoiceField(required=False)
    TICKS: ClassVar = ("leavers", "returners", "theirs")

    def __init__(
        self, plan: Plan, transfer: Transfer, data: Mapping[str, object] | None
    ) -> None:
        stored = transfer.choices
        self._decided: dict[str, str] = dict(stored.get("decided", {}))
        super().__init__(data, initial={"clashes": Clashes.KEEP.value} | stored)
        self._unsure = plan.unsure
        self._offer("leavers", (held.key for held in plan.missing))
        self._offer("returners", (match.held.key for match in plan.returned))
        self._offer("theirs", (entry.name for entry in plan.results_different))
        for number, unsure in enumerate(plan.unsure):
            self.fields[f"unsure-{number}"] = forms.ChoiceField(
                label=_named(unsure),
                help_text=unsure.reason,
                choices=_answers(unsure),
                widget=forms.RadioSelect,
                required=False,
                initial=_LATER,
            )

    def _offer(self, name: str, keys: Iterable[object]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(key), "") for key in keys]

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions about who is who."""
        return [self[f"unsure-{number}"] for number in range(len(self._unsure))]

    def ticked(self, name: str) -> set[str]:
        """What is ticked, as the page shows it."""
        return set(map(str, self[name].value() or ()))

    @property
    def answers(self) -> Answers:
        """What was answered, the answers of before included."""
        said = self.cleaned_data
        return Answers(
            update=Update(said["update"]),
            decided=self._decided | self._now_decided(),
            leavers=frozenset(said["leavers"]),
            returners=frozenset(said["returners"]),
            clashes=Clashes(said["clashes"] or Clashes.KEEP),
            theirs=frozenset(said["theirs"]),
        )

    @property
    def changes_the_plan(self) -> bool:
        """Whether an answer makes another plan than the one that was shown."""
        said = self.cleaned_data["update"] != self.initial.get("update")
        return said or bool(self._now_decided())

    def _now_decided(self) -> dict[str, str]:
        answered = {
            unsure.offer.upn: self.cleaned_data.get(f"unsure-{number}") or _LATER
            for number, unsure in enumerate(self._unsure)
        }
        return {upn: answer for upn, answer in answered.items() if upn and answer}


def _named(unsure: Unsure) -> str:
    """The pupil of the file, as far as the file says."""
    record = unsure.offer.record
    born = in_words("dob", record.dob if record.born else None)
    parts = [record.name or "No name", f"born {born}" if born else "", unsure.offer.upn]
    return ", ".join(filter(None, parts))


def _answers(unsure: Unsure) -> list[tuple[str, str]]:
    """What may be said of a pupil nobody can be sure of."""
    answers = [(_LATER, "Not decided yet: nothing of this pupil is brought in")]
    answers += [
        (str(held.key), f"The same pupil as {_who(held)}") for held in unsure.candidates
    ]
    if unsure.may_be_new:
        answers.append((NEW, "A new pupil"))
    answers.append((LEAVE_OUT, "Leave this pupil of the file out"))
    return answers


def _who(held: Held) -> str:
    record = held.record
    group = in_words("nc_year", record.nc_year)
    born = f"born {in_words('dob', record.dob)}"
    return ", ".join(filter(None, [record.name, group, born, held.upn]))
