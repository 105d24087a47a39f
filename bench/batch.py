"""The returns of many schools, made in the background as a trust has them made."""

import resource
from collections.abc import Iterator
from typing import Final

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.files import LA, YEAR, value_for
from bench.school import row
from bench.timing import Row, Taken, seconds, sure
from hornbook.rulebook.load import rulebook
from hornbook.web.accounts.models import User
from hornbook.web.commands.worker import KINDS
from hornbook.web.jobs.models import Job, State
from hornbook.web.jobs.worker import Worker
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result, Source
from hornbook.web.returns import batches
from hornbook.web.returns.models import MadeFile
from hornbook.web.schools.models import Membership, Role, School, Trust

SCHOOLS: Final = 50
PUPILS: Final = 60
_COLLECTION: Final = "eyfsp"
_TIMES: Final = 3
_KILO: Final = 1024


def batch() -> Iterator[Row]:
    """The files of all schools, with every result of every pupil."""
    trust = Trust.objects.create(name="Bench Trust")
    schools = [_school(trust, number) for number in range(SCHOOLS)]
    user = User.objects.create_user("trust@example.invalid", "Bench Trust")
    Membership.objects.create(user=user, role=Role.LEAD, trust=trust)
    times = [seconds(lambda: _make(schools, user)) for _ in range(_TIMES)]
    with CaptureQueriesContext(connection) as captured:
        _make(schools[:1], user)
    yield Row(
        what=f"Returns of {SCHOOLS} schools of {PUPILS}; queries of one school",
        took=Taken(tuple(times)),
        queries=str(len(captured)),
    )


def most_memory() -> int:
    """The most that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _KILO


def _make(schools: list[School], user: User) -> None:
    """Have them made, and do it as the worker does."""
    before = MadeFile.objects.count()
    job = batches.make_later(
        schools=schools, collection=_COLLECTION, year=YEAR, recipient="la", by=user
    )
    Worker(KINDS).do_all()
    done = Job.objects.get(pk=job.pk)
    sure(done.state == State.DONE, done.error)
    made = MadeFile.objects.count() - before
    sure(made == len(schools), f"{made} files of {len(schools)} schools.")


def _school(trust: Trust, number: int) -> School:
    """A school whose Reception has everything."""
    school = School.objects.create(
        name=f"Bench Trust School {number:02}",
        la=LA,
        estab=f"{5000 + number}",
        urn="999881",
        trust=trust,
    )
    pupils = Pupil.objects.bulk_create(
        row(school, number * PUPILS + each) for each in range(PUPILS)
    )
    Enrolment.objects.bulk_create(
        Enrolment(pupil=each, academic_year=YEAR.ends, nc_year="R") for each in pupils
    )
    Result.objects.bulk_create(
        Result(
            pupil=each,
            item=item.full_code,
            year=YEAR.ends,
            value=value_for(item),
            by_name="Bench Lead",
            source=Source.GRID,
        )
        for each in pupils
        for item in rulebook(YEAR).collections[_COLLECTION].items
    )
    return school
