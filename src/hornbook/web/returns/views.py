"""Returns: the year's list, what would be sent, making the file, having it again."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import years
from hornbook.web.results.queries import Sight
from hornbook.web.returns import actions, queries, wording
from hornbook.web.returns.forms import MakeForm
from hornbook.web.returns.models import MadeFile
from hornbook.web.returns.outgoing import Going
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.schools.queries import year_in_use


def _only_who_sees_the_school(request: SchoolRequest) -> None:
    """Returns are of whole year groups: not for those who see some classes only."""
    if not request.permitted & {Permission.MAKE_RETURN, Permission.VIEW_HISTORY}:
        raise PermissionDenied


@require_GET
@needs(Permission.VIEW_PUPILS)
def index(request: SchoolRequest, school: School) -> HttpResponseBase:
    """Every collection of a year, how far it has come, and the files made."""
    _only_who_sees_the_school(request)
    year = _year(request.GET.get("year", ""))
    sight = Sight.of(request.user, school)
    context = {
        "school": school,
        "year": year,
        "years": tuple(reversed(years())),
        "standings": queries.standings(sight, queries.book_of(year)),
        "ledger": queries.ledger(sight, year.ends),
        "today": timezone.localdate(),
    }
    return render(request, "returns/list.html", context)


def _year(asked: str) -> AcademicYear:
    """The year asked for, where it is one that the rulebook holds."""
    known = {str(year.ends): year for year in years()}
    return known.get(asked) or year_in_use(timezone.localdate())


@require_GET
@needs(Permission.VIEW_PUPILS)
def preflight(
    request: SchoolRequest, school: School, collection: str, year: int, recipient: str
) -> HttpResponseBase:
    """What would be sent and what is wrong with it, before the file is made."""
    _only_who_sees_the_school(request)
    going = _going(school, collection, year, recipient)
    return _page(request, going)


def _page(request: SchoolRequest, going: Going, refused: str = "") -> HttpResponse:
    """The page of a return; refused says why no file was made."""
    sight = Sight.of(request.user, going.school)
    ready = queries.preflight(sight, going)
    ledger = queries.ledger(sight, going.year.ends).filter(
        collection=going.collection.code, recipient=going.recipient.code
    )
    context = {
        "school": going.school,
        "going": going,
        "ready": ready,
        "says": wording.all_of_it(ready, timezone.localdate()),
        "brought_in": queries.last_brought_in(going.school),
        "ledger": ledger,
        "made": _just_made(request, ledger),
        "refused": refused,
    }
    status = 409 if refused else 200
    return render(request, "returns/preflight.html", context, status=status)


def _just_made(request: SchoolRequest, ledger: QuerySet[MadeFile]) -> MadeFile | None:
    """The file that the page was opened to tell of."""
    pk = request.GET.get("made", "")
    return ledger.filter(pk=pk).first() if pk.isdecimal() else None


@require_POST
@needs(Permission.MAKE_RETURN)
def make(
    request: SchoolRequest, school: School, collection: str, year: int, recipient: str
) -> HttpResponseBase:
    """Make the file, or say why not."""
    going = _going(school, collection, year, recipient)
    try:
        made = actions.make(
            sight=Sight.of(request.user, school),
            going=going,
            by=request.user,
            known_errors=MakeForm(request.POST).agreed,
        )
    except actions.NotMade as reason:
        return _page(request, going, str(reason))
    here = reverse(
        "returns:preflight", args=[school.laestab, collection, year, recipient]
    )
    return redirect(f"{here}?made={made.pk}")


@require_GET
@needs(Permission.MAKE_RETURN)
def download(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """A file that was made: the same bytes under the same name, every time."""
    files = MadeFile.objects.seen_by(request.user).filter(school=school)
    made = get_object_or_404(files, pk=pk)
    return HttpResponse(
        actions.content_of(made),
        content_type="application/xml",
        headers={"Content-Disposition": f'attachment; filename="{made.name}"'},
    )


def _going(school: School, collection: str, year: int, recipient: str) -> Going:
    """The return that an address names; 404 where there is none such."""
    try:
        return queries.going(school, collection, AcademicYear(year), recipient)
    except LookupError as fault:
        raise Http404 from fault
