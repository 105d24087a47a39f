"""Which elements stood in which order: each shape once, with the place it was met."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from hornbook.ctf.elements import inside, order_in
from hornbook.ctf.header import Header
from hornbook.ctf.paths import PARTS
from hornbook.ctf.places import Place
from hornbook.ctf.read import FilePupil

PUPIL: Final = "Pupil"
HEADER: Final = "Header"
ROOT: Final = "CTfile"
RESULT: Final = "Pupil/StageAssessments/KeyStage/StageAssessment"
_MOST: Final = 10_000
Shape = tuple[str, tuple[str, ...]]


def misplaced(container: str, names: tuple[str, ...]) -> bool:
    """Whether the known names are not in the order of the specification."""
    order = order_in(container)
    places = [order.index(name) for name in names if name in order]
    return places != sorted(places)


def repeated(container: str, names: tuple[str, ...]) -> dict[str, int]:
    """The names that may stand once and stand more often, with how often."""
    single = {each.name for each in inside(container) if not each.many}
    counted = Counter(name for name in names if name in single)
    return {name: count for name, count in counted.items() if count > 1}


class Shapes:
    """The shapes met so far: (container, names in order), how often and first where."""

    def __init__(self) -> None:
        self.count: Counter[Shape] = Counter()
        self.first: dict[Shape, Place | None] = {}

    def see_header(self, header: Header) -> None:
        """The header's own elements, and those of its two schools."""
        for container in ("", "SourceSchool", "DestSchool"):
            if container not in header.elements:
                continue
            names = tuple(_directly(header.first, container))
            path = "/".join(filter(None, (HEADER, container)))
            self._see((path, names), header.place(container))

    def see(self, pupil: FilePupil) -> None:
        """One pupil's elements, and the parts of each kind of result."""
        shape = (PUPIL, pupil.elements)
        if shape in self.count:
            self.count[shape] += 1
        else:
            self._see(shape, pupil.place(PUPIL))
        for order in pupil.orders:
            parts = (RESULT, tuple(PARTS[part] for part in order))
            if parts in self.count:
                self.count[parts] += 1
            else:
                self._see(parts, pupil.place(PUPIL))

    def _see(self, shape: Shape, place: Place | None) -> None:
        if len(self.count) < _MOST:
            self.count[shape] += 1
            self.first.setdefault(shape, place)


def _directly(paths: Iterable[str], container: str) -> Iterable[str]:
    """The names directly inside a container."""
    start = f"{container}/" if container else ""
    for path in paths:
        name = path.removeprefix(start)
        if path and path.startswith(start) and "/" not in name:
            yield name
