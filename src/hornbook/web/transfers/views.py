"""Bringing files in: upload, plan, apply, undo."""

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hornbook.identifiers import AcademicYear
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.transfers import actions, queries, undo
from hornbook.web.transfers.forms import ChoicesForm, UploadForm
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.wording import PlanPage


@needs(Permission.BRING_IN)
def transfers(request: SchoolRequest, school: School) -> HttpResponseBase:
    """Choose a file; what was brought in before."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            transfer = actions.stage(
                school=school, stream=upload, name=upload.name, by=request.user
            )
        except actions.Refused as refusal:
            form.add_error("file", forms.ValidationError(str(refusal)))
        else:
            return redirect("transfers:plan", school.laestab, transfer.pk)
    past = (
        Transfer.objects.seen_by(request.user)
        .filter(school=school, applied_at__isnull=False)
        .select_related("applied_by", "undone_by")
        .defer("staged", "changes")
    )
    context = {"form": form, "past": past}
    return render(request, "transfers/list.html", context)


def _transfer(request: SchoolRequest, school: School, pk: int) -> Transfer:
    seen = Transfer.objects.seen_by(request.user).filter(school=school)
    return get_object_or_404(seen, pk=pk)


@needs(Permission.BRING_IN)
def plan(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """What the file would change; nothing is written yet."""
    transfer = _transfer(request, school, pk)
    if transfer.applied_at is not None:
        return render(request, "transfers/done.html", {"transfer": transfer})
    made = queries.preview(transfer)
    form = ChoicesForm(made, transfer, request.POST or None)
    if form.is_valid():
        actions.choose(
            transfer=transfer,
            update=form.update_now,
            decided=form.decided(transfer),
        )
        return redirect("transfers:plan", school.laestab, pk)
    context = {
        "transfer": transfer,
        "year": AcademicYear(transfer.academic_year),
        "plan": made,
        "page": PlanPage(made),
        "form": form,
        "same_bytes": queries.earlier_with_same_bytes(transfer),
        "newer": queries.newer_applied(transfer),
    }
    return render(request, "transfers/plan.html", context)


@require_POST
@needs(Permission.BRING_IN)
def apply(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Apply the plan that was shown, or say that it has changed."""
    transfer = _transfer(request, school, pk)
    leavers = request.POST.getlist("leavers")
    try:
        made = actions.apply(
            transfer=transfer,
            approved=request.POST.get("digest", ""),
            leavers=[int(key) for key in leavers if key.isdigit()],
            take_theirs=_theirs(request.POST.getlist("theirs")),
            by=request.user,
        )
    except actions.PlanIsStale:
        context = {"transfer": transfer}
        return render(request, "transfers/stale.html", context, status=409)
    messages.success(request, PlanPage(made).done)
    return redirect("transfers:list", school.laestab)


def _theirs(chosen: list[str]) -> list[tuple[str, str, int]]:
    """The results for which the file's value was ticked: UPN, item, year."""
    parts = [text.split("|") for text in chosen]
    return [
        (upn, item, int(year))
        for upn, item, year in (each for each in parts if len(each) == 3)
        if year.isdigit()
    ]


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
