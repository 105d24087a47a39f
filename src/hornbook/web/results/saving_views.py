"""What the script of a grid asks: to save, to look first, and what others entered."""

from typing import Final

from django.http import HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from hornbook.web.results import actions, live, previewing
from hornbook.web.results.actions import Sheet
from hornbook.web.results.forms import NotEdits, read_edits
from hornbook.web.results.on_sheet import look_only, on_sheet
from hornbook.web.results.queries import Sight
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs

_ANOTHERS: Final = (
    "Somebody else opened this page, so this is not saved under your name."
)


@require_POST
@needs(Permission.ENTER_RESULTS)
@on_sheet
def save(request: SchoolRequest, sheet: Sheet) -> HttpResponseBase:
    """Save edits, and say what became of each."""
    try:
        sent = read_edits(request.body)
    except NotEdits as fault:
        return JsonResponse({"error": str(fault)}, status=400)
    if sent.person not in {None, request.user.pk}:
        return JsonResponse({"error": _ANOTHERS}, status=403)
    saved = actions.save(
        sheet=sheet,
        sight=Sight.asked(request),
        edits=sent.edits,
        source=sent.source,
        by=request.user,
    )
    return JsonResponse(saved.as_json())


@require_POST
@needs(Permission.ENTER_RESULTS)
@on_sheet
def preview(request: SchoolRequest, sheet: Sheet) -> HttpResponseBase:
    """Say which of the edits would not be taken, and save none."""
    try:
        sent = read_edits(request.body)
    except NotEdits as fault:
        return JsonResponse({"error": str(fault)}, status=400)
    found = previewing.not_taken(
        sheet=sheet, sight=Sight.asked(request), edits=sent.edits
    )
    return JsonResponse({"not_taken": found})


@require_GET
@needs(Permission.VIEW_PUPILS)
@on_sheet
def changes(request: SchoolRequest, sheet: Sheet) -> HttpResponseBase:
    """What others entered since the moment that the page names."""
    since = live.read_since(request.GET.get("since", ""))
    if since is None:
        return JsonResponse({"error": "The page does not say since when."}, status=400)
    found = live.changes(sheet, Sight.asked(request), since, look_only(request))
    return JsonResponse(found.as_json() | {"signing": _signing(request, found)})


def _signing(request: SchoolRequest, found: live.Live) -> str:
    """The menu that signs off, drawn again where locks came or went; blank if none."""
    if found.moved is None or Permission.LOCK_GRIDS not in request.permitted:
        return ""
    context = {
        "school": found.sheet.school,
        "collection": found.sheet.collection,
        "year": found.sheet.book.year,
        "locks": found.moved.locks,
        "classes": found.moved.classes,
    }
    return render_to_string("results/_grid_signing.html", context, request)
