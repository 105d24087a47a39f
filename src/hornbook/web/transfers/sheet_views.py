"""A spreadsheet: what its columns are, and the sheet back with what to correct."""

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from hornbook.identifiers import AcademicYear
from hornbook.sheets.corrections import with_errors
from hornbook.web.downloads import attached
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.transfers import arriving, queries
from hornbook.web.transfers.files import Refused
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.sheet_forms import ColumnsForm


def _waiting(request: SchoolRequest, school: School, pk: int) -> Transfer:
    """A spreadsheet that is not brought in yet; otherwise 404."""
    seen = Transfer.objects.seen_by(request.user).filter(school=school)
    transfer = get_object_or_404(seen, pk=pk, applied_at=None)
    if not transfer.sheet:
        raise Http404
    return transfer


@needs(Permission.BRING_IN)
def columns(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Say what the columns are; the sheet is read again, and that is remembered."""
    transfer = _waiting(request, school, pk)
    sheet = queries.sheet(transfer)
    found = queries.columns(sheet, sheet.meanings)
    year = AcademicYear(transfer.counts["results_of"])
    form = ColumnsForm(found, year, request.POST or None)
    if form.is_valid():
        try:
            arriving.mean(
                transfer=transfer,
                meanings=form.meanings,
                year=form.year_meant,
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, "The sheet was read again.")
            return redirect("transfers:plan", school.laestab, pk)
    return render(
        request, "transfers/columns.html", {"transfer": transfer, "form": form}
    )


@needs(Permission.BRING_IN)
def corrections(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """The person's own sheet, with a column that says what to correct."""
    transfer = _waiting(request, school, pk)
    sheet = queries.sheet(transfer)
    year = AcademicYear(transfer.counts["results_of"])
    made = with_errors(
        sheet.content, sheet.name, sheet.results(year).faults, sheet.meanings
    )
    return attached(made.content, made.content_type, made.name)
