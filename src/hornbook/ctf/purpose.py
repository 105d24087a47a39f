"""What a file is for, which says how strictly it is to be read."""

from typing import Final

from hornbook.ctf.header import Header
from hornbook.ctf.names import FileName
from hornbook.ctf.producers import FROM_DFE

DOWNLOAD: Final = "dfe-download"
RETURN: Final = "return"
TRANSFER: Final = "transfer"
MIS: Final = "mis"
# What a person may say that the file is for.
ASKED: Final = {"la": RETURN, "sta": RETURN, "mis": MIS, "school": TRANSFER}
_RETURNED: Final = {"FSP", "PHO", "KS1", "KS2"}


def purpose(
    header: Header, name: FileName | None, producer: str, asked: str | None = None
) -> str:
    """The purpose, in the order of the rules; asked is la, sta, mis or school."""
    if asked is not None:
        return ASKED[asked]
    if producer in FROM_DFE:
        return DOWNLOAD
    source, to = header.school, header.destination
    if source.la and (source.la, source.estab) == (to.la, to.estab):
        return MIS
    if to.estab == "LLLL":
        return RETURN
    if name is not None and name.infix in _RETURNED:
        return RETURN
    return TRANSFER
