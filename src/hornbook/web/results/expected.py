"""The list of those expected in a collection, as pages and returns ask for it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format

from hornbook import records
from hornbook.rulebook.load import codeset
from hornbook.rulebook.model import Collection, Rulebook
from hornbook.web.pupils.models import Enrolment, FormerUPN, Pupil
from hornbook.web.pupils.queries import left_early
from hornbook.web.results import differences, queries
from hornbook.web.results.cohort import Member, unwanted
from hornbook.web.results.differences import Comparison, Explained, Here, Listed, Who
from hornbook.web.results.models import Difference, ExpectedList
from hornbook.web.results.queries import Sight
from hornbook.web.schools.models import School


@dataclass(frozen=True, slots=True, kw_only=True)
class Expecting:
    """A list beside the pupils of the whole school, with the reasons given."""

    source: ExpectedList
    compared: Comparison
    explained: dict[str, Explained]

    @property
    def differing(self) -> dict[str, Sequence[Listed | Here]]:
        """Who differs, by the kind of difference."""
        found = self.compared
        return {
            "absent": found.absent,
            "unlisted": found.unlisted,
            "unneeded": found.unneeded,
        }

    @property
    def keys(self) -> list[str]:
        """By what the reason of each difference is kept."""
        return [one.key for kept in self.differing.values() for one in kept]

    @property
    def open(self) -> int:
        """How many differences have no reason yet."""
        return sum(key not in self.explained for key in self.keys)


def expecting(
    school: School, book: Rulebook, collection: Collection
) -> Expecting | None:
    """The list held against the whole school; None where there is no list."""
    source = list_of(school, book, collection)
    if source is None:
        return None
    members = queries.cohorts(Sight.whole(school), book, [collection])
    return beside(source, collection, members[collection.code])


def list_of(
    school: School, book: Rulebook, collection: Collection
) -> ExpectedList | None:
    """The list that stands, where there is one."""
    return ExpectedList.objects.filter(
        school=school, collection=collection.code, year=book.year.ends
    ).first()


def beside(
    source: ExpectedList, collection: Collection, members: Sequence[Member]
) -> Expecting:
    """A list held against the pupils of the whole school."""
    return Expecting(
        source=source,
        compared=differences.compare(collection, _listed(source), _here(members)),
        explained=_explained(source),
    )


def elsewhere(school: School, book: Rulebook, compared: Comparison) -> dict[str, str]:
    """Where those are here who are on the list only, by their key; one query.

    Of whoever has the name alone in common, so that somebody looks.
    """
    if not compared.absent:
        return {}
    rows = Enrolment.objects.filter(
        pupil__school=school, academic_year=book.year.ends
    ).select_related("pupil")
    by_upn = {row.pupil.upn: row for row in rows}
    by_who = {_who(row.pupil): row for row in rows}
    by_name: dict[Who, list[Enrolment]] = defaultdict(list)
    for row in rows:
        by_name[_named(_who(row.pupil))].append(row)
    told = {}
    for one in compared.absent:
        if found := by_upn.get(one.upn) or by_who.get(one.who):
            told[one.key] = _standing(one, found)
        elif alike := by_name.get(_named(one.who)):
            told[one.key] = _alike(alike)
    return told


def _named(who: Who) -> Who:
    """Who it is without the date of birth."""
    return (*who[:2], None)


def _alike(rows: Sequence[Enrolment]) -> str:
    """Pupils of the same name, for somebody to look whether one of them is meant."""
    each = (
        f"{codeset('nc_years')[row.nc_year]}, born "
        f"{date_format(row.pupil.dob, 'j F Y')}, {row.pupil.upn}"
        for row in rows
    )
    return f"is a pupil of this name: {' or '.join(each)}"


def why_unneeded(collection: Collection, compared: Comparison) -> dict[str, str]:
    """Why no result is needed of those who are on the list, by their key."""
    return {
        one.key: " ".join(filter(None, _reasons_to_close(collection, one.member)))
        for one in compared.unneeded
    }


def _reasons_to_close(collection: Collection, member: Member) -> Iterator[str | None]:
    for item in collection.items:
        yield unwanted(collection, item, member)


def _who(pupil: Pupil) -> Who:
    return differences.who(pupil.surname, pupil.forename, pupil.dob)


def _standing(listed: Listed, enrolment: Enrolment) -> str:
    """The year group of a pupil here or when they left, and the name if another."""
    pupil = enrolment.pupil
    gone = left_early(enrolment.left_on, enrolment.academic_year)
    same = not listed.surname or _who(pupil)[:2] == listed.who[:2]
    parts = [
        "" if same else f"as {pupil.surname}, {pupil.forename}",
        f"until {date_format(gone, 'j F Y')}" if gone else "",
        f"in {codeset('nc_years')[enrolment.nc_year]}",
    ]
    return ", ".join(filter(None, parts))


def expected(
    school: School, book: Rulebook, collection: Collection
) -> tuple[records.Pupil, ...] | None:
    """Whom a return must have; None where there is no list to say so."""
    found = expecting(school, book, collection)
    if found is None:
        return None
    return differences.settled(collection, found.compared, found.explained)


def _listed(source: ExpectedList) -> list[Listed]:
    return [
        Listed(
            upn=one.upn,
            surname=one.surname,
            forename=one.forename,
            dob=one.dob,
            nc_year=one.nc_year,
        )
        for one in source.pupils.all()
    ]


def _here(members: Sequence[Member]) -> list[Here]:
    """The members with their UPNs and dates of birth; two queries."""
    wanted = [member.pupil for member in members]
    pupils = Pupil.objects.in_bulk(wanted)
    former: dict[int, set[str]] = defaultdict(set)
    had = FormerUPN.objects.filter(pupil__in=wanted)
    for pupil, upn in had.values_list("pupil_id", "upn"):
        former[pupil].add(upn)
    return [
        Here(
            member=member,
            upn=pupils[member.pupil].upn,
            former=frozenset(former[member.pupil]),
            who=differences.who(
                member.surname, member.forename, pupils[member.pupil].dob
            ),
        )
        for member in members
    ]


def _explained(source: ExpectedList) -> dict[str, Explained]:
    """The reasons given for differences from the list."""
    given = Difference.objects.filter(
        school=source.school_id, collection=source.collection, year=source.year
    )
    return {one.key: Explained(one.reason, one.by_name) for one in given}
