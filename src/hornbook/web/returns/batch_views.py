"""Returns of several schools: which, how they came out, and all of them in one zip."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import years
from hornbook.rulebook.model import Rulebook
from hornbook.web.downloads import attached
from hornbook.web.returns import batches
from hornbook.web.returns.access import authorities_of, year_asked
from hornbook.web.returns.forms import SeveralForm
from hornbook.web.returns.models import Batch
from hornbook.web.returns.queries import book_of
from hornbook.web.schools.permissions import signed_in


@require_http_methods(["GET", "POST"])
@login_required
def several(request: HttpRequest) -> HttpResponse:
    """Choose the collection, the recipient and the schools."""
    user = signed_in(request)
    schools = batches.schools_of(user)
    if not schools.exists():
        raise PermissionDenied
    book = book_of(year_asked(request))
    form = SeveralForm(book, schools, request.POST or None)
    if form.is_valid():
        return _begun(request, book, form)
    context = {
        "form": form,
        "year": book.year,
        "years": tuple(reversed(years())),
        "authorities": authorities_of(user),
        "batches": [(one, _what(one)) for one in Batch.objects.filter(by=user)[:10]],
    }
    return render(request, "returns/several.html", context)


def _begun(request: HttpRequest, book: Rulebook, form: SeveralForm) -> HttpResponse:
    """Begin, unless the same is under way: nothing is made twice at once."""
    collection, recipient = form.what
    what = {"collection": collection, "recipient": recipient}
    user = signed_in(request)
    before = batches.under_way(**what, year=book.year, by=user)
    if before:
        messages.info(request, "These returns are being made already: see below.")
        return redirect("returns:batch", before.pk)
    schools = form.cleaned_data["schools"]
    job = batches.make_later(**what, schools=schools, year=book.year, by=user)
    return redirect("jobs:job", job.school.laestab, job.pk)


@require_GET
@login_required
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """How each school came out."""
    user = signed_in(request)
    found = get_object_or_404(Batch, pk=pk, by=user)
    book = book_of(AcademicYear(found.academic_year))
    places = found.schools.filter(school__in=batches.schools_of(user))
    context = {
        "batch": found,
        "goes_on": batches.goes_on(found),
        "waiting": places.filter(done=False).count(),
        "done": places.filter(done=True).count(),
        "without": places.filter(done=True, files=None, unchanged=False).select_related(
            "school"
        ),
        "collection": book.returns[found.collection],
        "places": places.select_related("school").prefetch_related("files"),
        "files": batches.files_of(found, user).count(),
    }
    return render(request, "returns/batch.html", context)


@require_POST
@login_required
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Make no more schools; what is made stays."""
    user = signed_in(request)
    found = get_object_or_404(Batch, pk=pk, by=user)
    if batches.stop(batch=found, by=user):
        messages.success(request, "No more are made. What was made stays.")
    else:
        messages.info(request, "All schools were done already.")
    return redirect("returns:batch", found.pk)


@require_GET
@login_required
def batch_zip(request: HttpRequest, pk: int) -> HttpResponse:
    """All files of a batch in one zip."""
    user = signed_in(request)
    found = get_object_or_404(Batch, pk=pk, by=user)
    content = batches.zipped(batches.files_of(found, user))
    name = f"{found.collection}-{found.academic_year}-{found.recipient}.zip"
    return attached(content, "application/zip", name)


def _what(made: Batch) -> str:
    """The return that a batch is of, in words."""
    year = AcademicYear(made.academic_year)
    collection = book_of(year).returns[made.collection]
    recipient = collection.recipient(made.recipient)
    return f"{collection.title} {year}: {recipient.title}"
