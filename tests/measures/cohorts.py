"""Random cohorts: pupils with facts and results such as any year might have."""

from datetime import date
from random import Random
from typing import Final

from hypothesis import strategies as st

from hornbook.identifiers import AcademicYear
from hornbook.measures.people import Assessed
from hornbook.rulebook.items import Item
from hornbook.rulebook.load import rulebook

FACTS: Final = {
    "sex": ("F", "M"),
    "fsm": ("Y", "N", ""),
    "fsm_ever6": ("Y", "N", ""),
    "looked_after": ("N", "N", "N", "Y"),
    "sen_provision": ("N", "N", "N", "K", "E"),
    "first_language": ("ENG", "ENG", "URD", "POL", "REF"),
    "ethnicity": ("WBRI", "WBRI", "APKN", "MWAS", "CHNE", "NOBT"),
    "dob": ("2018-09-03", "2018-12-31", "2019-01-01", "2019-05-05", "2019-08-31"),
    "class_name": ("Elm", "Oak", ""),
}


def value_of(dice: Random, item: Item) -> str:
    """A value of an item, a code or none; marks more often."""
    codes = [*(outcome.code for outcome in item.outcomes), ""]
    if item.marks is None or dice.random() < 0.3:
        return dice.choice(codes)
    return str(dice.randint(item.marks.lowest, item.marks.highest))


def pupil(
    dice: Random, key: int, ends: int, nc_year: str, items: list[Item]
) -> Assessed:
    """One pupil of a year group, with results of that year and the one before."""
    drawn = {
        item.full_code: {year: value_of(dice, item) for year in (ends - 1, ends)}
        for item in items
    }
    return Assessed(
        key=key,
        nc_year=nc_year,
        left_on=dice.choice([None, None, None, date(ends - 1, 10, 1)]),
        facts={name: dice.choice(held) for name, held in FACTS.items()},
        results={
            item: {year: value for year, value in values.items() if value}
            for item, values in drawn.items()
        },
    )


def cohorts(
    ends: int, nc_year: str, collections: tuple[str, ...]
) -> st.SearchStrategy[list[Assessed]]:
    """Up to sixty pupils of one year group, made from one number: quick to draw."""
    book = rulebook(AcademicYear(ends))
    items = [item for code in collections for item in book.collections[code].items]

    def cohort(seed: int, size: int) -> list[Assessed]:
        dice = Random(seed)  # noqa: S311 - random pupils, not secrets
        return [pupil(dice, key, ends, nc_year, items) for key in range(size)]

    return st.builds(cohort, st.integers(0, 2**32), st.integers(0, 60))
