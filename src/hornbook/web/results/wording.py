"""Numbers and lists as people say them. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from hornbook.web.results.cohort import Member
from hornbook.wording import few, listed, many


def group(nc_year: str) -> str:
    """R as Reception, 2 as Year 2."""
    return "Reception" if nc_year == "R" else f"Year {nc_year}"


def named(members: Sequence[Member], most: int) -> str:
    """Names for a sentence: the first few, then how many more."""
    return few([f"{member.forename} {member.surname}" for member in members], most)


def pupils_by_group(members: Iterable[Member]) -> str:
    """52 pupils of Reception; 60 pupils of Year 1 and 9 of Year 2."""
    counts = sorted(Counter(member.nc_year for member in members).items())
    if not counts:
        return "No pupils"
    (first, number), *others = counts
    parts = [f"{many(number, 'pupil')} of {group(first)}"]
    return listed(parts + [f"{number} of {group(year)}" for year, number in others])


def put_back_in_words(value: str) -> str:
    """What stands in a cell after an old value was put back."""
    return f"{value} is put back." if value else "The cell is empty again."
