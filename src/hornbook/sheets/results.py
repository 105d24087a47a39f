"""Results from any spreadsheet: whose, of what, in which year, and what is at fault."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.model import Collection
from hornbook.sheets.columns import titles
from hornbook.sheets.groups import Groups
from hornbook.sheets.merging import Gathered, PupilResults, ResultKey, key_of
from hornbook.sheets.people import lacking, of_the_headings
from hornbook.sheets.person import NAMES_ALONE, Person, PersonReader, SheetFault
from hornbook.sheets.result_columns import (
    NO_MAP,
    Column,
    HeadingMap,
    ResultColumns,
    known_heading,
    label_of,
    labelled,
    result_columns,
    settled,
    titles_of,
)
from hornbook.sheets.subjects import (
    collection_of,
    collections,
    title_of,
    words,
    year_told,
)
from hornbook.sheets.table import Row, Table, begun, read_table
from hornbook.sheets.values import Judge, OnlyFollows, says_nothing, tidied
from hornbook.sheets.years import read_year

__all__ = ["PupilResults", "ResultKey", "ResultsSheet", "read_results", "results_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsSheet:
    """A sheet of results that was read.

    headings: each that was used and what it is, in words. notices say what was left
    aside that is no fault. year is the one that every row states, and groups_of the one
    that the year groups are of by the dates of birth; None where they do not tell.
    """

    table: Table
    pupils: tuple[PupilResults, ...] = ()
    faults: tuple[SheetFault, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    not_used: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    year: AcademicYear | None = None
    groups_of: AcademicYear | None = None

    @property
    def sound(self) -> tuple[PupilResults, ...]:
        """The pupils in whose rows nothing is at fault."""
        wrong = {fault.row for fault in self.faults}
        return tuple(one for one in self.pupils if wrong.isdisjoint(one.rows))


def read_results(
    stream: IO[bytes],
    name: str,
    *,
    year: AcademicYear,
    mapping: HeadingMap = NO_MAP,
    groups_of: AcademicYear | None = None,
) -> ResultsSheet:
    """Read results of a year from CSV or Excel; never raises on what it holds.

    mapping is what a person said of headings, plainly written: an item's full code, a
    field of a pupil, or nothing where the column is not to be read. groups_of is the
    year that the pupils' year groups are of, where that is another.
    """
    table = read_table(stream, name, known_heading(mapping))
    return results_of(table, year=year, mapping=mapping, groups_of=groups_of)


def results_of(
    table: Table,
    *,
    year: AcademicYear,
    mapping: HeadingMap = NO_MAP,
    groups_of: AcademicYear | None = None,
) -> ResultsSheet:
    """The results of a table."""
    if table.fault:
        return ResultsSheet(table=table, faults=(SheetFault(message=table.fault),))
    reading = Reading(table, year, mapping, groups_of or year)
    if lacking(reading.found.fields, NAMES_ALONE):
        return ResultsSheet(table=table, faults=tuple(reading.of_the_headings()))
    return reading.sheet()


class Reading:
    """Goes down the rows: first whose they are, then what they say of them.

    found: the columns of use, the doubtful ones settled by the pupils' year groups.
    """

    def __init__(
        self,
        table: Table,
        year: AcademicYear,
        mapping: HeadingMap,
        groups_of: AcademicYear,
    ) -> None:
        self.found = result_columns(table, mapping)
        self._table = table
        self._year = year
        self._notices = [*_unread(table), *_another_year(table, self.found, year)]
        self._reader = PersonReader(table, self.found.fields, NAMES_ALONE)
        self._years: dict[int, int] = {}
        self._faults: list[SheetFault] = []
        self._persons = [*self._people()]
        pupils = [person.pupil for _, person in self._persons]
        self._groups = Groups(pupils, year, groups_of)
        groups = frozenset(self._group(row, person) for row, person in self._persons)
        self.found = settled(table, self.found, groups)
        held = {collection_of(i) for c in self.found.columns for i in c.items}
        self._judge = Judge(year, frozenset(held))

    def sheet(self) -> ResultsSheet:
        """All that was read."""
        self._faults += self.of_the_headings()
        gathered: dict[object, Gathered] = {}
        for row, person in self._persons:
            where = self._table.where(row.number)
            mine = gathered.setdefault(self._whose(person), Gathered(person, where))
            if another := mine.differs(person):
                self._reader.fault(row, "upn", another)
            self._add(row, person, mine)
        faults = (*self._faults, *self._reader.faults)
        return ResultsSheet(
            table=self._table,
            pupils=tuple(one.whole() for one in gathered.values()),
            faults=tuple(sorted(faults, key=lambda fault: fault.row or 0)),
            headings=_headings(self._table, self.found),
            not_used=_not_used(self._table, self.found),
            notices=tuple(self._notices),
            year=self._one_year(),
            groups_of=self._groups.told,
        )

    def _whose(self, person: Person) -> object:
        """What makes two rows one pupil's: a name will do where a row is one result."""
        return key_of(person, by_name=bool(self.found.labels))

    def _one_year(self) -> AcademicYear | None:
        """The year that every row states, if it is one."""
        years = {self._years.get(row.number) for row, _ in self._persons}
        only = years.pop() if len(years) == 1 else None
        return AcademicYear(only) if only else None

    def _people(self) -> Iterator[tuple[Row, Person]]:
        """The rows with a pupil, and the year of each."""
        for row in self._table.rows:
            if _is_a_total(row, self.found.fields):
                words = f"{self._place(row)} is no pupil and was not read."
                self._notices.append(words)
                continue
            person = self._reader.read(row)
            if person is None:
                words = f"{self._place(row)} names no pupil and was not read."
                self._notices.append(words)
                continue
            if (year := self._year_of(row)) is not None:
                self._years[row.number] = year
            yield row, person

    def _place(self, row: Row) -> str:
        return begun(self._table.where(row.number))

    def _year_of(self, row: Row) -> int | None:
        """The calendar year of a row's results, where its Year says one."""
        at = self.found.year
        if at is None or says_nothing(row.cells[at]):
            return None
        try:
            return read_year(tidied(row.cells[at])).ends
        except ValueError as fault:
            self._fault(row, at, str(fault))
            return self._year.ends

    def _group(self, row: Row, person: Person) -> str:
        """The year group the pupil was in when the row's results were theirs."""
        year = self._years.get(row.number, self._year.ends)
        return self._groups.then(person.pupil, year)

    def of_the_headings(self) -> Iterator[SheetFault]:
        """What is wrong with the headings themselves."""
        row = self._table.heading_row
        yield from of_the_headings(
            self.found.fields, self.found.twice, row, NAMES_ALONE
        )
        for column in self.found.doubtful:
            heading = self._table.headings[column.at]
            yield SheetFault(
                message=_doubt(heading, column),
                row=row,
                column=column.at,
                heading=heading,
                value=heading,
            )

    def _add(self, row: Row, person: Person, mine: Gathered) -> None:
        """Put the results of a row to those the pupil has; what follows comes last."""
        mine.rows.append(row.number)
        follows: list[tuple[int, ResultKey, OnlyFollows]] = []
        for column in (*self.found.columns, *self._one_a_row(row)):
            text = row.cells[column.at]
            if says_nothing(text):
                continue
            try:
                key = self._key(row, column, person)
                where = self._table.where(row.number)
                mine.add(key, self._judge.value(*key, text), where)
            except OnlyFollows as said:
                follows.append((column.at, key, said))
            except ValueError as fault:
                self._fault(row, column.at, str(fault))
        for at, key, outcome in follows:
            mark, _ = mine.values.get(key, ("", 0))
            if wrong := outcome.against(mark) if mark else str(outcome):
                self._fault(row, at, wrong)

    def _one_a_row(self, row: Row) -> Iterator[Column]:
        """Where a row is one result, what it is of."""
        label = label_of(row, self.found.labels)
        for at in self.found.values:
            meant = labelled(label, self._table.headings[at])
            yield Column(at, meant.items, meant.year, meant.nc_year)

    def _key(self, row: Row, column: Column, person: Person) -> ResultKey:
        """The item and year of a cell; ValueError where they cannot be told."""
        if not column.items:
            label = label_of(row, self.found.labels)
            raise ValueError(f"{label or 'A blank'} is no result that Hornbook knows.")
        group = column.nc_year or self._group(row, person)
        code = _of_the_group(column, group, self.found.in_play)
        if column.nc_year and column.year is None:
            return code, self._groups.year_in(person.pupil, column.nc_year)
        if stated := column.year or self._years.get(row.number):
            return code, stated
        if self._years and self._year.ends not in self._years.values():
            raise ValueError("The row says no school year. Write it, as 2025/26.")
        assessed = _collection(code).nc_years
        return code, self._groups.taken_in(person.pupil, assessed, self._year.ends)

    def _fault(self, row: Row, at: int, message: str) -> None:
        self._faults.append(
            SheetFault(
                message=message,
                row=row.number,
                column=at,
                heading=self._table.headings[at],
                value=row.cells[at],
            )
        )


def _of_the_group(column: Column, group: str, in_play: frozenset[str]) -> str:
    """The one item that a column can be of for a pupil of a year group."""
    if len(column.items) == 1:
        return column.items[0]
    played = [i for i in column.items if collection_of(i) in in_play] or column.items
    if len(played) > 1:
        played = [i for i in played if group in _collection(i).nc_years]
    if len(played) != 1:
        raise ValueError(f"It cannot be told of what this is: {_choices(column)}.")
    return played[0]


def _collection(item: str) -> Collection:
    return collections()[collection_of(item)]


def _choices(column: Column) -> str:
    return " or ".join(dict.fromkeys(_collection(i).title for i in column.items))


def _doubt(heading: str, column: Column) -> str:
    """What to do about a heading that may mean several things."""
    example = title_of(column.items[-1])
    return (
        f"{heading} does not say of what it is: {_choices(column)}. Write it into the "
        f"heading, such as {example}."
    )


def _is_a_total(row: Row, fields: Mapping[str, int]) -> bool:
    """Whether a row under the pupils is a total or a key: it has no UPN or birthday."""
    known_by = (fields[code] for code in ("upn", "dob") if code in fields)
    first = next(cell for cell in row.cells if cell)
    if any(row.cells[at] not in ("", first) for at in known_by):
        return False
    said = first.casefold().partition(":")[0].strip()
    return said in words()["rows"]["totals"] or said.startswith(_footers())


def _footers() -> tuple[str, ...]:
    return tuple(words()["rows"]["footers"])


def _unread(table: Table) -> Iterator[str]:
    """Other sheets that may hold results too."""
    if table.sheets:
        named = ", ".join(table.sheets)
        yield f"The sheets {named} have the same headings and were read as one."
    if table.others:
        others = ", ".join(table.others)
        read = "these sheets were" if table.sheets else f"the sheet {table.sheet} was"
        yield f"Only {read} read, and not {others}."


def _another_year(
    table: Table, found: ResultColumns, year: AcademicYear
) -> Iterator[str]:
    """Whether a title tells of another year than the results are taken to be of."""
    told = set(filter(None, map(year_told, titles_of(table)))) - {year.ends}
    if found.of_results and found.year is None and len(told) == 1:
        other = AcademicYear(told.pop())
        yield f"The sheet tells of {other}. Its results were read as those of {year}."


def _headings(table: Table, found: ResultColumns) -> tuple[tuple[str, str], ...]:
    """The headings used in the order of the sheet, and what each is."""
    what = {at: titles()[code] for code, at in found.fields.items()}
    for column in found.columns:
        what[column.at] = " or ".join(map(title_of, column.items))
    what |= dict.fromkeys(found.labels, "What the result is of")
    what |= dict.fromkeys(found.values, "The result")
    if found.year is not None:
        what[found.year] = "The year of the results"
    return tuple((table.headings[at], what[at]) for at in sorted(what))


def _not_used(table: Table, found: ResultColumns) -> tuple[str, ...]:
    return tuple(
        heading
        for at, heading in enumerate(table.headings)
        if heading and at not in found.used
    )
