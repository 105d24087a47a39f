"""Pupils whom a file knows by name alone: whom it can be about, and who is meant."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from hornbook.identifiers import NC_YEARS, AcademicYear, nc_year_of
from hornbook.matching.names import spellings
from hornbook.matching.people import Held, Offer, ResultKey, name_key
from hornbook.records import Pupil
from hornbook.rulebook.load import nearest

_MOST_ALIKE: Final = 5


@dataclass(frozen=True, slots=True)
class Called:
    """Who has a name: those whom the file can be about, and the others."""

    fitting: tuple[Held, ...]
    others: tuple[Held, ...]


class Names:
    """The pupils of a school by each of their names."""

    def __init__(self, held: Sequence[Held], year: AcademicYear) -> None:
        self._held = held
        self._year = year

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Held]]:
        found: dict[str, list[Held]] = defaultdict(list)
        for pupil in self._held:
            for key in spellings(pupil.record):
                found[key].append(pupil)
        return found

    @cached_property
    def _classes(self) -> frozenset[str]:
        return frozenset(name_key(one) for pupil in self._held for one in pupil.classes)

    def called(self, record: Pupil) -> tuple[Held, ...]:
        """Whoever has the name that a file gives, which may be a preferred one."""
        found = {
            pupil.key: pupil
            for key in spellings(record) or {name_key(record.forename)}
            for pupil in self._by_name.get(key, ())
        }
        return tuple(sorted(found.values(), key=lambda pupil: pupil.upn))

    def meant(self, offer: Offer) -> Called:
        """Of those who have the name, whom the file can be about, and who not."""
        named = self.called(offer.record)
        fitting = tuple(pupil for pupil in named if self._fits(pupil, offer))
        return Called(fitting, tuple(one for one in named if one not in fitting))

    def alike(self, offer: Offer) -> tuple[Held, ...]:
        """A few whom the file can be about with one of the names; for a person to say.

        Where that is many, it tells nothing.
        """
        given = _parts(offer.record)
        found = tuple(
            pupil
            for pupil in self._held
            if given & _parts(pupil.record) and self._fits(pupil, offer)
        )
        return found if len(found) <= _MOST_ALIKE else ()

    def _fits(self, pupil: Held, offer: Offer) -> bool:
        """Whether nothing that the file says speaks against the pupil."""
        said, ours = offer.record, pupil.record
        return (
            self._here(pupil, offer)
            and (not said.sex or said.sex == ours.sex)
            and (not said.nc_year or said.nc_year in self._placed(pupil))
            and self._in_class(pupil, offer.class_name)
            and all(self._assessed(pupil, key) for key in offer.values)
        )

    def _here(self, pupil: Held, offer: Offer) -> bool:
        """Whether the pupil was here when the results were taken, or later."""
        first = min((year for _, year in offer.values), default=self._year.ends)
        return pupil.on_roll or (pupil.seen is not None and pupil.seen[0].ends >= first)

    def _placed(self, pupil: Held) -> set[str | None]:
        """The year group in the file's year, and now: a list may be of either."""
        return {pupil.record.nc_year, pupil.seen[1] if pupil.seen else None}

    def _in_class(self, pupil: Held, class_name: str) -> bool:
        """Whether it is the pupil's class; a name of no class here says nothing."""
        said = name_key(class_name)
        return said not in self._classes or said in map(name_key, pupil.classes)

    def _assessed(self, pupil: Held, key: ResultKey) -> bool:
        """Whether the pupil was in a year group of which the assessment is."""
        item, year = key
        code = item.partition(".")[0]
        collection = nearest(AcademicYear(year)).collections.get(code)
        if collection is None:
            return True
        # What is taken in an autumn belongs to the school year that begins then.
        ends = (year, year + 1) if collection.other_terms else (year,)
        groups = {group for each in ends for group in self._groups(pupil, each)}
        return not groups or not groups.isdisjoint(collection.nc_years)

    def _groups(self, pupil: Held, year: int) -> Iterator[str]:
        """The year group in a year: as recorded, else as counted and by birth."""
        known = dict([(pupil.seen[0].ends, pupil.seen[1])] if pupil.seen else [])
        if pupil.record.nc_year:
            known[self._year.ends] = pupil.record.nc_year
        if year in known:
            yield known[year]
            return
        for ends, group in known.items():
            at = NC_YEARS.index(group) - (ends - year)
            yield NC_YEARS[max(at, 0)] if at < len(NC_YEARS) else NC_YEARS[-1]
        if pupil.record.born:
            yield nc_year_of(pupil.record.born, AcademicYear(year))


def _parts(record: Pupil) -> set[str]:
    """Each name by itself: of a name that is not cut in two, each of its words."""
    names = [record.surname, record.preferred_surname, record.former_surname]
    names += [record.forename, record.preferred_forename]
    if record.surname is None:
        names += (record.forename or "").split()
    return {name_key(name) for name in names} - {""}
