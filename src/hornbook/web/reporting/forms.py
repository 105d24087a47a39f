"""What a reader chooses to see of a report."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Self
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from hornbook.rulebook.groups import Grouping, groupings
from hornbook.rulebook.measures import Measure, ReportFacts, measures, measures_of
from hornbook.web.reporting.models import Letterhead

_NOTHING: Final = ("", "Nothing")
_FIGURE: Final = re.compile(r"(.*?[^\d.])(\d{1,3}(?:\.\d)?)\s*%?")
_PER_CENT: Final = "Write a whole number from 1 to 100."
_WHOLE: Final = Decimal(100)


class ChoiceForm(forms.Form):
    """A measure, by what, and by what together; and a percentage to reach."""

    measure = forms.ChoiceField(label="Measure")
    by = forms.ChoiceField(label="By", required=False)
    together = forms.ChoiceField(label="And", required=False)
    target = forms.IntegerField(
        label="What if: per cent to reach",
        min_value=1,
        max_value=100,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _PER_CENT),
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
        by = [one.code for one in self.by] or [""]
        pairs = {
            "measure": self.measure.code,
            **dict(zip(("by", "together"), by, strict=False)),
        }
        if self.target:
            pairs["target"] = str(self.target)
        return urlencode(pairs)

    @classmethod
    def of(cls, facts: ReportFacts, asked: QueryDict) -> Self:
        """Read an address; what it says that is not known is as a report opens."""
        first = next(one for one in measures_of(facts.code))
        opens = {"measure": first.code, "by": "sex"}
        form = ChoiceForm(facts, opens | asked.dict())
        form.full_clean()
        said = opens | form.cleaned_data
        by = dict.fromkeys(filter(None, (said.get("by"), said.get("together"))))
        known = {one.code: one for one in measures_of(facts.code)}
        return cls(
            form=form,
            measure=known[str(said["measure"])],
            by=tuple(groupings()[str(code)] for code in by),
            target=said.get("target") or None,
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


class FiguresForm(forms.Form):
    """National figures of a year, pasted: a line a measure, its name and its figure."""

    release = forms.CharField(
        label="Release",
        max_length=120,
        error_messages={"required": "Write which release the figures are of."},
        help_text="For example: provisional, 10 September 2026.",
    )
    pasted = forms.CharField(
        label="Figures",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Paste the figures: a line a measure."},
        help_text="A line a measure: its name as it stands above, then the figure, "
        "with a tab, a comma or spaces between. Two columns of a spreadsheet will do.",
    )

    def clean_pasted(self) -> dict[Measure, Decimal]:
        """Every figure by its measure; one line that is not clear refuses them all."""
        found: dict[Measure, Decimal] = {}
        for number, line in enumerate(self.cleaned_data["pasted"].splitlines(), 1):
            if line.strip():
                try:
                    measure, value = read_figure(line)
                except ValueError as fault:
                    raise forms.ValidationError(f"Line {number}: {fault}") from fault
                found[measure] = value
        return found


def read_figure(line: str) -> tuple[Measure, Decimal]:
    """A measure and its national figure; ValueError says what is not clear."""
    found = _FIGURE.fullmatch(line.strip())
    if found is None:
        raise ValueError(f"{line.strip()} has no figure at its end, such as 68.3.")
    name = found[1].strip(" \t,;:").casefold()
    named = {one.title.casefold(): one for one in measures().values()}
    if name not in named:
        raise ValueError(f"{found[1].strip()} is not one of the measures.")
    measure, value = named[name], Decimal(found[2])
    if not measure.is_mean and value > _WHOLE:
        raise ValueError(f"{value} is more than 100 per cent.")
    return measure, value
