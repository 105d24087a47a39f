"""The rows of a sheet that are of one pupil, put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hornbook.identifiers import is_upn
from hornbook.records import Pupil
from hornbook.sheets.columns import titles
from hornbook.sheets.person import Person
from hornbook.sheets.subjects import title_of

# A result's item in the rulebook, such as phonics.mark, and its calendar year.
ResultKey = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilResults:
    """A pupil as a sheet states them, with the results of every row they are in."""

    pupil: Pupil
    class_name: str | None = None
    rows: tuple[int, ...]
    values: Mapping[ResultKey, str] = field(default_factory=dict)


class Gathered:
    """What has been read of one pupil so far, and where each value stands."""

    def __init__(self, person: Person, where: str) -> None:
        self.person = person
        self._where = where
        self.rows: list[int] = []
        self.values: dict[ResultKey, tuple[str, str]] = {}

    def differs(self, person: Person) -> str:
        """Why another row cannot be the same pupil's: one UPN is one pupil's only."""
        for name in ("surname", "forename", "dob"):
            ours, theirs = getattr(self.person.pupil, name), getattr(person.pupil, name)
            if ours and theirs and ours.casefold() != theirs.casefold():
                return (
                    f"The pupil with UPN {person.pupil.upn} is in "
                    f"{self._where} already, with another "
                    f"{titles()[name].lower()}."
                )
        return ""

    def add(self, key: ResultKey, value: str, where: str) -> None:
        """Keep a value; ValueError where the sheet states another for the same."""
        held, place = self.values.setdefault(key, (value, where))
        if held != value:
            before = "this row" if place == where else place
            raise ValueError(
                f"{title_of(key[0])} of {key[1]} is {value} here and {held} in "
                f"{before} already. One of them must go."
            )

    def whole(self) -> PupilResults:
        """The pupil with every result."""
        return PupilResults(
            pupil=self.person.pupil,
            class_name=self.person.class_name,
            rows=tuple(self.rows),
            values={key: value for key, (value, _) in self.values.items()},
        )


def key_of(person: Person, *, by_name: bool = False) -> object:
    """What makes two rows the same pupil's; a row that cannot be told is its own."""
    pupil = person.pupil
    if pupil.upn:
        return pupil.upn if is_upn(pupil.upn) else person.row
    name = f"{pupil.surname or ''}, {pupil.forename or ''}".casefold()
    if pupil.dob:
        return (name, pupil.dob)
    beside = (pupil.nc_year, pupil.sex, person.class_name)
    return (name, beside) if by_name else person.row
