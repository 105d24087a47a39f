"""The page of who did what, for whoever answers for the results."""

from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hornbook.web.results import events as asking
from hornbook.web.results.forms import EventsForm
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs


@require_GET
@needs(Permission.VIEW_HISTORY)
def events(request: SchoolRequest, school: School) -> HttpResponseBase:
    """Everything that was done, newest first, by person, kind, pupil and day."""
    form = EventsForm(asking.people(school), asking.kinds(school), request.GET)
    found = asking.events(request.user, school, form.asked)
    page = Paginator(found, asking.PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": form,
        "page": page,
        "told": asking.told(request.user, school, page),
    }
    return render(request, "results/events.html", context)
