"""What of a pupil goes into a file: pure, from the database's rows to records.

A data return carries few details of a pupil: the identifiers, the year group, and the
postcode where the recipient wants it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hornbook import records
from hornbook.ctf.write import Outgoing, write_ctf
from hornbook.identifiers import AcademicYear
from hornbook.rulebook.model import Collection, Item, Recipient, Rulebook
from hornbook.rulebook.profiles import How, Profile
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.cohort import Member
from hornbook.web.schools.models import School


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A return: which collection of which year goes from a school to whom.

    recipient is as the profile wants it, where there is one: none for the own MIS.
    """

    school: School
    book: Rulebook
    collection: Collection
    recipient: Recipient
    profile: Profile | None = None

    @property
    def year(self) -> AcademicYear:
        """The academic year."""
        return self.book.year

    @property
    def calendar_year(self) -> int:
        """The calendar year that its results bear."""
        return self.book.calendar_year(self.collection)

    @property
    def source(self) -> records.School:
        """The school as a file's header states it."""
        return records.School(
            la=self.school.la,
            estab=self.school.estab,
            urn=self.school.urn or None,
            name=self.school.name,
            academic_year=str(self.year.starts),
        )

    @property
    def destination(self) -> records.School:
        """The recipient as the file's header and name address it."""
        to_itself = self.recipient.estab is None
        return records.School(
            la=self.recipient.la or self.school.la,
            estab=self.recipient.estab or self.school.estab,
            urn=(self.school.urn or None) if to_itself else None,
        )

    @property
    def address(self) -> str:
        """The destination as it stands in the name: 926LLLL."""
        return f"{self.destination.la}{self.destination.estab}"

    @property
    def way(self) -> How | None:
        """How the file is sent; None where it goes nowhere."""
        return self.profile.way(self.year) if self.profile else None

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The year groups of each file: all in one, unless the recipient wants two."""
        groups = self.collection.nc_years
        files = self.profile.of(self.collection.results_of).files if self.profile else 1
        return (groups,) if files == 1 else tuple((group,) for group in groups)

    @property
    def travels(self) -> tuple[Item, ...]:
        """The items whose codes in a CTF are known."""
        return tuple(item for item in self.collection.items if item.ctf)

    @property
    def stays(self) -> tuple[Item, ...]:
        """The items whose codes are not known, so that they are in no file."""
        return tuple(item for item in self.collection.items if not item.ctf)


def as_sent(pupil: Pupil, member: Member, going: Going) -> records.Pupil:
    """A pupil as the file states them, with the results that travel."""
    return records.Pupil(
        upn=pupil.upn,
        surname=pupil.surname,
        forename=pupil.forename,
        dob=pupil.dob.isoformat(),
        sex=pupil.sex,
        nc_year=member.nc_year,
        postcode=(pupil.postcode or None) if going.recipient.wants_postcode else None,
        results=tuple(_results(member.values.items(), going, going.calendar_year)),
    )


def as_checked(pupil: Pupil, member: Member, going: Going) -> records.Pupil:
    """The same pupil with what the rules ask besides: last year's results, leaving."""
    sent = as_sent(pupil, member, going)
    before = _results(member.earlier.items(), going, going.calendar_year - 1)
    return replace(
        sent,
        leaving_date=member.left_on.isoformat() if member.left_on else None,
        results=(*sent.results, *before),
    )


def travelling(collection: Collection, member: Member) -> dict[str, str]:
    """The values of a pupil that go into a file, by the item's code."""
    values = member.values
    return {
        item.code: values[item.code]
        for item in collection.items
        if item.exported(values.get(item.code, ""))
    }


def _results(
    values: Iterable[tuple[str, str]], going: Going, year: int
) -> Iterable[records.Result]:
    """The results that travel, in the order of the rulebook; never a Wa or a Wt."""
    held = dict(values)
    for item in going.collection.items:
        value = held.get(item.code, "")
        combination = item.combination_for(value) if item.exported(value) else None
        if combination is not None:
            yield records.Result(combination, str(year), value)


def as_bytes(going: Going, pupils: Sequence[records.Pupil], date_time: str) -> bytes:
    """The file; but for the time, the same record always gives the same bytes."""
    return write_ctf(
        Outgoing(
            version=going.book.ctf.version,
            date_time=date_time,
            descriptor=f"{going.collection.title} {going.year}",
            source=going.source,
            destination=going.destination,
            qualifier=going.recipient.qualifier,
            pupils=pupils,
        )
    )
