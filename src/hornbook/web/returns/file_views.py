"""One file: how to send it, its receipt, the recipient's answer, what differs."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hornbook.findings import rules
from hornbook.web.downloads import attached
from hornbook.web.results.queries import Sight
from hornbook.web.returns import actions, comparing, known, ledger, sending
from hornbook.web.returns.access import file_or_404
from hornbook.web.returns.forms import AnswerForm, SentForm
from hornbook.web.returns.models import Answer, MadeFile
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs


@require_GET
@needs(Permission.SEE_EVERY_PUPIL)
def file(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Everything about one file that was made."""
    return _page(request, file_or_404(request, school, pk))


def _page(
    request: SchoolRequest,
    made: MadeFile,
    sent: SentForm | None = None,
    answered: AnswerForm | None = None,
) -> HttpResponse:
    sight = Sight.asked(request)
    today = timezone.localdate()
    told = ledger.told(sight, made)
    later = ledger.later(made)
    context = {
        "made": made,
        "state": ledger.state(made, today),
        "going": ledger.going_of(made),
        "sent": sent or SentForm(initial=_as_sent(made)),
        "answered": answered or AnswerForm(initial=_as_answered(made)),
        "words": sending.words_of(made),
        "found": [one for one in rules() if one.code in made.checked.get("codes", ())],
        "known": known.unsealed(bytes(made.known)),
        "told": told,
        "not_understood": sum(not line.understood for line in told),
        "last": comparing.with_last_sent(sight, made),
        "now": None if later else comparing.with_now(sight, made),
        "later": later,
        "form": sent or answered,
    }
    status = 400 if sent or answered else 200
    return render(request, "returns/file.html", context, status=status)


def _as_sent(made: MadeFile) -> dict[str, object]:
    return {"sent_on": made.sent_on or timezone.localdate(), "receipt": made.receipt}


def _as_answered(made: MadeFile) -> dict[str, object]:
    return {
        "answer": made.answer,
        "answered_on": made.answered_on or timezone.localdate(),
        "words": sending.words_of(made),
    }


@require_POST
@needs(Permission.MAKE_RETURN)
def sent(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Write down that the file was sent."""
    made = file_or_404(request, school, pk)
    form = SentForm(request.POST)
    if not form.is_valid():
        return _page(request, made, sent=form)
    sending.mark_sent(
        made=made,
        on=form.cleaned_data["sent_on"],
        receipt=form.cleaned_data["receipt"].strip(),
        by=request.user,
    )
    messages.success(request, "It is written down that this file was sent.")
    return redirect("returns:file", school.laestab, made.pk)


@require_POST
@needs(Permission.MAKE_RETURN)
def answered(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Write down what the recipient said."""
    made = file_or_404(request, school, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            sending.mark_answered(
                made=made,
                answer=Answer(form.cleaned_data["answer"]),
                on=form.cleaned_data["answered_on"],
                words=form.cleaned_data["words"].strip(),
                by=request.user,
            )
        except sending.NotSent as reason:
            form.add_error("answered_on", str(reason))
        else:
            messages.success(request, "The recipient's answer is written down.")
            return redirect("returns:file", school.laestab, made.pk)
    return _page(request, made, answered=form)


@require_GET
@needs(Permission.MAKE_RETURN)
def download(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """A file that was made: the same bytes under the same name, every time."""
    made = file_or_404(request, school, pk)
    if not made.kept:
        raise Http404
    return attached(actions.content_of(made), "application/xml", made.name)
