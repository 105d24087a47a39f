"""The results of one sitting as a form: a choice or a line for each item."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from django import forms

from hornbook.rulebook.model import Item
from hornbook.web.results.cohort import Held, Member, aside, closed
from hornbook.web.results.earlier import Sitting
from hornbook.web.results.edits import Edit, State, Verdict
from hornbook.web.results.scripted import only_where

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
        self._open: dict[str, str] = {}
        typed = _as_typed(member, data or {})
        for item in sitting.collection.items:
            held = member.held.get(item.code)
            field = _field(item, held.value if held else "")
            self._open[item.code] = str(field.help_text)
            reason = closed(sitting.collection, item, typed)
            why = reason or aside(sitting.collection, item, typed)
            field.help_text = why or field.help_text
            # What is typed beside it may open a field, so that the form takes it all
            # the same, and what is sent is judged together.
            if reason and item.only_where and not member.locked:
                field.widget.attrs["disabled"] = True
            else:
                field.disabled = bool(reason)
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

    @property
    def told(self) -> dict[str, object]:
        """What opens and closes while one types, for the form's script."""
        items = () if self._member.locked else self._sitting.collection.items
        return {
            "names": {item.full_code: item.code for item in items},
            "beside": dict(self._member.beside),
            "items": [
                {
                    "name": item.code,
                    "open": self._open[item.code],
                    "only_where": only_where(item.only_where),
                }
                for item in items
                if item.only_where
            ],
        }

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


def _as_typed(member: Member, data: Mapping[str, str]) -> Member:
    """The pupil with what was sent in place of what stands."""
    sent = {code: Held(0, value) for code, value in data.items()}
    return replace(member, held={**member.held, **sent})


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
