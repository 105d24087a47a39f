"""The grid's page, the saving of cells, and the history of one."""

from typing import Any

from django.contrib import messages
from django.http import (
    Http404,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import UnknownYear, rulebook, years
from hornbook.rulebook.model import Rulebook
from hornbook.web.pupils.access import pupil_or_404
from hornbook.web.results import (
    actions,
    live,
    onepupil,
    previewing,
    printed,
    pupil_groups,
    queries,
)
from hornbook.web.results.actions import Sheet
from hornbook.web.results.edits import State
from hornbook.web.results.forms import NotEdits, PutBackForm, read_edits
from hornbook.web.results.grid import Addresses, Choice, build, dom_id
from hornbook.web.results.locks import standing as locks_of
from hornbook.web.results.models import Result
from hornbook.web.results.queries import Sight
from hornbook.web.results.scales import as_school_has_it
from hornbook.web.results.wording import put_back_in_words
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.schools.queries import year_in_use

_LOOK_ONLY = "You may look at these results. Your role does not change them."
_ANOTHERS = "Somebody else opened this page, so this is not saved under your name."
_CHANGED_SINCE = "Somebody changed this since. Look at its history again."


@require_GET
@needs(Permission.VIEW_PUPILS)
def start(request: SchoolRequest, school: School) -> HttpResponseBase:
    """Go to the first grid of the year in use that has any pupil the person sees."""
    book = rulebook(year_in_use(timezone.localdate()))
    collections = tuple(book.collections.values())
    seen = queries.cohorts(Sight.asked(request), book, collections)
    first = next((one for one in collections if seen[one.code]), collections[0])
    return redirect("results:grid", school.laestab, first.code, book.year.ends)


@require_GET
@needs(Permission.VIEW_PUPILS)
def grid(
    request: SchoolRequest, school: School, collection: str, year: int
) -> HttpResponseBase:
    """The grid of a collection in a year."""
    return render(
        request, "results/grid.html", _context(request, school, collection, year)
    )


@require_GET
@needs(Permission.VIEW_PUPILS)
def one(
    request: SchoolRequest, school: School, collection: str, year: int
) -> HttpResponseBase:
    """The same results one pupil at a time, with big targets."""
    context = _context(request, school, collection, year)
    everybody = context["grid"]
    grid = onepupil.narrowed(everybody, onepupil.Wanted.read(request.GET))
    return render(
        request,
        "results/one.html",
        context
        | {
            "grid": grid,
            "everybody": everybody,
            "areas": onepupil.areas(grid),
            "data": onepupil.data(grid),
            "held": onepupil.held(grid),
        },
    )


@require_GET
@needs(Permission.VIEW_PUPILS)
def paper(
    request: SchoolRequest, school: School, collection: str, year: int, kind: str
) -> HttpResponseBase:
    """Sheets to print, a class on each: blank to write on, or with what stands."""
    context = _context(request, school, collection, year)
    sheets = printed.sheets(context["grid"], request.GET.get("class", ""))
    return render(
        request,
        "results/paper.html",
        context | {"sheets": sheets, "kind": kind, "kinds": printed.KINDS},
    )


def _context(
    request: SchoolRequest, school: School, collection: str, year: int
) -> dict[str, Any]:
    """What the grid, the page of one pupil and the sheets all show."""
    sheet = sheet_or_404(school, collection, year)
    locks = locks_of(school, sheet.year)
    since = live.now(locks, sheet.collection.code)
    members = queries.cohort(Sight.asked(request), sheet.book, sheet.collection, locks)
    over = locks.over(sheet.collection.code)
    return {
        "school": school,
        "collection": sheet.collection,
        "year": sheet.book.year,
        "locks": locks.of(sheet.collection.code),
        "reopened": locks.reopened(sheet.collection.code),
        "grid": build(
            sheet.collection,
            members,
            _addresses(sheet),
            locked=over.in_words if over else _closed(request),
            since=since.text,
            facts=queries.facts(members, ["upn", *pupil_groups.facts()]),
            apart=queries.namesakes(members),
        ),
    }


def _closed(request: SchoolRequest) -> str:
    """Why the person may enter nothing here, whatever is locked; blank if they may."""
    return "" if Permission.ENTER_RESULTS in request.permitted else _LOOK_ONLY


@require_POST
@needs(Permission.ENTER_RESULTS)
def save(
    request: SchoolRequest, school: School, collection: str, year: int
) -> HttpResponseBase:
    """Save edits, and say what became of each."""
    sheet = sheet_or_404(school, collection, year)
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
def preview(
    request: SchoolRequest, school: School, collection: str, year: int
) -> HttpResponseBase:
    """Say which of the edits would not be taken, and save none."""
    sheet = sheet_or_404(school, collection, year)
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
def changes(
    request: SchoolRequest, school: School, collection: str, year: int
) -> HttpResponseBase:
    """What others entered since the moment that the page names."""
    sheet = sheet_or_404(school, collection, year)
    since = live.read_since(request.GET.get("since", ""))
    if since is None:
        return JsonResponse({"error": "The page does not say since when."}, status=400)
    found = live.changes(sheet, Sight.asked(request), since, _closed(request))
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
    changes = queries.history(seen, item, sheet.year)
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


def sheet_or_404(school: School, collection: str, year: int) -> Sheet:
    """The collection of the year; 404 where the rulebook has none."""
    try:
        book = as_school_has_it(school, rulebook(AcademicYear(year)), collection)
        return Sheet(school=school, book=book, collection=book.collections[collection])
    except (UnknownYear, KeyError) as fault:
        raise Http404 from fault


def _addresses(sheet: Sheet) -> Addresses:
    school, code, year = sheet.school.laestab, sheet.collection.code, sheet.year
    return Addresses(
        save=reverse("results:save", args=[school, code, year]),
        preview=reverse("results:preview", args=[school, code, year]),
        changes=reverse("results:changes", args=[school, code, year]),
        history=reverse("results:history", args=[school, code, year, 0, "ITEM"]),
        choices=_collections(school, sheet.book, code),
        years=_years(school, code, year),
    )


def _collections(school: str, book: Rulebook, current: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            one.short_title,
            reverse("results:grid", args=[school, one.code, book.year.ends]),
            one.code == current,
        )
        for one in book.collections.values()
    )


def _years(school: str, code: str, current: int) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            str(year),
            reverse("results:grid", args=[school, code, year.ends]),
            year.ends == current,
        )
        for year in reversed(years())
    )
