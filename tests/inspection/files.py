"""Small files to check, built by hand: what is not named is sound."""

from collections.abc import Iterable

HEADER = """\
  <Header>
    <DocumentName>Common Transfer File</DocumentName>
    <CTFversion>{version}</CTFversion>
    <DateTime>{made}T10:11:12</DateTime>
    <DocumentQualifier>partial</DocumentQualifier>
    <SupplierID>{supplier}</SupplierID>
    <SourceSchool><LEA>909</LEA><Estab>2155</Estab><URN>123456</URN>\
<SchoolName>Larkfield Primary School</SchoolName>\
<AcademicYear>{year}</AcademicYear></SourceSchool>
    <DestSchool><LEA>{la}</LEA><Estab>{estab}</Estab></DestSchool>
  </Header>
"""
PUPIL = """\
    <Pupil>
      <UPN>{upn}</UPN>
      <Surname>{surname}</Surname>
      <Forename>{forename}</Forename>
      <DOB>{dob}</DOB>
      <{sex}>F</{sex}>
      <BasicDetails><NCyearActual>{nc_year}</NCyearActual></BasicDetails>
      <StageAssessments><KeyStage><Stage>KS1</Stage>
{results}
      </KeyStage></StageAssessments>
    </Pupil>
"""
RESULT = (
    "<StageAssessment><Locale>ENG</Locale><Year>{year}</Year><Subject>PHO</Subject>"
    "<Method>TT</Method><Component>CHK</Component><ResultStatus>R</ResultStatus>"
    "<ResultQualifier>NM</ResultQualifier><Result>{value}</Result></StageAssessment>"
)
NAME = "9092155_PHO_909LLLL_001.xml"


def pupil(*values: str, **facts: str) -> str:
    """A Year 1 pupil with phonics marks."""
    stated = {
        "upn": "B801200005001",
        "surname": "Byrne",
        "forename": "Ada",
        "dob": "2020-02-03",
        "sex": "Sex",
        "nc_year": "1",
        "year": "2026",
    } | facts
    results = [RESULT.format(value=value, year=stated["year"]) for value in values]
    return PUPIL.format(results="\n".join(results), **stated)


def second(*values: str, **facts: str) -> str:
    """A Year 2 pupil, so that a return has both year groups."""
    stated = {
        "upn": "R201100018042",
        "forename": "Grace",
        "dob": "2019-02-03",
        "nc_year": "2",
    }
    return pupil(*values, **(stated | facts))


def ctf(pupils: Iterable[str], **facts: str) -> bytes:
    """A phonics return to the local authority."""
    stated = {
        "version": "25.0",
        "supplier": "TestMIS",
        "year": "2025",
        "made": "2026-06-20",
        "la": "909",
        "estab": "LLLL",
    } | facts
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<CTfile>\n'
        + HEADER.format(**stated)
        + "  <CTFpupilData>\n"
        + "".join(pupils)
        + "  </CTFpupilData>\n</CTfile>\n"
    ).encode()


def sound() -> bytes:
    """A return with nothing wrong."""
    return ctf([pupil("34"), second("20")])
