"""The history of one cell, and putting an old value of it back."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hornbook.web.pupils.access import pupil_or_404
from hornbook.web.results import actions, cells, queries
from hornbook.web.results.edits import State
from hornbook.web.results.forms import PutBackForm
from hornbook.web.results.grid import dom_id
from hornbook.web.results.locks import standing as locks_of
from hornbook.web.results.models import Result
from hornbook.web.results.on_sheet import sheet_or_404
from hornbook.web.results.queries import Sight
from hornbook.web.results.wording import put_back_in_words
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs

_CHANGED_SINCE: Final = "Somebody changed this since. Look at its history again."


@require_GET
@needs(Permission.VIEW_PUPILS)
def history(
    request: SchoolRequest,
    school: School,
    collection: str,
    year: int,
    pupil: int,
    item: str,
) -> HttpResponseBase:
    """All that has stood in a cell: a piece of a page, or JSON where asked for."""
    sheet = sheet_or_404(school, collection, year)
    seen = pupil_or_404(request, school, pupil)
    changes = cells.history(seen, item, sheet.year)
    if not request.accepts("text/html"):
        return JsonResponse({"changes": [change.as_json() for change in changes]})
    here = queries.enrolled_among(
        Sight.asked(request),
        sheet.book,
        sheet.collection,
        [pupil],
        locks_of(school, sheet.year),
    )
    locked = next((member.locked for member in here), "")
    context = {
        "school": school,
        "sheet": sheet,
        "pupil": pupil,
        "item": item,
        "changes": changes,
        "files": Permission.BRING_IN in request.permitted,
        "locked": locked,
        "puts_back": Permission.ENTER_RESULTS in request.permitted and not locked,
    }
    return render(request, "results/history.html", context)


@require_POST
@needs(Permission.ENTER_RESULTS)
def put_back(
    request: SchoolRequest,
    school: School,
    collection: str,
    year: int,
    pupil: int,
    item: str,
) -> HttpResponseBase:
    """Put a value that stood in a cell before back, or say why it cannot be."""
    sheet = sheet_or_404(school, collection, year)
    form = PutBackForm(request.POST)
    if not form.is_valid():
        raise Http404
    rows = Result.objects.seen_by(request.user).filter(
        pupil__school=school, pupil=pupil, item=item, year=sheet.year
    )
    base, version = form.cleaned_data["base"], form.cleaned_data["version"]
    row = get_object_or_404(rows, pk=base if version is None else version)
    sight, by = Sight.asked(request), request.user
    if version is None:
        verdict = actions.empty(sheet=sheet, sight=sight, row=row, by=by)
    else:
        verdict = actions.put_back(sheet=sheet, sight=sight, row=row, base=base, by=by)
    if verdict.state in {State.SAVED, State.SAME}:
        messages.success(request, put_back_in_words(verdict.value))
    else:
        messages.error(request, verdict.reason or _CHANGED_SINCE)
    grid = reverse("results:grid", args=[school.laestab, collection, year])
    return redirect(f"{grid}#{dom_id(pupil, item)}")
