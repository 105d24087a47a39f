"""The page that puts many pupils into classes at once."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from hornbook.identifiers import AcademicYear
from hornbook.web.pupils import actions
from hornbook.web.pupils.placing import placings
from hornbook.web.pupils.placing_forms import PlacingForm
from hornbook.web.pupils.views import asked_year
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs

_STALE = "The classes have changed since you looked. Look at the list again."


@needs(Permission.MANAGE_CLASSES)
def place(request: SchoolRequest, school: School) -> HttpResponseBase:
    """A list of pupils and classes: what it would do, then done once approved."""
    year = asked_year(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PlacingForm(AcademicYear(year), timezone.localdate(), *sent)
    context = {"form": form, "year": year}
    if not form.is_valid():
        return render(request, "pupils/place.html", context)
    found = placings(school, year, form.lines, form.cleaned_data["on"])
    if request.POST.get("approved") == found.digest:
        actions.place_pupils(
            school=school, academic_year=year, placings=found, by=request.user
        )
        number = len(found.moves)
        messages.success(
            request, f"{number} pupil{'' if number == 1 else 's'} changed class."
        )
        return redirect(
            f"{reverse('pupils:classes', args=[school.laestab])}?year={year}"
        )
    if "approved" in request.POST:
        messages.warning(request, _STALE)
    return render(request, "pupils/place.html", context | {"found": found})
