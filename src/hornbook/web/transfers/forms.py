"""Choosing a file, and answering the questions of its plan."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from hornbook.matching import LEAVE_OUT, NEW, Plan, Unsure, Update
from hornbook.web.transfers.answers import Answers, Clashes
from hornbook.web.transfers.facts import parts_of, updates_of
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.wording import in_words, who

_LATER = ""


class UploadForm(forms.Form):
    """One file, or a zip of several."""

    file = forms.FileField(
        label="Choose a file, or drop it here",
        help_text="A CTF, a spreadsheet (Excel or CSV), or a zip of any of these.",
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
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is to be brought in."},
    )
    parts = forms.MultipleChoiceField(
        label="Of these",
        help_text="Take a tick away, and that part of the file changes nothing.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    # Present where the page showed the parts: no tick then means none is wanted.
    parts_shown = forms.BooleanField(required=False, widget=forms.HiddenInput)
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
    sure = forms.BooleanField(
        label="I have looked: it is the right file of the right school",
        required=False,
        # It stands beside what it answers, above the rest of its form.
        widget=forms.CheckboxInput(attrs={"form": "plan"}),
    )
    looked = forms.BooleanField(
        label="I have looked: each of these is the right pupil", required=False
    )
    # Those found by name alone who are somebody else, by the code of the file's pupil.
    not_them = forms.MultipleChoiceField(required=False)
    TICKS: ClassVar = ("leavers", "returners", "theirs", "not_them")

    def __init__(
        self, plan: Plan, transfer: Transfer, data: Mapping[str, object] | None
    ) -> None:
        stored = transfer.choices
        self._decided: dict[str, str] = dict(stored.get("decided", {}))
        self._skipped = frozenset(stored.get("skipped", ()))
        self._parts = parts_of(transfer)
        wanted = [part for part in self._parts if part not in self._skipped]
        initial = {"clashes": Clashes.KEEP.value, "parts": wanted, "parts_shown": True}
        super().__init__(data, initial=initial | stored)
        self._unsure = plan.unsure
        self._choose_from("update", updates_of(transfer))
        self._choose_from("parts", self._parts)
        self._offer("leavers", (held.key for held in plan.missing))
        self._offer("returners", (match.held.key for match in plan.returned))
        self._offer("theirs", (entry.name for entry in plan.results_different))
        self._offer("not_them", (one.match.offer.code for one in plan.by_name))
        for number, unsure in enumerate(plan.unsure):
            self.fields[f"unsure-{number}"] = forms.ChoiceField(
                label=_named(unsure),
                help_text=unsure.reason,
                choices=_answers(unsure),
                widget=forms.RadioSelect,
                required=False,
                initial=_LATER,
            )

    def _choose_from(self, name: str, choices: Mapping[str, str]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices.items())

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
            skipped=self._now_skipped(),
            sure=said["sure"],
            looked=said["looked"],
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
        aside = self._now_skipped() != self._skipped
        return said or aside or bool(self._now_decided())

    def _now_skipped(self) -> frozenset[str]:
        if not self.cleaned_data["parts_shown"]:
            return self._skipped
        return frozenset(self._parts) - frozenset(self.cleaned_data["parts"])

    def _now_decided(self) -> dict[str, str]:
        left_out = dict.fromkeys(self.cleaned_data["not_them"], LEAVE_OUT)
        answered = left_out | {
            unsure.offer.code: self.cleaned_data.get(f"unsure-{number}") or _LATER
            for number, unsure in enumerate(self._unsure)
        }
        return {code: answer for code, answer in answered.items() if answer}


def _named(unsure: Unsure) -> str:
    """The pupil of the file, as far as the file says."""
    record = unsure.offer.record
    born = in_words("dob", record.dob if record.born else None)
    parts = [record.name or "No name", f"born {born}" if born else "", unsure.offer.upn]
    return ", ".join(filter(None, [*parts, unsure.offer.class_name]))


def _answers(unsure: Unsure) -> list[tuple[str, str]]:
    """What may be said of a pupil nobody can be sure of."""
    answers = [(_LATER, "Not decided yet: nothing of this pupil is brought in")]
    answers += [
        (str(held.key), f"The same pupil as {who(held)}") for held in unsure.candidates
    ]
    if unsure.may_be_new:
        answers.append((NEW, "A new pupil"))
    answers.append((LEAVE_OUT, "Leave this pupil of the file out"))
    return answers
