"""The page of a job."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import SignedIn
from tests.web.jobs.scene import begin, worker
from tests.web.people import Town

from hornbook.web.jobs import actions
from hornbook.web.jobs.kinds import CannotBeDone, Tell
from hornbook.web.jobs.models import Job


def address(job: Job) -> str:
    return reverse("jobs:job", args=[job.school.laestab, job.pk])


def page(town: Town, signed_in: SignedIn, job: Job) -> str:
    response = signed_in(town.alice).get(address(job))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_job_that_waits_says_so_and_looks_again_without_script(
    town: Town, signed_in: SignedIn
) -> None:
    html = page(town, signed_in, begin(town))

    assert "Waiting for its turn." in html
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in html
    assert "more than a minute" not in html


def test_a_job_that_nobody_takes_says_whom_to_tell(
    town: Town, signed_in: SignedIn
) -> None:
    job = begin(town)
    Job.objects.update(made_at=timezone.now() - timedelta(minutes=2))

    assert "its worker does not run" in page(town, signed_in, job)


def test_a_job_under_way_says_how_far_it_is(town: Town, signed_in: SignedIn) -> None:
    begin(town)
    job = actions.take()
    assert job is not None
    actions.keep(job=job, done=120, total=420, words="Reading pupils")

    html = page(town, signed_in, job)

    assert "Reading pupils" in html
    assert 'value="120" max="420"' in html
    assert "120 of 420" in html


def test_a_job_that_is_done_leads_to_its_result(
    town: Town, signed_in: SignedIn
) -> None:
    job = begin(town)
    worker().do_all()

    response = signed_in(town.alice).get(address(job))

    assert response.headers["Location"] == "/about/"


def test_a_job_that_failed_says_why_and_leads_back(
    town: Town, signed_in: SignedIn
) -> None:
    def refuse(job: Job, tell: Tell) -> str:
        raise CannotBeDone("The plan has changed since you looked at it.")

    job = begin(town)
    worker(refuse).do_all()

    html = page(town, signed_in, job)

    assert "It was not done." in html
    assert "The plan has changed since you looked at it." in html
    assert 'href="/schools/9262155/bring-in/"' in html
    assert "refresh" not in html


def test_the_page_asks_the_database_the_same_whatever_waits(
    town: Town, signed_in: SignedIn
) -> None:
    client, job = signed_in(town.alice), begin(town)
    client.get(address(job))
    counts = []

    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(address(job))
        counts.append(len(asked))
        for more in range(20):
            begin(town, f"{number} {more}")

    assert counts[0] == counts[1]
