"""What a reader chooses to see of a report."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from hornbook.rulebook.groups import Grouping, groupings
from hornbook.rulebook.measures import Measure, ReportFacts, measures_of
from hornbook.web.reporting.models import Letterhead

_NOTHING = ("", "Nothing")


class ChoiceForm(forms.Form):
    """A measure, by what, and by what together; and a percentage to reach."""

    measure = forms.ChoiceField(label="Measure")
    by = forms.ChoiceField(label="By", required=False)
    together = forms.ChoiceField(label="And", required=False)
    target = forms.IntegerField(
        label="What if: per cent to reach", min_value=1, max_value=100, required=False
    )

    def __init__(self, facts: ReportFacts, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(one.code, one.title) for one in groupings().values()]
        self._choose("measure", [(m.code, m.title) for m in measures_of(facts.code)])
        self._choose("by", [_NOTHING, *groups])
        self._choose("together", [_NOTHING, *groups])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen, or what a report opens on."""

    form: ChoiceForm
    measure: Measure
    by: tuple[Grouping, ...]
    target: int | None

    @property
    def query(self) -> str:
        """The choices as the end of an address."""
        by = [one.code for one in self.by]
        pairs = {
            "measure": self.measure.code,
            **dict(zip(("by", "together"), by, strict=False)),
        }
        if self.target:
            pairs["target"] = str(self.target)
        return urlencode(pairs)

    @classmethod
    def of(cls, facts: ReportFacts, asked: QueryDict) -> Self:
        """Read an address; one that says nothing known is what a report opens on."""
        first = next(one for one in measures_of(facts.code))
        opens = {"measure": first.code, "by": "sex"}
        form = ChoiceForm(facts, opens | asked.dict())
        said = form.cleaned_data if form.is_valid() else opens
        by = dict.fromkeys(filter(None, (said.get("by"), said.get("together"))))
        known = {one.code: one for one in measures_of(facts.code)}
        return cls(
            form=form,
            measure=known[str(said["measure"])],
            by=tuple(groupings()[str(code)] for code in by),
            target=said.get("target") or None,  # type: ignore[arg-type]
        )


class LetterForm(forms.ModelForm):  # type: ignore[type-arg]
    """The school's own heading and paragraphs of a letter."""

    class Meta:
        model = Letterhead
        fields = ("heading", "opening", "closing", "signed")
        labels = {
            "heading": "Heading, instead of the school's name",
            "opening": "Your paragraphs before the results",
            "closing": "Your paragraphs after the results",
            "signed": "Signed by",
        }
        help_texts = {
            "opening": "An empty line begins a new paragraph.",
            "closing": "For example when parents can talk to the teacher.",
        }
        widgets = {
            "opening": forms.Textarea(attrs={"rows": 4}),
            "closing": forms.Textarea(attrs={"rows": 4}),
        }


class KeepForm(forms.Form):
    """A name for a report with its choices, which come with it from the page."""

    name = forms.CharField(label="Keep these choices as", max_length=80)
    choices = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)
