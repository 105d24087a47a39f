"""What the page of a plan shows of the spreadsheet it was made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from hornbook.identifiers import AcademicYear
from hornbook.sheets.corrections import lost
from hornbook.sheets.person import SheetFault
from hornbook.sheets.results import ResultsSheet
from hornbook.web.transfers import queries
from hornbook.web.transfers.models import Transfer

_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet that was read, and the year of those of its results that name none.

    lost says what of it is not in the one that comes back to be corrected.
    """

    read: ResultsSheet
    year: AcademicYear
    lost: str = ""

    @classmethod
    def of(cls, transfer: Transfer) -> Self | None:
        """The sheet of a transfer; None of a CTF."""
        if not transfer.sheet:
            return None
        year = AcademicYear(transfer.counts["results_of"])
        sheet = queries.sheet(transfer)
        return cls(sheet.results(year), year, lost(sheet.content))

    @property
    def faults(self) -> Sequence[SheetFault]:
        """What is to be corrected, in the order of the rows."""
        return self.read.faults

    @property
    def shown(self) -> list[tuple[str, SheetFault]]:
        """The first of them, each with the place of its row."""
        return [(self._place(fault), fault) for fault in self.faults[:_SHOWN]]

    def _place(self, fault: SheetFault) -> str:
        """The number of the row, and of several sheets the name of its own."""
        where = self.read.table.where(fault.row) if fault.row else ""
        return where.removeprefix("row ")

    @property
    def more(self) -> int:
        """How many more there are."""
        return max(0, len(self.faults) - _SHOWN)
