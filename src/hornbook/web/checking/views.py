"""Checking a file: the page, and the whole list to take away."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from hornbook.inspection.compare import compare_uploads
from hornbook.web.checking import listing, mending, queries
from hornbook.web.checking.access import for_anybody, mapping_for
from hornbook.web.checking.comparing import ComparePage
from hornbook.web.checking.forms import (
    CheckForm,
    CompareForm,
    ListForm,
    RepairForm,
)
from hornbook.web.downloads import attached


@require_http_methods(["GET", "POST"])
@for_anybody
def check(request: HttpRequest) -> HttpResponseBase:
    """Choose files, and see what is wrong with each."""
    if request.method == "GET":
        return _page(request, CheckForm())
    form = CheckForm(request.POST, request.FILES, mapping=mapping_for(request))
    if not form.is_valid():
        return _page(request, form)
    answer = queries.look(form.sent, form.asked, form.of_a_kind)
    return render(request, "checking/check.html", {"form": form, "answer": answer})


def _page(request: HttpRequest, form: CheckForm) -> HttpResponse:
    return render(request, "checking/check.html", {"form": form})


@require_http_methods(["GET", "POST"])
@for_anybody
def compare(request: HttpRequest) -> HttpResponseBase:
    """Choose two files, and see what differs."""
    sent = request.method == "POST"
    form = CompareForm(request.POST, request.FILES) if sent else CompareForm()
    page = None
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        page = ComparePage(compare_uploads((old, old.name), (new, new.name)))
    return render(request, "checking/compare.html", {"form": form, "page": page})


@require_POST
@for_anybody
def whole_list(request: HttpRequest) -> HttpResponseBase:
    """Everything that was found, as CSV or Excel; the files are sent once more."""
    form = ListForm(request.POST, request.FILES, mapping=mapping_for(request))
    if not form.is_valid():
        return _page(request, form)
    made = listing.made(queries.reports(form.sent, form.asked), form.wanted)
    return attached(made.content, made.content_type, f"findings.{form.wanted}")


@require_POST
@for_anybody
def repair(request: HttpRequest) -> HttpResponseBase:
    """A file put right: what changed and what is left, or the file itself."""
    form = RepairForm(request.POST, request.FILES, mapping=mapping_for(request))
    if not form.is_valid() or form.meant is None:
        return _page(request, form)
    mended = mending.mended(form.meant.source, form.asked, form.chosen)
    if form.wants_file:
        return attached(mended.content, "application/xml", mended.repaired.name)
    shown = {
        "form": CheckForm(),
        "file": queries.looked_at(mended),
        "mended": mended,
        "original": form.meant.source.name,
        "ticks": form.ticks,
    }
    return render(request, "checking/repaired.html", shown)
