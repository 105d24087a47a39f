"""The year group that each pupil of a sheet is in, or was in, in any year."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from hornbook.identifiers import NC_YEARS, AcademicYear, nc_year_of
from hornbook.records import Pupil
from hornbook.rulebook.load import codeset

_NO_GROUP = "X"
# How many pupils of how many must be of one mind to say of which year a list is.
_FEWEST: Final = 5
_SHARE: Final = 0.8


class Groups:
    """Works out year groups: as the sheet states them, else by date of birth.

    A sheet does not say of which year its year groups are. Where it has dates of birth
    too they tell; else they are of the year given as groups_of. told is the year where
    enough dates of birth agree on it.
    """

    def __init__(
        self, pupils: Sequence[Pupil], year: AcademicYear, groups_of: AcademicYear
    ) -> None:
        ahead = Counter(
            place - by_birth
            for pupil in pupils
            if (place := _place(pupil.nc_year)) is not None
            and (by_birth := _by_birth(pupil, year.ends)) is not None
        )
        self._told = bool(ahead) or groups_of == year
        self._stated_in = (
            year.ends + ahead.most_common(1)[0][0] if ahead else groups_of.ends
        )
        self.told = _told_for_certain(ahead, year)
        self._latest = max(year.ends, groups_of.ends)
        every = Counter(filter(None, (self.then(one, year.ends) for one in pupils)))
        self._usual = every.most_common(1)[0][0] if every else ""

    def then(self, pupil: Pupil, calendar_year: int) -> str:
        """The year group in a year; blank where it cannot be told."""
        stated = _place(pupil.nc_year)
        if stated is None:
            place = _by_birth(pupil, calendar_year)
        else:
            place = stated - (self._stated_in - calendar_year)
        return "" if place is None else NC_YEARS[max(place, 0)]

    def year_in(self, pupil: Pupil, nc_year: str) -> int:
        """When the pupil was in a year group: a calendar year, or ValueError."""
        named = NC_YEARS.index(nc_year)
        stated = _place(pupil.nc_year) if self._told else None
        now = stated if stated is not None else _by_birth(pupil, self._latest)
        if now is None:
            raise ValueError(
                f"The heading says Year {nc_year}, and not in which school year that "
                "was. Write the school year in it, or give every pupil's date of birth."
            )
        then = (self._latest if stated is None else self._stated_in) - (now - named)
        if then > self._latest:
            group = self.then(pupil, self._latest)
            raise ValueError(
                f"This is a result of Year {nc_year}, and the pupil is in "
                f"{_named(group)}."
            )
        return then

    def taken_in(self, pupil: Pupil, nc_years: Sequence[str], year: int) -> int:
        """When a pupil was assessed, in a sheet of a year that does not say when.

        What is assessed in an earlier year group is a result of then; ValueError where
        it is of a later one, or where it cannot be told.
        """
        group = self.then(pupil, year)
        if not group or group in nc_years or self._is_in_doubt(pupil, nc_years):
            return year
        ahead = NC_YEARS.index(group) - NC_YEARS.index(nc_years[-1])
        if ahead > 0 and len(nc_years) == 1:
            return year - ahead
        words = " or ".join(nc_years)
        raise ValueError(
            f"This is assessed in Year {words}, and the pupil is in {_named(group)}. "
            "Write the school year in the heading, or in a column headed Year."
        )

    def _is_in_doubt(self, pupil: Pupil, nc_years: Sequence[str]) -> bool:
        """Whether the year group may be another: taught with others, or of no year."""
        if _place(pupil.nc_year) is None:
            return self._usual in nc_years
        return not self._told


def _told_for_certain(ahead: Counter[int], year: AcademicYear) -> AcademicYear | None:
    """The year that nearly all year groups are of, by how far each is ahead of it."""
    if ahead.total() < _FEWEST:
        return None
    usual, times = ahead.most_common(1)[0]
    certain = times >= _SHARE * ahead.total()
    return AcademicYear(year.ends + usual) if certain else None


def _place(nc_year: str | None) -> int | None:
    """Where a year group comes among all; None where it is none."""
    if nc_year not in NC_YEARS or nc_year == _NO_GROUP:
        return None
    return NC_YEARS.index(nc_year)


def _by_birth(pupil: Pupil, calendar_year: int) -> int | None:
    if pupil.born is None:
        return None
    return _place(nc_year_of(pupil.born, AcademicYear(calendar_year)))


def _named(group: str) -> str:
    """A year group as people call it: Reception, Year 1."""
    return codeset("nc_years").get(group, group)
