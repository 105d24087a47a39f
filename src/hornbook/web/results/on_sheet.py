"""What every view of a grid asks first: which it is, and who may only look at it."""

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeAlias

from django.http import Http404
from django.http.response import HttpResponseBase

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import UnknownYear, rulebook
from hornbook.web.results.actions import Sheet
from hornbook.web.results.scales import as_school_has_it
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Inside, Permission, SchoolRequest

_LOOK_ONLY: Final = "You may look at these results. Your role does not change them."
OnSheet: TypeAlias = Callable[[SchoolRequest, Sheet], HttpResponseBase]


def on_sheet(view: OnSheet) -> Inside:
    """The collection and year of an address as the sheet that they are; 404 if none."""

    @wraps(view)
    def found(
        request: SchoolRequest, school: School, collection: str, year: int
    ) -> HttpResponseBase:
        return view(request, sheet_or_404(school, collection, year))

    return found


def sheet_or_404(school: School, collection: str, year: int) -> Sheet:
    """The collection of the year; 404 where the rulebook has none."""
    try:
        book = as_school_has_it(school, rulebook(AcademicYear(year)), collection)
        return Sheet(school=school, book=book, collection=book.collections[collection])
    except (UnknownYear, KeyError) as fault:
        raise Http404 from fault


def look_only(request: SchoolRequest) -> str:
    """Why the person may enter nothing here, whatever is locked; blank if they may."""
    return "" if Permission.ENTER_RESULTS in request.permitted else _LOOK_ONLY
