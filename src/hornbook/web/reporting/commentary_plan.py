"""What a list of comments would do: who gets what, and whom it cannot be kept for."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Final, NamedTuple

from hornbook.identifiers import AcademicYear
from hornbook.matching import name_key
from hornbook.rulebook.letters import LetterFacts
from hornbook.web.pupils.models import FormerUPN, Pupil
from hornbook.web.pupils.queries import ways_to_name
from hornbook.web.reporting.commentary import LONGEST
from hornbook.web.reporting.commentary_typed import Line
from hornbook.web.reporting.letters import Post, post
from hornbook.web.reporting.queries import Named
from hornbook.web.reporting.reader import Reader
from hornbook.web.schools.models import School

# What stands between the cells of a list that is sent back to be kept.
_TAB: Final = "\t"
_WHY: Final = {
    "nobody": "Nobody who has a letter that you may see is meant by:",
    "several": "More than one pupil is meant. Write the UPN instead of the name:",
    "crossed": "The line names two different pupils:",
    "twice": "The pupil is in the list with another text too, and gets neither:",
    "long": f"Longer than {LONGEST} characters, so not to be kept. Shorten:",
    "no letter": "The pupil has no letter yet in which to say it:",
    "blank": "There is no text in the line, which changes nothing:",
}


@dataclass(frozen=True, slots=True)
class Known:
    """The pupils of the year groups that get a letter, by every way to name them."""

    by_key: Mapping[str, frozenset[int]]
    upns: Mapping[int, str]

    def by(self, words: str) -> frozenset[int]:
        """Whom the words mean, those too whom the person does not see."""
        return self.by_key.get(name_key(words), frozenset())

    def is_name(self, words: str) -> bool:
        """Whether anybody is called so."""
        return bool(self.by(words))


def known(school: School, facts: LetterFacts, year: AcademicYear) -> Known:
    """The pupils of the year groups of a letter: two queries."""
    pupils = Pupil.objects.filter(
        school=school,
        enrolments__academic_year=year.ends,
        enrolments__nc_year__in=facts.nc_years,
    ).distinct()
    by_key: dict[str, set[int]] = defaultdict(set)
    upns = dict[int, str]()
    for pupil in pupils:
        upns[pupil.pk] = pupil.upn
        for key in ways_to_name(pupil):
            by_key[key].add(pupil.pk)
    former = FormerUPN.objects.filter(pupil__in=pupils)
    for one in former:
        by_key[name_key(one.upn)].add(one.pupil_id)
    return Known({key: frozenset(held) for key, held in by_key.items()}, upns)


class Given(NamedTuple):
    """A text that a pupil's letter gets, and the one that it has."""

    key: int
    upn: str
    named: Named
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """What a list would do, and the lines that are put aside, by why.

    written are the texts that come in the place of others.
    """

    new: tuple[Given, ...]
    written: tuple[Given, ...]
    same: int
    put_aside: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def digest(self) -> str:
        """The same for the same texts: what the person approves."""
        told = [(one.key, one.before, one.after) for one in self.new + self.written]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @property
    def text(self) -> str:
        """The texts as lines that can be read again."""
        found = self.new + self.written
        return "\n".join(f"{one.upn}{_TAB}{_cell(one.after)}" for one in found)


def _cell(text: str) -> str:
    """A text as a spreadsheet copies it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if text.startswith('"') else text


def comments(
    reader: Reader, facts: LetterFacts, year: AcademicYear, lines: Iterable[Line]
) -> Comments:
    """What a list would do now to the letters that a person sees."""
    people = known(reader.school, facts, year)
    return _Sorter(people, post(reader, facts, year)).sorted(lines)


class _Sorter:
    """Puts each line where it belongs."""

    def __init__(self, people: Known, sent: Post) -> None:
        self._people = people
        self._sent = sent
        self._lettered = {named.key for named, _ in sent.to_write_in}
        self._aside: dict[str, list[str]] = {why: [] for why in _WHY}

    def sorted(self, lines: Iterable[Line]) -> Comments:
        """All of a list; a pupil who is in it with two texts gets neither."""
        texts: dict[int, dict[str, str]] = defaultdict(dict)
        for line in lines:
            key = self._pupil(line)
            if key is not None:
                texts[key].setdefault(line.text, line.words)
        given = sorted(self._given(texts), key=_by_class)
        return Comments(
            new=tuple(one for one in given if not one.before),
            written=tuple(one for one in given if one.before not in {"", one.after}),
            same=sum(one.before == one.after for one in given),
            put_aside=tuple(
                (_WHY[why], tuple(said)) for why, said in self._aside.items() if said
            ),
        )

    def _pupil(self, line: Line) -> int | None:
        """The one pupil of a line with a text and a letter; else it is put aside."""
        meant = self._meant(line)
        if meant is None:
            why = "crossed"
        elif len(meant) > 1:
            why = "several"
        elif not meant & self._sent.names.keys():
            why = "nobody"
        elif not meant & self._lettered:
            why = "no letter"
        elif not line.text:
            why = "blank"
        else:
            return next(iter(meant))
        self._aside[why].append(line.words)
        return None

    def _meant(self, line: Line) -> frozenset[int] | None:
        """Whom all of a line means; None where its parts mean different pupils."""
        by_upn = [self._people.by(line.upn)] if line.upn else []
        if by_upn and not by_upn[0]:
            return frozenset()
        ways = list(filter(None, [*by_upn, *map(self._people.by, line.names)]))
        if not ways:
            return frozenset()
        return reduce(and_, ways) or None

    def _given(self, texts: Mapping[int, Mapping[str, str]]) -> Iterator[Given]:
        names, held = self._sent.names, self._sent.commentaries
        for key, said in texts.items():
            text = next(iter(said))
            if len(said) > 1:
                self._aside["twice"] += said.values()
            elif len(text) > LONGEST:
                told = f"{names[key].told_apart}: {len(text)} characters"
                self._aside["long"].append(told)
            else:
                upn = self._people.upns[key]
                yield Given(key, upn, names[key], held.get(key, ""), text)


def _by_class(given: Given) -> tuple[str, Named]:
    return given.named.class_name, given.named
