"""What a person says of a return: its errors, its sending, its answer."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from hornbook.rulebook.model import Rulebook
from hornbook.web.returns.models import Answer
from hornbook.web.schools.models import School

DAYS: Final = ["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y"]


class MakeForm(forms.Form):
    """known_errors is the number of errors the person ticked that they know of."""

    known_errors = forms.IntegerField(min_value=0, required=False)

    @property
    def agreed(self) -> int:
        """How many errors the person knows of."""
        return self.cleaned_data.get("known_errors") or 0 if self.is_valid() else 0


class _Day(forms.DateField):
    """A day that has come already."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            input_formats=DAYS,
            widget=forms.DateInput(
                format="%d/%m/%Y", attrs={"class": "govuk-input--width-10"}
            ),
            error_messages={
                "required": "Enter the day.",
                "invalid": "Write the day like 22/06/2026.",
            },
        )

    def clean(self, value: Any) -> Any:
        """The day, which cannot be still to come."""
        day = super().clean(value)
        if day is not None and day > timezone.localdate():
            raise ValidationError("The day is still to come.")
        return day


class SentForm(forms.Form):
    """When a file was sent, and what the recipient gave as proof."""

    sent_on = _Day("Day it was sent")
    receipt = forms.CharField(
        label="Receipt reference",
        help_text="What the portal shows or mails once the file has arrived.",
        max_length=200,
        required=False,
    )


class AnswerForm(forms.Form):
    """Whether the recipient took the file, and its words."""

    answer = forms.ChoiceField(
        label="What the recipient said",
        choices=[(one.value, one.label) for one in (Answer.ACCEPTED, Answer.REFUSED)],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose accepted or refused."},
    )
    answered_on = _Day("Day of the answer")
    words = forms.CharField(
        label="Its words",
        help_text="Paste the whole message. Pupils who are named in it are found.",
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        """A refusal without a word leads nowhere."""
        said = self.cleaned_data
        if said.get("answer") == Answer.REFUSED and not said.get("words", "").strip():
            self.add_error("words", "Paste what the recipient wrote, so that it helps.")
        return said


class _Ticked(forms.Field):
    """What was ticked on a page, as text; whoever reads it looks for what it knows."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> frozenset[str]:
        """The texts, each once."""
        return frozenset(map(str, value or ()))


class AcceptForm(forms.Form):
    """The queries that are right, by their short names, and why."""

    query = _Ticked(required=False)
    note = forms.CharField(required=False, max_length=500)


class ChooseForm(forms.Form):
    """Who is in the return, by the pupil's key, and why."""

    pupil = _Ticked(required=False)
    reason = forms.CharField(
        label="Why",
        help_text="For whoever asks later, such as: went to another school on 1 June.",
        max_length=200,
        required=False,
    )

    @property
    def pupils(self) -> frozenset[int]:
        """Who is in it."""
        return frozenset(
            int(key) for key in self.cleaned_data["pupil"] if key.isdigit()
        )


class SeveralForm(forms.Form):
    """Which return of which schools."""

    what_for = forms.ChoiceField(
        label="Return", error_messages={"required": "Choose a return."}
    )
    schools = forms.ModelMultipleChoiceField(
        queryset=School.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick the schools."},
    )

    def __init__(
        self, book: Rulebook, schools: QuerySet[School], data: Any = None
    ) -> None:
        super().__init__(data, initial={"schools": schools})
        self.fields["what_for"].choices = [  # type: ignore[attr-defined]
            (f"{one.code} {each.code}", f"{one.title}: {each.title}")
            for one in book.returns.values()
            for each in one.recipients
        ]
        self.fields["schools"].queryset = schools  # type: ignore[attr-defined]

    @property
    def what(self) -> tuple[str, str]:
        """The codes of the collection and of the recipient."""
        collection, _, recipient = self.cleaned_data["what_for"].partition(" ")
        return collection, recipient
