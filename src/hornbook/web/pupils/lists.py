"""A list of pupils that was pasted or uploaded: read whole, or refused in words."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from textwrap import shorten
from typing import IO, Final

from hornbook.identifiers import is_upn
from hornbook.sheets.people import People, Person, SheetFault, read_people
from hornbook.sheets.table import begun
from hornbook.wording import sentences

_MOST_FAULTS: Final = 5
_MOST_SAID: Final = 10
_LONGEST_SAID: Final = 60
_LONGEST_FAULT: Final = 300
# More than the largest school has pupils.
_MOST_LINES: Final = 5_000
# More than names, a UPN and a class need.
_LONGEST_LINE: Final = 2_000


class NotAList(ValueError):
    """The list cannot be followed; the words say why."""


def read_file(stream: IO[bytes], name: str) -> People:
    """The pupils of a spreadsheet with headings; raises NotAList."""
    people = read_people(stream, name)
    of_the_whole = [fault.message for fault in people.faults if fault.row is None]
    if of_the_whole:
        raise NotAList(_together(of_the_whole))
    if not people.persons:
        raise NotAList("There is no pupil on the list.")
    refuse_too_many(len(people.persons))
    return people


def _can_be_known(person: Person) -> bool:
    """Whether a row says who is meant: a sound UPN, or names and a date of birth."""
    pupil = person.pupil
    if is_upn(pupil.upn or ""):
        return True
    return bool(pupil.surname and pupil.forename) and born(person) is not None


def born(person: Person) -> date | None:
    """The date of birth, where what stands in the row is one."""
    try:
        return date.fromisoformat(person.pupil.dob or "")
    except ValueError:
        return None


def refuse_unknown(people: People) -> None:
    """Refuse a list with a row that says of nobody who is meant; raises NotAList.

    What else is at fault in a row does not matter to who is on the list.
    """
    unknown = {one.row for one in people.persons if not _can_be_known(one)}
    said = [_at(people, fault) for fault in people.faults if fault.row in unknown]
    if unknown:
        raise NotAList(_together(said))


def _at(people: People, fault: SheetFault) -> str:
    words = shorten(fault.message, _LONGEST_FAULT, placeholder=" ...")
    where = people.table.where(fault.row or 0)
    return words if where in words else f"{begun(where)}: {words}"


def _together(said: Sequence[str]) -> str:
    """The first of what is wrong, and how much more there is."""
    return f"Nothing was taken. {sentences(said, _MOST_FAULTS)}"


def some(lines: Sequence[str]) -> str:
    """The first of the lines that somebody pasted, shortened, and how many more."""
    shown = [
        shorten(line, _LONGEST_SAID, placeholder=" ...") for line in lines[:_MOST_SAID]
    ]
    more = len(lines) - _MOST_SAID
    return "; ".join([*shown, *([f"and {more:,} more"] if more > 0 else [])])


def as_file(lines: list[str]) -> People:
    """The pupils of pasted lines with headings; raises NotAList."""
    return read_file(BytesIO("\n".join(lines).encode()), "list.csv")


def lines_of(text: str) -> list[str]:
    """The lines of a pasted list that hold anything; raises NotAList."""
    lines = [line for line in text.splitlines() if line.strip()]
    refuse_too_many(len(lines))
    for number, line in enumerate(lines, 1):
        if len(line) > _LONGEST_LINE:
            raise NotAList(
                f"Line {number} is {len(line):,} characters long. Copy the list again, "
                "with a pupil on each line."
            )
    return lines


def refuse_too_many(lines: int) -> None:
    """Refuse a list longer than any school has pupils; raises NotAList."""
    if lines > _MOST_LINES:
        raise NotAList(
            f"The list has {lines:,} lines. It must have {_MOST_LINES:,} at the most."
        )
