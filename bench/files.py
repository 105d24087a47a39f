"""Files of invented pupils, of any size, written as they are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hornbook.ctf.elements import sex_element
from hornbook.identifiers import AcademicYear, check_letter
from hornbook.rulebook.items import Item
from hornbook.rulebook.load import rulebook

LA: Final = "881"
ESTAB: Final = "2001"
SCHOOL_NAME: Final = "Bench Lane Primary School"
_NAMES: Final = ("Ada", "Björn", "Chloe", "Daniel", "Ella", "Finn", "Siân", "Zoë")
_SURNAMES: Final = ("Abara", "Byrne", "McKay", "O'Brien", "Reid-Moore", "Young")
_OLDEST: Final = 6


@dataclass(frozen=True, slots=True)
class Given:
    """One result to be written: of which year's item, and its value."""

    year: int
    item: Item
    value: str

    @property
    def text(self) -> str:
        """The result as an element."""
        codes = self.item.combination_for(self.value)
        if codes is None:
            raise ValueError(f"{self.item.full_code} does not travel.")
        return (
            f"<StageAssessment><Locale>ENG</Locale><Year>{self.year}</Year>"
            f"<Subject>{codes.subject}</Subject><Method>{codes.method}</Method>"
            f"<Component>{codes.component}</Component><ResultStatus>R</ResultStatus>"
            f"<ResultQualifier>{codes.qualifier}</ResultQualifier>"
            f"<Result>{self.value}</Result></StageAssessment>"
        )

    @property
    def stage(self) -> str:
        """The key stage it stands in."""
        codes = self.item.combination_for(self.value)
        return codes.stage if codes else ""


def upn(number: int, year: AcademicYear) -> str:
    """A sound UPN, another for every number under ten million."""
    estab = (int(ESTAB) + number // 1000) % 10_000
    body = f"{LA}{estab:04}{year.starts % 100:02}{number % 1000:03}"
    return check_letter(body) + body


def a_return(path: Path, pupils: int, year: AcademicYear) -> None:
    """The return of a profile: one year group, every goal."""
    given = _of(year, "eyfsp")
    with path.open("w", encoding="utf-8") as file:
        file.write(_head(year, to="LLLL", qualifier="partial"))
        for number in range(pupils):
            file.write(_pupil(number, year, 0, given))
        file.write(_END)


def a_whole_school(path: Path, pupils: int, year: AcademicYear) -> None:
    """What a MIS writes of a school: every year group, twenty results a pupil."""
    given = [
        *_of(AcademicYear(year.ends - 3), "eyfsp"),
        *_of(AcademicYear(year.ends - 2), "phonics"),
        *_of(AcademicYear(year.ends - 3), "ks1")[:2],
    ]
    with path.open("w", encoding="utf-8") as file:
        file.write(_head(year, to=ESTAB, qualifier="full"))
        for number in range(pupils):
            file.write(_pupil(number, year, number % (_OLDEST + 1), given))
        file.write(_END)


def _of(year: AcademicYear, collection: str) -> list[Given]:
    """A result for every column of a collection that a school fills in and sends."""
    items = rulebook(year).collections[collection].items
    given = (Given(year.ends, item, value_for(item)) for item in items if item.required)
    return [each for each in given if each.item.combination_for(each.value)]


def value_for(item: Item) -> str:
    """A value that the item allows."""
    if item.marks is not None:
        return str(item.marks.highest - 1)
    return next(each.code for each in item.entered if each.exported)


def _head(year: AcademicYear, *, to: str, qualifier: str) -> str:
    made = f"{year.ends}-06-20T10:11:12"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<CTfile>\n<Header>'
        "<DocumentName>Common Transfer File</DocumentName>"
        f"<CTFversion>{year.ctf_version}</CTFversion><DateTime>{made}</DateTime>"
        f"<DocumentQualifier>{qualifier}</DocumentQualifier>"
        "<SupplierID>Bench</SupplierID>"
        f"<SourceSchool><LEA>{LA}</LEA><Estab>{ESTAB}</Estab><URN>999881</URN>"
        f"<SchoolName>{SCHOOL_NAME}</SchoolName>"
        f"<AcademicYear>{year.starts}</AcademicYear></SourceSchool>"
        f"<DestSchool><LEA>{LA}</LEA><Estab>{to}</Estab></DestSchool>"
        "</Header>\n<CTFpupilData>\n"
    )


def _pupil(number: int, year: AcademicYear, age: int, given: list[Given]) -> str:
    """One pupil; age is how many years ago Reception was."""
    nc_year, sex = str(age) if age else "R", sex_element(year.ctf_version)
    born = f"{year.ends - 5 - age}-{1 + number % 8:02}-{1 + number % 28:02}"
    return (
        f"<Pupil><UPN>{upn(number, AcademicYear(year.ends - age))}</UPN>"
        f"<Surname>{_SURNAMES[number % 6]}{_letters(number)}</Surname>"
        f"<Forename>{_NAMES[number % 8]}</Forename><DOB>{born}</DOB>"
        f"<{sex}>{'FM'[number % 2]}</{sex}>"
        f"<BasicDetails><NCyearActual>{nc_year}</NCyearActual></BasicDetails>"
        f"<StageAssessments>\n{''.join(_stages(given))}</StageAssessments></Pupil>\n"
    )


def _letters(number: int) -> str:
    """Another ending for each number, so that no two pupils have one name."""
    text = ""
    while number:
        number, rest = divmod(number, 26)
        text += chr(ord("a") + rest)
    return text


def _stages(given: list[Given]) -> Iterator[str]:
    for stage in dict.fromkeys(each.stage for each in given):
        yield f"<KeyStage><Stage>{stage}</Stage>\n"
        yield from (f"{each.text}\n" for each in given if each.stage == stage)
        yield "</KeyStage>\n"


_END: Final = "</CTFpupilData>\n</CTfile>\n"
