"""Letters to parents."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from hornbook.rulebook.letters import LetterFacts, letters
from hornbook.rulebook.load import years
from hornbook.web.downloads import attached
from hornbook.web.reporting import actions
from hornbook.web.reporting.forms import LetterForm
from hornbook.web.reporting.letters import as_pdf, post
from hornbook.web.reporting.models import Letterhead
from hornbook.web.reporting.reader import reader
from hornbook.web.reporting.views import year_of
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs


def letter_of(code: str) -> LetterFacts:
    """The letter of an address; 404 where there is none."""
    if code not in letters():
        raise Http404
    return letters()[code]


def _head(school: School, facts: LetterFacts) -> Letterhead:
    """The school's own words; a blank one where it has written none."""
    held = Letterhead.objects.filter(school=school, letter=facts.code).first()
    head = held or Letterhead(letter=facts.code)
    head.school = school
    return head


@require_http_methods(["GET", "POST"])
@needs(Permission.VIEW_PUPILS)
def letter_page(
    request: SchoolRequest, school: School, code: str, year: int
) -> HttpResponseBase:
    """Who gets a letter and what is missing; the school's own words, and keep them."""
    facts, ends = letter_of(code), year_of(year)
    may_word = Permission.MAKE_RETURN in request.permitted
    form = LetterForm(request.POST or None, instance=_head(school, facts))
    if request.method == "POST":
        if not may_word:
            raise PermissionDenied
        if form.is_valid():
            actions.word_letter(
                school=school, letter=facts, words=form.cleaned_data, by=request.user
            )
            return redirect(f"{request.path}?kept=1")
    context = {
        "facts": facts,
        "year": ends,
        "years": tuple(reversed(years())),
        "form": form,
        "may_word": may_word,
        "may_comment": Permission.ENTER_RESULTS in request.permitted,
        "kept": "kept" in request.GET,
        "post": post(reader(request), facts, ends),
    }
    return render(request, "reporting/letters.html", context)


@require_GET
@needs(Permission.VIEW_PUPILS)
def letter_file(
    request: SchoolRequest, school: School, code: str, year: int
) -> HttpResponseBase:
    """The letters of everybody, of a class or of one pupil, as one PDF."""
    facts, ends = letter_of(code), year_of(year)
    sent = post(reader(request), facts, ends)
    class_name, pupil = request.GET.get("class", ""), request.GET.get("pupil", "")
    chosen = sent.chosen(class_name, pupil)
    if not chosen:
        raise Http404
    actions.note_taken_out(
        school=school, table=f"Letters: {facts.title} {ends}", by=request.user
    )
    made = as_pdf(sent, chosen, _head(school, facts), timezone.localdate())
    return attached(made, "application/pdf", f"letters-{code}-{ends.folder}.pdf")
