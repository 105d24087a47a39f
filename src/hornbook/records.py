"""What a file or the database states of a pupil: frozen, in text, as stated.

Values are kept as found, sound or not, so that a check can name them; None means the
source says nothing, which is never the same as blank. Dates are ISO (2020-04-19).
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple


class Combination(NamedTuple):
    """The five codes that say in a CTF what a result is a result of."""

    stage: str
    subject: str
    method: str
    component: str
    qualifier: str

    def __str__(self) -> str:
        return " ".join(self)


@dataclass(frozen=True, slots=True)
class Result:
    """One result: what of, in which calendar year, and the value as stated."""

    combination: Combination
    year: str
    value: str
    status: str | None = "R"
    locale: str | None = "ENG"
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """One pupil as a source states them. No contacts, addresses or marks, ever.

    fsm, looked_after: "Y" or "N"; sen_provision: N, K or E (older: A, P, S, Q);
    fsm_ever6 is known to Hornbook only, no CTF carries it.
    """

    upn: str | None = None
    surname: str | None = None
    forename: str | None = None
    dob: str | None = None
    sex: str | None = None
    former_upn: str | None = None
    middle_names: str | None = None
    preferred_surname: str | None = None
    preferred_forename: str | None = None
    former_surname: str | None = None
    nc_year: str | None = None
    ethnicity: str | None = None
    first_language: str | None = None
    service_child: str | None = None
    fsm: str | None = None
    fsm_ever6: str | None = None
    sen_provision: str | None = None
    looked_after: str | None = None
    enrol_status: str | None = None
    postcode: str | None = None
    entry_date: str | None = None
    leaving_date: str | None = None
    results: tuple[Result, ...] = ()

    @property
    def born(self) -> date | None:
        """The date of birth, where it is one."""
        try:
            return date.fromisoformat(self.dob or "")
        except ValueError:
            return None

    @property
    def name(self) -> str:
        """Forename and surname, for people to read."""
        return " ".join(part for part in (self.forename, self.surname) if part)

    def with_results(self, results: tuple[Result, ...]) -> "Pupil":
        """The same pupil with other results."""
        return replace(self, results=results)


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school as a file's header states it."""

    la: str | None = None
    estab: str | None = None
    urn: str | None = None
    name: str | None = None
    academic_year: str | None = None
