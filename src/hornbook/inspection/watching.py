"""What somebody may want to see while a file is looked at; by default, nothing."""

from hornbook.checks.cases import Context, Whereabouts
from hornbook.ctf.form import FileFacts
from hornbook.ctf.read import FilePupil
from hornbook.findings import Fault, Finding


class Watcher:
    """Is told of all that goes by; one that wants to know more overrides a method."""

    def begin(self, facts: FileFacts, context: Context) -> None:
        """The header has been read."""

    def see(self, pupil: FilePupil) -> None:
        """A pupil has been looked at."""

    def about_pupil(
        self,
        finding: Finding,
        fault: Fault,
        where: Whereabouts | None,
        index: int | None,
    ) -> None:
        """Something was found about a pupil, or about the result with a number."""

    def about_file(self, finding: Finding, fault: Fault, facts: FileFacts) -> None:
        """Something was found about the file as a whole."""
