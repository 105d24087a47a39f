"""Reads about schools that more than one page wants."""

from datetime import date

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import current_year


def year_in_use(today: date) -> AcademicYear:
    """The academic year that pages open on."""
    return current_year(today)
