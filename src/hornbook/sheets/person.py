"""One row of a list as a pupil, and what cannot be read of it, in words."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hornbook.identifiers import UPN, likely_upns, parse_nc_year
from hornbook.records import Pupil
from hornbook.sheets.columns import titles, values_of
from hornbook.sheets.days import read_day
from hornbook.sheets.formulas import cell_error
from hornbook.sheets.table import Row, Table

_SCIENTIFIC: Final = re.compile(r"[A-Z]?\d(?:\.\d+)?E\+?\d+")
# What stands between a code and its meaning.
_BETWEEN: Final = re.compile(r"\s+[-\u2013\u2014]\s+|\s*[=:()]\s*")
_DAYS: Final = ("dob", "entry_date", "leaving_date")
_NAMES: Final = (
    "surname", "forename", "middle_names", "preferred_surname", "preferred_forename",
)  # fmt: skip
_GROUPS: Final = frozenset(
    (
        "ethnicity", "first_language", "sen_provision", "fsm", "fsm_ever6",
        "looked_after", "service_child",
    )
)  # fmt: skip
_FEW: Final = 6
# Without a UPN, what tells one pupil from another.
TELLING: Final = ("surname", "forename", "dob")
# What does where a person looks at whom it tells, as they do before a file is in.
NAMES_ALONE: Final = ("surname", "forename")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFault:
    """Something in a sheet that cannot be taken as it is: where, what and why.

    row is the number people see and column the place of the cell from 0; both are
    None where the fault is of the whole file.
    """

    message: str
    row: int | None = None
    column: int | None = None
    heading: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A row of a list: its number, the pupil it states, and the class by name."""

    row: int
    pupil: Pupil
    class_name: str | None = None


class PersonReader:
    """Reads the pupil of a row, and collects what is at fault.

    needed is what a row without a UPN must say. Where that is names alone, one that
    does not say which part is the surname stands whole as the forename.
    """

    def __init__(
        self,
        table: Table,
        places: Mapping[str, int],
        needed: Sequence[str] = TELLING,
    ) -> None:
        self.faults: list[SheetFault] = []
        self._needed = needed
        self._table = table
        self._places = places

    def read(self, row: Row) -> Person | None:
        """The pupil of a row; None where it says nothing of one."""
        cells = ((code, row.cells[at]) for code, at in self._places.items())
        said = {code: text for code, text in cells if text}
        return self._person(row, said) if said else None

    def _person(self, row: Row, said: dict[str, str]) -> Person:
        """One pupil: what can be read is kept, and the rest is a fault."""
        faults = len(self.faults)
        said = self._shown(row, said)
        if "name" in said and not self._places.keys() >= {"surname", "forename"}:
            self._name(row, said)
        says = {code: text for code, text in said.items() if code in _NAMES}
        for code in ("upn", "former_upn"):
            if code in said:
                says[code] = self._upn(row, code, said[code])
        for code in _DAYS:
            if code in said:
                says[code] = self._day(row, code, said[code])
        says |= self._sex(row, said) | self._year(row, said) | self._groups(row, said)
        if "postcode" in said:
            says["postcode"] = said["postcode"].upper()
        if len(self.faults) == faults:
            self._known_by(row, says, whole="name" in said and "surname" not in said)
        pupil = Pupil(**says, results=())
        return Person(row.number, pupil, said.get("class_name"))

    def _shown(self, row: Row, said: Mapping[str, str]) -> dict[str, str]:
        """What is said but for the errors of formulas, which are faults."""
        wrong = {code: cell_error(text) for code, text in said.items()}
        for code, message in wrong.items():
            if message:
                self.fault(row, code, message)
        return {code: text for code, text in said.items() if not wrong[code]}

    def fault(self, row: Row, code: str, message: str) -> None:
        """Say what is wrong in the cell of a field."""
        at = self._places.get(code)
        self.faults.append(
            SheetFault(
                message=message,
                row=row.number,
                column=at,
                heading=titles()[code] if at is None else self._table.headings[at],
                value=None if at is None else row.cells[at],
            )
        )

    def _name(self, row: Row, said: dict[str, str]) -> None:
        """Cut Surname, Forename in two."""
        surname, comma, forename = said["name"].partition(",")
        if not comma and "upn" not in said and self._needed == NAMES_ALONE:
            said["forename"] = said["name"]
            return
        if not comma or not surname.strip() or not forename.strip():
            self.fault(
                row,
                "name",
                f"{said['name']} does not say which part is the surname. Write the "
                "surname, a comma, and the forename.",
            )
            return
        said.setdefault("surname", surname.strip())
        said.setdefault("forename", forename.strip())

    def _upn(self, row: Row, code: str, text: str) -> str:
        """A UPN without its spaces; a fault where it cannot be one."""
        upn = _bare(text)
        try:
            UPN.parse(upn)
        except ValueError as reason:
            self.fault(row, code, _upn_in_words(upn, str(reason)))
            return upn
        return upn

    def _day(self, row: Row, code: str, text: str) -> str:
        try:
            return read_day(text).isoformat()
        except ValueError as reason:
            self.fault(row, code, str(reason))
            return text

    def _sex(self, row: Row, said: Mapping[str, str]) -> dict[str, str]:
        text = said.get("sex")
        if text is None:
            return {}
        sex = values_of("sex").get(text.casefold())
        if sex is None:
            message = f"The sex is {text}. It must be M or F (or Male or Female)."
            self.fault(row, "sex", message)
        return {"sex": sex or text}

    def _year(self, row: Row, said: Mapping[str, str]) -> dict[str, str]:
        text = said.get("nc_year")
        if text is None:
            return {}
        try:
            return {"nc_year": parse_nc_year(text)}
        except ValueError as reason:
            self.fault(row, "nc_year", str(reason))
            return {"nc_year": text}

    def _groups(self, row: Row, said: Mapping[str, str]) -> dict[str, str]:
        """The groups of the pupil; what is in no list of theirs is a fault."""
        says = {}
        for code in _GROUPS & said.keys():
            value = _listed(code, said[code])
            if value is None:
                self.fault(row, code, _not_listed(code, said[code]))
            else:
                says[code] = value
        return says

    def _known_by(self, row: Row, says: Mapping[str, str], *, whole: bool) -> None:
        """A pupil without a UPN needs what tells them from others; whole is a name."""
        needed = ("forename",) if whole else self._needed
        missing = [titles()[code].lower() for code in needed if code not in says]
        if "upn" not in says and missing:
            self.fault(
                row,
                "upn" if "upn" in self._places else "surname",
                f"There is no UPN in row {row.number}, and without one Hornbook needs "
                f"the {' and the '.join(missing)} too.",
            )


def _listed(code: str, text: str) -> str | None:
    """The one value of a list that a cell means, as K - SEN Support does."""
    plain = {_plain(word): value for word, value in values_of(code).items()}
    if found := values_of(code).get(text.casefold()) or plain.get(_plain(text)):
        return found
    parts = (plain.get(_plain(part)) for part in _BETWEEN.split(text))
    meant = set(filter(None, parts))
    return meant.pop() if len(meant) == 1 else None


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _bare(text: str) -> str:
    """A UPN in plain capitals, without spaces, unseen letters and quotation marks."""
    plain = unicodedata.normalize("NFKC", text).upper()
    seen = (c for c in plain if c.isprintable() and not c.isspace())
    return "".join(seen).strip("'`\"\u2018\u2019")


def _not_listed(code: str, text: str) -> str:
    """What a cell must hold, in words: the codes where they are few."""
    codes = sorted(set(values_of(code).values()))
    allowed = f"one of {', '.join(codes)}" if len(codes) <= _FEW else "a DfE code"
    return f"{titles()[code]} is {text}. It must be {allowed}, or its name in full."


def _upn_in_words(upn: str, reason: str) -> str:
    """What is wrong with a UPN, and the one it may have been."""
    if _SCIENTIFIC.fullmatch(upn) or not upn[:1].isalpha():
        return (
            f"The UPN is {upn}, a number. A UPN begins with a letter. Copy it again "
            "from your own system into a column formatted as text."
        )
    likely = next(likely_upns(upn), None)
    meant = f" It may be meant for {likely}." if likely else ""
    return f"The UPN is {upn}. {reason}{meant}"
