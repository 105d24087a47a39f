"""Where one collection of a school has come to, and the one thing to do next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from hornbook.rulebook.model import Collection, Window
from hornbook.rulebook.profiles import Deadline
from hornbook.web.results.cohort import Progress
from hornbook.web.returns.models import Answer, MadeFile
from hornbook.web.returns.since import UNCHANGED, Since
from hornbook.wording import many

# A year's day is over when the next year's has come.
_LONG_AGO: Final = 365


class Stage(Enum):
    """How far, in a word and the colour of its tag."""

    NO_PUPILS = "No pupils", "grey"
    NONE_SEEN = "None of yours", "grey"
    NOTHING = "None entered", "grey"
    NOT_STARTED = "Not started", "grey"
    ENTERING = "Entering", ""
    READY = "Ready", "turquoise"
    COMPLETE = "Complete", "green"
    MADE = "Made", "yellow"
    SENT = "Sent", "purple"
    ACCEPTED = "Accepted", "green"
    REFUSED = "Refused", "red"

    @property
    def word(self) -> str:
        """As the tag says it."""
        return self.value[0]

    @property
    def colour(self) -> str:
        """The colour of the tag."""
        return self.value[1]


# When the days count no more, and when nobody is behind.
_OVER: Final = frozenset({Stage.ACCEPTED, Stage.COMPLETE})
_NOT_BEHIND: Final = frozenset({Stage.SENT, Stage.NO_PUPILS, Stage.NONE_SEEN})


class Where(Enum):
    """The page on which the next step is done."""

    NOWHERE = ""
    BRING_IN = "transfers:list"
    GRID = "results:grid"
    PREFLIGHT = "returns:preflight"
    FILE = "returns:file"


@dataclass(frozen=True, slots=True)
class Step:
    """The one thing to do next, and where."""

    text: str
    where: Where = Where.NOWHERE


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which a collection is wanted, by whom, and how far off it is."""

    day: date
    whose: str
    confirmed: bool
    left: int
    note: str = ""

    @property
    def in_words(self) -> str:
        """12 days left; today; 3 days ago; nothing once it is of another year."""
        if self.left < -_LONG_AGO:
            return ""
        if self.left < 0:
            return f"{many(-self.left, 'day', 'days')} ago"
        return "today" if not self.left else f"{many(self.left, 'day', 'days')} left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One collection of the year: how complete, by when, made, sent, and answered.

    begun is whether anything is entered; made is the newest file for a recipient other
    than the school's own MIS; since is what changed after it was made;
    own is the recipient's own deadline, own_of its name. signs is whether the
    headteacher signs it off; whole, whether it is of every pupil and not of somebody's
    classes; closed, whether nothing may be typed into its grid.
    """

    collection: Collection
    progress: Progress
    begun: bool
    today: date
    made: MadeFile | None = None
    since: Since = UNCHANGED
    own: Deadline | None = None
    own_of: str = ""
    signs: bool = False
    whole: bool = True
    closed: bool = False

    @property
    def recipient(self) -> str:
        """The recipient of the return: of the last file, else the first there is."""
        if self.made:
            return self.made.recipient
        return self.collection.recipients[0].code

    @property
    def returned(self) -> bool:
        """Whether the school returns it to somebody."""
        return self.collection.statutory and not self.collection.from_dfe

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.made:
            return _stage_of(self.made)
        if not self.progress.pupils:
            nobody = Stage.NO_PUPILS if self.whole else Stage.NONE_SEEN
            return Stage.NOTHING if self.progress.not_needed else nobody
        if not self.progress.incomplete:
            to_be_made = self.returned and self.whole
            return Stage.READY if to_be_made else Stage.COMPLETE
        return Stage.ENTERING if self.begun else Stage.NOT_STARTED

    @property
    def dues(self) -> tuple[Due, ...]:
        """The days by which it is wanted: the recipient's own, then the nation's."""
        national = self.collection.deadline
        own = [(self.own.day, self.own_of, True, self.own.note)] if self.own else []
        whole = (
            [(national, "national", self.collection.deadline_confirmed, "")]
            if national
            else []
        )
        return tuple(
            Due(day, whose, sure, (day - self.today).days, note)
            for day, whose, sure, note in [*own, *whole]
        )

    @property
    def counts_down(self) -> bool:
        """Whether the school still has something to do by its days."""
        return self.collection.statutory and self.stage not in _OVER

    @property
    def late(self) -> bool:
        """Whether a day has passed, and what was to be done by it is not known."""
        passed = any(due.left < 0 for due in self.dues)
        behind = self.counts_down and self.stage not in _NOT_BEHIND
        return passed and behind and (self.returned or self._should_be_here)

    @property
    def _should_be_here(self) -> bool:
        """Whether the last of its days has come: until then no results are due."""
        days = [one.opens or one.closes or date.min for one in self.collection.dates]
        return max(days, default=date.min) <= self.today

    @property
    def step(self) -> Step:
        """The one thing to do next."""
        if not len(self.since) or self.stage is Stage.REFUSED:
            return self._steps()[self.stage]
        pupils = f"{many(len(self.since), 'pupil', 'pupils')} changed"
        if self.stage is Stage.MADE:
            again = f"{pupils} since it was made: make it again"
            return Step(again, Where.PREFLIGHT)
        return Step(f"{pupils} since it was sent: look", Where.FILE)

    @property
    def changed(self) -> str:
        """How many pupils are other than in the file, and since when; blank if none."""
        if not len(self.since):
            return ""
        pupils = many(len(self.since), "pupil", "pupils")
        when = "it was made" if self.stage is Stage.MADE else "sent"
        return f"Changed since {when}: {pupils}"

    def _steps(self) -> dict[Stage, Step]:
        missing = many(self.progress.incomplete, "pupil lacks", "pupils lack")
        finish = "the grid is closed" if self.closed else "finish"
        make = "Have it signed off, and" if self.signs else "Check it and"
        return {
            Stage.NO_PUPILS: Step("Bring pupils in", Where.BRING_IN),
            Stage.NONE_SEEN: Step("No pupil of your classes"),
            Stage.NOTHING: Step(self._begin(), Where.GRID),
            Stage.NOT_STARTED: Step(self._begin(), Where.GRID),
            Stage.ENTERING: Step(f"{missing} something: {finish}", Where.GRID),
            Stage.READY: Step(f"{make} make the file", Where.PREFLIGHT),
            Stage.COMPLETE: Step("Nothing is left to do"),
            Stage.MADE: Step("Send it and write down the receipt", Where.FILE),
            Stage.SENT: Step("Write down whether it was accepted", Where.FILE),
            Stage.REFUSED: Step("Put it right and make a new file", Where.FILE),
            Stage.ACCEPTED: Step("Nothing is left to do"),
        }

    def _begin(self) -> str:
        """How to begin, or from when."""
        if self.closed:
            return "The grid is closed"
        opening = first(self.collection.dates)
        if opening and opening.opens and opening.opens > self.today:
            return f"Comes on {opening.opens.day} {opening.opens:%B}: see the grid"
        if self.collection.from_dfe:
            return "Bring the results in, or enter them"
        return "Enter the results" if self.returned else "Enter results if you like"


def first(dates: Sequence[Window]) -> Window | None:
    """The first date that opens something."""
    opening = [window for window in dates if window.opens]
    return min(opening, key=lambda window: window.opens or date.max, default=None)


def come_to(made: MadeFile) -> int:
    """How far a file has come: refused, made, sent, accepted."""
    order = (Stage.REFUSED, Stage.MADE, Stage.SENT, Stage.ACCEPTED)
    return order.index(_stage_of(made))


def _stage_of(made: MadeFile) -> Stage:
    if made.answer == Answer.ACCEPTED:
        return Stage.ACCEPTED
    if made.answer == Answer.REFUSED:
        return Stage.REFUSED
    return Stage.SENT if made.sent_on else Stage.MADE
