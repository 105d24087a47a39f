"""Where the results of a return are entered: the grid, or each pupil's own page."""

from django import template
from django.urls import reverse

from hornbook.rulebook.model import Collection
from hornbook.web.schools.models import School

register = template.Library()


@register.simple_tag
def grid_of(school: School, collection: Collection, year: int) -> str:
    """The grid; for a check held in another term, which has none, the list."""
    page = "returns:report" if collection.term else "results:grid"
    return reverse(page, args=[school.laestab, collection.code, year])


@register.simple_tag
def cell_of(
    school: School, collection: Collection, year: int, pupil: int, anchor: str
) -> str:
    """The cell of a pupil, of which anchor is the id; without one, the pupil."""
    if not anchor:
        return reverse("pupils:detail", args=[school.laestab, pupil])
    if collection.term is None:
        return f"{grid_of(school, collection, year)}#{anchor}"
    sitting = [collection.results_of, collection.term.calendar_year]
    return reverse("results:enter_earlier", args=[school.laestab, pupil, *sitting])
