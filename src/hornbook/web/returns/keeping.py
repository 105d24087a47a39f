"""The bytes of files made, kept until the retention setting lets go of them."""

from datetime import datetime

from django.db import transaction

from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.returns.models import MadeFile


@transaction.atomic
def let_go(*, before: datetime, by: User | None) -> int:
    """Delete the bytes of files made before, and what was said of children in them."""
    old = MadeFile.objects.kept().filter(made_at__lt=before)
    for made in old.select_related("school").defer("content"):
        record(
            by=by,
            school=made.school,
            action="file let go",
            subject=made.name,
            detail={"file": made.pk, "sha256": made.sha256},
        )
    return old.update(content=b"", known=b"")
