"""What a file is, worked out from its content and never from its name alone."""

from enum import Enum
from typing import Final

from hornbook.ctf.header import Header
from hornbook.ctf.producers import GIAP, MTC, PORTAL
from hornbook.ctf.purpose import MIS, RETURN

_FULL: Final = "full"
_TESTS: Final = "ks2-tests"
_HORNBOOK: Final = "Hornbook"


class Kind(Enum):
    """A kind of file that a school receives: its code, and what it is in words.

    The words name {maker}, the system that made it, and {school}, whose it is.
    """

    WHOLE_SCHOOL = "whole-school", "A CTF of the whole school from {maker}"
    PART_OF_SCHOOL = "part-of-school", "A CTF of part of the school from {maker}"
    NEW_PUPILS = "new-pupils", "A CTF of pupils who come from {school}"
    LEAVERS = "leavers", "A CTF of pupils who go to another school, from {maker}"
    TABLES_CHECK = (
        "tables-check",
        "Results of the multiplication tables check, downloaded from the DfE's service",
    )
    PAST_RESULTS = (
        "past-results",
        "Results of earlier years, from the DfE's Get information about pupils",
    )
    KS2_RESULTS = "ks2-results", "Key stage 2 results, downloaded from the DfE's portal"
    DATA_RETURN = "data-return", "A data return that {maker} made"
    OWN = "own", "A file that Hornbook made"
    PUPIL_SHEET = "pupil-sheet", "A spreadsheet of pupils"
    RESULT_SHEET = "result-sheet", "A spreadsheet of results"
    FULL_SHEET = "full-sheet", "A spreadsheet of pupils and their results"

    def __init__(self, code: str, words: str) -> None:
        self.code = code
        self._words = words

    def in_words(self, *, maker: str, school: str) -> str:
        """What the file is, in one phrase."""
        return self._words.format(
            maker=maker or "a system that does not say its name",
            school=school or "another school",
        )

    @property
    def from_dfe(self) -> bool:
        """Whether the DfE made it, so that its bytes are worth keeping."""
        return self in _FROM_DFE

    @property
    def of_pupils(self) -> bool:
        """Whether it says of pupils how they stand, and not only their results."""
        return self in _OF_PUPILS

    @classmethod
    def of_code(cls, code: str) -> "Kind":
        """The kind of a code; raises ValueError."""
        for kind in cls:
            if kind.code == code:
                return kind
        raise ValueError(f"There is no kind of file {code}.")


_OF_PUPILS: Final = (
    Kind.WHOLE_SCHOOL,
    Kind.PART_OF_SCHOOL,
    Kind.NEW_PUPILS,
    Kind.LEAVERS,
    Kind.PUPIL_SHEET,
    Kind.FULL_SHEET,
)
_FROM_DFE: Final = (Kind.TABLES_CHECK, Kind.PAST_RESULTS, Kind.KS2_RESULTS)
_BY_MAKER: Final = {
    MTC: Kind.TABLES_CHECK,
    GIAP: Kind.PAST_RESULTS,
    PORTAL: Kind.KS2_RESULTS,
}


def kind_of(
    header: Header, *, maker: str, purpose: str, contains: tuple[str, ...], here: bool
) -> Kind:
    """The kind of a CTF; here is whether it is addressed to the school that has it."""
    if maker in _BY_MAKER:
        return _BY_MAKER[maker]
    if purpose == RETURN:
        return Kind.DATA_RETURN
    if purpose != MIS:
        return Kind.NEW_PUPILS if here else Kind.LEAVERS
    if maker == _HORNBOOK:
        return Kind.OWN
    if header.qualifier == _FULL:
        return Kind.WHOLE_SCHOOL
    return Kind.KS2_RESULTS if contains == (_TESTS,) else Kind.PART_OF_SCHOOL
