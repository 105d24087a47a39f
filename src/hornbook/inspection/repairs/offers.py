"""What can be done about a finding: choices, each a set of edits; and a register."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Final

from hornbook.checks.cases import Context
from hornbook.ctf.edits import Edit
from hornbook.ctf.elements import order_in
from hornbook.ctf.form import FileFacts
from hornbook.ctf.names import FileName
from hornbook.ctf.paths import PARTS
from hornbook.ctf.read import FilePupil
from hornbook.ctf.shapes import RESULT, misplaced, repeated
from hornbook.ctf.trees import Branch, Tree
from hornbook.findings import Fault, Finding, Repair, rule

RESULTS: Final = "StageAssessments/KeyStage/StageAssessment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to put a finding right, in words and as edits.

    rename makes the file's new name of the one it has, if it has one; as_utf8 is
    whether the file is written in UTF-8; asks_for is what a person must type. through
    finds edits all over the file, given its bytes. unasked is false where something a
    person may want to keep would be lost, even if the rule's repair is a safe one.
    drops is whether a result is taken out; singly is true of a choice that naming its
    rule is not enough to make.
    """

    words: str
    edits: tuple[Edit, ...] = ()
    rename: Callable[[FileName | None], FileName | None] | None = None
    as_utf8: bool = False
    asks_for: str = ""
    through: Callable[[IO[bytes]], Iterable[Edit]] | None = None
    unasked: bool = True
    drops: bool = False
    singly: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A finding that can be put right; number is its place among the findings."""

    number: int
    finding: Finding
    choices: tuple[Choice, ...]

    @property
    def safe(self) -> bool:
        """Whether it may be done without asking."""
        return self.finding.repair is Repair.SAFE and self.choices[0].unasked


class ShapeEdits:
    """The edits for containers whose elements are out of order or stand twice.

    By shape (container, names in order), and for those twice also by their name.
    """

    def __init__(self) -> None:
        self.sorted: defaultdict[object, list[Edit]] = defaultdict(list)
        self.all_but_first: defaultdict[object, list[Edit]] = defaultdict(list)
        self.all_but_last: defaultdict[object, list[Edit]] = defaultdict(list)

    def see(self, tree: Tree, container: str, branch: Branch) -> None:
        """Look at one container."""
        names = tuple(kid.name for kid in branch.kids)
        if container == RESULT:
            names = tuple(name for name in names if name in PARTS)
        shape = container, names
        if misplaced(*shape):
            self.sorted[shape] += tree.sort(branch, order_in(container))
        for name in repeated(*shape):
            alike = [kid for kid in branch.kids if kid.name == name]
            self.all_but_first[shape, name] += map(tree.take_out, alike[1:])
            out = map(tree.take_out_before_next, alike[:-1])
            self.all_but_last[shape, name] += out


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A finding with all that its repair may look at.

    pupil and index (of the result, from 0) are given where it is about them.
    """

    finding: Finding
    fault: Fault
    file: FileFacts
    context: Context
    shapes: "ShapeEdits"
    header: Tree | None = None
    pupil: FilePupil | None = None
    index: int | None = None

    @property
    def tree(self) -> Tree:
        """The elements of the pupil."""
        if self.pupil is None:
            raise LookupError(f"{self.finding.code} is not about a pupil.")
        return self.pupil.tree()

    @property
    def results(self) -> list[Branch]:
        """The pupil's results, in the order of the file."""
        return list(self.tree.root.all(RESULTS))

    @property
    def result(self) -> Branch:
        """The result that it is about."""
        if self.index is None:
            raise LookupError(f"{self.finding.code} is not about a result.")
        return self.results[self.index]


Body = Callable[[Spot], Iterator[Choice]]
_repairs: dict[str, Body] = {}


def repair(code: str) -> Callable[[Body], Body]:
    """Put a repair on the register: one for each rule that says it has one."""

    def register(body: Body) -> Body:
        if code in _repairs or rule(code).repair is Repair.NO:
            raise ValueError(f"{code} cannot have this repair.")
        _repairs[code] = body
        return body

    return register


def repairs() -> frozenset[str]:
    """The codes of the rules whose findings can be put right."""
    return frozenset(_repairs)


def choices(spot: Spot) -> tuple[Choice, ...]:
    """The ways to put a finding right; none where there is no telling."""
    body = _repairs.get(spot.finding.code)
    return tuple(body(spot)) if body else ()
