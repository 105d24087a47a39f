"""The same headline in several schools: a page, and files to take away."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hornbook.identifiers import AcademicYear
from hornbook.reports.across import Row
from hornbook.reports.tidy import tables
from hornbook.rulebook.load import years
from hornbook.rulebook.measures import Measure, measures, report_of
from hornbook.web.reporting import actions, documents, several
from hornbook.web.reporting.data_views import forms as data_forms
from hornbook.web.reporting.data_views import table_away, table_of
from hornbook.web.reporting.file_views import document_away
from hornbook.web.reporting.reader import outside
from hornbook.web.reporting.views import year_of
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import compared_by, signed_in
from hornbook.web.schools.queries import year_in_use

_NOTHING: Final = Decimal(-1)
_BY_NAME: Final = "school"
_SORTED_BY: Final[dict[str, Callable[[Row], Any]]] = {
    _BY_NAME: lambda row: row.line.title.casefold(),
    "result": lambda row: -_or_nothing(row.line.value),
    "pupils": lambda row: -row.line.shown.tally.pupils if row.line.shown.exact else 1,
}


@require_GET
@login_required
def compare(request: HttpRequest) -> HttpResponseBase:
    """A headline of a year in each school, in an order that is chosen."""
    schools = compared_by(request)
    if len(schools) == 1:
        return redirect("reporting:index", schools[0].laestab)
    measure, year = _measure(request), _year(request, schools)
    guards = several.as_seen_by(signed_in(request))
    found = several.side_by_side(schools, measure, year, guards)
    asked = request.GET.get("sort", _BY_NAME)
    by = asked if asked in _SORTED_BY else _BY_NAME
    context = {
        "found": found,
        "rows": sorted(found.rows, key=_SORTED_BY[by]),
        "by": by,
        "facts": report_of(measure),
        "measure": measure,
        "year": year,
        "years": tuple(reversed(years())),
        "headlines": several.headlines(),
        "forms": documents.FORMS.items(),
        "out": several.taken_out_by(signed_in(request)),
        "tables": tables().values(),
        "out_forms": data_forms(),
        "told_of_all": all(row.line.shown.whole or row.empty for row in found.rows),
    }
    return render(request, "reporting/several.html", context)


@require_GET
@login_required
def compare_file(
    request: HttpRequest, measure: str, year: int, form: str
) -> HttpResponseBase:
    """The same to take away, as it may leave the schools."""
    schools = compared_by(request)
    facts = measures().get(measure)
    if facts is None or not facts.headline:
        raise Http404
    ends = year_of(year)
    found = several.side_by_side(schools, facts, ends, several.as_it_may_leave)
    made = documents.of_schools(found, timezone.localdate())
    return document_away(made, form, f"schools-{measure}-{ends.folder}", outside)


@require_POST
@login_required
def take_out(request: HttpRequest, table: str, form: str) -> HttpResponseBase:
    """A tidy table of a year of all the schools at once; that it was taken is kept."""
    user, found = signed_in(request), table_of(table, form)
    schools = several.taken_out_by(user)
    if not schools:
        raise PermissionDenied
    asked = request.POST.get("year", "")
    year = next((one for one in years() if asked in {"", str(one.ends)}), None)
    if year is None:
        raise Http404
    rows = several.tidy_rows(found, schools, year)
    for school in schools:
        actions.note_taken_out(school=school, table=found.title, by=user)
    return table_away(found, rows, form, f"schools-{table}", str(year.ends))


def _or_nothing(value: Decimal | None) -> Decimal:
    return _NOTHING if value is None else value


def _measure(request: HttpRequest) -> Measure:
    """The headline of the address, or the first."""
    known = {one.code: one for _, held in several.headlines() for one in held}
    first = next(iter(known.values()))
    return known.get(request.GET.get("measure", ""), first)


def _year(request: HttpRequest, schools: Sequence[School]) -> AcademicYear:
    """The year of the address, or the latest with results."""
    known = {str(year.ends): year for year in years()}
    asked = known.get(request.GET.get("year", ""))
    return asked or several.latest_with_results(
        schools, year_in_use(timezone.localdate())
    )
