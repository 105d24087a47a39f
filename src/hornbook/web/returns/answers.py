"""After a refusal: from the recipient's words to the rule, the pupil and the cell."""

from collections.abc import Collection as Several
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hornbook.inspection.naming import Known, Stranger
from hornbook.inspection.refusals import Line, Sense, schools_in, understood
from hornbook.rulebook.model import Collection, Item
from hornbook.web.results.cohort import Member, lacking
from hornbook.web.results.grid import dom_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A pupil who is named, and the cell of the grid that is meant; blank if none.

    perhaps: only an initial, or no middle name, or the surname alone, says who it is.
    beside tells them from others of the same name in the line.
    """

    pupil: int
    name: str
    cell: str
    item: str
    perhaps: bool
    in_file: bool
    beside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A UPN that is nobody's here: whether in the file, and whose it nearly is."""

    upn: str
    in_file: bool
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A line of the recipient's words: what it means, and the pupils whom it names.

    by_upn and by_name are whom its UPNs and its names mean, where they differ;
    nobody is what seems to be a name and is no pupil's.
    """

    text: str
    senses: tuple[Sense, ...]
    pupils: tuple[Named, ...]
    strangers: tuple[Unknown, ...]
    schools: tuple[str, ...]
    above: bool
    by_upn: tuple[str, ...]
    by_name: tuple[str, ...]
    nobody: str

    @property
    def understood(self) -> bool:
        """Whether anything could be made of it."""
        return bool(self.senses or self.pupils or self.strangers or self.schools)


@dataclass(frozen=True, slots=True)
class Person:
    """A pupil who may be named; details tell them from a namesake."""

    known: Known
    details: str

    @property
    def name(self) -> str:
        """As lists have it."""
        return f"{self.known.surname}, {self.known.forename}"


@dataclass(frozen=True, slots=True)
class InFile:
    """Who is in a file: pupils by key, and the UPNs as the file has them."""

    pupils: Several[int]
    upns: Several[str]


def told(
    words: str,
    people: Sequence[Person],
    collection: Collection,
    members: Iterable[Member],
    in_file: InFile,
    school: str,
) -> tuple[Told, ...]:
    """Every line with what could be made of it; school is the own DfE number."""
    reader = _Reader(people, collection, members, in_file, school)
    known = [one.known for one in people]
    return tuple(map(reader.told, understood(words, known)))


class _Reader:
    """What lines mean for one return."""

    def __init__(
        self,
        people: Sequence[Person],
        collection: Collection,
        members: Iterable[Member],
        in_file: InFile,
        school: str,
    ) -> None:
        self._school = school
        self._people = {one.known.key: one for one in people}
        self._collection = collection
        self._in_grid: Mapping[int, Member] = {one.pupil: one for one in members}
        self._in_file = in_file

    def told(self, line: Line) -> Told:
        """A line as the page shows it."""
        return Told(
            text=line.text,
            senses=line.senses,
            pupils=tuple(self._named(line)),
            strangers=tuple(map(self._unknown, line.named.strangers)),
            schools=tuple(one for one in schools_in(line.text) if one != self._school),
            above=line.above,
            by_upn=self._names(line.named.by_upn) if line.named.at_odds else (),
            by_name=self._names(line.named.at_odds),
            nobody=line.nobody,
        )

    def _names(self, pupils: Iterable[int]) -> tuple[str, ...]:
        return tuple(self._people[one].name for one in pupils)

    def _named(self, line: Line) -> Iterator[Named]:
        pupils = tuple(self._likely(line.pupils))
        names = self._names(pupils)
        for pupil, name in zip(pupils, names, strict=True):
            item = self._meant(line, pupil)
            person = self._people[pupil]
            yield Named(
                pupil=pupil,
                name=name,
                cell=dom_id(pupil, item.full_code) if item else "",
                item=item.title if item else "",
                perhaps=pupil in line.named.perhaps,
                in_file=person.known.in_file,
                beside=person.details if names.count(name) > 1 else "",
            )

    def _likely(self, pupils: Sequence[int]) -> Iterator[int]:
        """Without those of whom a namesake is in the return, and they are not."""
        inside = {one for one in pupils if self._inside(one)}
        meant = {self._people[one].name for one in inside}
        for pupil in pupils:
            if pupil in inside or self._people[pupil].name not in meant:
                yield pupil

    def _inside(self, pupil: int) -> bool:
        """Whether a pupil is in the file, or may be in one made now."""
        return pupil in self._in_grid or pupil in self._in_file.pupils

    def _unknown(self, stranger: Stranger) -> Unknown:
        return Unknown(
            upn=stranger.upn,
            in_file=stranger.upn in self._in_file.upns,
            near=self._names(stranger.near),
        )

    def _meant(self, line: Line, pupil: int) -> Item | None:
        """The item that the line names; else what the pupil lacks; else the first."""
        member = self._in_grid.get(pupil)
        if member is None or not _about_results(line):
            return None
        text = line.text.casefold()
        named = (
            item
            for item in self._collection.items
            if item.title.casefold() in text or item.short_title.casefold() in text
        )
        empty = lacking(self._collection, member)
        return next(named, None) or (empty or self._collection.items)[0]


def _about_results(line: Line) -> bool:
    """Whether it may be about a result, and not only about a pupil's details."""
    return not line.senses or any(rule.code[0] in "RC" for rule in line.rules)
