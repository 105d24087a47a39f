"""What an app says of work that it has done in the background."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hornbook.web.jobs.models import Job
from hornbook.web.schools.permissions import Permission


class CannotBeDone(Exception):
    """Why the work cannot be done, in words for the person who asked for it."""


class Tell(Protocol):
    """Says how far the work is; now and then it stops the work by raising."""

    def __call__(self, done: int, total: int, words: str = "") -> None:
        """So much of so much is done; words say what is being done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of job.

    work does it and returns the address of the result; it raises CannotBeDone with
    the reason. A worker that is killed is replaced by one that begins again, so work
    that is done already must be found done: what it writes, it writes in one
    transaction, and looks first. needs is what a person must be allowed to do.
    """

    code: str
    title: str
    needs: Permission
    work: Callable[[Job, Tell], str]
