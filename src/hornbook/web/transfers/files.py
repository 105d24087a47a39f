"""A file that was read for a school, whatever it is, before anything of it is kept."""

from dataclasses import dataclass

from hornbook.identifiers import AcademicYear
from hornbook.inspection.kinds import Kind
from hornbook.matching import DETAILS, Update, part_of, stated
from hornbook.records import Result
from hornbook.web.transfers.staging import Staged


class Refused(ValueError):
    """The file cannot be brought in; the words say why and what to do.

    nameless says it without a child's name, for what is kept.
    """

    def __init__(self, words: str, nameless: str = "") -> None:
        super().__init__(words)
        self.nameless = nameless or words


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """A file of the school, read and sorted; nothing of it is stored yet.

    updates are what it can be brought in for, the likeliest first. counts is what is
    told of it for good: numbers, never a child's name. results are all of a CTF, since
    the codes of some may be unpublished ones. original are the bytes of a download from
    the DfE, sheet those of a person's spreadsheet until it is brought in.
    """

    name: str
    kind: Kind
    sha256: str
    size: int
    producer: str
    purpose: str
    year: AcademicYear
    updates: tuple[Update, ...]
    counts: dict[str, object]
    staged: Staged
    results: tuple[Result, ...] = ()
    original: bytes = b""
    sheet: bytes = b""

    @property
    def parts(self) -> list[str]:
        """The parts that a person may put aside, of those that it has."""
        offers = self.staged.offers
        said = {name for offer in offers for name in stated(offer.record)}
        details = [part for part, fields in DETAILS.items() if fields & said]
        return details + sorted(
            {part_of(key) for each in offers for key in each.values}
        )

    @property
    def update(self) -> Update:
        """What it is likely to be for."""
        return self.updates[0]

    @property
    def whole_school(self) -> bool:
        """Whether it holds everybody: who is not in it may have left."""
        return self.kind is Kind.WHOLE_SCHOOL
