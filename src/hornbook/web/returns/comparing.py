"""A file held against another: who came, who went, what to take out by hand."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from django.utils import timezone

from hornbook.inspection.compare import Comparison, compare_uploads
from hornbook.inspection.differences import Person, PupilChange
from hornbook.web.results.queries import Sight
from hornbook.web.returns import queries
from hornbook.web.returns.actions import content_of
from hornbook.web.returns.models import MadeFile
from hornbook.web.returns.outgoing import as_bytes

# By these a recipient knows a pupil: with one of them changed, it takes the pupil for
# another one.
_KNOWN_BY: Final = frozenset({"upn", "surname", "forename", "dob"})
_NOW: Final = "now"


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two files, and the pupils of it whose pages can be opened.

    sent is whether the old one went to the recipient.
    pages: by UPN, the key of a pupil.
    """

    old: str
    sent: bool
    comparison: Comparison
    pages: dict[str, int]

    @property
    def same(self) -> bool:
        """Whether the two say the same of every pupil; a header's date does not."""
        found = self.comparison
        return not (found.added or found.removed or found.changed)

    @property
    def by_hand(self) -> tuple[tuple[Person | PupilChange, str], ...]:
        """Whom the recipient has to take out by hand, as no upload does, and why."""
        gone = [(one, "is not in the new file") for one in self.comparison.removed]
        renamed = [
            (one, "may stand there twice: once with the old details")
            for one in self.comparison.changed
            if _KNOWN_BY & one.fields.keys()
        ]
        return (*gone, *renamed)


def with_last_sent(sight: Sight, made: MadeFile) -> Compared | None:
    """Against the file sent before to the same recipient; None where there is none."""
    before = (
        MadeFile.objects.kept()
        .filter(
            school=made.school,
            academic_year=made.academic_year,
            collection=made.collection,
            recipient=made.recipient,
            nc_years=made.nc_years,
            sent_on__isnull=False,
            pk__lt=made.pk,
        )
        .order_by("-pk")
        .first()
    )
    if before is None or not made.kept:
        return None
    return _compared(sight, before, content_of(made))


def with_now(sight: Sight, made: MadeFile) -> Compared | None:
    """Against the file as it would be made now; None where its bytes are not kept."""
    if not made.kept:
        return None
    going = queries.going_of(made)
    ready = queries.draft(sight, going)
    groups = made.nc_years.split() or going.collection.nc_years
    sending = ready.only(groups).sending
    now = as_bytes(going, sending, timezone.localtime().strftime("%Y-%m-%dT%H:%M:%S"))
    return _compared(sight, made, now)


def _compared(sight: Sight, old: MadeFile, new: bytes) -> Compared:
    before = BytesIO(content_of(old)), old.name
    found = compare_uploads(before, (BytesIO(new), _NOW))
    people: list[Person | PupilChange] = [*found.added, *found.removed, *found.changed]
    upns = [one.upn for one in people if one.upn]
    pages = sight.pupils.filter(upn__in=upns)
    by_upn = dict(pages.values_list("upn", "pk"))
    return Compared(old.name, old.sent_on is not None, found, by_upn)
