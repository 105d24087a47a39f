"""Pupils and classes, as several pages ask for them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format

from hornbook.identifiers import NC_YEARS, AcademicYear
from hornbook.matching import NAMES, name_key, spellings
from hornbook.records import Pupil as Record
from hornbook.rulebook.load import codeset
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import ClassMove, Enrolment, Pupil, SchoolClass
from hornbook.web.schools.models import Membership, Role, School

Person = User | AnonymousUser
_MOST_MOVES: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which pupils of a school year are asked for; blank means all of them."""

    academic_year: int
    nc_year: str = ""
    class_pk: int | None = None
    words: str = ""
    leavers: str = ""


def stayed(academic_year: int, prefix: str = "") -> Q:
    """Whether an enrolment lasted its whole year: nobody left before the last day."""
    last_day = AcademicYear(academic_year).last_day
    return Q(**{f"{prefix}left_on": None}) | Q(**{f"{prefix}left_on__gte": last_day})


def left_early(left_on: date | None, academic_year: int) -> date | None:
    """The day a pupil left, where that was before the last day of the year."""
    last_day = AcademicYear(academic_year).last_day
    return left_on if left_on and left_on < last_day else None


def enrolments(user: Person, school: School, wanted: Wanted) -> QuerySet[Enrolment]:
    """The enrolments of the pupils asked for, by class and name."""
    seen = Pupil.objects.seen_by(user).filter(school=school)
    found = (
        Enrolment.objects.filter(pupil__in=seen, academic_year=wanted.academic_year)
        .select_related("pupil", "school_class")
        .order_by("pupil__surname", "pupil__forename", "pupil__pk")
    )
    if wanted.leavers == "only":
        found = found.exclude(stayed(wanted.academic_year))
    elif wanted.leavers != "all":
        found = found.filter(stayed(wanted.academic_year))
    if wanted.nc_year:
        found = found.filter(nc_year=wanted.nc_year)
    if wanted.class_pk:
        found = found.filter(school_class=wanted.class_pk)
    for word in wanted.words.split():
        found = found.filter(
            Q(pupil__surname__icontains=word)
            | Q(pupil__forename__icontains=word)
            | Q(pupil__preferred_surname__icontains=word)
            | Q(pupil__preferred_forename__icontains=word)
            | Q(pupil__upn__icontains=word)
            | Q(pupil__former_upns__upn__icontains=word)
            | Q(pupil__in=_written_otherwise(seen, word))
        )
    return found.distinct()


def _written_otherwise(seen: QuerySet[Pupil], word: str) -> list[int]:
    """Whose name holds a word but for accents, hyphens and apostrophes: Zoe, ONeil."""
    key = name_key(word)
    parts = ("surname", "forename", "preferred_surname", "preferred_forename")
    return [
        pk
        for pk, *names in seen.values_list("pk", *parts)
        if key
        and any(key in name_key(name) for name in names)
        and not any(word.casefold() in name.casefold() for name in names)
    ]


def year_groups(user: Person, school: School, academic_year: int) -> list[str]:
    """The year groups that have pupils, youngest first."""
    seen = Pupil.objects.seen_by(user).filter(school=school)
    held = set(
        Enrolment.objects.filter(pupil__in=seen, academic_year=academic_year)
        .order_by()
        .values_list("nc_year", flat=True)
        .distinct()
    )
    return [nc_year for nc_year in NC_YEARS if nc_year in held]


def academic_years(school: School) -> list[int]:
    """The school years that have enrolments, newest first."""
    return list(
        Enrolment.objects.filter(pupil__school=school)
        .order_by("-academic_year")
        .values_list("academic_year", flat=True)
        .distinct()
    )


def classes(school: School, academic_year: int) -> QuerySet[SchoolClass]:
    """The classes of a school year, with how many pupils are on roll in each."""
    return (
        SchoolClass.objects.filter(school=school, academic_year=academic_year)
        .annotate(
            size=Count("enrolments", filter=stayed(academic_year, "enrolments__"))
        )
        # Said here: a model's own order is left out where rows are counted.
        .order_by("name")
        .prefetch_related("teachers")
    )


def teachers(school: School) -> QuerySet[User]:
    """Those who hold the role of teacher at a school itself, whom a class may get."""
    held = Membership.objects.filter(school=school, role=Role.TEACHER)
    return User.objects.filter(pk__in=held.values("user"))


def groups_by_class(
    school: School, academic_year: int
) -> dict[int | None, list[tuple[str, int]]]:
    """How many of each year group are in each class, and in none; one query."""
    counts = (
        Enrolment.objects.filter(
            stayed(academic_year), pupil__school=school, academic_year=academic_year
        )
        .order_by()
        .values_list("school_class", "nc_year")
        .annotate(number=Count("pk"))
    )
    found: dict[int | None, list[tuple[str, int]]] = defaultdict(list)
    for held, nc_year, number in counts:
        found[held].append((nc_year, number))
    return {
        held: sorted(groups, key=lambda group: NC_YEARS.index(group[0]))
        for held, groups in found.items()
    }


def moves(school: School, academic_year: int) -> QuerySet[ClassMove]:
    """The last moves from one class to another in a year, newest first."""
    found = ClassMove.objects.filter(
        enrolment__pupil__school=school, enrolment__academic_year=academic_year
    ).exclude(before="")
    return found.select_related("enrolment__pupil")[:_MOST_MOVES]


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a list names: enrolments, and the lines that name nobody, or several."""

    found: tuple[Enrolment, ...]
    nobody: tuple[str, ...]
    several: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """The enrolments on roll, by every way in which a line may name the pupil."""

    by_key: Mapping[str, tuple[Enrolment, ...]]

    def by(self, words: str) -> tuple[Enrolment, ...]:
        """Whom the words mean."""
        return self.by_key.get(name_key(words), ())


def named_on_roll(school: School, academic_year: int) -> Named:
    """Everybody on roll, to be found by UPN or by name; one query."""
    on_roll = Enrolment.objects.filter(
        stayed(academic_year), pupil__school=school, academic_year=academic_year
    ).select_related("pupil", "school_class")
    by_key: dict[str, tuple[Enrolment, ...]] = {}
    for enrolment in on_roll:
        for key in ways_to_name(enrolment.pupil):
            by_key[key] = (*by_key.get(key, ()), enrolment)
    return Named(by_key)


def told_apart(meant: Iterable[Enrolment]) -> str:
    """Pupils of one name, by what tells them apart."""
    return " or ".join(map(_apart, meant))


def _apart(enrolment: Enrolment) -> str:
    where = enrolment.school_class or codeset("nc_years")[enrolment.nc_year]
    born = date_format(enrolment.pupil.dob, "j F Y")
    return f"{where}, born {born}, {enrolment.pupil.upn}"


def pasted(school: School, academic_year: int, text: str) -> Pasted:
    """Find the pupils on roll whom each line names, by UPN or by name."""
    named = named_on_roll(school, academic_year)
    lines = {line.strip(): named.by(line) for line in text.splitlines()}
    lines.pop("", None)
    return Pasted(
        found=tuple(meant[0] for meant in lines.values() if len(meant) == 1),
        nobody=tuple(line for line, meant in lines.items() if not meant),
        several=tuple(
            f"{line} ({told_apart(meant)})"
            for line, meant in lines.items()
            if len(meant) > 1
        ),
    )


def ways_to_name(pupil: Pupil) -> set[str]:
    """The ways in which a line may name a pupil."""
    names = {name: getattr(pupil, name) for name in NAMES}
    return {name_key(pupil.upn), *spellings(Record(**names))}
