"""Results of years in which a pupil was not in the grid: those of a joiner, by hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from hornbook.identifiers import NC_YEARS, AcademicYear, nc_year_of
from hornbook.rulebook.load import rulebook, years
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results import actions, queries
from hornbook.web.results.actions import Sheet
from hornbook.web.results.cohort import Member
from hornbook.web.results.edits import Edit, State, Verdict, judged
from hornbook.web.results.locks import standing
from hornbook.web.results.models import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting(Sheet):
    """A collection that a pupil took in a calendar year, and the year group then.

    usual says that it is the year group of the pupil's age, and not one beside it. An
    autumn check has the calendar year before the one that its school year ends in.
    """

    calendar_year: int
    nc_year: str
    usual: bool

    @property
    def year(self) -> int:
        """The calendar year of the results."""
        return self.calendar_year

    @property
    def title(self) -> str:
        """Phonics screening check, autumn 2021."""
        return f"{self.collection.title}, {self.collection.when(self.calendar_year)}"


def sittings(pupil: Pupil, now: AcademicYear) -> tuple[Sitting, ...]:
    """What the pupil may have taken before, where no grid here has it; newest first.

    Those of the pupil's age first, then a year group up or down; one query.
    """
    here = dict(
        Enrolment.objects.filter(pupil=pupil).values_list("academic_year", "nc_year")
    )
    found = [
        sitting
        for year in years()
        if year < now
        for sitting in _of_a_year(pupil, year, here.get(year.ends))
    ]
    return tuple(sorted(found, key=lambda one: (not one.usual, -one.calendar_year)))


def _of_a_year(
    pupil: Pupil, year: AcademicYear, enrolled: str | None
) -> Iterator[Sitting]:
    """What there was in a year for the pupil's age, the summer's and the autumn's."""
    book = rulebook(year)
    for collection in book.collections.values():
        in_grid = enrolled in collection.nc_years
        terms = [] if in_grid else [(year.ends, year, collection.nc_years)]
        terms += [
            (term.calendar_year, AcademicYear(term.calendar_year + 1), term.nc_years)
            for term in collection.other_terms
        ]
        for calendar_year, school_year, groups in terms:
            usual = nc_year_of(pupil.dob, school_year)
            group = _group(groups, usual)
            if group is not None:
                yield Sitting(
                    school=pupil.school,
                    book=book,
                    collection=collection,
                    calendar_year=calendar_year,
                    nc_year=group,
                    usual=group == usual,
                )


def _group(groups: Sequence[str], usual: str) -> str | None:
    """The year group of a collection that is the pupil's by age, or next to it."""
    if usual in groups:
        return usual
    at = NC_YEARS.index(usual)
    near = NC_YEARS[max(0, at - 1) : at + 2]
    return next((group for group in groups if group in near), None)


def member(sitting: Sitting, pupil: Pupil) -> Member:
    """The pupil as of a sitting, with the lock that stands over its grid.

    That the year is over closes nothing here: these come from other schools, late.
    """
    locks = standing(sitting.school, sitting.book.year.ends)
    lock = locks.signed_off(sitting.collection.code)
    return queries.visitor(
        pupil,
        sitting.collection,
        sitting.year,
        nc_year=sitting.nc_year,
        locked=lock.in_words if lock else "",
    )


@transaction.atomic
def save(
    *, sitting: Sitting, pupil: Pupil, edits: Sequence[Edit], by: User
) -> tuple[Verdict, ...]:
    """Save the results of a sitting, all of them or, where one cannot be, none."""
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    held = {pupil.pk: member(sitting, pupil)}
    verdicts = judged(edits, sitting.collection, held)
    if all(verdict.state in {State.SAVED, State.SAME} for verdict in verdicts):
        good = [verdict for verdict in verdicts if verdict.state is State.SAVED]
        actions.write(sitting, good, Source.RECORD, by)
    return verdicts
