"""A school of 630 pupils with six years of results, made up the same every time."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Final

from hornbook.identifiers import AcademicYear, check_letter
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.model import Item
from hornbook.web.pupils.models import Enrolment, Pupil, SchoolClass
from hornbook.web.results.models import Result, Source
from hornbook.web.schools.models import School

YEARS: Final = tuple(range(2021, 2027))
GROUPS: Final = ("R", "1", "2", "3", "4", "5", "6")
ASSESSED: Final = {
    "R": ("eyfsp",),
    "1": ("phonics",),
    "2": ("phonics", "ks1"),
    "4": ("mtc",),
    "6": ("ks2-tests", "ks2-teacher-assessment"),
}


def fill(school: School, size: int, last: int = 2026) -> None:
    """So many pupils in each year group of each of six years up to the last."""
    dice = random.Random(11)  # noqa: S311 - invented pupils, not secrets
    years = range(last - 5, last + 1)
    births = range(last - 5 - 11, last - 4)
    classes = {
        (ends, group): SchoolClass.objects.create(
            school=school, academic_year=ends, name=f"Class {group}"
        )
        for ends in years
        for group in GROUPS
    }
    for birth in births:
        pupils = Pupil.objects.bulk_create(
            _pupil(dice, school, birth, n) for n in range(size)
        )
        enrolments = []
        results: list[Result] = []
        for ends in years:
            age = ends - birth - 5
            if 0 <= age < len(GROUPS):
                group = GROUPS[age]
                for pupil in pupils:
                    within = classes[ends, group]
                    enrolments.append(
                        Enrolment(
                            pupil=pupil,
                            academic_year=ends,
                            nc_year=group,
                            school_class=within,
                        )
                    )
                    results += _results(dice, pupil, group, ends)
        Enrolment.objects.bulk_create(enrolments)
        Result.objects.bulk_create(results, batch_size=2000)


def _pupil(dice: random.Random, school: School, birth: int, number: int) -> Pupil:
    body = f"{school.laestab}{birth % 100:02}{number + 400:03}"
    return Pupil(
        school=school,
        upn=check_letter(body) + body,
        surname=f"Surname{birth}x{number}",
        forename=f"Forename{number}",
        dob=date(birth - 1, 9 + number % 4, 1 + number % 28),
        sex="FM"[number % 2],
        fsm="Y" if dice.random() < 0.2 else "N",
        sen_provision=dice.choice("NNNNNKKE"),
        first_language=dice.choice(("ENG", "ENG", "POL")),
        ethnicity=dice.choice(("WBRI", "APKN", "MWAS")),
    )


def _results(
    dice: random.Random, pupil: Pupil, group: str, ends: int
) -> Iterator[Result]:
    if ends < 2022:
        return
    book = rulebook(AcademicYear(ends))
    for code in ASSESSED.get(group, ()):
        for item in book.collections[code].items:
            if item.required or item.marks is not None:
                yield Result(
                    pupil=pupil,
                    item=item.full_code,
                    year=ends,
                    value=_value(dice, item),
                    by_name="Somebody",
                    source=Source.DEMO,
                )


def _value(dice: random.Random, item: Item) -> str:
    if item.marks is not None:
        return str(dice.randint((item.marks.highest * 2) // 3, item.marks.highest))
    return dice.choice([outcome.code for outcome in item.outcomes[:2]])
