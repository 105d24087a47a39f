"""Checking a file: the page, and the whole list to take away."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from hornbook.web.checking import listing, mending, queries
from hornbook.web.checking.access import for_anybody
from hornbook.web.checking.forms import CheckForm, ListForm, RepairForm


@require_http_methods(["GET", "POST"])
@for_anybody
def check(request: HttpRequest) -> HttpResponseBase:
    """Choose files, and see what is wrong with each."""
    if request.method == "GET":
        return _page(request, CheckForm())
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    answer = queries.look(form.sent, form.whom_for, form.of_a_kind)
    return render(request, "checking/check.html", {"form": form, "answer": answer})


def _page(request: HttpRequest, form: CheckForm) -> HttpResponse:
    return render(request, "checking/check.html", {"form": form})


@require_POST
@for_anybody
def whole_list(request: HttpRequest) -> HttpResponseBase:
    """Everything that was found, as CSV or Excel; the files are sent once more."""
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    made = listing.made(queries.reports(form.sent, form.whom_for), form.wanted)
    answer = HttpResponse(made.content, content_type=made.content_type)
    answer.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"findings.{form.wanted}"
    )
    return answer


@require_POST
@for_anybody
def repair(request: HttpRequest) -> HttpResponseBase:
    """A file put right: what changed and what is left, or the file itself."""
    form = RepairForm(request.POST, request.FILES)
    if not form.is_valid() or form.meant is None:
        return _page(request, form)
    mended = mending.mended(form.meant.source, form.whom_for, form.chosen)
    if form.wants_file:
        return _file(mended.content, mended.repaired.name)
    shown = {
        "form": CheckForm(),
        "file": queries.looked_at(mended, form.whom_for),
        "mended": mended,
        "original": form.meant.source.name,
        "ticks": form.ticks,
    }
    return render(request, "checking/repaired.html", shown)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/xml")
    answer.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    return answer
