"""What became of a file: sent, and what the recipient said of it."""

from datetime import date

from django.db import transaction

from hornbook.web import vault
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.returns.models import Answer, MadeFile


class NotSent(Exception):
    """Nobody can have answered a file that was not sent."""


@transaction.atomic
def mark_sent(*, made: MadeFile, on: date, receipt: str, by: User) -> None:
    """Write down that a file was sent, when, and the reference of its receipt."""
    before = _as_sent(made)
    made.sent_on, made.receipt, made.sent_by_name = on, receipt, str(by)
    made.save(update_fields=["sent_on", "receipt", "sent_by_name"])
    _record(made, by, "file sent", {"before": before, "after": _as_sent(made)})


@transaction.atomic
def mark_answered(
    *, made: MadeFile, answer: Answer, on: date, words: str, by: User
) -> None:
    """Write down whether the recipient accepted a file, in the recipient's words."""
    if made.sent_on is None:
        raise NotSent("Write down first when the file was sent.")
    before = made.answer
    made.answer, made.answered_on, made.answered_by_name = answer, on, str(by)
    made.words = vault.seal(words.encode()) if words else b""
    made.save(update_fields=["answer", "answered_on", "answered_by_name", "words"])
    # The words may name children, so the audit holds only that there are some.
    detail = {"before": before, "after": made.answer, "letters": len(words)}
    _record(made, by, f"file {answer.label.lower()}", detail)


def words_of(made: MadeFile) -> str:
    """What the recipient wrote; blank where nothing was written down."""
    return vault.unseal(made.words).decode() if made.words else ""


def _as_sent(made: MadeFile) -> list[str]:
    return [made.sent_on.isoformat() if made.sent_on else "", made.receipt]


def _record(made: MadeFile, by: User, action: str, detail: dict[str, object]) -> None:
    record(by=by, school=made.school, action=action, subject=made.name, detail=detail)
