"""Files as a school's MIS exports them, contacts and all: invented pupils."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hornbook.identifiers import check_letter

SCHOOL = "<LEA>881</LEA><Estab>2001</Estab><URN>999881</URN>"
FORENAMES = ("Ada", "Ben", "Cleo", "Dev", "Ella", "Finn", "Gia", "Hal")
SURNAMES = ("Abbott", "Barnes", "Carter", "Dale", "Ellis", "Foster", "Grant", "Hughes")


def upn(number: int) -> str:
    """A permanent UPN whose check letter is right."""
    body = f"88120012{number:04}"
    return check_letter(body) + body


def temporary_upn(number: int) -> str:
    """One that ends in a letter, until the permanent one is known."""
    body = f"88120012{number:03}F"
    return check_letter(body) + body


@dataclass(frozen=True)
class MisPupil:
    """A pupil as the MIS holds them."""

    upn: str
    surname: str
    forename: str
    nc_year: str
    former_upn: str = ""
    free_meals: bool = False
    phonics: str = ""

    @property
    def born(self) -> str:
        age = 0 if self.nc_year == "R" else int(self.nc_year)
        return f"{2021 - age}-{len(self.forename):02}-14"

    def text(self) -> str:
        former = f"<FormerUPN>{self.former_upn}</FormerUPN>" if self.former_upn else ""
        return (
            f"<Pupil><UPN>{self.upn}</UPN><Surname>{self.surname}</Surname>"
            f"<Forename>{self.forename}</Forename><DOB>{self.born}</DOB><Sex>F</Sex>"
            f"<BasicDetails>{former}<NCyearActual>{self.nc_year}</NCyearActual>"
            "<Ethnicity>WBRI</Ethnicity><EnrolStatus>C</EnrolStatus></BasicDetails>"
            f"{FREE_MEALS if self.free_meals else ''}{CONTACT}{self.results()}</Pupil>"
        )

    def results(self) -> str:
        """Last year's phonics mark, where there is one."""
        return LAST_YEAR.format(mark=self.phonics) if self.phonics else ""


FREE_MEALS = (
    "<FSMhistory><FSMreviewDate>2026-07-20</FSMreviewDate><FSMinstance>"
    "<FSMstartDate>2025-09-04</FSMstartDate><UKcountry>ENG</UKcountry>"
    "</FSMinstance></FSMhistory>"
)
CONTACT = (
    "<Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>01632 960123</PhoneNo>"
    "</Phone></Phones><Contacts><Contact><Order>1</Order><Surname>Secretname</Surname>"
    "<Forename>Contact</Forename><Relationship>PAM</Relationship>"
    "<Email>contact@example.invalid</Email></Contact></Contacts>"
)
LAST_YEAR = (
    "<StageAssessments><KeyStage><Stage>KS1</Stage><StageAssessment><Locale>ENG</Locale>"
    "<Year>2025</Year><Subject>PHO</Subject><Method>TT</Method>"
    "<Component>CHK</Component><ResultStatus>R</ResultStatus>"
    "<ResultQualifier>NM</ResultQualifier><Result>{mark}</Result>"
    "<ResultDate>2025-06-13</ResultDate></StageAssessment></KeyStage></StageAssessments>"
)


def ctf(pupils: Sequence[MisPupil]) -> bytes:
    """A full file for the school's own use."""
    header = (
        "<DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion>"
        "<DateTime>2026-05-01T09:30:00</DateTime>"
        "<DocumentQualifier>full</DocumentQualifier><SupplierID>Arbor</SupplierID>"
        f"<SourceSchool>{SCHOOL}<SchoolName>Test Primary School</SchoolName>"
        f"<AcademicYear>2025</AcademicYear></SourceSchool><DestSchool>{SCHOOL}</DestSchool>"
    )
    lines = "\n".join(pupil.text() for pupil in pupils)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<CTfile><Header>{header}</Header><CTFpupilData>\n{lines}\n</CTFpupilData></CTfile>\n"
    ).encode()


def first() -> list[MisPupil]:
    """Eight pupils in Year 1; four in Year 2, three of whom met the standard."""
    ones = [
        MisPupil(upn(n), surname, forename, "1")
        for n, (surname, forename) in enumerate(
            zip(SURNAMES, FORENAMES, strict=True), start=100
        )
    ]
    twos = [
        MisPupil(upn(200 + n), f"{surname}son", forename, "2", phonics=mark)
        for n, (surname, forename, mark) in enumerate(
            zip(SURNAMES[:4], FORENAMES[4:], ("35", "40", "12", "32"), strict=True)
        )
    ]
    ones[7] = replace(ones[7], upn=temporary_upn(107))
    return ones + twos


@dataclass(frozen=True)
class Differences:
    """What the second file has that the first had not."""

    joined: MisPupil
    gone: MisPupil
    renamed: MisPupil
    permanent: MisPupil
    free_meals: MisPupil


def second() -> tuple[list[MisPupil], Differences]:
    """The same school a little later."""
    pupils = first()
    gone = pupils.pop(2)
    renamed = replace(pupils[0], surname="Abbott-Reed")
    free_meals = replace(pupils[1], free_meals=True)
    was = pupils[6]
    permanent = replace(was, upn=upn(107), former_upn=was.upn)
    joined = MisPupil(upn(300), "Irving", "Isla", "R")
    pupils[0], pupils[1], pupils[6] = renamed, free_meals, permanent
    return [*pupils, joined], Differences(joined, gone, renamed, permanent, free_meals)
