"""Files of invented pupils, of any size, from Hornbook's own writer.

`python -m bench.files FILE PUPILS KIND` writes the return of a profile. It is another
process, since one begins with the peak memory of the one that started it.
"""

import random
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from hornbook import records
from hornbook.ctf.write import Outgoing, write_ctf
from hornbook.identifiers import AcademicYear, check_letter
from hornbook.records import Pupil, Result
from hornbook.rulebook.items import Item
from hornbook.rulebook.load import rulebook

YEAR: Final = AcademicYear(2026)
LA: Final = "909"
_FORENAMES: Final = ("Ada", "Björn", "Chloe", "Daniel", "Ella", "Finn", "Siân", "Zoë")
_SURNAMES: Final = ("Abara", "Byrne", "McKay", "O'Brien", "Reid-Moore", "Young")
_EARLIEST_ESTAB: Final = 2001
_SERIALS: Final = 1000
_FAULTY: Final = 20
_SEED: Final = 1540


class Kind(StrEnum):
    """What a file is like."""

    CLEAN = "clean"
    FAULTY = "1 pupil in 20 faulty"
    UNUSUAL = "a space in each </Result >"
    STALE = "version 21.0 and Gender"


def upn(number: int, joined: AcademicYear) -> str:
    """A sound UPN, another for every number under several million."""
    estab, serial = divmod(number, _SERIALS)
    body = f"{LA}{_EARLIEST_ESTAB + estab}{joined.starts % 100:02}{serial:03}"
    return check_letter(body) + body


def value_for(item: Item) -> str:
    """A value that the item allows and a file carries."""
    if item.marks is not None:
        return str(item.marks.highest - 1)
    return next(each.code for each in item.entered if each.exported)


def results(year: AcademicYear, collection: str) -> list[Result]:
    """A result for every column of a collection whose codes are known."""
    items = rulebook(year).collections[collection].items
    values = ((item, value_for(item)) for item in items if item.ctf and item.required)
    return [
        Result(codes, str(year.ends), value)
        for item, value in values
        if (codes := item.combination_for(value))
    ]


def pupil(number: int, age: int, given: tuple[Result, ...]) -> Pupil:
    """One invented pupil; age is how many years ago Reception was."""
    return Pupil(
        upn=upn(number, AcademicYear(YEAR.ends - age)),
        surname=_SURNAMES[number % len(_SURNAMES)] + _letters(number),
        forename=_FORENAMES[number % len(_FORENAMES)],
        dob=f"{YEAR.ends - 5 - age}-{1 + number % 8:02}-{1 + number % 28:02}",
        sex="FM"[number % 2],
        nc_year=str(age) if age else "R",
        results=given,
    )


def _letters(number: int) -> str:
    """Another ending for each number, so that no two pupils have one name."""
    text = ""
    while number:
        number, rest = divmod(number, 26)
        text += chr(ord("a") + rest)
    return text


def a_return(pupils: int, kind: Kind) -> bytes:
    """A profile for the local authority: every goal of every pupil.

    What each pupil achieved is drawn by lot, as no class is all alike; the same every
    time.
    """
    lots = random.Random(_SEED)  # noqa: S311 - invented pupils, not secrets
    goals = results(YEAR, "eyfsp")
    either = [[replace(goal, value=value) for value in "12"] for goal in goals]
    wrong = replace(goals[0], value="9")
    everybody = []
    for number in range(pupils):
        drawn = [lots.choice(pair) for pair in either]
        if kind is Kind.FAULTY and number % _FAULTY == 0:
            drawn[0] = wrong
        everybody.append(pupil(number, 0, tuple(drawn)))
    written = _written("2001", "LLLL", "partial", everybody)
    if kind is Kind.UNUSUAL:
        written = written.replace(b"</Result>", b"</Result >")
    if kind is Kind.STALE:
        written = written.replace(b"Sex>", b"Gender>").replace(b">25.0<", b">21.0<")
    return written


def a_whole_school(estab: str, pupils: int) -> bytes:
    """What a MIS writes: pupils of Year 2 with twenty results of three years."""
    given = [
        *results(AcademicYear(YEAR.ends - 2), "eyfsp"),
        *results(AcademicYear(YEAR.ends - 1), "phonics"),
        *results(YEAR, "ks1")[:2],
    ]
    everybody = [pupil(number, 2, tuple(given)) for number in range(pupils)]
    return _written(estab, estab, "full", everybody)


def _written(estab: str, to: str, qualifier: str, pupils: list[Pupil]) -> bytes:
    return write_ctf(
        Outgoing(
            version=YEAR.ctf_version,
            date_time=f"{YEAR.ends}-06-20T10:11:12",
            source=records.School(
                la=LA,
                estab=estab,
                urn="999881",
                name="Bench Lane Primary School",
                academic_year=str(YEAR.starts),
            ),
            destination=records.School(la=LA, estab=to),
            qualifier=qualifier,
            pupils=pupils,
        )
    )


def main() -> None:
    """Write one return."""
    path, pupils, kind = sys.argv[1:]
    Path(path).write_bytes(a_return(int(pupils), Kind(kind)))


if __name__ == "__main__":
    main()
