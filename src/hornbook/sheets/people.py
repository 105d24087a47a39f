"""A list of pupils from any spreadsheet, and what cannot be read of it, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from hornbook.identifiers import is_upn
from hornbook.records import Pupil
from hornbook.sheets.columns import columns_of, is_of_a_pupil, titles
from hornbook.sheets.person import TELLING, Person, PersonReader, SheetFault
from hornbook.sheets.table import Table, read_table
from hornbook.wording import listed

__all__ = ["People", "Person", "SheetFault", "people_of", "read_people"]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A list of pupils that was read. headings: those used, and those that are not."""

    table: Table
    persons: tuple[Person, ...] = ()
    faults: tuple[SheetFault, ...] = ()
    headings: Mapping[str, str]
    not_used: tuple[str, ...] = ()

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """Every pupil, as stated, in the order of the sheet."""
        return tuple(person.pupil for person in self.persons)

    @property
    def sound(self) -> tuple[Person, ...]:
        """The rows in which nothing is at fault."""
        wrong = {fault.row for fault in self.faults}
        return tuple(person for person in self.persons if person.row not in wrong)


def read_people(stream: IO[bytes], name: str) -> People:
    """Read a list of pupils, in CSV or Excel; never raises on what it holds."""
    return people_of(read_table(stream, name, is_of_a_pupil))


def people_of(table: Table) -> People:
    """The pupils of a table."""
    if table.fault:
        whole = SheetFault(message=table.fault)
        return People(table=table, faults=(whole,), headings={})
    columns = columns_of(table.headings)
    used = {code: table.headings[at] for code, at in columns.places.items()}
    faults = [*of_the_headings(columns.places, columns.twice, table.heading_row)]
    reader = PersonReader(table, columns.places)
    persons = [] if lacking(columns.places) else list(_persons(table, reader))
    return People(
        table=table,
        persons=tuple(persons),
        faults=(*faults, *reader.faults),
        headings=used,
        not_used=columns.not_used,
    )


def lacking(found: Mapping[str, int], needed: Sequence[str] = TELLING) -> str:
    """What a list must have headings for and has not, in words.

    needed is what tells one pupil from another where there is no UPN.
    """
    has = found.keys() | ({"surname", "forename"} if "name" in found else set())
    if "upn" in has or has.issuperset(needed):
        return ""
    wanted = listed([titles()[code] for code in needed])
    missing = listed([titles()[code] for code in needed if code not in has])
    return (
        f"The sheet has no heading for UPN. Without it, each pupil must have {wanted}: "
        f"there is no heading for {missing}."
    )


def of_the_headings(
    found: Mapping[str, int],
    twice: tuple[str, ...],
    row: int,
    needed: Sequence[str] = TELLING,
) -> Iterator[SheetFault]:
    """What is wrong before any pupil is read."""
    words = lacking(found, needed)
    if words:
        yield SheetFault(message=words)
    for heading in twice:
        message = f"There is a second heading {heading}. The first one was read."
        yield SheetFault(message=message, row=row, heading=heading)


def _persons(table: Table, reader: PersonReader) -> Iterator[Person]:
    """Every row that says anything of a pupil; no UPN may stand in two."""
    met: dict[str, int] = {}
    for row in table.rows:
        person = reader.read(row)
        if person is None:
            continue
        upn = person.pupil.upn
        if upn and is_upn(upn) and met.setdefault(upn, row.number) != row.number:
            where = table.where(met[upn])
            reader.fault(row, "upn", f"The pupil with UPN {upn} is in {where} already.")
        yield person
