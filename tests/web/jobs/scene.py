"""A job at Elm Road, and work for a worker."""

from collections.abc import Callable
from dataclasses import replace

from tests.web.people import Town

from hornbook.web.jobs import actions
from hornbook.web.jobs.kinds import Kind, Tell
from hornbook.web.jobs.models import Job
from hornbook.web.jobs.worker import Worker
from hornbook.web.schools.permissions import Permission


def nothing(job: Job, tell: Tell) -> str:
    """Work that is done at once."""
    return "/about/"


COUNTING = Kind(code="count", title="Counting", needs=Permission.BRING_IN, work=nothing)


def begin(town: Town, about: str = "one") -> Job:
    """A job of Alice's."""
    return actions.start(
        kind=COUNTING,
        school=town.elm,
        by=town.alice,
        about=about,
        back="/schools/9262155/bring-in/",
    )


def worker(work: Callable[[Job, Tell], str] = nothing) -> Worker:
    """A worker that counts in this way."""
    return Worker({"count": replace(COUNTING, work=work)})
