"""What is decided before a school moves up: who leaves, and what classes are called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django import forms
from django.core.exceptions import ValidationError

from hornbook.identifiers import NC_YEARS, AcademicYear
from hornbook.rulebook.load import codeset
from hornbook.web.accounts.models import User
from hornbook.web.days import DayField
from hornbook.web.pupils.models import SchoolClass
from hornbook.web.pupils.moving_up import (
    Choices,
    Enrolled,
    Going,
    Teacher,
    last_group,
    suggested_names,
)
from hornbook.web.pupils.taking_over import Offered, offered

_NOBODY: Final = "nobody"
_APART: Final = "apart-"


@dataclass(frozen=True, slots=True)
class Asked:
    """A pupil who may go apart from the rest, and where to."""

    pupil: Enrolled
    going: Going | None

    @property
    def field(self) -> str:
        """The name of the pupil's list of choices."""
        return f"{_APART}{self.pupil.pupil}"


@dataclass(frozen=True, slots=True)
class YearGroup:
    """The pupils of a year group, who nearly all go up together."""

    nc_year: str
    pupils: tuple[Asked, ...]

    @property
    def apart(self) -> int:
        """How many do not go with the rest."""
        return sum(each.going is not None for each in self.pupils)


@dataclass(frozen=True, slots=True)
class ClassAsked:
    """A class of the old year: what it becomes, and who teaches it then."""

    name: forms.BoundField
    teacher: forms.BoundField


class MoveUpForm(forms.Form):
    """The last year group, its last day, the classes, and who goes apart."""

    last_group = forms.ChoiceField(label="Year group that leaves")
    last_day = DayField(
        label="Their last day on roll",
        what="the last day on roll",
        example="22/07/2026",
    )

    def __init__(
        self,
        year: AcademicYear,
        classes: Sequence[SchoolClass],
        old: Sequence[Enrolled],
        there: frozenset[int],
        teachers: Iterable[User],
        data: Mapping[str, str] | None,
    ) -> None:
        super().__init__(data)
        self.year = year
        self._moving = [each for each in old if each.pupil not in there]
        self._classes = classes
        self._offer_groups({each.nc_year for each in old})
        leaving = last_group(old)
        names = suggested_names([each.name for each in classes], old, leaving)
        self._offered = offered(
            names,
            old,
            {each.name: _teaching(each.teachers.all()) for each in classes},
            _teaching(teachers),
        )
        self._first = Choices(
            last_group=leaving or _NOBODY,
            last_day=year.last_day,
            names=names,
            teachers={
                name: _given(one, one.usual) for name, one in self._offered.items()
            },
        )
        self.fields["last_group"].initial = self._first.last_group
        self.fields["last_day"].initial = year.last_day
        for each in classes:
            self._ask(each)

    def _ask(self, each: SchoolClass) -> None:
        """What a class becomes, and who teaches it."""
        self.fields[f"class-{each.pk}"] = forms.CharField(
            label=f"{each.name} becomes",
            max_length=40,
            required=False,
            initial=self._first.names[each.name],
        )
        self.fields[f"teacher-{each.pk}"] = forms.ChoiceField(
            label=f"Who teaches {each.name} then",
            choices=self._offered[each.name].labels,
            required=False,
            initial=self._offered[each.name].usual,
            error_messages={
                "invalid_choice": f"Choose from the list who teaches {each.name}: "
                "who was chosen is no teacher here any more."
            },
        )

    def _offer_groups(self, held: set[str]) -> None:
        titles = codeset("nc_years")
        choices = [(one, titles[one]) for one in NC_YEARS[:-1] if one in held]
        field = self.fields["last_group"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*choices, (_NOBODY, "Nobody leaves")]

    def clean_last_day(self) -> date:
        """A day of the year that ends."""
        day: date = self.cleaned_data["last_day"]
        if not self.year.first_day <= day <= self.year.last_day:
            raise ValidationError(f"The last day on roll must be in {self.year}.")
        return day

    def as_first_shown(self) -> Choices:
        """The choices as they are offered, before anybody changed them."""
        return self._first

    def choices(self) -> Choices:
        """What was chosen, once the form is valid."""
        chosen = self.cleaned_data
        return Choices(
            last_group=chosen["last_group"],
            last_day=chosen["last_day"],
            names={each.name: chosen[f"class-{each.pk}"] for each in self._classes},
            apart=self._apart(),
            teachers={
                each.name: _given(
                    self._offered[each.name], chosen[f"teacher-{each.pk}"]
                )
                for each in self._classes
            },
        )

    def _apart(self) -> dict[int, Going]:
        """The pupils who do not go up with the rest."""
        words = {each.value: each for each in Going}
        said = {
            each.pupil: words.get(str(self.data.get(f"{_APART}{each.pupil}")))
            for each in self._moving
        }
        return {pupil: going for pupil, going in said.items() if going}

    @property
    def year_groups(self) -> list[YearGroup]:
        """Everybody who moves, youngest first, with what was chosen for them."""
        apart = self._apart()
        return [
            YearGroup(
                group,
                tuple(
                    Asked(each, apart.get(each.pupil))
                    for each in self._moving
                    if each.nc_year == group
                ),
            )
            for group in NC_YEARS
            if any(each.nc_year == group for each in self._moving)
        ]

    @property
    def class_fields(self) -> list[ClassAsked]:
        """What is asked of each class."""
        return [
            ClassAsked(self[f"class-{each.pk}"], self[f"teacher-{each.pk}"])
            for each in self._classes
        ]


def _teaching(people: Iterable[User]) -> tuple[Teacher, ...]:
    return tuple(sorted((Teacher(each.pk, str(each)) for each in people), key=_name))


def _name(teacher: Teacher) -> str:
    return teacher.name


def _given(offer: Offered, word: str) -> tuple[Teacher, ...]:
    """Who is meant by a choice; nobody where none was made."""
    return offer.teachers.get(word, ())
