"""Who in a file is whom in the record; where two could be meant, nobody is chosen."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.matching.by_name import Names
from hornbook.matching.people import (
    Held,
    Offer,
    is_temporary,
    name_key,
    stated,
    who,
)
from hornbook.records import Pupil

NEW: Final = "new"
LEAVE_OUT: Final = "leave out"
_MEND: Final = (
    "Write the UPN or the date of birth in the row of the sheet and bring it again"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """A pupil of the file who needs a person's decision, and why."""

    offer: Offer
    reason: str
    candidates: tuple[Held, ...] = ()
    may_be_new: bool = False


@dataclass(frozen=True, slots=True)
class _Guess:
    """Whom a pupil of the file seems to be, or why that cannot be said.

    Neither somebody held nor a doubt: the pupil is new. by_name is whether nothing but
    the name tells, others then being those of the name whom the file cannot mean.
    """

    held: Held | None = None
    doubt: str = ""
    candidates: tuple[Held, ...] = ()
    may_be_new: bool = False
    by_name: bool = False
    others: tuple[Held, ...] = ()


class Sorting:
    """Finds each pupil of a file in the record, never the same one twice."""

    def __init__(
        self,
        held: Sequence[Held],
        offers: Sequence[Offer],
        decided: Mapping[str, str],
        lacks: Callable[[Pupil], str],
        year: AcademicYear,
    ) -> None:
        self.by_name: dict[str, tuple[Held, ...]] = {}
        self.matched: list[tuple[Held, Offer]] = []
        self.new: list[Offer] = []
        self.unsure: list[Unsure] = []
        self.left_out: list[Offer] = []
        self._decided = decided
        self._lacks = lacks
        self._record = _Index(held)
        self._names = Names(held, year)
        self._codes = Counter(offer.code for offer in offers)
        self._permanent = {
            who(offer.record) for offer in offers if not is_temporary(offer.upn)
        }
        self._sort(offers)
        found = {pupil.key for pupil, _ in self.matched} | {
            pupil.key for unsure in self.unsure for pupil in unsure.candidates
        }
        self.missing = [p for p in held if p.on_roll and p.key not in found]

    def _sort(self, offers: Sequence[Offer]) -> None:
        guesses = [
            (offer, self._settled(offer, self._guess(offer))) for offer in offers
        ]
        guesses = self._apart(guesses, self._settled)
        for offer, guess in self._apart(guesses, _as_it_is):
            if self._leaves_out(offer, guess):
                self.left_out.append(offer)
            elif guess.doubt:
                self.unsure.append(self._asked(offer, guess))
            elif guess.held is None:
                self.new.append(offer)
            else:
                self.matched.append((guess.held, offer))
                if guess.by_name:
                    self.by_name[offer.code] = guess.others

    def _apart(
        self,
        guesses: Sequence[tuple[Offer, _Guess]],
        settle: Callable[[Offer, _Guess], _Guess],
    ) -> list[tuple[Offer, _Guess]]:
        """No two of the file are the same pupil: but for the UPN's own, both ask."""
        claims = Counter(guess.held.key for _, guess in guesses if guess.held)
        return [
            (offer, settle(offer, _claimed_twice(guess.held)))
            if guess.held and claims[guess.held.key] > 1 and guess.held.upn != offer.upn
            else (offer, guess)
            for offer, guess in guesses
        ]

    def _leaves_out(self, offer: Offer, guess: _Guess) -> bool:
        asked = bool(guess.doubt) or guess.by_name
        return asked and self._decided.get(offer.code) == LEAVE_OUT

    def _settled(self, offer: Offer, guess: _Guess) -> _Guess:
        """The guess, or what a person decided where there was a doubt."""
        decision = self._decided.get(offer.code)
        if guess.doubt and decision == NEW and guess.may_be_new:
            return self._as_new(offer)
        chosen = [held for held in guess.candidates if str(held.key) == decision]
        return _Guess(held=chosen[0]) if guess.doubt and chosen else guess

    def _guess(self, offer: Offer) -> _Guess:
        if self._codes[offer.code] > 1:
            return _Guess(doubt=_twice(offer))
        if offer.by_name_alone:
            return self._by_name(offer)
        held = self._record.by_upn.get(offer.upn)
        if held is not None:
            return _same_birthday(held, offer, "UPN")
        return (
            self._by_former_upn(offer)
            or self._named(offer)
            or self._nearly(offer)
            or self._as_new(offer)
        )

    def _as_new(self, offer: Offer) -> _Guess:
        lacking = self._lacks(offer.record)
        if not lacking:
            return _Guess()
        words = f"The file gives no {lacking}: without it nobody can be added."
        return _Guess(doubt=words)

    def _asked(self, offer: Offer, guess: _Guess) -> Unsure:
        return Unsure(
            offer=offer,
            reason=guess.doubt,
            candidates=guess.candidates,
            may_be_new=guess.may_be_new
            and not offer.by_name_alone
            and not self._lacks(offer.record),
        )

    def _by_former_upn(self, offer: Offer) -> _Guess | None:
        """Those who had the UPN before, and the one whose UPN was the former one."""
        former = self._record.by_upn.get(offer.former_upn)
        had_it = self._record.by_former.get(offer.upn, ())
        found = {pupil.key: pupil for pupil in (*had_it, *filter(None, [former]))}
        pupils = tuple(found.values())
        if len(pupils) > 1:
            return _Guess(doubt="Two pupils had this UPN before.", candidates=pupils)
        return _same_birthday(pupils[0], offer, "former UPN") if pupils else None

    def _named(self, offer: Offer) -> _Guess | None:
        """By name and date of birth, among those whose UPN is not in the file."""
        same = self._record.by_name.get(who(offer.record), [])
        if not same and not offer.upn:
            called = self._names.called(offer.record)
            same = [one for one in called if one.record.dob == offer.record.dob]
        free = tuple(pupil for pupil in same if pupil.upn not in self._codes)
        if not free:
            return self._beside(offer)
        if len(free) > 1:
            words = "Two pupils here have this name and date of birth."
        elif not offer.upn or is_temporary(free[0].upn) != is_temporary(offer.upn):
            return _Guess(held=free[0])
        else:
            words = "A pupil here has this name and date of birth under another UPN."
        return _Guess(doubt=words, candidates=free, may_be_new=True)

    def _by_name(self, offer: Offer) -> _Guess:
        """By name alone: the only one of the name whom the file can mean."""
        called = self._names.meant(offer)
        if len(called.fitting) == 1:
            held = called.fitting[0]
            return _Guess(held=held, by_name=True, others=called.others)
        if called.fitting:
            words = (
                f"{len(called.fitting)} pupils here have this name. {_MEND}, or choose."
            )
            return _Guess(doubt=words, candidates=called.fitting)
        if called.others:
            words = (
                "Whoever has this name here has left, or is not of the year group, "
                f"class or sex that the sheet is about. {_MEND}, or choose."
            )
            return _Guess(doubt=words, candidates=called.others)
        alike = self._names.alike(offer)
        words = (
            f"No pupil here has this name. {_MEND}, or write the name as it is here."
        )
        return _Guess(doubt=words, candidates=alike)

    def _beside(self, offer: Offer) -> _Guess | None:
        """A temporary UPN beside the same child's permanent one, both in the file."""
        if not is_temporary(offer.upn) or who(offer.record) not in self._permanent:
            return None
        return _Guess(
            doubt="The file has this name and date of birth under another UPN too.",
            may_be_new=True,
        )

    def _nearly(self, offer: Offer) -> _Guess | None:
        """One name and the date of birth, where either UPN is temporary."""
        near = tuple(
            pupil
            for pupil in self._record.by_dob.get(offer.record.dob or "", ())
            if pupil.upn not in self._codes
            and is_temporary(pupil.upn) != is_temporary(offer.upn)
            and _shares_a_name(pupil.record, offer.record)
        )
        if not near:
            return None
        return _Guess(
            doubt="A pupil here with this date of birth has a name like this.",
            candidates=near,
            may_be_new=True,
        )


class _Index:
    """The pupils recorded, by each of what a file may know them by."""

    def __init__(self, held: Sequence[Held]) -> None:
        self.by_upn = {pupil.upn: pupil for pupil in held}
        self.by_former: dict[str, list[Held]] = defaultdict(list)
        self.by_name: dict[tuple[str, str | None], list[Held]] = defaultdict(list)
        self.by_dob: dict[str, list[Held]] = defaultdict(list)
        for pupil in held:
            self.by_name[who(pupil.record)].append(pupil)
            self.by_dob[pupil.record.dob or ""].append(pupil)
            for upn in pupil.former_upns:
                self.by_former[upn].append(pupil)


def _twice(offer: Offer) -> str:
    """That the file has a pupil in two places, in words."""
    if offer.by_name_alone:
        return f"Another row of the sheet has the same name. {_MEND}."
    what = "UPN" if offer.upn else "name and date of birth"
    return f"Another pupil in the file has the same {what}."


def _as_it_is(offer: Offer, guess: _Guess) -> _Guess:
    return guess


def _shares_a_name(one: Pupil, other: Pupil) -> bool:
    return bool(
        _keys(one.surname, one.preferred_surname)
        & _keys(other.surname, other.preferred_surname)
        or _keys(one.forename, one.preferred_forename)
        & _keys(other.forename, other.preferred_forename)
    )


def _keys(*names: str | None) -> set[str]:
    return {name_key(name) for name in names} - {""}


def _same_birthday(held: Held, offer: Offer, how: str) -> _Guess:
    """The pupil, unless the dates of birth differ."""
    ours, theirs = held.record.dob, stated(offer.record).get("dob")
    if theirs is None or ours is None or ours == theirs:
        return _Guess(held=held)
    return _Guess(
        doubt=f"The {how} is the same, but the date of birth is not.",
        candidates=(held,),
        may_be_new=held.upn != offer.upn,
    )


def _claimed_twice(held: Held) -> _Guess:
    return _Guess(
        doubt="Two pupils in the file seem to be the same pupil here.",
        candidates=(held,),
        may_be_new=True,
    )
