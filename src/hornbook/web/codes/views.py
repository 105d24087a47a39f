"""The page of codes: met in files, with what each stands for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hornbook.rulebook.load import RulebookError
from hornbook.web.accounts.models import User
from hornbook.web.codes import actions, queries
from hornbook.web.codes.forms import MeaningsForm
from hornbook.web.schools.queries import answers_for_all


@login_required
def codes(request: HttpRequest) -> HttpResponse:
    """Say what the codes of tests stand for; for whoever decides for all schools."""
    user = request.user
    if not isinstance(user, User) or not answers_for_all(user):
        raise PermissionDenied
    try:
        form = MeaningsForm(queries.codes(), request.POST or None)
        if form.is_valid():
            _save(request, form, user)
            return redirect("codes:list")
    except RulebookError as fault:
        return render(request, "codes/list.html", {"fault": str(fault)}, status=409)
    return render(request, "codes/list.html", {"form": form})


def _save(request: HttpRequest, form: MeaningsForm, by: User) -> None:
    changed = actions.decide(decisions=form.decisions, by=by)
    messages.success(
        request,
        "Saved. Files go by this from now on: bring in again those whose results were "
        "left out."
        if changed
        else "Nothing was changed.",
    )
