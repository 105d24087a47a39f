"""Random cohorts: pupils with facts and results such as any year might have."""

from datetime import date
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


def values_of(item: Item) -> st.SearchStrategy[str]:
    """A value of an item, a code or none; the usual ones more often."""
    codes = [outcome.code for outcome in item.outcomes]
    marks = item.marks
    if marks is None:
        return st.sampled_from([*codes, ""])
    usual = st.integers(marks.lowest, marks.highest).map(str)
    return st.one_of(usual, usual, st.sampled_from([*codes, ""]))


@st.composite
def pupils(
    draw: st.DrawFn, key: int, ends: int, nc_year: str, collections: tuple[str, ...]
) -> Assessed:
    """One pupil of a year group, with results of that year and the one before."""
    book = rulebook(AcademicYear(ends))
    items = [item for code in collections for item in book.collections[code].items]
    gone = draw(st.sampled_from([None, None, None, date(ends - 1, 10, 1)]))
    return Assessed(
        key=key,
        nc_year=nc_year,
        left_on=gone,
        facts={name: draw(st.sampled_from(held)) for name, held in FACTS.items()},
        results={
            item.full_code: {
                year: value
                for year in (ends - 1, ends)
                if (value := draw(values_of(item)))
            }
            for item in items
        },
    )


@st.composite
def cohorts(
    draw: st.DrawFn, ends: int, nc_year: str, collections: tuple[str, ...]
) -> list[Assessed]:
    """Up to forty pupils of one year group."""
    size = draw(st.integers(0, 40))
    return [draw(pupils(key, ends, nc_year, collections)) for key in range(size)]
