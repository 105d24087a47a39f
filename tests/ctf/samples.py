"""Small files made here, with invented pupils."""

from hornbook.ctf.write import Outgoing, write_ctf
from hornbook.identifiers import check_letter
from hornbook.records import Combination, Pupil, Result, School

MARK = Combination("KS1", "PHO", "TT", "CHK", "NM")
REASON = Combination("KS1", "PHO", "TT", "CHK", "NY")
SCHOOL = School(
    la="909", estab="2155", urn="123456", name="Hazel Bank", academic_year="2025"
)
AUTHORITY = School(la="909", estab="LLLL")


def upn(serial: int) -> str:
    body = f"90921552{serial:04}"
    return check_letter(body) + body


def pupil(serial: int = 1, **stated: str) -> Pupil:
    known = {
        "upn": upn(serial),
        "surname": "O'Brien",
        "forename": "Zoë",
        "dob": "2020-01-15",
        "sex": "F",
        "nc_year": "1",
    }
    return Pupil(
        **(known | stated),
        results=(Result(MARK, "2026", "34"),),
    )


def outgoing(*pupils: Pupil, version: str = "25.0") -> Outgoing:
    return Outgoing(
        version=version,
        date_time="2026-06-19T15:02:11",
        descriptor="Phonics results",
        source=SCHOOL,
        destination=AUTHORITY,
        pupils=pupils,
    )


def phonics(count: int = 2) -> bytes:
    return write_ctf(outgoing(*(pupil(serial) for serial in range(count))))
