"""The tables of marks and scaled scores that a school wrote down: one query."""

from collections import defaultdict

from hornbook.rulebook.model import Collection, Rulebook
from hornbook.rulebook.own_scales import (
    NONE_OWN,
    OwnScales,
    Scores,
    tables_of,
    with_own_scales,
)
from hornbook.web.schools.models import School


def own_scales(school: School) -> OwnScales:
    """Every table that the school has written down, by year and scaled score."""
    # The page on which they are written is of the reports, which stand above.
    found: dict[int, dict[str, Scores]] = defaultdict(dict)
    for one in school.own_scales.all():
        found[one.academic_year][one.item] = one.by_mark
    return found


def own_scales_for(school: School, collection: Collection) -> OwnScales:
    """The same, where the collection has such tables at all."""
    return own_scales(school) if any(tables_of(collection)) else NONE_OWN


def as_school_has_it(school: School, book: Rulebook, collection: str) -> Rulebook:
    """The year's rulebook, with the school's own tables of a collection."""
    own = own_scales_for(school, book.collections[collection])
    return with_own_scales(book, own)
