"""The columns of the grid: marks, outcomes, and the codes they travel under."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Final

from hornbook.records import Combination

# Spaces, hyphens and the like inside a code; a mark after it, as in "2?", says doubt.
_GAPS: Final = re.compile(r"(?<=\w)[\s_.\-\u2010-\u2015]+(?=\w)")
# A spreadsheet may show the mark 34 as 34.0.
_WHOLE: Final = re.compile(r"0*([0-9]{1,4})(?:\.0+)?")
_LONGEST_SHOWN: Final = 40
# Of a fact that differs each year anyhow, so that it is not told among the changes.
EVERY_YEAR: Final = {"changes": "every year"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A code that may stand for a result, and what it means.

    set_by: "school" enters it, "dfe" sets it, "worked-out" follows from the mark.
    queried: schools' guidance has listed it but the DfE's own list has not.
    also: other words for it that people write.
    """

    code: str
    title: str
    set_by: str = "school"
    queried: bool = False
    exported: bool = True
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.set_by not in {"school", "dfe", "worked-out"}:
            raise ValueError(f"{self.set_by} is nobody who sets a code.")

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that people write for it."""
        return (self.code, self.title, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The range of marks, and the mark that meets the standard: None until known."""

    lowest: int
    highest: int
    expected: int | None = None
    published_on: date | None = None

    def __post_init__(self) -> None:
        if self.lowest > self.highest:
            raise ValueError(f"Marks from {self.lowest} to {self.highest} are none.")
        if (
            self.expected is not None
            and not self.lowest <= self.expected <= self.highest
        ):
            raise ValueError(f"Expected mark {self.expected} is outside the range.")

    def holds(self, value: str) -> bool:
        """Whether the text is a whole mark in the range."""
        return (
            value.isascii()
            and value.isdigit()
            and self.lowest <= int(value) <= self.highest
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """The codes under which an item's marks, its outcomes, or both, travel in a CTF."""

    carries: str
    stage: str
    subject: str
    method: str
    component: str
    qualifier: str

    def __post_init__(self) -> None:
        if self.carries not in {"mark", "outcome", "either"}:
            raise ValueError(f"{self.carries} is nothing that a result carries.")
        if not all(self.combination):
            raise ValueError("One of the five codes is blank.")

    @property
    def combination(self) -> Combination:
        """The five codes."""
        return Combination(
            self.stage, self.subject, self.method, self.component, self.qualifier
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """Another result by which an item is wanted of a pupil, and what it is called.

    opens: the values with which the item may be entered; needs: those with which it
    must be. shuts: any other value that stands says that it is not wanted.
    """

    item: str
    called: str
    opens: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    shuts: bool = True

    def decides(self, value: str) -> bool:
        """Whether nothing else has to be asked."""
        return bool(value) and (self.shuts or self.open(value))

    def open(self, value: str) -> bool:
        """Whether the item may be entered."""
        return value in self.opens or value in self.needs


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyWhere:
    """Of which pupils an item is wanted: the first result that stands decides.

    because says it in words; confirmed is false where it is not known for certain.
    """

    because: str
    confirmed: bool
    results: tuple[Deciding, ...]

    def needed(self, stands: Mapping[str, str]) -> str | None:
        """The result for which a pupil must have the item, in words; None if none."""
        found = self._deciding(stands)
        if found is None or stands[found.item] not in found.needs:
            return None
        return f"{found.called} is {stands[found.item]}."

    def against(self, stands: Mapping[str, str]) -> str | None:
        """The result that says that the item is not wanted, in words; None if none."""
        found = self._deciding(stands)
        if found is None or found.open(stands[found.item]):
            return None
        return f"{found.called} is {stands[found.item]}."

    def unopened(self, stands: Mapping[str, str]) -> str | None:
        """The result that does not open the item while none decides; None if none."""
        if self._deciding(stands) is not None:
            return None
        left = (one for one in self.results if stands.get(one.item))
        return next((f"{one.called} is {stands[one.item]}." for one in left), None)

    def shut(self, stands: Mapping[str, str]) -> str | None:
        """Why the item is not wanted of a pupil; None where it may be entered."""
        if self._deciding(stands) is None:
            return self.because
        against = self.against(stands)
        return f"{self.because} {against}" if against else None

    def _deciding(self, stands: Mapping[str, str]) -> Deciding | None:
        for result in self.results:
            if result.decides(stands.get(result.item, "")):
                return result
        return None


@dataclass(frozen=True, slots=True)
class Scale:
    """The scaled score, or the code for none, that a mark gives in one year.

    Marks that are not in it are not known; whole says that there are none such; own
    that a school has written it down.
    """

    scores: Mapping[int, str]
    whole: bool
    own: bool = False

    def gives(self, score: str) -> bool:
        """Whether any mark gives the score, as far as is known."""
        return not self.whole or score in self.scores.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One column of the grid: a mark, a code, or either.

    The loader fills collection, from_dfe and scale. from_dfe: the results come back
    from the DfE, so that a school types in the DfE's codes too. scaled_from: the item
    of the mark that a scaled score is converted from. only_where: of which pupils it is
    wanted, where that is not all of them. spellings is every way to write a code.
    """

    code: str
    collection: str = ""
    from_dfe: bool = False
    title: str
    short_title: str
    area: str = ""
    marks: Marks | None = None
    outcomes: tuple[Outcome, ...] = ()
    required: bool = True
    confirmed: bool = True
    ctf: tuple[Travel, ...] = ()
    scaled_from: str = ""
    only_where: OnlyWhere | None = None
    scale: Scale | None = field(
        default=None, repr=False, hash=False, metadata=EVERY_YEAR
    )
    spellings: Mapping[str, Outcome] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.marks is None and not self.outcomes:
            raise ValueError(f"{self.code} has neither marks nor outcomes.")
        codes = [outcome.code for outcome in self.outcomes]
        if len(codes) != len(set(codes)):
            raise ValueError(f"{self.code} names an outcome twice.")
        object.__setattr__(self, "spellings", dict(self._spelt()))

    def _spelt(self) -> Iterator[tuple[str, Outcome]]:
        """Every spelling with its outcome; each may stand for one only."""
        meant: dict[str, Outcome] = {}
        for outcome in self.outcomes:
            for name in map(plain, outcome.names):
                if meant.setdefault(name, outcome) is not outcome:
                    raise ValueError(f"In {self.code}, {name} stands for two codes.")
        yield from meant.items()

    @property
    def full_code(self) -> str:
        """The item's name everywhere: phonics.mark."""
        return f"{self.collection}.{self.code}"

    @property
    def carries(self) -> str:
        """What codes of its own say of it: a mark, an outcome, or either."""
        if self.marks is None:
            return "outcome"
        return "either" if self.outcomes else "mark"

    def needed(self, stands: Mapping[str, str]) -> bool:
        """Whether a pupil must have it, given what stands by full code."""
        asked = self.only_where
        return self.required or (asked is not None and bool(asked.needed(stands)))

    @property
    def entered(self) -> tuple[Outcome, ...]:
        """The outcomes a school may enter."""
        return tuple(filter(self._may_enter, self.outcomes))

    def _may_enter(self, outcome: Outcome) -> bool:
        return outcome.set_by == "school" or (self.from_dfe and outcome.set_by == "dfe")

    def outcome(self, value: str) -> Outcome | None:
        """The outcome of that code, in any case."""
        folded = value.casefold()
        for outcome in self.outcomes:
            if outcome.code.casefold() == folded:
                return outcome
        return None

    def allows(self, value: str) -> bool:
        """Whether the value is one of the year's, written as the DfE writes it."""
        if self.marks is not None and self.marks.holds(value):
            return True
        return any(outcome.code == value for outcome in self.outcomes)

    def read(self, text: str) -> str:
        """The code or mark that a person meant; raise ValueError with the reason."""
        typed = text.strip()
        whole = _WHOLE.fullmatch(typed)
        typed = whole[1] if whole else typed
        if self.marks is not None and self.marks.holds(typed):
            return typed
        meant = self.spellings.get(plain(typed))
        if meant is None or not self._may_enter(meant):
            raise ValueError(self.refusal(typed))
        return meant.code

    def refusal(self, value: str) -> str:
        """Why a value cannot be taken, in words."""
        if not value:
            return f"{self.title} is blank. It must be {self.allowed_in_words}."
        shown = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
        words = f"{self.title} is {shown}. It must be {self.allowed_in_words}."
        of_the_dfe = self.spellings.get(plain(value))
        if of_the_dfe is not None and of_the_dfe.set_by == "dfe":
            return f"{words} {of_the_dfe.code}, {of_the_dfe.title}, is set by the DfE."
        meant = self.nearest(value)
        hint = f" Did you mean {meant}, {self.meaning(meant)}?" if meant else ""
        return words + hint

    @property
    def allowed_in_words(self) -> str:
        """For example: a whole number from 0 to 40, or A, D, L or Q."""
        parts = []
        if self.marks is not None:
            parts.append(
                f"a whole number from {self.marks.lowest} to {self.marks.highest}"
            )
        codes = [outcome.code for outcome in self.entered]
        if codes:
            parts.append(", ".join(codes[:-1]) + " or " * (len(codes) > 1) + codes[-1])
        return ", or ".join(parts)

    def nearest(self, value: str) -> str | None:
        """The code a school may enter that looks most like the value."""
        spelt = self.spellings.get(plain(value.strip()))
        if spelt is not None and self._may_enter(spelt):
            return spelt.code
        codes = [outcome.code for outcome in self.entered if len(outcome.code) > 1]
        close = get_close_matches(value.strip().upper(), codes, n=1, cutoff=0.6)
        return close[0] if close else None

    def meaning(self, value: str) -> str:
        """What a value means, in plain words."""
        outcome = self.outcome(value)
        if outcome is not None:
            return outcome.title
        if self.marks is not None and self.marks.holds(value):
            low, high = self.marks.lowest, self.marks.highest
            return f"on the scale from {low} to {high}" if low else f"{value} of {high}"
        return ""

    def combination_for(self, value: str) -> Combination | None:
        """The codes under which the value travels; None where none are known."""
        marks = self.marks
        kind = "mark" if marks is not None and marks.holds(value) else "outcome"
        for travel in self.ctf:
            if travel.carries in {kind, "either"}:
                return travel.combination
        return None

    def exported(self, value: str) -> bool:
        """Whether the value is put into files: an outcome worked out is not."""
        outcome = self.outcome(value)
        wanted = outcome is None or outcome.exported
        return bool(value) and wanted and self.combination_for(value) is not None


def plain(text: str) -> str:
    """How a code is compared with what was typed: no gaps in it, and small letters."""
    return _GAPS.sub("", text).casefold()
