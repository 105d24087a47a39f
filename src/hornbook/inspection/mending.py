"""What can be put right, collected while a file is looked at."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hornbook.checks.cases import Context, Whereabouts
from hornbook.ctf.form import FileFacts
from hornbook.ctf.paths import PARTS
from hornbook.ctf.read import FilePupil
from hornbook.ctf.shapes import HEADER, PUPIL, RESULT, Shape, misplaced, repeated
from hornbook.ctf.trees import Tree
from hornbook.findings import Fault, Finding, Severity
from hornbook.inspection.repairs import Choice, Offer, Spot, choices, repairs
from hornbook.inspection.repairs.offers import RESULTS, ShapeEdits
from hornbook.inspection.watching import Watcher

_SCHOOLS: Final = ("SourceSchool", "DestSchool")
_MOST_SHAPES: Final = 10_000
_OUTCOME_SENT: Final = "R08"
_OTHER_YEAR: Final = "R20"
_WRONG_BYTES: Final = "F07"


class Mender(Watcher):
    """Works out, for each finding, the choices there are to put it right."""

    def __init__(self) -> None:
        self._choices: dict[int, tuple[Choice, ...]] = {}
        self._shapes = ShapeEdits()
        self._judged: dict[Shape, bool] = {}
        self._header: Tree | None = None
        self._pupil = 0
        self._results = 0
        self._taken_out: dict[tuple[int, int | None], int] = {}
        self._disputed: set[tuple[int, int | None]] = set()

    def begin(self, facts: FileFacts, context: Context) -> None:
        """Look at the header's own form."""
        self._facts = facts
        self._context = context
        header = self._header = facts.reading.header_tree()
        if header is None:
            return
        self._shapes.see(header, HEADER, header.root)
        for name in _SCHOOLS:
            school = header.root.kid(name)
            if school is not None:
                self._shapes.see(header, f"{HEADER}/{name}", school)

    def see(self, pupil: FilePupil) -> None:
        """Look at the form of a pupil and of the results."""
        self._pupil += 1
        self._results += len(pupil.record.results)
        if self._faulty((PUPIL, pupil.elements)):
            tree = pupil.tree()
            self._shapes.see(tree, PUPIL, tree.root)
        orders = [(RESULT, tuple(PARTS[part] for part in one)) for one in pupil.orders]
        if any(map(self._faulty, orders)):
            tree = pupil.tree()
            for result in tree.root.all(RESULTS):
                self._shapes.see(tree, RESULT, result)

    def _faulty(self, shape: Shape) -> bool:
        """Whether elements are out of order or stand twice, worked out once."""
        found = self._judged.get(shape)
        if found is None:
            if len(self._judged) >= _MOST_SHAPES:
                self._judged.clear()
            found = misplaced(*shape) or bool(repeated(*shape))
            self._judged[shape] = found
        return found

    def about_pupil(
        self,
        finding: Finding,
        fault: Fault,
        where: Whereabouts | None,
        index: int | None,
    ) -> None:
        """The choices for a finding about a pupil."""
        here = self._pupil, index
        if finding.code == _OUTCOME_SENT:
            self._taken_out[here] = id(finding)
        elif finding.severity is Severity.ERROR and index is not None:
            self._disputed.add(here)
        if finding.code in repairs() and isinstance(where, FilePupil):
            self._offer(self._spot(finding, fault, self._facts, where, index))

    def about_file(self, finding: Finding, fault: Fault, facts: FileFacts) -> None:
        """The choices for a finding about the file."""
        if finding.code in repairs():
            self._offer(self._spot(finding, fault, facts))

    def _spot(
        self,
        finding: Finding,
        fault: Fault,
        facts: FileFacts,
        pupil: FilePupil | None = None,
        index: int | None = None,
    ) -> Spot:
        return Spot(
            finding=finding,
            fault=fault,
            file=facts,
            context=self._context,
            shapes=self._shapes,
            header=self._header,
            pupil=pupil,
            index=index,
        )

    def _offer(self, spot: Spot) -> None:
        found = tuple(one for one in choices(spot) if _does_something(one))
        if found:
            # The report keeps the finding, so that no other can have its id.
            self._choices[id(spot.finding)] = found

    def offers(self, findings: Sequence[Finding]) -> tuple[Offer, ...]:
        """What can be put right, by the place of the finding in a report."""
        reading = self._facts.reading
        if not reading.sound:
            return ()
        self._leave_what_is_disputed()
        self._leave_the_only_results(findings)
        return tuple(
            Offer(number, finding, self._choices[id(finding)])
            for number, finding in enumerate(findings)
            if id(finding) in self._choices
            and (finding.code == _WRONG_BYTES or not reading.lossy)
        )

    def _leave_what_is_disputed(self) -> None:
        """An outcome that disagrees with its mark is a question, not a habit."""
        for here in self._taken_out.keys() & self._disputed:
            key = self._taken_out[here]
            found = self._choices.get(key, ())
            self._choices[key] = tuple(replace(one, unasked=False) for one in found)

    def _leave_the_only_results(self, findings: Sequence[Finding]) -> None:
        """Where all results are of another year than the file, the file is wrong."""
        strange = [one for one in findings if one.code == _OTHER_YEAR]
        if len(strange) < self._results:
            return
        for key in map(id, strange):
            found = self._choices.get(key, ())
            self._choices[key] = tuple(
                replace(one, singly=one.singly or one.drops) for one in found
            )


def _does_something(choice: Choice) -> bool:
    return bool(choice.edits or choice.rename or choice.as_utf8 or choice.through)
