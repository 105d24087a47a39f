"""Returns: the year's list, what would be sent, making the file, having it again."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import years
from hornbook.web.downloads import attached
from hornbook.web.results.queries import Sight, namesakes
from hornbook.web.returns import actions, ledger, lists, queries, wording
from hornbook.web.returns.access import (
    going_or_404,
    year_asked,
)
from hornbook.web.returns.folder import year_folder
from hornbook.web.returns.forms import MakeForm
from hornbook.web.returns.outgoing import Going
from hornbook.web.returns.standings import standings
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs


@require_GET
@needs(Permission.SEE_EVERY_PUPIL)
def index(request: SchoolRequest, school: School) -> HttpResponseBase:
    """Every collection of a year, how far it has come, and the files made."""
    year = year_asked(request)
    today = timezone.localdate()
    context = {
        "school": school,
        "year": year,
        "years": tuple(reversed(years())),
        "standings": standings(school, queries.book_of(year), today),
        "ledger": ledger.with_states(queries.ledger([school], year.ends), today),
        "today": today,
    }
    return render(request, "returns/list.html", context)


@require_GET
@needs(Permission.SEE_EVERY_PUPIL)
def preflight(
    request: SchoolRequest, school: School, collection: str, year: int, recipient: str
) -> HttpResponseBase:
    """What would be sent and what is wrong with it, before the file is made."""
    going = going_or_404(school, collection, year, recipient)
    return _page(request, going)


def _page(request: SchoolRequest, going: Going, refused: str = "") -> HttpResponse:
    """The page of a return; refused says why no file was made."""
    sight = Sight.asked(request)
    ready = queries.preflight(sight, going)
    made = queries.ledger([going.school], going.year.ends).filter(
        collection=going.collection.code, recipient=going.recipient.code
    )
    today = timezone.localdate()
    context = {
        "school": going.school,
        "going": going,
        "ready": ready,
        "says": wording.all_of_it(ready, today),
        "report_name": lists.title_of(going.collection),
        "namesakes": namesakes(ready.members),
        "brought_in": queries.last_brought_in(going.school),
        "ledger": ledger.with_states(made, today),
        "last_sent": next((one for one in made if one.sent_on), None),
        "refused": refused,
    }
    status = 409 if refused else 200
    return render(request, "returns/preflight.html", context, status=status)


@require_POST
@needs(Permission.MAKE_RETURN)
def make(
    request: SchoolRequest, school: School, collection: str, year: int, recipient: str
) -> HttpResponseBase:
    """Make the file, or say why not."""
    going = going_or_404(school, collection, year, recipient)
    try:
        files = actions.make(
            sight=Sight.asked(request),
            going=going,
            by=request.user,
            known_errors=MakeForm(request.POST).agreed,
        )
    except actions.NotMade as reason:
        return _page(request, going, str(reason))
    for made in files:
        messages.success(request, f"{made.name} is made.")
    return redirect("returns:file", school.laestab, files[0].pk)


@require_GET
@needs(Permission.SEE_EVERY_PUPIL)
def folder(request: SchoolRequest, school: School, year: int) -> HttpResponseBase:
    """Everything of a year in one zip, for whoever sees the whole school."""
    try:
        book = queries.book_of(AcademicYear(year))
    except LookupError as fault:
        raise Http404 from fault
    content = year_folder(
        sight=Sight.asked(request),
        book=book,
        by=request.user,
    )
    return attached(content, "application/zip", f"{school.laestab}-{year}.zip")
