"""Lists of a return to read, print and take away: findings, and pupils by value."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from hornbook.rulebook.lists import list_title
from hornbook.rulebook.model import Collection, Item
from hornbook.sheets.lists import Cell, List
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.cohort import Member, counted, lacking, missing_in_words
from hornbook.web.results.grid import dom_id
from hornbook.web.results.queries import Sight
from hornbook.web.results.wording import group
from hornbook.web.returns.outgoing import Going
from hornbook.web.returns.preflight import Group, Preflight
from hornbook.web.returns.terms import cohort

_FOUND: Final = {
    "Severity": 10,
    "Code": 7,
    "DfE": 7,
    "Pupil": 26,
    "Class": 12,
    "Year group": 12,
    "What is wrong": 60,
    "What to do": 60,
    "Accepted": 40,
}
# As many columns as stand side by side on a tablet with their headings level.
_FEW: Final = 8


@dataclass(frozen=True, slots=True)
class Cellful:
    """A value in the report and the cell of the grid it stands in."""

    title: str
    value: str
    anchor: str
    missing: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil in the report, with what is still needed."""

    member: Member
    upn: str
    cells: tuple[Cellful, ...]
    earlier: str
    needed: tuple[Item, ...]
    wanting: str


@dataclass(frozen=True, slots=True)
class Report:
    """A collection's pupils with every value, under the name that schools know."""

    title: str
    collection: Collection
    lines: tuple[Line, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it has so many columns that each must be narrow."""
        return len(self.collection.items) > _FEW

    @property
    def headings(self) -> tuple[tuple[Item, str], ...]:
        """Each item with a short title, or the whole one where others share it."""
        often = Counter(item.short_title for item in self.collection.items)
        return tuple(
            (item, item.title if often[item.short_title] > 1 else item.short_title)
            for item in self.collection.items
        )

    @property
    def wanting(self) -> tuple[Line, ...]:
        """Those who still lack something."""
        return tuple(line for line in self.lines if line.needed)


def report(sight: Sight, going: Going) -> Report:
    """Everybody who must have a result, or has one."""
    collection = going.collection
    members = [
        one for one in cohort(sight, going.book, collection) if counted(collection, one)
    ]
    pupils = Pupil.objects.filter(pk__in=[one.pupil for one in members])
    upns = dict(pupils.values_list("pk", "upn"))
    lines = tuple(_line(collection, one, upns[one.pupil]) for one in members)
    return Report(title_of(collection), collection, lines)


def title_of(collection: Collection) -> str:
    """What schools call the list: Phonics Names; that of another term says so."""
    title = list_title(collection.results_of)
    return f"{title}: {collection.short_title}" if collection.term else title


def _line(collection: Collection, member: Member, upn: str) -> Line:
    needed = lacking(collection, member)
    cells = tuple(
        Cellful(
            item.title,
            member.values.get(item.code, ""),
            dom_id(member.pupil, item.full_code),
            item in needed,
        )
        for item in collection.items
    )
    recheck = collection.recheck
    before = member.earlier.get(recheck.item, "") if recheck else ""
    wanting = missing_in_words(collection, member)
    return Line(member, upn, cells, before, needed, wanting)


def report_as_list(made: Report, lines: Iterable[Line]) -> List:
    """The report for a spreadsheet."""
    recheck = {"Last year": 10} if made.collection.recheck else {}
    values = {item.title: 12 for item in made.collection.items}
    columns = {"Surname": 20, "Forename": 18, "UPN": 16, "Class": 12, "Year group": 12}
    return List(
        title=made.title,
        columns=columns | recheck | values | {"Still needed": 40},
        rows=[tuple(_row(line, bool(recheck))) for line in lines],
    )


def _row(line: Line, recheck: object) -> Iterator[Cell]:
    member = line.member
    yield from (member.surname, member.forename, line.upn)
    yield from (member.class_name, group(member.nc_year))
    if recheck:
        yield line.earlier
    yield from (cell.value for cell in line.cells)
    yield "; ".join(item.title for item in line.needed)


def findings_as_list(ready: Preflight) -> List:
    """Everything found in a return, a pupil a row."""
    groups = [("Error", one) for one in ready.error_groups]
    groups += [("Query", one) for one in ready.query_groups]
    rows = [row for severity, one in groups for row in _found(severity, one)]
    return List(title="Findings", columns=_FOUND, rows=rows)


def _found(severity: str, found: Group) -> Iterator[tuple[Cell, ...]]:
    for one in found.affected:
        member, accepted = one.member, one.accepted
        yield (
            severity,
            found.code,
            found.dfe,
            member.name if member else "",
            member.class_name if member else "",
            group(member.nc_year) if member else "",
            one.message,
            found.remedy,
            f"{accepted.note} ({accepted.by})" if accepted else "",
        )
