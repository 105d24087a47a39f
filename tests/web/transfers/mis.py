"""Files as a MIS exports them, contacts and all: invented pupils of Elm Road."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from xml.sax.saxutils import escape

from hornbook.identifiers import check_letter

ELM: Final = "<LEA>926</LEA><Estab>2155</Estab>"
OAK: Final = "<LEA>909</LEA><Estab>3001</Estab>"
GIAP: Final = "<LEA>XXX</LEA><Estab>XXXX</Estab>"
NAME: Final = "9262155_CTF_9262155_001.xml"
# None of these may be anywhere once a file is brought in.
SECRETS: Final = (
    "Secretcontact",
    "01632 960123",
    "07700 900456",
    "secret@example.invalid",
    "Secret Lane",
    "SecretMedical",
)


def upn(serial: int, last: str = "") -> str:
    """A sound UPN; a last letter makes it temporary."""
    body = f"92621552{serial:04}"
    body = body[: 12 - len(last)] + last
    return check_letter(body) + body


@dataclass(frozen=True)
class Child:
    """A pupil as the MIS holds them."""

    upn: str
    surname: str = "Byrne"
    forename: str = "Ada"
    dob: str = "2019-11-06"
    sex: str = "F"
    nc_year: str = "1"
    basic: str = ""
    more: str = ""
    results: Sequence[tuple[str, ...]] = field(default=())

    def text(self) -> str:
        parts = {
            "UPN": self.upn,
            "Surname": self.surname,
            "Forename": self.forename,
            "DOB": self.dob,
            "Sex": self.sex,
        }
        identity = "".join(
            f"<{name}>{escape(value)}</{name}>"
            for name, value in parts.items()
            if value
        )
        year = f"<NCyearActual>{self.nc_year}</NCyearActual>" if self.nc_year else ""
        return (
            f"<Pupil>{identity}<BasicDetails>{self.basic}{year}"
            f"</BasicDetails>{self.more}{_PRIVATE}{self._assessed()}</Pupil>"
        )

    def _assessed(self) -> str:
        return "".join(map(_result, self.results)) and (
            "<StageAssessments>"
            + "".join(map(_result, self.results))
            + "</StageAssessments>"
        )


_PRIVATE: Final = (
    "<Address><AddressLines><AddressLine1>1 Secret Lane</AddressLine1></AddressLines>"
    "<PostCode>ZZ99 3WZ</PostCode></Address>"
    "<Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>01632 960123</PhoneNo>"
    "</Phone></Phones><Contacts><Contact><Order>1</Order>"
    "<Surname>Secretcontact</Surname><Forename>Pat</Forename>"
    "<Relationship>PAM</Relationship><Phones><Phone><TelephoneType>M</TelephoneType>"
    "<PhoneNo>07700 900456</PhoneNo></Phone></Phones>"
    "<Email>secret@example.invalid</Email></Contact></Contacts>"
    "<Attendance><YearData><Year>2025</Year><SessionsPossible>290</SessionsPossible>"
    "<SessionsAttended>281</SessionsAttended></YearData></Attendance>"
)


def phonics(mark: str, year: str = "2026", qualifier: str = "NM") -> tuple[str, ...]:
    """A phonics result: stage, year, subject, method, component, qualifier, value."""
    return ("KS1", year, "PHO", "TT", "CHK", qualifier, mark)


def _result(result: tuple[str, ...]) -> str:
    stage, year, subject, method, component, qualifier, value = result[:7]
    status = result[7] if len(result) > 7 else "R"
    return (
        f"<KeyStage><Stage>{stage}</Stage><StageAssessment><Locale>ENG</Locale>"
        f"<Year>{year}</Year><Subject>{subject}</Subject><Method>{method}</Method>"
        f"<Component>{component}</Component><ResultStatus>{status}</ResultStatus>"
        f"<ResultQualifier>{qualifier}</ResultQualifier><Result>{value}</Result>"
        "</StageAssessment></KeyStage>"
    )


def ctf(
    *children: Child,
    source: str = ELM,
    to: str = ELM,
    made: str = "2026-05-01T09:30:00",
    qualifier: str = "full",
    year: str = "2025",
    supplier: str = "Arbor",
) -> bytes:
    """A file of these children."""
    stated = f"<AcademicYear>{year}</AcademicYear>" if year else ""
    header = (
        "<DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion>"
        f"<DateTime>{made}</DateTime><DocumentQualifier>{qualifier}</DocumentQualifier>"
        f"<SupplierID>{supplier}</SupplierID><SourceSchool>{source}"
        f"<SchoolName>Elm Road Primary School</SchoolName>{stated}</SourceSchool>"
        f"<DestSchool>{to}</DestSchool>"
    )
    lines = "\n".join(child.text() for child in children)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<CTfile><Header>{header}</Header>\n<CTFpupilData>{lines}</CTFpupilData></CTfile>"
    ).encode()


def school(size: int) -> list[Child]:
    """A whole school, one forename and birthday a child, with a mark or two each."""
    groups = ("R", "1", "2", "3", "4", "5", "6")
    return [
        Child(
            upn(5000 + number),
            surname=f"Child-{number:04}",
            forename="Ada" if number % 2 else "Björn",
            dob=f"{2020 - number % 7}-{1 + number % 12:02}-{1 + number % 28:02}",
            nc_year=groups[number % 7],
            results=(phonics(str(number % 41), "2025"), phonics("34", "2024")),
        )
        for number in range(1, size + 1)
    ]


def renamed(child: Child, surname: str) -> Child:
    """The same child with another surname."""
    return replace(child, surname=surname)
