"""Holding a school still while a file is brought in, read again or taken back."""

from hornbook.web.pupils.models import Pupil
from hornbook.web.schools.models import School
from hornbook.web.transfers.models import Transfer


def hold(transfer: Transfer) -> None:
    """Nobody else brings in, undoes, locks or enters a result until this is done.

    Raises Transfer.DoesNotExist where it was thrown away meanwhile.
    """
    School.objects.select_for_update().get(pk=transfer.school_id)
    pupils = Pupil.objects.select_for_update().filter(school=transfer.school_id)
    list(pupils.order_by("pk").values_list("pk"))
    transfer.refresh_from_db()
