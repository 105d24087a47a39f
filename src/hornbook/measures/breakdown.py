"""A measure by group, or by two groups together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hornbook.measures.people import Assessed
from hornbook.measures.tally import Tally
from hornbook.rulebook.groups import Grouping

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One group, as sex:F or two of them, and the measure of its pupils."""

    codes: Codes
    title: str
    national: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A measure by group: every pupil who counts is in exactly one part."""

    groupings: tuple[Grouping, ...]
    whole: Tally
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """What the pupils are divided by."""
        return " and ".join(grouping.title for grouping in self.groupings)

    @property
    def by(self) -> str:
        """The same inside a sentence: capitals stay where they stand for words."""
        titles = (grouping.title for grouping in self.groupings)
        return " and ".join(each if each.isupper() else _lower(each) for each in titles)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known of the groups."""
        return tuple(each.note for each in self.groupings if each.note)


def by_group(
    whole: Tally, pupils: Iterable[Assessed], groupings: Sequence[Grouping]
) -> Breakdown:
    """Divide a tally by one grouping, or by several together."""
    inside = divided(pupils, groupings)
    places = sorted(inside, key=lambda codes: _place(groupings, codes))
    parts = (_part(whole, groupings, codes, inside[codes]) for codes in places)
    seen = (part for part in parts if part.tally.values or part.tally.left_out)
    return Breakdown(tuple(groupings), whole, tuple(seen))


def divided(
    pupils: Iterable[Assessed], groupings: Sequence[Grouping]
) -> Mapping[Codes, set[int]]:
    """The pupils' keys by the codes of their groups."""
    inside: dict[Codes, set[int]] = defaultdict(set)
    for pupil in pupils:
        inside[tuple(each.of(pupil.facts) for each in groupings)].add(pupil.key)
    return inside


def _place(
    groupings: Sequence[Grouping], codes: Codes
) -> tuple[tuple[bool, int, str], ...]:
    return tuple(one.place(code) for one, code in zip(groupings, codes, strict=True))


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _part(
    whole: Tally, groupings: Sequence[Grouping], codes: Codes, keys: set[int]
) -> Part:
    named = list(zip(groupings, codes, strict=True))
    titles = [
        grouping.title_of(code) if code else f"{grouping.title} not known"
        for grouping, code in named
    ]
    national = ":".join((groupings[0].code, codes[0])) if len(named) == 1 else "-"
    return Part(codes, ", ".join(titles), national, whole.among(keys))
