"""Pupils and classes, as forms."""

from collections.abc import Mapping
from datetime import date
from itertools import islice

from django import forms
from django.core.exceptions import ValidationError

from hornbook.identifiers import (
    CHECK_LETTERS,
    UPN,
    AcademicYear,
    check_letter,
    check_sum,
    likely_upns,
)
from hornbook.rulebook.load import codeset
from hornbook.web.accounts.models import User
from hornbook.web.days import DayField
from hornbook.web.pupils import queries
from hornbook.web.pupils.models import Enrolment, Pupil, SchoolClass
from hornbook.web.schools.models import School

_SUGGESTED = 3
_UNKNOWN = ("", "Not known")
_YES_NO = (_UNKNOWN, ("Y", "Yes"), ("N", "No"))


def _choices(name: str) -> list[tuple[str, str]]:
    return [_UNKNOWN, *codeset(name).items()]


def check_letter_in_words(upn: str) -> str:
    """The sum behind a check letter, for somebody who wants to see it."""
    pairs = check_sum(upn[1:])
    total = sum(value * weight for value, weight in pairs)
    terms = " + ".join(f"{value} x {weight}" for value, weight in pairs)
    letters = len(CHECK_LETTERS)
    return (
        f"The sum: {terms} = {total}. Divided by {letters} that leaves "
        f"{total % letters}, which stands for {check_letter(upn[1:])}."
    )


class PupilForm(forms.ModelForm):  # type: ignore[type-arg]
    """A pupil's details, checked as a file's are."""

    class Meta:
        """The fields, in the order of the page."""

        model = Pupil
        fields = [
            "upn", "surname", "forename", "middle_names", "preferred_surname",
            "preferred_forename", "former_surname", "dob", "sex", "ethnicity",
            "first_language", "fsm", "fsm_ever6", "sen_provision", "looked_after",
            "service_child", "postcode",
        ]  # fmt: skip
        labels = {
            "middle_names": "Middle names",
            "fsm": "Eligible for free school meals now",
            "fsm_ever6": "Eligible for free school meals in the last 6 years",
            "sen_provision": "Special educational needs",
            "postcode": "Home postcode",
        }
        error_messages = {
            "upn": {"required": "Enter the UPN."},
            "surname": {"required": "Enter the surname."},
            "forename": {"required": "Enter the forename."},
            "sex": {"required": "Choose the sex."},
        }

    dob = DayField(
        label="Date of birth", what="the date of birth", example="19/04/2020"
    )
    sex = forms.ChoiceField(
        choices=[("", "Choose"), ("F", "Female"), ("M", "Male")],
        error_messages=Meta.error_messages["sex"],
    )
    ethnicity = forms.ChoiceField(
        choices=lambda: _choices("ethnicities"), required=False
    )
    first_language = forms.ChoiceField(
        label="First language", choices=lambda: _choices("languages"), required=False
    )
    sen_provision = forms.ChoiceField(
        label=Meta.labels["sen_provision"],
        choices=lambda: _choices("sen_provision"),
        required=False,
    )
    fsm = forms.ChoiceField(label=Meta.labels["fsm"], choices=_YES_NO, required=False)
    fsm_ever6 = forms.ChoiceField(
        label=Meta.labels["fsm_ever6"], choices=_YES_NO, required=False
    )
    looked_after = forms.ChoiceField(
        label="Looked after", choices=_YES_NO, required=False
    )
    service_child = forms.ChoiceField(
        label="Child of service personnel", choices=_YES_NO, required=False
    )

    def __init__(
        self, school: School, data: Mapping[str, object] | None, pupil: Pupil | None
    ) -> None:
        super().__init__(data, instance=pupil)
        self.school = school
        self._keep_unlisted("ethnicity", "first_language", "sen_provision")

    def _keep_unlisted(self, *names: str) -> None:
        """A code from a file that no list holds stays as it is."""
        for name in names:
            field = self.fields[name]
            code = getattr(self.instance, name)
            if code and isinstance(field, forms.ChoiceField):
                listed = [*field.choices]  # type: ignore[misc]
                if code not in dict(listed):
                    field.choices = [*listed, (code, code)]

    def clean_upn(self) -> str:
        """A sound UPN that no other pupil of the school has."""
        typed = str(self.cleaned_data["upn"]).strip().upper()
        try:
            upn = UPN.parse(typed).text
        except ValueError as fault:
            self._explain(typed)
            raise ValidationError(_why(typed, fault)) from fault
        same = Pupil.objects.filter(school=self.school, upn=upn)
        other = same.exclude(pk=self.instance.pk).first()
        if other is not None:
            raise ValidationError(
                f"This UPN belongs to another pupil, {other}{_in_class(other)}."
            )
        return upn

    def _explain(self, typed: str) -> None:
        """Show the sum beside the field, where there is one."""
        try:
            self["upn"].help_text = check_letter_in_words(typed)
        except ValueError:
            return

    def clean_dob(self) -> date:
        """A day in the past."""
        born: date = self.cleaned_data["dob"]
        if born > date.today():  # noqa: DTZ011 - a birthday has no time zone
            raise ValidationError("The date of birth must be in the past.")
        return born


def _why(typed: str, fault: ValueError) -> str:
    """Why a UPN is refused, and what was likely meant."""
    likely = list(islice(likely_upns(typed), _SUGGESTED))
    return f"{fault} Likely meant: {' or '.join(likely)}." if likely else str(fault)


def _in_class(pupil: Pupil) -> str:
    """The newest class of a pupil, in words."""
    newest = (
        pupil.enrolments.select_related("school_class")
        .exclude(school_class=None)
        .order_by("-academic_year")
        .first()
    )
    return f" in {newest.school_class}" if newest else ""


class YearGroupForm(forms.Form):
    """The year group in which a pupil is enrolled, and the class."""

    nc_year = forms.ChoiceField(
        label="Year group",
        choices=lambda: [("", "Choose"), *codeset("nc_years").items()],
        error_messages={"required": "Choose the year group."},
    )
    school_class = forms.ModelChoiceField(
        label="Class",
        queryset=SchoolClass.objects.none(),
        required=False,
        empty_label="No class yet",
    )

    def __init__(
        self, school: School, year: int, data: Mapping[str, object] | None
    ) -> None:
        super().__init__(data)
        field = self.fields["school_class"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = SchoolClass.objects.filter(
                school=school, academic_year=year
            )


class LeavingForm(forms.Form):
    """The day a pupil left."""

    left_on = DayField(
        label="Last day on roll",
        what="the last day on roll",
        example="22/05/2026",
        help_text="Results stay, and the pupil is in returns of what was being "
        "assessed when they left.",
    )

    def __init__(self, year: AcademicYear, data: Mapping[str, object] | None) -> None:
        super().__init__(data)
        self._year = year

    def clean_left_on(self) -> date:
        """A day of the school year."""
        day: date = self.cleaned_data["left_on"]
        if not self._year.first_day <= day <= self._year.last_day:
            raise ValidationError(
                f"The last day on roll must be in {self._year}, from 1 September "
                f"{self._year.starts} to 31 August {self._year.ends}."
            )
        return day


class ClassForm(forms.Form):
    """A class's name and teachers."""

    name = forms.CharField(
        label="Name of the class",
        max_length=40,
        error_messages={"required": "Enter a name for the class."},
    )
    teachers = forms.ModelMultipleChoiceField(
        label="Teachers",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        school: School,
        year: int,
        data: Mapping[str, object] | None,
        school_class: SchoolClass | None = None,
    ) -> None:
        initial: dict[str, object] = {}
        if school_class is not None:
            initial = {
                "name": school_class.name,
                "teachers": [each.pk for each in school_class.teachers.all()],
            }
        super().__init__(data, initial=initial)
        others = SchoolClass.objects.filter(school=school, academic_year=year)
        self._others = others.exclude(pk=school_class.pk) if school_class else others
        field = self.fields["teachers"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = queries.teachers(school)

    def clean_name(self) -> str:
        """A name that no other class of the year has."""
        name = str(self.cleaned_data["name"]).strip()
        if self._others.filter(name__iexact=name).exists():
            raise ValidationError(f"There is a class {name} in this year already.")
        return name


class FillForm(forms.Form):
    """Pupils of a class: ticked, or pasted a line each."""

    pupils = forms.ModelMultipleChoiceField(
        queryset=Enrolment.objects.none(), required=False
    )
    names = forms.CharField(
        label="Or paste a list of pupils, one on each line",
        help_text="UPNs or names. They are added to those ticked.",
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
