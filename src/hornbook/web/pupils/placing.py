"""Many pupils into classes at once: a list of pupil and class, as it is understood."""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Final, NamedTuple, NoReturn

from hornbook.sheets.people import People, Person
from hornbook.sheets.table import plain_heading
from hornbook.web.pupils import lists
from hornbook.web.pupils.lists import NotAList
from hornbook.web.pupils.models import Enrolment, SchoolClass
from hornbook.web.pupils.queries import Named, named_on_roll, told_apart
from hornbook.web.schools.models import School

_CLASS_HEADINGS: Final = {"class", "classname", "registrationgroup", "reggroup"}

_PUPIL_AND_CLASS: Final = 2


class Line(NamedTuple):
    """What a line says: the ways it may name a pupil, and the class."""

    pupil: tuple[str, ...]
    class_name: str

    @property
    def words(self) -> str:
        """The line as the person knows it."""
        return f"{self.pupil[0]}, {self.class_name}"


class Placing(NamedTuple):
    """A pupil who changes class."""

    enrolment: int
    upn: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placings:
    """What a list would do, and the lines that cannot be followed."""

    on: date
    moves: tuple[Placing, ...]
    same: int
    new_classes: tuple[str, ...]
    nobody: tuple[str, ...]
    several: tuple[str, ...]
    twice: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The same for the same placings: what the person approves."""
        text = json.dumps([self.on.isoformat(), self.moves, self.new_classes])
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def text(self) -> str:
        """The placings as lines that can be read again."""
        return "\n".join(f"{move.upn}\t{move.after}" for move in self.moves)


def read_text(text: str) -> list[Line]:
    """Lines that were pasted: the pupil first, the class last, or with headings."""
    lines = lists.lines_of(text)
    headings = [plain_heading(cell) for cell in _cells(lines[0])] if lines else []
    if not _CLASS_HEADINGS.intersection(headings):
        return _all_with_class(lines)
    if len(headings) == _PUPIL_AND_CLASS and headings[-1] in _CLASS_HEADINGS:
        return _all_with_class(lines[1:]) or _nobody()
    return _with_class(lists.as_file(lines))


def _cells(line: str) -> list[str]:
    """The cells of a line, whatever stands between them."""
    between = next((mark for mark in "\t;," if mark in line), ",")
    (cells,) = csv.reader([line], delimiter=between)
    return [cell.strip() for cell in cells if cell.strip()]


def _all_with_class(lines: Sequence[str]) -> list[Line]:
    """Every line; raises NotAList where some name no class."""
    read = {line: _line(line) for line in lines}
    wrong = [line for line, found in read.items() if found is None]
    if wrong:
        raise NotAList(
            f"These lines name no class: {lists.some(wrong)}. Write a UPN or a name, "
            "then a comma or a tab, then the class."
        )
    return [found for line in lines if (found := read[line])]


def _line(line: str) -> Line | None:
    *pupil, class_name = _cells(line) or [""]
    return Line((" ".join(pupil), *pupil), class_name) if pupil else None


def read_file(stream: IO[bytes], name: str) -> list[Line]:
    """The lines of a spreadsheet with headings for the pupil and for the class."""
    return _with_class(lists.read_file(stream, name))


def _with_class(people: People) -> list[Line]:
    return list(_lines(people.persons)) or _nobody()


def _nobody() -> NoReturn:
    raise NotAList("There is no pupil on the list with a class.")


def _lines(persons: Iterable[Person]) -> Iterator[Line]:
    for person in persons:
        pupil = person.pupil
        name = " ".join(filter(None, (pupil.forename, pupil.surname)))
        ways = tuple(filter(None, (pupil.upn, name)))
        if ways and person.class_name:
            yield Line(ways, person.class_name.strip())


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list that was read, and the day from which it is to hold."""

    lines: tuple[Line, ...]
    on: date

    def placings(self, school: School, academic_year: int) -> Placings:
        """What the list would do in a school year now; two queries."""
        return _placings(school, academic_year, self.lines, self.on)


def _placings(
    school: School, academic_year: int, lines: Iterable[Line], on: date
) -> Placings:
    named = named_on_roll(school, academic_year)
    classes = SchoolClass.objects.filter(school=school, academic_year=academic_year)
    known = {name.casefold(): name for name in classes.values_list("name", flat=True)}
    found: dict[int, Placing] = {}
    nobody, several, twice = list[str](), list[str](), list[str]()
    new, same = dict[str, str](), 0
    for line in lines:
        meant = _meant(named, line)
        if len(meant) != 1:
            if meant:
                several.append(f"{line.words} ({told_apart(meant)})")
            else:
                nobody.append(line.words)
            continue
        (enrolment,) = meant
        after = _class_name(line.class_name, known, new)
        placing = _placing(enrolment, after)
        if found.setdefault(enrolment.pk, placing) != placing:
            twice.append(line.words)
        same += placing.before == after
    moves = tuple(each for each in found.values() if each.before != each.after)
    needed = {each.after for each in moves}
    return Placings(
        on=on,
        moves=moves,
        same=same,
        new_classes=tuple(name for name in new.values() if name in needed),
        nobody=tuple(nobody),
        several=tuple(several),
        twice=tuple(twice),
    )


def _meant(named: Named, line: Line) -> tuple[Enrolment, ...]:
    """Whom the first way of naming means that means anybody."""
    return next(filter(None, (named.by(way) for way in line.pupil)), ())


def _class_name(said: str, known: Mapping[str, str], new: dict[str, str]) -> str:
    """The class as it is called; one that is not there yet is noted as new."""
    key = said.casefold()
    return known[key] if key in known else new.setdefault(key, said[:40])


def _placing(enrolment: Enrolment, after: str) -> Placing:
    held = enrolment.school_class
    pupil = enrolment.pupil
    name = f"{pupil.surname}, {pupil.forename}"
    return Placing(enrolment.pk, pupil.upn, name, held.name if held else "", after)
