"""What takes long: large files are read, and large plans applied, in the background."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.transfers.conftest import Stage
from tests.web.transfers.mis import ELM, NAME, OAK, Child, ctf, school, upn
from tests.web.transfers.test_pages import address, approve, plain

from hornbook.rulebook.load import years
from hornbook.web.commands.worker import KINDS
from hornbook.web.jobs.models import Job, State
from hornbook.web.jobs.worker import Worker
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result
from hornbook.web.transfers import actions
from hornbook.web.transfers.answers import Answers, Clashes
from hornbook.web.transfers.models import Arrival, Transfer

# A remark in each pupil of a file, which makes it a large one.
REMARK = f"<!--{'-'.join('x' * 2000)}-->"


@pytest.fixture
def office(town: Town, signed_in: SignedIn) -> Client:
    """Olive's browser, and no pupils yet at Elm Road."""
    Enrolment.objects.filter(pupil__school=town.elm).delete()
    Pupil.objects.filter(school=town.elm).delete()
    return signed_in(town.olive)


def large(source: str = ELM, to: str = ELM) -> bytes:
    return ctf(
        *(replace(each, basic=REMARK) for each in school(2500)), source=source, to=to
    )


def send(client: Client, town: Town, content: bytes) -> str:
    where = reverse("transfers:list", args=[town.elm.laestab])
    file = SimpleUploadedFile(NAME, content)
    return plain(client.post(where, {"file": file}, follow=True))


def work() -> Job:
    Worker(KINDS).do_all()
    return Job.objects.latest("pk")


def profile(serial: int) -> Iterator[tuple[str, ...]]:
    """Every goal of the profile, of every year there are rules for."""
    areas = {"COM": 2, "PSE": 3, "PHY": 2, "LIT": 3, "MAT": 2, "UTW": 3, "EXP": 2}
    subjects = [subject for subject, goals in areas.items() for _ in range(goals)]
    for year in years():
        for goal, subject in enumerate(subjects, 1):
            yield ("EYF", str(year.ends), subject, "FA", f"E{goal:02}", "FD", "2")


def test_a_large_file_is_read_in_the_background(town: Town, office: Client) -> None:
    said = send(office, town, large())
    assert "Reading a file" in said
    assert not Transfer.objects.exists()
    assert b"Child-0001" not in bytes(Arrival.objects.get().content)

    job = work()

    assert job.state == State.DONE
    assert "What would change" in plain(office.get(job.result))
    assert not Arrival.objects.exists()


def test_a_large_file_that_is_refused_leaves_nothing(
    town: Town, office: Client
) -> None:
    send(office, town, large(OAK, OAK))

    job = work()

    assert job.state == State.FAILED
    assert "This file is of another school" in job.error
    assert not Arrival.objects.exists()
    assert not Transfer.objects.exists()


def test_a_large_plan_is_applied_in_the_background_once(
    town: Town, office: Client, stage: Stage
) -> None:
    children = [
        Child(upn(serial), forename=f"Ada-{serial}", results=tuple(profile(serial)))
        for serial in range(200, 400)
    ]
    transfer = stage(ctf(*children))

    said = plain(approve(office, transfer))
    assert f"Bringing {NAME} in" in said
    assert not Result.objects.exists()
    job = work()

    assert (job.state, job.result) == (State.DONE, address(transfer))
    assert Result.objects.count() == 200 * 17 * len(years())
    Job.objects.update(state=State.WAITING, ended_at=None, result="")
    assert work().state == State.DONE
    assert Result.objects.count() == 200 * 17 * len(years())


def test_a_plan_that_went_stale_meanwhile_writes_nothing(
    town: Town, office: Client, stage: Stage
) -> None:
    children = [
        Child(upn(serial), forename=f"Ada-{serial}", results=tuple(profile(serial)))
        for serial in range(200, 400)
    ]
    transfer = stage(ctf(*children))
    approve(office, transfer)
    Pupil.objects.create(
        school=town.elm,
        upn=upn(200),
        surname="Byrne",
        forename="Ada-200",
        dob="2019-11-06",
        sex="F",
    )

    job = work()

    assert job.state == State.FAILED
    assert "Nothing was written." in job.error
    assert not Result.objects.exists()


def test_answers_changed_meanwhile_are_not_carried_out(
    town: Town, office: Client, stage: Stage
) -> None:
    children = [
        Child(upn(serial), forename=f"Ada-{serial}", results=tuple(profile(serial)))
        for serial in range(200, 400)
    ]
    transfer = stage(ctf(*children))
    approve(office, transfer)
    transfer.refresh_from_db()
    actions.choose(transfer=transfer, answers=Answers(clashes=Clashes.FILE))

    job = work()

    assert job.state == State.FAILED
    assert not Result.objects.exists()


def test_no_name_of_a_child_is_kept_with_a_job_that_failed(
    town: Town, office: Client
) -> None:
    twice = [replace(each, basic=REMARK, upn=upn(11)) for each in school(2500)]
    send(office, town, ctf(*twice))

    job = work()

    assert job.state == State.FAILED
    assert "P03 in line" in job.error
    assert "Child-" not in job.error
