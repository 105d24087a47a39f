"""Writing down what was done, in the transaction that does it."""

from collections.abc import Mapping
from typing import Protocol

from django.contrib.auth.base_user import AbstractBaseUser

from hornbook.web.audit.models import Event

# Named where a command did it and nobody was signed in.
COMMAND_LINE = "The command line"


class Numbered(Protocol):
    """A school, as far as an event knows one."""

    @property
    def laestab(self) -> str:
        """The DfE number, seven digits."""


def record(
    *,
    by: AbstractBaseUser | None,
    action: str,
    school: Numbered | None = None,
    subject: str = "",
    detail: Mapping[str, object] | None = None,
) -> Event:
    """Write an event; by is None where a command did it."""
    return Event.objects.create(
        by_id=by.pk if by is not None else None,
        by_name=str(by) if by is not None else COMMAND_LINE,
        laestab=school.laestab if school is not None else "",
        action=action,
        subject=subject[:200],
        detail=dict(detail or {}),
    )
