"""What may become of an edit: pure, given what is held at that moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from hornbook.rulebook.model import Collection, Item
from hornbook.web.results.cohort import Held, Member, closed


class State(StrEnum):
    """What became of an edit."""

    SAVED = "saved"
    SAME = "same"
    REFUSED = "refused"
    CLOSED = "closed"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person put in a cell; base is the row they saw there, None if none.

    stood is a value that the cell had before: it may be one that only the DfE sets.
    """

    pupil: int
    item: str
    value: str
    base: int | None
    stood: str = ""

    @property
    def cell(self) -> tuple[int, str]:
        """Which cell."""
        return self.pupil, self.item


@dataclass(frozen=True, slots=True)
class Verdict:
    """An edit with what becomes of it: saved still has to be written."""

    edit: Edit
    state: State
    value: str
    held: Held | None = None
    reason: str = ""

    @property
    def version(self) -> int | None:
        """The row that stands in the cell."""
        return self.held.version if self.held else None

    @property
    def before(self) -> str:
        """The value that stands in the cell."""
        return self.held.value if self.held else ""


def judge(edit: Edit, collection: Collection, members: Mapping[int, Member]) -> Verdict:
    """Whether an edit can be saved, and why not.

    A value that already stands there is the same, whatever the person saw: an answer
    that was lost on its way is not a conflict.
    """
    member = members.get(edit.pupil)
    item = _item(collection, edit.item)
    if member is None or item is None:
        return Verdict(edit, State.REFUSED, edit.value, reason=_NOT_HERE)
    held = member.held.get(item.code)
    try:
        value = _meant(
            item, edit.value.strip(), {held.value if held else "", edit.stood}
        )
    except ValueError as fault:
        return Verdict(edit, State.REFUSED, edit.value, held, str(fault))
    if value == (held.value if held else ""):
        return Verdict(edit, State.SAME, value, held)
    reason = _against(edit, collection, item, member)
    if reason:
        return Verdict(edit, State.CLOSED, value, held, reason)
    if edit.base != (held.version if held else None):
        return Verdict(edit, State.CONFLICT, value, held)
    return Verdict(edit, State.SAVED, value, held)


def _against(
    edit: Edit, collection: Collection, item: Item, member: Member
) -> str | None:
    """Why nothing may be entered; what stood there is put back unless it is locked."""
    if edit.stood and edit.value == edit.stood:
        return member.locked or None
    return closed(collection, item, member)


def judged(
    edits: Iterable[Edit], collection: Collection, members: Mapping[int, Member]
) -> tuple[Verdict, ...]:
    """What becomes of edits made together, in the order of the columns.

    A value may open a cell beside it that comes later.
    """
    places = {item.full_code: at for at, item in enumerate(collection.items)}
    here = dict(members)
    found = {}
    for edit in sorted(edits, key=lambda one: places.get(one.item, -1)):
        verdict = judge(edit, collection, here)
        found[edit] = verdict
        if verdict.state is State.SAVED and edit.item in collection.asks:
            here[edit.pupil] = _with(here[edit.pupil], verdict)
    return tuple(found.values())


def _with(member: Member, verdict: Verdict) -> Member:
    """The pupil as the others of the edits find them."""
    code = verdict.edit.item.partition(".")[2]
    held = Held(verdict.version or 0, verdict.value)
    return replace(member, held={**member.held, code: held})


_NOT_HERE = "This pupil and this result are not in the grid. Open the grid again."


def _meant(item: Item, typed: str, stood: set[str]) -> str:
    """The value as the rulebook writes it; ValueError where a school may not enter it.

    What stands or stood there may be sent again: it can be a code that the DfE set.
    """
    if not typed or typed in stood:
        return typed
    return item.read(typed)


def _item(collection: Collection, full_code: str) -> Item | None:
    for item in collection.items:
        if item.full_code == full_code:
            return item
    return None
