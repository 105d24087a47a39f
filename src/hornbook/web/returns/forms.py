"""What a person says when a file is to be made in spite of its errors."""

from django import forms


class MakeForm(forms.Form):
    """known_errors is the number of errors the person ticked that they know of."""

    known_errors = forms.IntegerField(min_value=0, required=False)

    @property
    def agreed(self) -> int:
        """How many errors the person knows of."""
        return self.cleaned_data.get("known_errors") or 0 if self.is_valid() else 0
