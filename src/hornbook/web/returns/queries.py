"""What the pages of returns ask of the database."""

from collections.abc import Collection, Container, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone

from hornbook import records
from hornbook.ctf.names import FileName
from hornbook.findings import Finding, Subject
from hornbook.identifiers import AcademicYear
from hornbook.inspection.held import check_pupils, check_tests
from hornbook.inspection.kinds import Kind
from hornbook.matching import Update
from hornbook.rulebook.load import rulebook, with_mapping
from hornbook.rulebook.mapping import MAPPING_FILE
from hornbook.rulebook.model import Rulebook
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.cohort import Member, counted, in_season
from hornbook.web.results.expected import expected
from hornbook.web.results.queries import Sight
from hornbook.web.results.scales import own_scales_for
from hornbook.web.returns.models import AcceptedQuery, Choice, MadeFile, SignOff
from hornbook.web.returns.outgoing import Going, as_checked, as_sent
from hornbook.web.returns.preflight import (
    About,
    Accepted,
    Chosen,
    LastBroughtIn,
    Preflight,
    Signature,
)
from hornbook.web.returns.profiles import profiles_of
from hornbook.web.returns.terms import enrolled
from hornbook.web.schools.models import School

_BROUGHT_IN: Final = "transfer applied"
_PUPILS: Final = frozenset(kind.code for kind in Kind if kind.of_pupils)
_TAKEN_BACK: Final = "transfer undone"


def mapping_file() -> Path:
    """Where an administrator wrote down the codes that nobody publishes."""
    return Path(settings.HORNBOOK_HOME) / MAPPING_FILE


def book_of(year: AcademicYear) -> Rulebook:
    """The year's rulebook, with the codes that an administrator has written down."""
    return with_mapping(rulebook(year), mapping_file())


def going(school: School, collection: str, year: AcademicYear, recipient: str) -> Going:
    """The return that is named; LookupError, with the reason, where there is none."""
    book = book_of(year)
    if collection not in book.returns:
        raise LookupError(
            f"There is no collection {collection} in {year}. "
            f"There are {', '.join(book.returns)}."
        )
    asked_for = book.returns[collection]
    named = asked_for.recipient(recipient)
    profile = profiles_of(school).get(named.code)
    return Going(
        school=school,
        book=book,
        collection=asked_for,
        recipient=profile.applied(named, asked_for.results_of) if profile else named,
        profile=profile,
    )


def going_of(made: MadeFile) -> Going:
    """The return that a file was made of, as the rulebook has it now."""
    year = AcademicYear(made.academic_year)
    return going(made.school, made.collection, year, made.recipient)


def ledger(schools: Collection[School], year: int) -> QuerySet[MadeFile]:
    """The files made for schools in a year, newest first, without their bytes."""
    made = MadeFile.objects.filter(school__in=schools, academic_year=year)
    return made.defer("content", "words", "known")


def last_brought_in(school: School) -> LastBroughtIn | None:
    """The last file brought in and not taken back since: when, by whom and which."""
    events = Event.objects.filter(
        laestab=school.laestab, action__in=[_BROUGHT_IN, _TAKEN_BACK]
    )
    taken_back = set()
    for event in events.iterator():
        transfer = event.detail.get("transfer")
        if event.action == _TAKEN_BACK:
            taken_back.add(transfer)
        elif transfer not in taken_back and _brought_pupils(event.detail):
            return LastBroughtIn(event.at, event.by_name, event.subject)
    return None


def _brought_pupils(detail: Mapping[str, object]) -> bool:
    """Whether a file brought pupils up to date, and not only results."""
    if detail.get("new") or detail.get("changed"):
        return True
    return detail.get("update") != Update.ASSESSMENTS and detail.get("kind") in _PUPILS


def next_name(going: Going) -> FileName:
    """The name of the next file: numbers run on for each kind of file and address."""
    infix = going.recipient.infix
    stem = f"{going.school.laestab}_{infix}_{going.address}_"
    last = MadeFile.objects.filter(
        school=going.school, academic_year=going.year.ends, name__startswith=stem
    ).aggregate(Max("sequence"))
    return FileName(
        source=going.school.laestab,
        infix=infix,
        destination=going.address,
        sequence=(last["sequence__max"] or 0) + 1,
    )


def next_names(going: Going) -> tuple[str, ...]:
    """The names of the next files: one, or one for each year group."""
    name = next_name(going)
    numbers = range(name.sequence, name.sequence + len(going.parts))
    return tuple(replace(name, sequence=number).text for number in numbers)


def preflight(sight: Sight, going: Going) -> Preflight:
    """The return as it would be made now, with everything found."""
    ready, people = _gathered(sight, going)
    found = _findings(ready, people) if going.travels else _of_tests(ready)
    return replace(ready, findings=found)


def draft(sight: Sight, going: Going) -> Preflight:
    """The return as it would be made now, and not looked at."""
    return _gathered(sight, going)[0]


def _gathered(sight: Sight, going: Going) -> tuple[Preflight, dict[int, Pupil]]:
    """Who is in the return and what is sent of them, and the pupils by key."""
    collection = going.collection
    everyone = enrolled(sight, going.book, [collection])[collection.code]
    chosen = chosen_in(going)
    season = {one.pupil for one in in_season(collection, going.book, everyone)}
    members = tuple(one for one in everyone if _included(one, season, chosen))
    needed = [member for member in members if counted(collection, member)]
    people = Pupil.objects.in_bulk([member.pupil for member in needed])
    sending = [(one, as_sent(people[one.pupil], one, going)) for one in needed]
    kept = {member.pupil for member in members}
    left = [member for member in everyone if member.pupil not in kept]
    ready = Preflight(
        going=going,
        members=members,
        needed=tuple(needed),
        sending=tuple(pupil for _, pupil in sending if pupil.results),
        left_out=tuple(member for member, pupil in sending if not pupil.results),
        gone=tuple(member for member in left if member.pupil not in season),
        findings=(),
        names=next_names(going),
        chosen=chosen,
        out=tuple(member for member in left if member.pupil in season),
        accepted=accepted_in(going),
        signature=signature_of(going) if going.school.head_signs else None,
    )
    return ready, people


def _included(
    member: Member, season: Container[int], chosen: Mapping[int, Chosen]
) -> bool:
    """Whether a pupil is in the return: as a person chose, else by the season."""
    choice = chosen.get(member.pupil)
    return choice.included if choice else member.pupil in season


def chosen_in(going: Going) -> dict[int, Chosen]:
    """What people decided about pupils in a return, by pupil."""
    rows = Choice.objects.filter(
        pupil__school=going.school,
        academic_year=going.year.ends,
        collection=going.collection.code,
    )
    return {row.pupil_id: Chosen(row.included, row.reason, row.by_name) for row in rows}


def signature_of(going: Going) -> Signature | None:
    """The last signature under a return."""
    last = SignOff.objects.filter(
        school=going.school,
        academic_year=going.year.ends,
        collection=going.collection.code,
        recipient=going.recipient.code,
    ).first()
    return Signature(last.by_name, last.at, last.digest) if last else None


def accepted_in(going: Going) -> dict[About, Accepted]:
    """The queries of a return that were accepted, by what they are about."""
    rows = AcceptedQuery.objects.filter(
        school=going.school,
        academic_year=going.year.ends,
        collection=going.collection.code,
    )
    return {
        About(row.code, row.pupil_id, row.message): Accepted(
            row.pk, row.code, row.pupil_id, row.message, row.note, row.by_name, row.at
        )
        for row in rows
    }


def _expected(ready: Preflight) -> list[records.Pupil] | None:
    """Whom the list expects, without those whom a person left out and said why."""
    going = ready.going
    listed = expected(going.school, going.book, going.collection)
    if listed is None:
        return None
    left_out = Pupil.objects.filter(pk__in=[one.pupil for one in ready.out])
    upns = set(left_out.values_list("upn", flat=True))
    return [pupil for pupil in listed if pupil.upn not in upns]


def _findings(ready: Preflight, people: dict[int, Pupil]) -> tuple[Finding, ...]:
    """What the rules say of the pupils who are to be in the return."""
    going = ready.going
    checked: list[tuple[object, records.Pupil]] = [
        (member.pupil, as_checked(people[member.pupil], member, going))
        for member in ready.needed
    ]
    return check_pupils(
        checked,
        collection=going.collection.code,
        year=going.year,
        recipient=going.recipient,
        school=going.source,
        today=timezone.localdate(),
        beside={member.pupil: member.beside for member in ready.needed},
        expected=_expected(ready),
        mapping=mapping_file(),
        own_scales=own_scales_for(going.school, going.collection),
    )


def _of_tests(ready: Preflight) -> tuple[Finding, ...]:
    """Where results of tests that go into no file do not agree."""
    going, year = ready.going, ready.going.calendar_year
    own = own_scales_for(going.school, going.collection)
    return tuple(
        finding
        for member in ready.needed
        for finding in check_tests(
            {
                (item.full_code, year): member.values.get(item.code, "")
                for item in going.collection.items
            },
            Subject(pupil=member.name, key=member.pupil),
            own,
        )
    )
