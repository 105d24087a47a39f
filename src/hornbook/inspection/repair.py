"""Repair a file: what can be put right, and the file with it put right.

A file is looked at, what was chosen is put right in one copying pass, and the copy is
looked at again: one repair may bring another to light (a newer version asks for another
name of an element), and two may stand in each other's way. That goes on until nothing
more is to be done, so that the last look is the check of the file given back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Final, cast

from hornbook.checks.cases import Expected
from hornbook.ctf.edits import Edit, settle
from hornbook.ctf.names import parse_name
from hornbook.ctf.rewrite import copied, copied_as_utf8
from hornbook.identifiers import AcademicYear
from hornbook.inspection.changes import Change, changes
from hornbook.inspection.check import Asked, look_at
from hornbook.inspection.mending import Mender
from hornbook.inspection.repairs import Choice, Offer
from hornbook.inspection.report import FileReport

# More than the most that any file has been seen to need.
_MOST_LOOKS: Final = 12
_IN_MEMORY: Final = 32 << 20
# Results are judged by the header, so that what is wrong with it comes first.
_FIRST: Final = "FH"


@dataclass(frozen=True, slots=True)
class Offered:
    """What a check found, and what of it can be put right."""

    report: FileReport
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is to be put right.

    Without anything said, all that is safe. codes are those of the other rules whose
    findings are put right by their first choice, drop those whose results may be left
    out for it; typed holds, by code, what a person typed for all findings of the code.
    picks are made one at a time, by the number of the offer: the number of the choice,
    and what was typed where it asks for something. leave are the codes of safe repairs
    that are not wanted.
    """

    codes: frozenset[str] = frozenset()
    drop: frozenset[str] = frozenset()
    typed: Mapping[str, str] = field(default_factory=dict)
    picks: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    leave: frozenset[str] = frozenset()

    def later(self, taken: Iterable[str]) -> "Chosen":
        """What still holds at the next look, after codes were taken up.

        Picks are of the first look; what was typed is written once.
        """
        done = set(taken)
        typed = {code: text for code, text in self.typed.items() if code not in done}
        return replace(self, picks={}, typed=typed)


@dataclass(frozen=True, slots=True)
class Made:
    """How many findings of a rule were put right."""

    code: str
    count: int
    safe: bool


@dataclass(frozen=True, slots=True)
class Repaired:
    """The outcome: the right name, what was done, and the check of the new file."""

    name: str
    made: tuple[Made, ...]
    changes: tuple[Change, ...]
    report: FileReport


def offers(
    stream: IO[bytes],
    name: str,
    *,
    to: str | None = None,
    year: AcademicYear | None = None,
    now: datetime | None = None,
    mapping: Path | None = None,
    expected: Expected | None = None,
) -> Offered:
    """Check a file and work out what can be put right; arguments as `check_stream`.

    The offers of the same bytes have the same numbers.
    """
    asked = Asked(to, year, now or datetime.now(UTC), mapping, expected)
    return offered_for(stream, name, asked)


def offered_for(stream: IO[bytes], name: str, asked: Asked) -> Offered:
    """The same, with all that was asked in one."""
    look, mender = look_at(stream, name, asked, Mender)
    report = look.report()
    found = cast("Mender", mender).offers(report.findings)
    return Offered(report, found)


def repair_stream(
    stream: IO[bytes],
    name: str,
    out: IO[bytes],
    *,
    chosen: Chosen | None = None,
    to: str | None = None,
    year: AcademicYear | None = None,
    now: datetime | None = None,
    mapping: Path | None = None,
    expected: Expected | None = None,
) -> Repaired:
    """Write to out the file with what was chosen put right; the file is not changed.

    The stream must be seekable. Other arguments are as for `check_stream`.
    """
    asked = Asked(to, year, now or datetime.now(UTC), mapping, expected)
    return repaired_for(stream, name, out, chosen or Chosen(), asked)


def repaired_for(
    stream: IO[bytes], name: str, out: IO[bytes], chosen: Chosen, asked: Asked
) -> Repaired:
    """The same, with all that was asked in one."""
    with ExitStack() as held:
        repairing = _Repairing(stream, name, asked, chosen, held)
        repairing.go_on()
        repairing.copy_to(out)
        return repairing.outcome()


@dataclass(frozen=True, slots=True)
class _Taken:
    """An offer taken up: by which choice."""

    offer: Offer
    choice: Choice


class _Repairing:
    """A file on its way from one look to the next."""

    def __init__(
        self,
        stream: IO[bytes],
        name: str,
        asked: Asked,
        chosen: Chosen,
        held: ExitStack,
    ) -> None:
        self._held = held
        self._stream = stream
        self._name = name
        self._asked = asked
        self._chosen = chosen
        self._made: Counter[tuple[str, bool]] = Counter()
        self._changes: list[Change] = []

    def go_on(self) -> None:
        """Look and put right until nothing more is to be done."""
        for _ in range(_MOST_LOOKS):
            self._look()
            taken = list(_taken(self._offered.offers, self._chosen))
            if not taken:
                return
            self._put_right(taken)
            self._chosen = self._chosen.later(one.offer.finding.code for one in taken)
        self._look()

    def _look(self) -> None:
        self._stream.seek(0)
        self._offered = offered_for(self._stream, self._name, self._asked)

    def _put_right(self, taken: Sequence[_Taken]) -> None:
        """Make the edits of what was taken up that can be made together."""
        sets = [(number, self._edits(one.choice)) for number, one in enumerate(taken)]
        settled = settle(sets)
        made = [taken[number] for number in sorted(settled.made)]
        for one in made:
            self._made[one.offer.finding.code, one.offer.safe] += 1
        if settled.edits or any(one.choice.as_utf8 for one in made):
            self._rewrite(settled.edits, made)
        self._name = _renamed(self._name, made)

    def _edits(self, choice: Choice) -> Iterable[Edit]:
        if choice.through is None:
            return choice.edits
        self._stream.seek(0)
        return tuple(choice.through(self._stream))

    def _rewrite(self, edits: Sequence[Edit], made: Sequence[_Taken]) -> None:
        """Copy the file with edits made."""
        self._stream.seek(0)
        self._changes += changes(self._stream, edits)
        copy = copied
        if any(one.choice.as_utf8 for one in made):
            copy = copied_as_utf8
        self._stream.seek(0)
        new = self._held.enter_context(
            SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (it is one)
        )
        for part in copy(self._stream, edits):
            new.write(part)
        self._stream = cast("IO[bytes]", new)

    def copy_to(self, out: IO[bytes]) -> None:
        """Write the file as it now is."""
        self._stream.seek(0)
        for part in copied(self._stream, ()):
            out.write(part)

    def outcome(self) -> Repaired:
        """What was done, and the last look."""
        made = [
            Made(code, count, safe)
            for (code, safe), count in sorted(self._made.items())
        ]
        return Repaired(
            self._name, tuple(made), tuple(self._changes), self._offered.report
        )


def _taken(offered: Iterable[Offer], chosen: Chosen) -> Iterator[_Taken]:
    """The offers that were chosen, those that matter most first."""
    found: list[_Taken] = []
    for offer in offered:
        choice = _choice(offer, chosen)
        if choice is not None:
            found.append(_Taken(offer, choice))
    asked_first = [one for one in found if one.offer.finding.code[0] in _FIRST]
    if any(not one.offer.safe for one in asked_first):
        found = [
            one
            for one in found
            if one.offer.safe or one.offer.number in chosen.picks or one in asked_first
        ]
    return iter(sorted(found, key=lambda one: one.offer.safe))


def _choice(offer: Offer, chosen: Chosen) -> Choice | None:
    """How an offer is taken up; None where it is not."""
    code = offer.finding.code
    if offer.number in chosen.picks:
        number, typed = chosen.picks[offer.number]
        there = number < len(offer.choices)
        return _filled(offer.choices[number], typed) if there else None
    if offer.safe:
        return None if code in chosen.leave else offer.choices[0]
    if code in chosen.typed:
        asking = (one for one in offer.choices if one.asks_for)
        return next((_filled(one, chosen.typed[code]) for one in asking), None)
    first = offer.choices[0]
    if code in chosen.codes and not (first.asks_for or first.singly):
        return first
    dropping = (one for one in offer.choices if one.drops)
    return next(dropping, None) if code in chosen.drop else None


def _filled(choice: Choice, typed: str) -> Choice | None:
    """The choice with what was typed; None where it asks and nothing was."""
    if not choice.asks_for:
        return choice
    if not typed.strip():
        return None
    edits = tuple(edit.with_typed(typed) for edit in choice.edits)
    return replace(choice, edits=edits)


def _renamed(name: str, made: Iterable[_Taken]) -> str:
    """The file's name with all that was to be changed in it."""
    stated = parse_name(name).name
    for one in made:
        if one.choice.rename is not None:
            stated = one.choice.rename(stated)
            name = stated.text if stated else name
    return name
