"""What reports ask of the database: a fixed number of queries, and names apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final

from django.db.models import Max, QuerySet
from django.utils import formats

from hornbook.identifiers import AcademicYear
from hornbook.measures.formulas import items_of
from hornbook.measures.people import Assessed
from hornbook.reports.over_time import Cohorts
from hornbook.rulebook.letters import LetterFacts
from hornbook.rulebook.load import years
from hornbook.rulebook.measures import Measure, conversions, measures
from hornbook.rulebook.national import England, published
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment, Pupil, PupilQuerySet
from hornbook.web.pupils.queries import left_early
from hornbook.web.reporting.models import Commentary, OwnFigure
from hornbook.web.results.models import Result
from hornbook.web.results.queries import Sight
from hornbook.web.schools.models import School

MOST_YEARS: Final = 6
_FACTS: Final = (
    "sex",
    "ethnicity",
    "first_language",
    "fsm",
    "fsm_ever6",
    "looked_after",
    "sen_provision",
)
_ENROLLED: Final = (
    "pupil__school_id",
    "pupil_id",
    "academic_year",
    "nc_year",
    "left_on",
    "pupil__dob",
    "school_class__name",
)


def up_to(year: AcademicYear) -> tuple[AcademicYear, ...]:
    """The years that a report of a year looks back on, oldest first."""
    held = tuple(one for one in years() if one <= year)
    return held[-MOST_YEARS:]


def cohorts(
    sight: Sight, wanted: Iterable[AcademicYear], also: Iterable[str] = ()
) -> Cohorts:
    """Everybody of the year groups that are measured, by year: two queries.

    also are items that no measure counts, by their full codes.
    """
    everything = tuple(measures().values())
    return by_school(sight.pupils, wanted, everything, also)[sight.school.pk]


def by_school(
    pupils: PupilQuerySet,
    wanted: Iterable[AcademicYear],
    counted: Iterable[Measure],
    also: Iterable[str] = (),
) -> Mapping[int, Cohorts]:
    """Everybody of the year groups of some measures, by school and year: two queries.

    A school without any has every year all the same, with nobody in it.
    """
    asked = sorted(wanted)
    held = tuple(counted)
    items = {item for one in held for item in items_of(one)} | set(also)
    results = _results(pupils, asked, items)
    found: dict[int, dict[AcademicYear, list[Assessed]]] = defaultdict(
        lambda: {year: [] for year in asked}
    )
    enrolled = Enrolment.objects.filter(
        pupil__in=pupils,
        academic_year__in=[year.ends for year in asked],
        nc_year__in={measure.nc_year for measure in held},
    ).values_list(*_ENROLLED, *(f"pupil__{fact}" for fact in _FACTS))
    for school, key, ends, nc_year, left_on, dob, class_name, *facts in enrolled:
        found[school][AcademicYear(ends)].append(
            Assessed(
                key=key,
                nc_year=nc_year,
                left_on=left_early(left_on, ends),
                facts=_facts(dob, class_name, facts),
                results=results.get(key, {}),
            )
        )
    return found


@cache
def _items() -> tuple[str, ...]:
    return tuple({item for one in measures().values() for item in one.full_items})


def _results(
    pupils: PupilQuerySet, asked: Sequence[AcademicYear], items: Set[str]
) -> dict[int, dict[str, dict[int, str]]]:
    """Current values by pupil, item and year, as far back as a conversion looks."""
    back = max(one.years_before for one in conversions().values())
    rows = (
        Result.objects.filter(
            pupil__in=pupils,
            item__in=items,
            year__range=(asked[0].ends - back, asked[-1].ends),
        )
        .current()
        .exclude(value="")
        .values_list("pupil_id", "item", "year", "value")
    )
    found: dict[int, dict[str, dict[int, str]]] = defaultdict(dict)
    for pupil, item, ends, value in rows:
        found[pupil].setdefault(item, {})[ends] = value
    return found


def _facts(dob: date, class_name: str | None, facts: Sequence[str]) -> dict[str, str]:
    return dict(zip(_FACTS, facts, strict=True)) | {
        "dob": dob.isoformat(),
        "class_name": class_name or "",
    }


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A pupil by name, and their class; a namesake is in the same year group."""

    surname: str
    forename: str
    class_name: str
    key: int
    dob: date
    preferred: str = ""
    preferred_surname: str = ""
    has_namesake: bool = False

    @property
    def name(self) -> str:
        """Surname first, as a register has it."""
        return f"{self.surname}, {self.forename}"

    @property
    def born(self) -> str:
        """The date of birth, where the name does not say who it is."""
        return formats.date_format(self.dob) if self.has_namesake else ""

    @property
    def told_apart(self) -> str:
        """The name, by which nobody else of the year group can be meant."""
        return f"{self.name}, born {self.born}" if self.born else self.name

    @property
    def told_apart_shortly(self) -> str:
        """The same where there is little room."""
        return f"{self.name} ({self.dob:%d/%m/%Y})" if self.born else self.name

    @property
    def called(self) -> str:
        """The forename that the child is known by."""
        return self.preferred or self.forename

    @property
    def on_a_letter(self) -> str:
        """The whole name that the child is known by, as on an envelope."""
        return f"{self.called} {self.preferred_surname or self.surname}"


def names(user: User, school: School, year: AcademicYear) -> dict[int, Named]:
    """The pupils of a year whom a person may see by name, by key: one query."""
    seen = Pupil.objects.seen_by(user).filter(school=school)
    rows = Enrolment.objects.filter(
        pupil__in=seen, academic_year=year.ends
    ).values_list(
        "pupil__surname",
        "pupil__forename",
        "school_class__name",
        "pupil_id",
        "pupil__dob",
        "pupil__preferred_forename",
        "pupil__preferred_surname",
        "nc_year",
    )
    found = [
        (Named(surname, forename, class_name or "", key, dob, preferred, family), group)
        for surname, forename, class_name, key, dob, preferred, family, group in rows
    ]
    often = Counter(
        (name, group) for one, group in found for name in {one.name, one.on_a_letter}
    )
    return {
        one.key: replace(
            one,
            has_namesake=any(
                often[name, group] > 1 for name in (one.name, one.on_a_letter)
            ),
        )
        for one, group in found
    }


def latest_with_results(pupils: PupilQuerySet, year: AcademicYear) -> AcademicYear:
    """The latest year, up to one, of which results are held; that one if none is."""
    held = (
        Result.objects.filter(pupil__in=pupils, item__in=_items())
        .current()
        .exclude(value="")
        .filter(year__lte=year.ends)
        .aggregate(latest=Max("year"))
    )["latest"]
    found = AcademicYear(held) if held else year
    return found if found in years() else year


def upns(user: User, school: School) -> dict[int, str]:
    """The UPN of every pupil of a school whom a person may see, by key."""
    seen = Pupil.objects.seen_by(user).filter(school=school)
    return dict(seen.values_list("pk", "upn"))


def commentaries(
    user: User, school: School, letter: LetterFacts, year: AcademicYear
) -> dict[int, str]:
    """What the letters of a year say of progress, by pupil: one query."""
    held = Commentary.objects.seen_by(user).filter(
        pupil__school=school, letter=letter.code, academic_year=year.ends
    )
    return dict(held.values_list("pupil_id", "text"))


def england(school: School) -> England:
    """The national figures, and those that the school has written down: one query."""
    own = OwnFigure.objects.filter(school=school)
    return published().with_own(one.as_national() for one in own)


def own_figures(school: School, year: AcademicYear) -> QuerySet[OwnFigure]:
    """The national figures of a year that the school has written down."""
    return OwnFigure.objects.filter(school=school, academic_year=year.ends)
