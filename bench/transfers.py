"""Bringing a whole school in, against a bulk_create of the same rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import Final

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.files import a_whole_school
from bench.school import empty
from bench.timing import TIMES, Row, Taken, seconds, sure
from hornbook.matching import Plan
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result
from hornbook.web.schools.models import School
from hornbook.web.transfers import actions, arriving, queries
from hornbook.web.transfers.models import Transfer

PUPILS: Final = 420
FEWER: Final = 42
_EACH: Final = 20
_BAR: Final = 1.5
# Every run is of a new school, so that each is of an empty one and ends in a commit.
_ESTABS: Final = count(3001)
Measure = Callable[[Callable[[], object]], float]


@dataclass(frozen=True, slots=True)
class Run:
    """What each part of one run took, by whichever measure."""

    stage: float
    plan: float
    apply: float
    bare: float


def transfers() -> Iterator[Row]:
    """Stage, plan and apply: times, and queries for two sizes of school."""
    once(PUPILS, seconds)
    runs = [once(PUPILS, seconds) for _ in range(TIMES)]
    few, many = once(FEWER, asked), once(PUPILS, asked)
    bare = Taken(tuple(run.bare for run in runs))

    def row(what: str, part: Callable[[Run], float], bar: float | None) -> Row:
        return Row(
            what=what,
            took=Taken(tuple(part(run) for run in runs)),
            queries=f"{part(few):.0f} -> {part(many):.0f}",
            bar=bar,
            bare=bare,
        )

    yield row(f"Bare bulk_create of the rows of {PUPILS}", lambda run: run.bare, None)
    yield row("Read the file and keep it (stage)", lambda run: run.stage, None)
    yield row("Plan (preview)", lambda run: run.plan, None)
    yield row("Read and plan together", lambda run: run.stage + run.plan, _BAR)
    yield row("Apply", lambda run: run.apply, _BAR)


def asked(call: Callable[[], object]) -> float:
    """How many queries one run asks, BEGIN and COMMIT with them."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def once(pupils: int, measure: Measure) -> Run:
    """One file into one new school, and the same rows bare into another."""
    school = empty(str(next(_ESTABS)))
    content = a_whole_school(school.estab, pupils)
    name = f"{school.laestab}_CTF_{school.laestab}_001.xml"
    staged: list[Transfer] = []
    planned: list[Plan] = []

    def stage() -> None:
        stream = BytesIO(content)
        made, _ = arriving.stage_all(school=school, stream=stream, name=name, by=None)
        staged.extend(made)

    stage_cost = measure(stage)
    plan_cost = measure(lambda: planned.append(queries.preview(staged[0])))
    digest = planned[0].digest
    apply_cost = measure(
        lambda: actions.apply(transfer=staged[0], approved=digest, by=None)
    )
    held = Pupil.objects.filter(school=school).count()
    sure(held == pupils, f"{held} pupils of {pupils} came in")
    bare = Bare(school)
    bare_cost = measure(bare.write)
    return Run(stage_cost, plan_cost, apply_cost, bare_cost)


class Bare:
    """The rows that were applied, to be written again for another school."""

    def __init__(self, applied: School) -> None:
        self.pupils = list(Pupil.objects.filter(school=applied))
        self.keys = [pupil.pk for pupil in self.pupils]
        self.enrolments = list(Enrolment.objects.filter(pupil__school=applied))
        self.results = list(Result.objects.filter(pupil__school=applied))
        sure(len(self.results) == _EACH * len(self.pupils), "Results were left out.")
        twin = empty(str(next(_ESTABS)))
        for pupil in self.pupils:
            pupil.pk, pupil.school = None, twin

    @transaction.atomic
    def write(self) -> None:
        """Three bulk_creates in one transaction, and nothing else."""
        made = Pupil.objects.bulk_create(self.pupils)
        new = {key: row.pk for key, row in zip(self.keys, made, strict=True)}
        for enrolment in self.enrolments:
            enrolment.pk, enrolment.pupil_id = None, new[enrolment.pupil_id]
        for result in self.results:
            result.pk, result.pupil_id = None, new[result.pupil_id]
        Enrolment.objects.bulk_create(self.enrolments)
        Result.objects.bulk_create(self.results)
