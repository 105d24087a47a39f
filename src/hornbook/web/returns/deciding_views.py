"""Before a file is made: queries accepted, pupils chosen, lists to take away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hornbook.sheets.lists import List, written
from hornbook.web.downloads import attached
from hornbook.web.results.queries import Sight, namesakes
from hornbook.web.returns import deciding, lists, queries
from hornbook.web.returns.access import going_or_404
from hornbook.web.returns.forms import AcceptForm, ChooseForm
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.wording import many


@require_POST
@needs(Permission.MAKE_RETURN)
def accept(
    request: SchoolRequest, school: School, collection: str, year: int, recipient: str
) -> HttpResponseBase:
    """Accept the queries that were ticked."""
    going = going_or_404(school, collection, year, recipient)
    ready = queries.preflight(Sight.asked(request), going)
    form = AcceptForm(request.POST)
    form.is_valid()
    said = form.cleaned_data
    try:
        count = deciding.accept(
            ready=ready,
            tokens=said["query"],
            note=said.get("note", ""),
            by=request.user,
        )
    except deciding.NothingAccepted as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"{many(count, 'query is', 'queries are')} accepted.")
    return redirect("returns:preflight", school.laestab, collection, year, recipient)


@require_POST
@needs(Permission.MAKE_RETURN)
def ask_again(
    request: SchoolRequest,
    school: School,
    collection: str,
    year: int,
    recipient: str,
    pk: int,
) -> HttpResponseBase:
    """Ask a query again that was accepted."""
    going = going_or_404(school, collection, year, recipient)
    deciding.take_back(going=going, pk=pk, by=request.user)
    return redirect("returns:preflight", school.laestab, collection, year, recipient)


@require_POST
@needs(Permission.SIGN_OFF)
def sign(
    request: SchoolRequest, school: School, collection: str, year: int, recipient: str
) -> HttpResponseBase:
    """Sign a return off as the headteacher."""
    going = going_or_404(school, collection, year, recipient)
    ready = queries.preflight(Sight.asked(request), going)
    digest = request.POST.get("digest", "")
    try:
        deciding.sign_off(ready=ready, digest=digest, by=request.user)
    except deciding.NothingToSign as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "You have signed this return off.")
    return redirect("returns:preflight", school.laestab, collection, year, recipient)


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_RETURN)
def choose(
    request: SchoolRequest, school: School, collection: str, year: int, recipient: str
) -> HttpResponseBase:
    """Everybody who may be in the return, to be put in or left out with a reason."""
    going = going_or_404(school, collection, year, recipient)
    ready = queries.draft(Sight.asked(request), going)
    form = ChooseForm(request.POST or None)
    inside = frozenset(member.pupil for member in ready.needed)
    people = deciding.candidates(ready)
    if form.is_valid():
        inside = form.pupils
        try:
            reason = form.cleaned_data["reason"]
            deciding.choose(ready=ready, wanted=inside, reason=reason, by=request.user)
        except deciding.NoReason as fault:
            form.add_error("reason", str(fault))
        else:
            there = [school.laestab, collection, year, recipient]
            return redirect("returns:preflight", *there)
    context = {
        "going": going,
        "form": form,
        "inside": inside,
        "ready": ready,
        "people": people,
        "namesakes": namesakes(people),
    }
    return render(request, "returns/choose.html", context)


@require_GET
@needs(Permission.SEE_EVERY_PUPIL)
def findings(
    request: SchoolRequest, school: School, collection: str, year: int, recipient: str
) -> HttpResponseBase:
    """Everything found in a return, as a file for a spreadsheet."""
    going = going_or_404(school, collection, year, recipient)
    ready = queries.preflight(Sight.asked(request), going)
    name = f"{collection}-{year}-{recipient}-findings"
    return _as_file(request, lists.findings_as_list(ready), name)


@require_GET
@needs(Permission.VIEW_PUPILS)
def report(
    request: SchoolRequest, school: School, collection: str, year: int
) -> HttpResponseBase:
    """The collection's pupils with every value, under the name that schools know."""
    going = going_or_404(school, collection, year, "mis")
    made = lists.report(Sight.asked(request), going)
    only = request.GET.get("only") == "wanting"
    lines = made.wanting if only else made.lines
    if "form" in request.GET:
        as_list = lists.report_as_list(made, lines)
        return _as_file(request, as_list, f"{collection}-{year}-pupils")
    context = {
        "going": going,
        "report": made,
        "lines": lines,
        "only": only,
        "namesakes": namesakes(line.member for line in made.lines),
    }
    return render(request, "returns/report.html", context)


def _as_file(request: SchoolRequest, made: List, name: str) -> HttpResponse:
    """The list as the address asks for it: csv or xlsx."""
    form = request.GET.get("form", "csv")
    try:
        file = written(made, form)
    except KeyError as fault:
        raise Http404 from fault
    return attached(file.content, file.content_type, f"{name}.{form}")
