"""Schools and people, as forms."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from hornbook.identifiers import AcademicYear, LAEstab, parse_urn
from hornbook.rulebook.load import codeset
from hornbook.web.accounts.models import User
from hornbook.web.schools.actions import KEPT
from hornbook.web.schools.models import LocalAuthority, Role, School, Trust
from hornbook.web.schools.permissions import IN_WORDS
from hornbook.web.schools.queries import Over


def email_field(label: str, hint: str = "") -> forms.EmailField:
    """An e-mail address, with what is wrong in words."""
    return forms.EmailField(
        label=label,
        help_text=hint,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Enter an e-mail address.",
            "invalid": "An e-mail address looks like name@school.example.",
        },
    )


def _digits(label: str, hint: str, missing: str) -> forms.CharField:
    """A short number."""
    short = {"class": "govuk-input--width-5", "inputmode": "numeric"}
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=12,
        required=bool(missing),
        widget=forms.TextInput(attrs=short),
        error_messages={"required": missing},
    )


class SchoolForm(forms.Form):
    """A school's name and numbers."""

    name = forms.CharField(
        label="Name of the school",
        max_length=200,
        error_messages={"required": "Enter the name of the school."},
    )
    la = _digits("LA number", "3 digits, such as 909.", "Enter the LA number.")
    estab = _digits(
        "Establishment number",
        "4 digits, such as 2155. With the LA number it is the DfE number.",
        "Enter the establishment number.",
    )
    urn = _digits("URN", "6 digits.", "")

    def __init__(
        self, data: Mapping[str, Any] | None = None, school: School | None = None
    ) -> None:
        known = {name: getattr(school, name) for name in KEPT} if school else {}
        super().__init__(data, initial=known)
        self.school = school

    def clean_la(self) -> str:
        """The number of a local authority, of now or of the past."""
        la: str = self.cleaned_data["la"]
        if la not in codeset("la_numbers"):
            raise ValidationError(
                f"No local authority has the number {la}. It is 3 digits, such as 909."
            )
        return la

    def clean_estab(self) -> str:
        """Four digits."""
        estab: str = self.cleaned_data["estab"]
        if len(estab) != 4 or not (estab.isascii() and estab.isdigit()):
            raise ValidationError("The establishment number must be 4 digits.")
        return estab

    def clean_urn(self) -> str:
        """Six digits, or nothing yet."""
        urn: str = self.cleaned_data["urn"]
        try:
            return parse_urn(urn) if urn else ""
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault

    def clean(self) -> dict[str, Any]:
        """No two schools have one number."""
        cleaned = self.cleaned_data
        same = School.objects.filter(la=cleaned.get("la"), estab=cleaned.get("estab"))
        other = same.first()
        if other is not None and other != self.school:
            self.add_error("estab", f"{other} has the number {other.laestab} already.")
        return cleaned

    @property
    def number(self) -> LAEstab:
        """The DfE number, once the form is sound."""
        return LAEstab(self.cleaned_data["la"], self.cleaned_data["estab"])

    @property
    def over(self) -> Trust | LocalAuthority | None:
        """What the school is added to: nothing, in this form."""
        return None


class SettingsForm(SchoolForm):
    """A school's name and numbers, and how it works with returns."""

    head_signs = forms.BooleanField(
        label="The headteacher signs a return off before its file is made",
        help_text="A file for your own MIS needs no signature.",
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None, school: School) -> None:
        super().__init__(data, school)
        self.initial["head_signs"] = school.head_signs


class AddSchoolForm(SchoolForm):
    """A school, and who is to look after it first."""

    admin_name = forms.CharField(
        label="Name of its administrator",
        help_text="Whoever looks after people and settings. They invite the others.",
        max_length=150,
        error_messages={"required": "Enter the administrator's name."},
    )
    admin_email = email_field(
        "Their e-mail address",
        "They sign in with it. No mail is sent: you will be given a link to hand over.",
    )


class OverseenSchoolForm(AddSchoolForm):
    """A school that a trust or a local authority adds to its own."""

    group = forms.ChoiceField(label="Add it to")

    def __init__(self, over: Over, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        groups: Iterable[tuple[str, Trust | LocalAuthority]] = [
            *((f"trust-{one.pk}", one) for one in over.trusts),
            *((f"authority-{one.pk}", one) for one in over.authorities),
        ]
        self.groups = dict(groups)
        choice = cast(forms.ChoiceField, self.fields["group"])
        choice.choices = [(key, str(one)) for key, one in self.groups.items()]

    @property
    def over(self) -> Trust | LocalAuthority | None:
        """The trust or local authority that was chosen."""
        return self.groups[self.cleaned_data["group"]]


def _roles() -> list[tuple[str, str]]:
    return [(role.value, f"{role.label}: {IN_WORDS[role]}") for role in Role]


class PersonForm(forms.Form):
    """A person's roles at a school, and the classes they teach."""

    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=_roles,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role."},
    )
    classes = forms.MultipleChoiceField(
        label="Classes, for a teacher",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        school: School,
        year: AcademicYear,
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        classes = school.classes.filter(academic_year=year.ends)
        choice = cast(forms.MultipleChoiceField, self.fields["classes"])
        choice.choices = [(one.pk, one.name) for one in classes]
        choice.help_text = (
            f"A teacher sees these classes of {year} and no others."
            if classes
            else f"There are no classes of {year} yet. Make them under Pupils."
        )

    @property
    def chosen_roles(self) -> list[Role]:
        """The roles that were ticked."""
        return [Role(role) for role in self.cleaned_data["roles"]]

    @property
    def chosen_classes(self) -> list[int]:
        """The classes that were ticked."""
        return [int(pk) for pk in self.cleaned_data["classes"]]


class InviteForm(PersonForm):
    """Somebody new."""

    name = forms.CharField(
        label="Name", max_length=150, error_messages={"required": "Enter a name."}
    )
    email = email_field("E-mail address", "They sign in with it. No mail is sent.")
    field_order = ("name", "email", "roles", "classes")

    def clean_email(self) -> str:
        """In small letters, as it is kept."""
        email: str = self.cleaned_data["email"]
        return email.lower()


def initial_of(user: User, school: School, year: AcademicYear) -> dict[str, Any]:
    """What a person's form starts from."""
    taught = user.classes.filter(school=school, academic_year=year.ends)
    return {
        "roles": list(
            user.memberships.filter(school=school).values_list("role", flat=True)
        ),
        "classes": list(taught.values_list("pk", flat=True)),
    }
