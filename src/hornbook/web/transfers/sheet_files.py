"""Reading a spreadsheet of pupils, of results or of both, to be brought in."""

import hashlib
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils import timezone

from hornbook.identifiers import AcademicYear
from hornbook.inspection.kinds import Kind
from hornbook.matching import Offer, Update
from hornbook.sheets.kinds import Kind as SheetKind
from hornbook.sheets.kinds import kind_of
from hornbook.sheets.result_columns import known_heading
from hornbook.sheets.results import ResultsSheet, results_of
from hornbook.sheets.table import Table, read_table
from hornbook.web.transfers.files import FileRead, Refused
from hornbook.web.transfers.staging import Staged

# What a school said of headings: plain heading to an item, a field, or nothing.
Meanings = Mapping[str, str]

_KINDS: Final = {
    SheetKind.PUPILS: (Kind.PUPIL_SHEET, (Update.PUPILS,)),
    SheetKind.RESULTS: (Kind.RESULT_SHEET, (Update.ASSESSMENTS,)),
    SheetKind.MOSTLY_RESULTS: (
        Kind.FULL_SHEET,
        (Update.ASSESSMENTS, Update.BOTH, Update.PUPILS),
    ),
    SheetKind.BOTH: (
        Kind.FULL_SHEET,
        (Update.BOTH, Update.PUPILS, Update.ASSESSMENTS),
    ),
    SheetKind.NEITHER: (Kind.RESULT_SHEET, (Update.ASSESSMENTS,)),
}
_TAKEN: Final = "A CTF, a spreadsheet, or a zip of these can be brought in."
# With fewer it is no list of pupils, whatever a person may say of its columns.
_FEWEST_COLUMNS: Final = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """A person's spreadsheet: its bytes, its name, and how its headings are meant."""

    content: bytes
    name: str
    meanings: Meanings

    def table(self) -> Table:
        """The headings and rows."""
        stream = io.BytesIO(self.content)
        return read_table(stream, self.name, known_heading(self.meanings))

    def results(self, year: AcademicYear) -> ResultsSheet:
        """The pupils and results, those of no stated year being of this one."""
        return _results(self.table(), year, self.meanings)


def _results(table: Table, year: AcademicYear, meanings: Meanings) -> ResultsSheet:
    """The results of a table, in which a pupil's year group is that of today."""
    now = AcademicYear.of(timezone.localdate())
    return results_of(table, year=year, mapping=meanings, groups_of=now)


def likely_year() -> AcademicYear:
    """The year of the results of a sheet that does not say: in autumn, last year's."""
    today = timezone.localdate()
    now = AcademicYear.of(today)
    return AcademicYear(now.ends - 1) if today.year == now.starts else now


def _fitting_year(table: Table, meanings: Meanings) -> AcademicYear:
    """The likely year, or this one where most of the sheet is at fault but as of it."""
    likely, now = likely_year(), AcademicYear.of(timezone.localdate())
    as_likely = results_of(table, year=likely, mapping=meanings)
    sound = len(as_likely.sound)
    if likely == now or sound * 2 > len(as_likely.pupils):
        return likely
    of_now = len(results_of(table, year=now, mapping=meanings).sound)
    return now if of_now > sound else likely


def read(sheet: Sheet, year: AcademicYear | None = None) -> FileRead:
    """Read a spreadsheet, results without a year being of the one given.

    A sheet of which no heading is known has nothing in it until a person says what its
    columns are. Raises Refused where it cannot be read at all.
    """
    table = sheet.table()
    if table.fault:
        raise Refused(f"{table.fault} {_TAKEN}")
    of_results = year or _fitting_year(table, sheet.meanings)
    told = kind_of(table, sheet.meanings)
    if told.kind is SheetKind.NEITHER and len(table.headings) < _FEWEST_COLUMNS:
        raise Refused(told.sentence)
    kind, updates = _KINDS[told.kind]
    found = _results(table, of_results, sheet.meanings)
    details_of = _details_of(kind, found, of_results)
    staged = _staged(found, details_of)
    return FileRead(
        name=sheet.name,
        kind=kind,
        sha256=hashlib.sha256(sheet.content).hexdigest(),
        size=len(sheet.content),
        producer="",
        purpose="",
        year=details_of,
        updates=updates,
        counts=_counts(found, staged, of_results)
        | {"unread": told.sentence if told.kind is SheetKind.NEITHER else ""},
        staged=staged,
        sheet=sheet.content,
    )


def _details_of(
    kind: Kind, found: ResultsSheet, of_results: AcademicYear
) -> AcademicYear:
    """The year that the details are of: a list of pupils may be an old one."""
    if kind is Kind.RESULT_SHEET:
        return of_results
    this_year = AcademicYear.of(timezone.localdate())
    told = found.year or found.groups_of if kind is Kind.PUPIL_SHEET else None
    return told or this_year


def _staged(found: ResultsSheet, details_of: AcademicYear) -> Staged:
    """The pupils in whose rows nothing is at fault; old year groups are not kept."""
    sound = found.sound
    groups_of = found.groups_of or found.year or details_of
    aside: dict[str, Any] = {} if groups_of == details_of else {"nc_year": None}
    offers = tuple(
        Offer(
            record=replace(one.pupil, **aside),
            values=one.values,
            class_name=one.class_name or "",
        )
        for one in sound
    )
    wrong = len(found.pupils) - len(sound)
    words = "pupils in whose rows something is to be corrected"
    return Staged(offers, {words: wrong} if wrong else {})


def _counts(
    found: ResultsSheet, staged: Staged, year: AcademicYear
) -> dict[str, object]:
    codes = Counter(
        item.partition(".")[0] for each in staged.offers for item, _ in each.values
    )
    return {
        "pupils": len(staged.offers),
        "results": codes.total(),
        "contains": sorted(codes),
        "left_out": {},
        "not_taken": dict(staged.not_taken),
        "errors": len(found.faults),
        "queries": 0,
        "results_of": year.ends,
        "result_years": sorted(
            {ends for one in staged.offers for _, ends in one.values}
        ),
        "columns_not_read": list(found.not_used),
    }
