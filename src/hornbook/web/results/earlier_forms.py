"""The results of one sitting as a form: a choice or a line for each item."""

from collections.abc import Mapping, Sequence
from typing import Final

from django import forms

from hornbook.rulebook.model import Item
from hornbook.web.results.cohort import Member, closed
from hornbook.web.results.earlier import Sitting
from hornbook.web.results.edits import Edit, State, Verdict

_CHANGED: Final = "Somebody else has changed this in the meantime: it is {value} now."
_LONGEST: Final = 20


class EarlierForm(forms.Form):
    """One field an item, named by its code, and the row that the person saw there."""

    def __init__(
        self, sitting: Sitting, member: Member, data: Mapping[str, str] | None
    ) -> None:
        super().__init__(data)
        self._sitting = sitting
        self._member = member
        for item in sitting.collection.items:
            held = member.held.get(item.code)
            field = _field(item, held.value if held else "")
            reason = closed(sitting.collection, item, member)
            if reason:
                field.disabled, field.help_text = True, reason
            self.fields[item.code] = field
            self.fields[f"{item.code}-seen"] = forms.IntegerField(
                required=False,
                initial=held.version if held else None,
                widget=forms.HiddenInput,
            )

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return self.visible_fields()

    def edits(self) -> list[Edit]:
        """What was entered, once the form is valid."""
        return [
            Edit(
                self._member.pupil,
                item.full_code,
                self.cleaned_data[item.code],
                self.cleaned_data[f"{item.code}-seen"],
            )
            for item in self._sitting.collection.items
            if not self.fields[item.code].disabled
        ]

    def refuse(self, verdicts: Sequence[Verdict]) -> None:
        """Say beside each field why it was not saved."""
        for verdict in verdicts:
            code = verdict.edit.item.partition(".")[2]
            if verdict.state is State.CONFLICT:
                now = verdict.before or "empty"
                self.add_error(code, _CHANGED.format(value=now))
            elif verdict.state not in {State.SAVED, State.SAME}:
                self.add_error(code, verdict.reason)


def _field(item: Item, value: str) -> forms.Field:
    """A list of the codes, or a line where there are marks."""
    if item.marks is not None:
        return forms.CharField(
            label=item.title,
            help_text=item.allowed_in_words[0].upper() + item.allowed_in_words[1:],
            required=False,
            max_length=_LONGEST,
            initial=value,
        )
    codes = [(each.code, f"{each.code}, {each.title}") for each in item.entered]
    if value and value not in dict(codes):
        codes.append((value, f"{value}, {item.meaning(value)}"))
    return forms.ChoiceField(
        label=item.title,
        choices=[("", "No result"), *codes],
        required=False,
        initial=value,
    )
