"""The returns of several schools, made in the background and taken as one zip."""

import zipfile
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.results.scene import YEAR, enrol, give, make_school, person, signed_in
from tests.web.returns.reader import read

from hornbook.web.accounts.models import User
from hornbook.web.commands.worker import KINDS
from hornbook.web.jobs import actions as jobs
from hornbook.web.jobs.models import Job, State
from hornbook.web.jobs.worker import Worker
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.models import Result
from hornbook.web.returns.batches import MAKING
from hornbook.web.returns.models import Batch, MadeFile
from hornbook.web.schools.models import (
    Membership,
    RecipientProfile,
    Role,
    School,
    Trust,
)

SEVERAL = 3


@pytest.fixture
def schools(transactional_db: None) -> list[School]:
    trust = Trust.objects.create(name="Harbour Trust")
    made = [
        make_school(f"School {number}", f"215{number}") for number in range(SEVERAL)
    ]
    School.objects.update(trust=trust)
    for number, school in enumerate(made):
        give(enrol(school, f"Pupil{number}", "1"), "phonics.mark", "30")
    return made


@pytest.fixture
def tess(schools: list[School]) -> User:
    user = User.objects.create_user("tess@example.invalid", "Tess Trust")
    Membership.objects.create(
        user=user, role=Role.LEAD, trust=Trust.objects.get(name="Harbour Trust")
    )
    return user


def begin(client: Client, schools: list[School], what: str = "phonics la") -> str:
    where = reverse("returns:several") + f"?year={YEAR}"
    ticked = {"what_for": what, "schools": [school.pk for school in schools]}
    response = client.post(where, ticked, follow=True)
    return response.content.decode()


def work() -> Job:
    Worker(KINDS).do_all()
    return Job.objects.latest("pk")


def result(client: Client, job: Job) -> str:
    assert job.state == State.DONE, job.error
    return " ".join(client.get(job.result).content.decode().split())


def test_every_school_gets_its_file_and_all_are_in_one_zip(
    schools: list[School], tess: User
) -> None:
    client = signed_in(tess)

    begin(client, schools)
    told = result(client, work())

    assert "3 files of 3 schools." in told
    batch = Batch.objects.get()
    taken = client.get(reverse("returns:batch_zip", args=[batch.pk]))
    with zipfile.ZipFile(BytesIO(taken.content)) as archive:
        names = archive.namelist()
        upns = {one[0] for name in names for one in read(archive.read(name)).results}
    assert sorted(names) == [
        f"926215{number}_PHO_926LLLL_001.xml" for number in range(SEVERAL)
    ]
    assert upns == set(Pupil.objects.values_list("upn", flat=True))
    made = MadeFile.objects.first()
    assert made is not None
    assert made.made_by_name == "Tess Trust"


def test_a_school_with_errors_gets_none_and_the_list_says_why(
    schools: list[School], tess: User
) -> None:
    enrol(schools[1], "Missing", "1")
    client = signed_in(tess)

    begin(client, schools)
    told = result(client, work())

    assert "2 files of 3 schools." in told
    assert "The return has 1 error." in told


def test_a_school_whose_file_was_accepted_and_says_the_same_gets_no_other(
    schools: list[School], tess: User
) -> None:
    client = signed_in(tess)
    begin(client, schools)
    work()
    first, second, _ = MadeFile.objects.order_by("pk")
    day = timezone.localdate()
    MadeFile.objects.filter(pk=first.pk).update(sent_on=day, answer="accepted")
    MadeFile.objects.filter(pk=second.pk).update(sent_on=day, answer="refused")

    begin(client, schools)
    told = result(client, work())

    assert f"{first.name} was accepted, and nothing has changed since" in told
    assert ">Unchanged<" in told
    assert "2 files of 3 schools." in told
    assert "Without a file" not in told


def test_a_school_whose_file_was_sent_gets_another_where_a_result_changed(
    schools: list[School], tess: User
) -> None:
    client = signed_in(tess)
    begin(client, schools)
    work()
    MadeFile.objects.update(sent_on=timezone.localdate())
    Result.objects.filter(pupil__school=schools[0]).update(value="31")

    begin(client, schools)
    told = result(client, work())

    assert "1 file of 3 schools." in told
    assert "_002.xml" in told


def test_the_job_says_how_far_it_is(schools: list[School], tess: User) -> None:
    told = begin(signed_in(tess), schools)

    assert "Returns of 3 schools" in told
    heard: list[tuple[int, int, str]] = []

    def tell(done: int, total: int, words: str = "") -> None:
        heard.append((done, total, words))

    MAKING.work(Job.objects.get(), tell)
    assert heard == [(number, 3, f"School {number}") for number in range(SEVERAL)]


def test_work_that_begins_again_makes_nothing_twice(
    schools: list[School], tess: User
) -> None:
    client = signed_in(tess)
    begin(client, schools)
    job = work()
    Job.objects.filter(pk=job.pk).update(
        state=State.WAITING, result="", ended_at=None, lease_until=None
    )

    work()

    assert MadeFile.objects.count() == SEVERAL


def test_whoever_lost_the_role_meanwhile_gets_no_file(
    schools: list[School], tess: User
) -> None:
    client = signed_in(tess)
    begin(client, schools)
    Membership.objects.filter(user=tess).delete()

    work()

    assert not MadeFile.objects.exists()
    batch = Batch.objects.get()
    assert all("Your role" in place.why_not for place in batch.schools.all())
    page = client.get(reverse("returns:batch", args=[batch.pk])).content.decode()
    assert "0 files of 0 schools." in page


def test_a_school_out_of_sight_cannot_be_ticked(
    schools: list[School], tess: User
) -> None:
    far = make_school("Far Primary School", "9999")

    told = begin(signed_in(tess), [*schools, far])

    assert not Job.objects.exists()
    assert "Far Primary School" not in told


def test_the_list_of_schools_leads_to_it_for_whoever_makes_several(
    schools: list[School], tess: User
) -> None:
    one = signed_in(person("lead", schools[0], "Only One"))

    assert (
        reverse("returns:several") in signed_in(tess).get("/schools/").content.decode()
    )
    assert reverse("returns:several") not in one.get("/schools/").content.decode()


def test_one_school_that_meets_a_fault_does_not_keep_the_others_from_theirs(
    schools: list[School], tess: User
) -> None:
    # What Hornbook itself could not have kept.
    RecipientProfile.objects.create(school=schools[1], recipient="la", text="= spoilt")
    client = signed_in(tess)

    begin(client, schools)
    told = result(client, work())

    assert "2 files of 3 schools." in told
    assert "Hornbook met a fault of its own at this school" in told
    assert "<strong>Without a file:</strong> <a" in told
    assert told.count("School 1</a>") == 2


def test_whoever_began_it_can_stop_it_and_what_is_made_stays(
    schools: list[School], tess: User
) -> None:
    client = signed_in(tess)
    begin(client, schools)
    batch = Batch.objects.get()
    where = reverse("returns:batch", args=[batch.pk])
    assert "3 schools still to come" in client.get(where).content.decode()

    def tell(done: int, total: int, words: str = "") -> None:
        if done == 1:
            client.post(reverse("returns:batch_stop", args=[batch.pk]))

    MAKING.work(Job.objects.get(), tell)

    told = client.get(where).content.decode()
    assert MadeFile.objects.count() == 1
    assert "1 file of 3 schools." in told
    assert told.count("Tess Trust stopped it before this school") == 2
    again = client.post(reverse("returns:batch_stop", args=[batch.pk]), follow=True)
    assert "All schools were done already." in again.content.decode()


def test_the_page_looks_again_by_itself_as_long_as_work_goes_on(
    schools: list[School], tess: User
) -> None:
    client = signed_in(tess)
    begin(client, schools)
    where = reverse("returns:batch", args=[Batch.objects.get().pk])

    under_way = client.get(where).content.decode()
    work()
    done = client.get(where).content.decode()

    assert "jobs/job.js" in under_way
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in under_way
    assert 'value="0" max="3"' in under_way
    assert "jobs/job.js" not in done
    assert "http-equiv" not in done


def test_schools_that_had_no_turn_are_not_said_to_wait(
    schools: list[School], tess: User
) -> None:
    client = signed_in(tess)
    begin(client, schools)
    job = jobs.take()
    assert job is not None
    jobs.fail(job=job, error="The machine was switched off.")

    where = reverse("returns:batch", args=[Batch.objects.get().pk])
    told = client.get(where).content.decode()

    assert "0 files of 3 schools: 3 schools had no turn." in told
    assert "Waiting" not in told
    assert "jobs/job.js" not in told


def test_a_worker_that_is_killed_in_the_middle_is_followed_by_one_that_goes_on(
    schools: list[School], tess: User
) -> None:
    client = signed_in(tess)
    begin(client, schools)

    class Killed(BaseException):
        """As when the process ends."""

    def tell(done: int, total: int, words: str = "") -> None:
        if done == 2:
            raise Killed

    with pytest.raises(Killed):
        MAKING.work(Job.objects.get(), tell)
    before = set(MadeFile.objects.values_list("name", "sha256"))
    assert len(before) == 2

    told = result(client, work())

    assert "3 files of 3 schools." in told
    assert before < set(MadeFile.objects.values_list("name", "sha256"))
    assert MadeFile.objects.count() == SEVERAL


def test_what_is_under_way_is_not_begun_a_second_time(
    schools: list[School], tess: User
) -> None:
    client = signed_in(tess)
    begin(client, schools)

    told = begin(client, schools)

    assert "These returns are being made already: see below." in told
    assert Batch.objects.count() == 1
    work()
    assert "Returns of 3 schools" in begin(client, schools)


def test_what_was_begun_before_is_listed_in_words(
    schools: list[School], tess: User
) -> None:
    client = signed_in(tess)
    begin(client, schools)

    told = client.get(reverse("returns:several")).content.decode()

    assert "Phonics screening check 2025/26: Local authority</a>" in told
