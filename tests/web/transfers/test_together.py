"""Many at once, and a machine that stops: before or after, never between."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Barrier
from time import monotonic
from typing import Final

import pytest
from django.conf import settings
from django.db import connection, connections
from tests.web.transfers.mis import Child, ctf, school, upn

from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result
from hornbook.web.schools.models import School
from hornbook.web.transfers import actions, arriving, queries
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.undo import undo

SCHOOLS: Final = 20
SIZE: Final = 150
APPLY: Final = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from hornbook.web.transfers import actions, arriving
from hornbook.web.transfers.models import Transfer
transfer = Transfer.objects.get(pk=int(sys.argv[2]))
print("ready", flush=True)
actions.apply(transfer=transfer, approved=sys.argv[3], by=None)
"""


def together(deeds: Sequence[Callable[[], bool]]) -> list[bool]:
    """Do them all at one moment, each on a connection of its own."""
    barrier = Barrier(len(deeds))

    def do(deed: Callable[[], bool]) -> bool:
        barrier.wait()
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def staged(where: School, content: bytes) -> Transfer:
    made, _ = arriving.stage_all(
        school=where, stream=BytesIO(content), name="mis.xml", by=None
    )
    return made[0]


def approves(transfer: Transfer) -> Callable[[], bool]:
    """Approves the plan as it is; whether it was carried out."""
    shown = queries.preview(transfer).digest

    def approve() -> bool:
        mine = Transfer.objects.get(pk=transfer.pk)
        try:
            actions.apply(transfer=mine, approved=shown, by=None)
        except actions.PlanIsStale:
            return False
        return True

    return approve


def test_twenty_schools_bring_in_their_files_at_once(shared_database: None) -> None:
    schools = [
        School.objects.create(
            name=f"School {number}", la="926", estab=f"{2000 + number}"
        )
        for number in range(SCHOOLS)
    ]
    transfers = [
        staged(where, ctf(*school(30), source=_numbers(where), to=_numbers(where)))
        for where in schools
    ]

    done = together([approves(transfer) for transfer in transfers])

    assert done == [True] * SCHOOLS
    for where in schools:
        assert Pupil.objects.filter(school=where).count() == 30
        assert Result.objects.filter(pupil__school=where).count() == 60


def _numbers(where: School) -> str:
    return f"<LEA>{where.la}</LEA><Estab>{where.estab}</Estab>"


def test_of_two_who_approve_one_plan_one_is_told(shared_database: None) -> None:
    elm = School.objects.create(name="Elm Road", la="926", estab="2155")
    transfer = staged(elm, ctf(*school(30)))

    done = together([approves(transfer), approves(transfer)])

    assert sorted(done) == [False, True]
    assert Pupil.objects.count() == 30


def test_of_two_files_of_one_school_the_second_is_looked_at_again(
    shared_database: None,
) -> None:
    elm = School.objects.create(name="Elm Road", la="926", estab="2155")
    files = [staged(elm, ctf(Child(upn(1), surname=name))) for name in ("One", "Two")]

    done = together([approves(transfer) for transfer in files])

    assert sorted(done) == [False, True]
    assert Pupil.objects.count() == 1


@dataclass(frozen=True)
class Machine:
    """Another process that applies a staged file, and can be stopped dead."""

    transfer: Transfer
    digest: str

    def applies(self, seconds: float | None = None) -> float:
        """Let it apply, and kill it after so many seconds; how long it lived."""
        connection.close()
        arguments = [_database(), str(self.transfer.pk), self.digest]
        with subprocess.Popen(
            [sys.executable, "-c", APPLY, *arguments],
            stdout=subprocess.PIPE,
            env=_environment(),
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            begun = monotonic()
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            return monotonic() - begun


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _environment() -> dict[str, str]:
    found = {**os.environ}
    source = Path(__file__).parents[3] / "src"
    return found | {
        "DJANGO_SETTINGS_MODULE": "hornbook.web.settings",
        "HORNBOOK_HOME": str(settings.HORNBOOK_HOME),
        "PYTHONPATH": str(source),
    }


@pytest.fixture
def machine(shared_database: None) -> Machine:
    elm = School.objects.create(name="Elm Road", la="926", estab="2155")
    transfer = staged(elm, ctf(*school(SIZE)))
    return Machine(transfer, queries.preview(transfer).digest)


def recorded() -> tuple[int, int, int, int]:
    """Pupils, enrolments, results and files brought in."""
    return (
        Pupil.objects.count(),
        Enrolment.objects.count(),
        Result.objects.count(),
        Transfer.objects.filter(applied_at__isnull=False, undone_at=None).count(),
    )


def test_a_process_killed_at_any_moment_leaves_before_or_after(
    machine: Machine,
) -> None:
    before, after = (0, 0, 0, 0), (SIZE, SIZE, SIZE * 2, 1)
    whole = machine.applies()
    assert recorded() == after
    found = set()

    for moment in (0.15, 0.4, 0.6, 0.8, 0.95):
        again = _fresh(machine)
        again.applies(whole * moment)
        found.add(recorded())

    assert found <= {before, after}
    assert before in found


def _fresh(machine: Machine) -> Machine:
    """The file staged again, and nothing brought in."""
    for applied in Transfer.objects.filter(applied_at__isnull=False, undone_at=None):
        undo(transfer=applied, by=None)
    transfer = staged(machine.transfer.school, ctf(*school(SIZE)))
    return Machine(transfer, queries.preview(transfer).digest)
