"""Invented pupils and results: the same every time, and nobody's."""

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from hornbook.identifiers import AcademicYear, check_letter
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.model import Collection, Item

SURNAMES: Final = (
    "Abara", "Ahmed", "Baker", "Begum", "Byrne", "Carter", "Chen", "Clarke", "Davies",
    "Dąbrowska", "Evans", "Farouk", "García", "Green", "Hall", "Hussain", "Jones",
    "Kaur", "Khan", "Lewis", "McKay", "Moore", "Nowak", "O'Brien", "Okafor", "Patel",
    "Popescu", "Rahman", "Reid-Montgomery", "Shah", "Singh", "Smith", "Taylor",
    "Underhill", "Walker", "Wright", "Yilmaz", "Young",
)  # fmt: skip
FORENAMES: Final = (
    "Ada", "Aisha", "Alfie", "Amelia", "Björn", "Chloe", "Daniel", "Ella", "Ethan",
    "Fatima", "Finn", "Grace", "Hana", "Harry", "Isla", "Ivy", "Jack", "Jaya", "Leo",
    "Lily", "Maja", "Mei", "Mohammed", "Nia", "Noah", "Olivia", "Oscar", "Poppy",
    "Ravi", "Renée", "Rosie", "Sam", "Siân", "Theo", "Tomasz", "Yusuf", "Zara", "Zoë",
)  # fmt: skip
ETHNICITIES: Final = ("WBRI", "WBRI", "WBRI", "WOTH", "APKN", "AIND", "BAFR", "MWAS")
LANGUAGES: Final = ("ENG", "ENG", "ENG", "POL", "URD", "PNJ", "RMN")
LA: Final = "909"
ESTAB: Final = "2155"
# Of nobody: it stands for a place that is not known.
_POSTCODE: Final = "ZZ99 3WZ"
YEAR_GROUPS: Final = ("R", "1", "2", "3", "4", "5", "6")
# A newcomer should see a temporary UPN, and pupils below the standard of the tests.
_TEMPORARY: Final = ("R", 7)
_BELOW: Final = (("6", 4), ("6", 17))


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """One invented pupil, as the fields of the database; nc_year is of `year`."""

    upn: str
    surname: str
    forename: str
    dob: date
    sex: str
    nc_year: str
    ethnicity: str
    first_language: str
    fsm: str
    sen_provision: str
    postcode: str
    able: float
    below: bool


def upn(year: AcademicYear, serial: int) -> str:
    """A sound UPN given by the invented school in that year."""
    return _sound(f"{LA}{ESTAB}{year.starts % 100:02}{serial:03}")


@cache
def _stands_below() -> Mapping[str, Mapping[str, str]]:
    """What stands for a pupil below the tests, by collection and item."""
    return tomllib.loads(Path(__file__).with_name("below.toml").read_text("utf-8"))


def temporary_upn(year: AcademicYear, serial: int) -> str:
    """A sound UPN for a pupil whose own is not known yet."""
    return _sound(f"{LA}{ESTAB}{year.starts % 100:02}{serial:02}A")


def _sound(body: str) -> str:
    return check_letter(body) + body


def pupils(dice: random.Random, year: AcademicYear, size: int) -> Iterator[Invented]:
    """A class of each year group, with twins and a long name among them."""
    for age, nc_year in enumerate(YEAR_GROUPS):
        joined = AcademicYear(year.ends - age)
        for serial in range(size):
            yield _pupil(dice, joined, serial, nc_year)


def _pupil(
    dice: random.Random, joined: AcademicYear, serial: int, nc_year: str
) -> Invented:
    born = date(joined.starts - 5, 9, 1) + timedelta(days=dice.randrange(365))
    surname, forename = dice.choice(SURNAMES), dice.choice(FORENAMES)
    if serial == 0 and nc_year == "1":
        surname = "Featherstonehaugh-Wolstenholme"
        forename = "Bartholomew Alexander"
    twin = nc_year == "3" and serial in {10, 11}
    number = temporary_upn if (nc_year, serial) == _TEMPORARY else upn
    return Invented(
        upn=number(joined, serial + 1),
        surname="Adeyemi" if twin else surname,
        forename=("Kemi", "Kemi-Rose")[serial - 10] if twin else forename,
        dob=date(joined.starts - 5, 11, 23) if twin else born,
        sex=dice.choice("FM"),
        nc_year=nc_year,
        ethnicity=dice.choice(ETHNICITIES),
        first_language=dice.choice(LANGUAGES),
        fsm="Y" if dice.random() < 0.2 else "N",
        sen_provision=dice.choices("NKE", (82, 14, 4))[0],
        postcode=_POSTCODE,
        able=dice.random(),
        below=(nc_year, serial) in _BELOW,
    )


def values(
    dice: random.Random, pupil: Invented, year: AcademicYear, nc_year: str
) -> Iterator[tuple[str, str]]:
    """Item and value of the results of a pupil in a year; a few are left out."""
    for collection in rulebook(year).collections.values():
        if nc_year in collection.nc_years:
            yield from values_of(dice, pupil, collection)


def values_of(
    dice: random.Random, pupil: Invented, collection: Collection
) -> Iterator[tuple[str, str]]:
    """Item and value of one collection; now and then none, or one too few."""
    if pupil.below and collection.code in _stands_below():
        for code, value in _stands_below()[collection.code].items():
            yield collection.item(code).full_code, value
        return
    if dice.random() < 0.04:
        return
    given: dict[str, str] = {}
    for item in collection.items:
        if item.required or item.marks is not None:
            said = _by_score(collection, item, given) or _by_table(item, given)
            value = said or _value(dice, pupil, item)
            given[item.code] = value
            if value and dice.random() > 0.01:
                yield item.full_code, value


def _by_score(collection: Collection, item: Item, given: Mapping[str, str]) -> str:
    """The outcome of a test that agrees with its score, where it has one."""
    score = item.code.replace("-outcome", "-score")
    if score == item.code or not given.get(score):
        return ""
    marks = collection.item(score).marks
    if marks is None or marks.expected is None:
        return ""
    if not given[score].isdigit():
        return "NS"
    return "AS" if int(given[score]) >= marks.expected else "NS"


def _by_table(item: Item, given: Mapping[str, str]) -> str:
    """The scaled score that the year's table gives for the mark, where it has one."""
    mark = given.get(item.scaled_from, "")
    return item.scale.scores.get(int(mark), "") if item.scale and mark.isdigit() else ""


def _value(dice: random.Random, pupil: Invented, item: Item) -> str:
    """A value such as the pupil might have."""
    if item.marks is not None:
        span = item.marks.highest - item.marks.lowest
        share = min(1.0, max(0.05, 0.45 + pupil.able * 0.55 + dice.gauss(0, 0.06)))
        return str(item.marks.lowest + round(span * share))
    usual = [each.code for each in item.entered if each.set_by == "school"]
    if {"1", "2"} <= set(usual):
        return "2" if pupil.able + dice.random() * 0.5 > 0.42 else "1"
    if "GDS" in usual:
        return "GDS" if pupil.able > 0.85 else "EXS" if pupil.able > 0.3 else "WTS"
    if "HNM" in usual:
        return "EXS" if pupil.able > 0.2 else "HNM"
    return "AS" if pupil.able > 0.3 else "NS"
