"""One pupil of a file: the record, and where in the file its values stand."""

from dataclasses import dataclass, field

from hornbook.ctf.notes import Notes
from hornbook.ctf.paths import PUPIL, Node
from hornbook.ctf.places import Piece, Place
from hornbook.ctf.scan import Draft, Scanner
from hornbook.ctf.trees import Tree
from hornbook.records import Pupil


@dataclass(frozen=True, slots=True, eq=False)
class FilePupil:
    """One pupil of a file: the record, and where its values stand."""

    record: Pupil
    elements: tuple[str, ...]
    orders: frozenset[tuple[int, ...]]
    _piece: Piece
    _top: Node
    _drafts: list[Draft] = field(default_factory=list)
    _trees: list[Tree] = field(default_factory=list)

    def place(self, element: str) -> Place | None:
        """Where an element's value stands: by path or by its own name."""
        if element == PUPIL[-1]:
            return self._piece.place(self._piece.offset, self._piece.offset)
        for leaf in self._draft.leaves:
            if leaf.text is not None and (
                leaf.path == element or leaf.path.endswith(f"/{element}")
            ):
                return self._piece.value(leaf.start, leaf.end)
        return None

    def result_place(self, index: int) -> Place | None:
        """Where the value of a result stands, numbered from 0."""
        results = self._draft.results
        if not 0 <= index < len(results):
            return None
        return self._piece.value(results[index].start, results[index].end)

    def tree(self) -> Tree:
        """The pupil's elements with their spans, for repairs."""
        if not self._trees:
            self._trees.append(Tree(self._piece))
        return self._trees[0]

    @property
    def _draft(self) -> Draft:
        """The pupil read once more for its places; most are never asked."""
        if not self._drafts:
            piece = self._piece
            scanner = Scanner(
                piece.codec,
                Notes(top=self._top),
                piece,
                base=piece.offset,
                opened=PUPIL[:-1],
            )
            scanner.feed(piece.content)
            self._drafts.append(scanner.pupil or Draft(piece.offset))
        return self._drafts[0]
