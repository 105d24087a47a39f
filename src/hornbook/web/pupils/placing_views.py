"""The page that puts many pupils into classes at once."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from hornbook.identifiers import AcademicYear
from hornbook.web.pupils import actions
from hornbook.web.pupils.placing_forms import PlacingForm
from hornbook.web.pupils.views import asked_year
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.wording import many

_STALE = "The classes have changed since you looked. Look at the list again."


@needs(Permission.MANAGE_CLASSES)
def place(request: SchoolRequest, school: School) -> HttpResponseBase:
    """A list of pupils and classes: what it would do, then done once approved."""
    year = asked_year(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PlacingForm(AcademicYear(year), timezone.localdate(), *sent)
    if form.is_valid() and "approved" in request.POST:
        return _carry_out(request, school, year, form)
    return _show(request, school, year, form)


def _show(
    request: SchoolRequest, school: School, year: int, form: PlacingForm
) -> HttpResponseBase:
    """The page, with what the list would do where it can be followed."""
    found = form.wanted().placings(school, year) if form.is_valid() else None
    context = {"form": form, "year": year, "found": found}
    return render(request, "pupils/place.html", context)


def _carry_out(
    request: SchoolRequest, school: School, year: int, form: PlacingForm
) -> HttpResponseBase:
    """Do what was approved, or show it again where it has become something else."""
    try:
        done = actions.place_pupils(
            school=school,
            academic_year=year,
            wanted=form.wanted(),
            approved=request.POST["approved"],
            by=request.user,
        )
    except actions.PlacingsAreStale:
        messages.warning(request, _STALE)
        return _show(request, school, year, form)
    messages.success(request, f"{many(len(done.moves), 'pupil')} changed class.")
    return redirect(f"{reverse('pupils:classes', args=[school.laestab])}?year={year}")
