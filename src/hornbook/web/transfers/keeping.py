"""The DfE's own downloads, kept as they came until the retention setting lets go."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hornbook.web import vault
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.transfers.models import Transfer

_DAYS_A_YEAR: Final = 366


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
def let_go(*, by: User | None) -> int:
    """Delete the bytes of files older than the setting; how many there were."""
    before = timezone.now() - timedelta(
        days=_DAYS_A_YEAR * settings.HORNBOOK_KEEP_YEARS
    )
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
