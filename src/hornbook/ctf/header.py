"""The header of a file, as stated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hornbook.ctf.places import Place
from hornbook.records import School


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the header states; values by path, such as SourceSchool/LEA.

    elements holds the names of the header's own elements in order, and of those of the
    two schools as SourceSchool/LEA. text is each path's first value.
    """

    text: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    elements: Sequence[str] = ()

    def get(self, path: str) -> str | None:
        """The value without the spaces round it; None where it is not there."""
        value = self.text.get(path)
        return None if value is None else value.strip()

    def place(self, path: str) -> Place | None:
        """Where a value stands; the header itself is the path ""."""
        return self.places.get(path) or self.places.get("")

    @property
    def count(self) -> int:
        """How many headers the file has; there should be one."""
        return sum(not path for path in self.elements)

    @property
    def first(self) -> Sequence[str]:
        """The elements of the first header, which is the one that is read."""
        if self.count < 2:
            return self.elements
        starts = [place for place, path in enumerate(self.elements) if not path]
        return self.elements[: starts[1]]

    @property
    def document_name(self) -> str | None:
        """Normally: Common Transfer File."""
        return self.get("DocumentName")

    @property
    def version(self) -> str | None:
        """Such as 25.0."""
        return self.get("CTFversion")

    @property
    def date_time(self) -> str | None:
        """When the file was made."""
        return self.get("DateTime")

    @property
    def qualifier(self) -> str | None:
        """Full or partial."""
        return self.get("DocumentQualifier")

    @property
    def descriptor(self) -> str | None:
        """What the maker says is inside."""
        return self.get("DataDescriptor")

    @property
    def supplier(self) -> str | None:
        """The system that made the file, in its own words."""
        return self.get("SupplierID")

    @property
    def school(self) -> School:
        """The school the file comes from."""
        return self._school("SourceSchool")

    @property
    def destination(self) -> School:
        """Where it is to go."""
        return self._school("DestSchool")

    def _school(self, which: str) -> School:
        return School(
            la=self.get(f"{which}/LEA"),
            estab=self.get(f"{which}/Estab"),
            urn=self.get(f"{which}/URN"),
            name=self.get(f"{which}/SchoolName"),
            academic_year=self.get(f"{which}/AcademicYear"),
        )
