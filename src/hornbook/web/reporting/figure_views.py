"""National figures of a year: held, missing, and written down by the school."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hornbook.rulebook.load import years
from hornbook.rulebook.measures import measures
from hornbook.web.reporting import actions, queries
from hornbook.web.reporting.forms import FiguresForm
from hornbook.web.reporting.views import year_of
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_TOTALS)
def figures(request: SchoolRequest, school: School, year: int) -> HttpResponseBase:
    """Which national figures of a year are held, and more of them, pasted."""
    ends = year_of(year)
    may_write = Permission.MAKE_RETURN in request.permitted
    form = FiguresForm(request.POST or None)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        if form.is_valid():
            actions.write_down_figures(
                school=school,
                year=year,
                figures=form.cleaned_data["pasted"],
                release=form.cleaned_data["release"],
                by=request.user,
            )
            return redirect(request.path)
    england = queries.england(school)
    context = {
        "year": ends,
        "years": tuple(reversed(years())),
        "held": [(measures()[one.measure], one) for one in england.held(ends)],
        "missing": england.missing(ends),
        "own": queries.own_figures(school, ends).exists(),
        "form": form,
        "may_write": may_write,
    }
    return render(request, "reporting/figures.html", context)


@require_POST
@needs(Permission.MAKE_RETURN)
def drop(request: SchoolRequest, school: School, year: int) -> HttpResponseBase:
    """Go back to the rulebook's figures of a year."""
    actions.drop_figures(school=school, year=year_of(year).ends, by=request.user)
    return redirect("reporting:figures", school.laestab, year)
