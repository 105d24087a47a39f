"""The DfE's own downloads, kept as they came until the retention setting lets go."""

from datetime import datetime

from django.db import transaction

from hornbook.web import vault
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.transfers.models import Transfer


@transaction.atomic
def original(*, transfer: Transfer, by: User | None) -> bytes:
    """The file's very bytes; none where they are not kept, or no longer."""
    if not transfer.original:
        return b""
    record(
        by=by, school=transfer.school, action="file downloaded", subject=transfer.name
    )
    return vault.unseal(transfer.original)


@transaction.atomic
def let_go(*, before: datetime, by: User | None) -> int:
    """Delete the bytes of downloads brought in before; what is known of each stays."""
    old = Transfer.objects.filter(uploaded_at__lt=before).exclude(original=b"")
    for transfer in old.select_related("school").light():
        record(
            by=by,
            school=transfer.school,
            action="file let go",
            subject=transfer.name,
            detail={"transfer": transfer.pk, "sha256": transfer.sha256},
        )
    return old.update(original=b"")
