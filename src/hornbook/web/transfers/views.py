"""Bringing files in: upload, plan, apply, throw away, undo."""

from typing import TypeAlias

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hornbook.identifiers import AcademicYear
from hornbook.matching import Plan
from hornbook.sheets.lists import written
from hornbook.web.downloads import attached
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.schools.queries import year_in_use
from hornbook.web.transfers import (
    actions,
    arriving,
    background,
    keeping,
    listing,
    queries,
    undo,
)
from hornbook.web.transfers.answers import Answers
from hornbook.web.transfers.cautions import cautions
from hornbook.web.transfers.facts import file_facts
from hornbook.web.transfers.files import Refused
from hornbook.web.transfers.forms import AnswersForm, UploadForm
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.plan_page import PlanPage
from hornbook.web.transfers.sheet_page import SheetPage
from hornbook.web.transfers.template_queries import offered

Refusals: TypeAlias = tuple[tuple[str, str], ...]


@needs(Permission.BRING_IN)
def transfers(request: SchoolRequest, school: School) -> HttpResponseBase:
    """Choose a file; what was brought in before."""
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if form.is_valid():
        upload = form.cleaned_data["file"]
        if upload.size > background.LARGE_FILE:
            job = background.read_later(school=school, upload=upload, by=request.user)
            return redirect("jobs:job", school.laestab, job.pk)
        try:
            staged, refused = arriving.stage_all(
                school=school, stream=upload, name=upload.name, by=request.user
            )
        except Refused as refusal:
            form.add_error("file", forms.ValidationError(str(refusal)))
        else:
            return _go_on(request, school, staged, refused)
    seen = (
        Transfer.objects.seen_by(request.user)
        .filter(school=school)
        .select_related("uploaded_by", "applied_by", "undone_by")
    )
    year = year_in_use(timezone.localdate())
    context = {
        "form": form,
        "year": year,
        "templates": offered(request.user, school, year),
        "past": seen.light().filter(applied_at__isnull=False).order_by("-applied_at"),
        "waiting": seen.light().filter(applied_at=None),
        "years_kept": settings.HORNBOOK_KEEP_YEARS,
    }
    return render(request, "transfers/list.html", context)


def _go_on(
    request: SchoolRequest, school: School, staged: list[Transfer], refused: Refusals
) -> HttpResponseBase:
    """To the plan of the one file, or to the list of several."""
    for name, why in refused:
        messages.warning(request, f"{name} was not read. {why}")
    if len(staged) == 1:
        return redirect("transfers:plan", school.laestab, staged[0].pk)
    messages.success(
        request,
        f"{len(staged)} files are read. Look at the plan of each, the oldest first.",
    )
    return redirect("transfers:list", school.laestab)


def _transfer(request: SchoolRequest, school: School, pk: int) -> Transfer:
    seen = Transfer.objects.seen_by(request.user).filter(school=school)
    return get_object_or_404(seen, pk=pk)


@needs(Permission.BRING_IN)
def plan(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """What the file would change; nothing is written yet."""
    transfer = _transfer(request, school, pk)
    if transfer.applied_at is not None:
        context = {"transfer": transfer, "facts": file_facts(transfer)}
        return render(request, "transfers/done.html", context)
    if transfer.counts.get("unread"):
        return redirect("transfers:columns", school.laestab, pk)
    made = queries.preview(transfer)
    form = AnswersForm(made, transfer, request.POST or None)
    if form.is_valid():
        actions.choose(transfer=transfer, answers=form.answers)
        return redirect("transfers:plan", school.laestab, pk)
    return _show(request, transfer, made, form)


def _show(
    request: SchoolRequest, transfer: Transfer, made: Plan, form: AnswersForm
) -> HttpResponseBase:
    context = {
        "transfer": transfer,
        "facts": file_facts(transfer),
        "year": AcademicYear(transfer.academic_year),
        "plan": made,
        "page": PlanPage(made),
        "form": form,
        "ticked": {name: form.ticked(name) for name in AnswersForm.TICKS},
        "sheet": SheetPage.of(transfer),
        "cautions": list(cautions(transfer, made)),
        "looks_wrong": queries.looks_wrong(transfer, made),
    }
    return render(request, "transfers/plan.html", context)


@require_POST
@needs(Permission.BRING_IN)
def apply(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Apply the plan that was shown, or say that it has changed."""
    transfer = _transfer(request, school, pk)
    digest = request.POST.get("digest", "")
    if transfer.applied_at is not None:
        return _stale(request, transfer)
    made = queries.preview(transfer)
    form = AnswersForm(made, transfer, request.POST)
    if made.digest != digest or not form.is_valid():
        return _stale(request, transfer)
    if form.changes_the_plan:
        actions.choose(transfer=transfer, answers=form.answers)
        messages.info(
            request, "Nothing is written yet: with your answers the plan is this."
        )
        return redirect("transfers:plan", school.laestab, pk)
    if queries.looks_wrong(transfer, made) and not form.answers.sure:
        form.add_error("sure", "Look at the file, then tick that it is the right one.")
        return _show(request, transfer, made, form)
    if made.by_name and not form.answers.looked:
        words = "Look at whom each name means, then tick that they are the right ones."
        form.add_error("looked", words)
        return _show(request, transfer, made, form)
    return _carry_out(request, transfer, made, form.answers)


def _carry_out(
    request: SchoolRequest, transfer: Transfer, plan: Plan, answers: Answers
) -> HttpResponseBase:
    """Apply an approved plan now, or in the background where it is large."""
    laestab, by = transfer.school.laestab, request.user
    if background.is_large(plan):
        job = background.apply_later(
            transfer=transfer, approved=plan.digest, answers=answers, by=by
        )
        return redirect("jobs:job", laestab, job.pk)
    try:
        actions.apply(transfer=transfer, approved=plan.digest, answers=answers, by=by)
    except actions.PlanIsStale:
        return _stale(request, transfer)
    messages.success(request, PlanPage(plan).done)
    return redirect("transfers:list", laestab)


def _stale(request: SchoolRequest, transfer: Transfer) -> HttpResponseBase:
    return render(request, "transfers/stale.html", {"transfer": transfer}, status=409)


@require_POST
@needs(Permission.BRING_IN)
def discard(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Throw away a file that was not brought in."""
    transfer = _transfer(request, school, pk)
    if transfer.applied_at is None:
        actions.discard(transfer=transfer, by=request.user)
        messages.success(
            request, f"{transfer.name} is thrown away. Nothing was changed by it."
        )
    return redirect("transfers:list", school.laestab)


@require_POST
@needs(Permission.BRING_IN)
def take_back(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Undo a whole import."""
    transfer = _transfer(request, school, pk)
    try:
        undo.undo(transfer=transfer, by=request.user)
    except undo.CannotUndo as refusal:
        messages.error(request, f"{transfer.name} cannot be taken back. {refusal}")
    else:
        messages.success(
            request, f"{transfer.name} is taken back. Everything is as it was before."
        )
    return redirect("transfers:list", school.laestab)


@needs(Permission.BRING_IN)
def download_plan(
    request: SchoolRequest, school: School, pk: int, form: str
) -> HttpResponseBase:
    """The whole plan as CSV or Excel."""
    transfer = _transfer(request, school, pk)
    if transfer.applied_at is not None:
        raise Http404
    made = written(listing.listed(queries.preview(transfer)), form)
    return attached(made.content, made.content_type, f"plan-{pk}.{form}")


@needs(Permission.BRING_IN)
def download_original(
    request: SchoolRequest, school: School, pk: int
) -> HttpResponseBase:
    """The DfE's own file, byte for byte as it came."""
    transfer = _transfer(request, school, pk)
    content = keeping.original(transfer=transfer, by=request.user)
    if not content:
        raise Http404
    return attached(content, "application/xml", transfer.name)
