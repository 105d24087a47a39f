"""What letters say of progress: typed a pupil at a time, or taken from a list."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.letters import LetterFacts
from hornbook.sheets.lists import List, written
from hornbook.web.downloads import attached
from hornbook.web.reporting import actions, queries
from hornbook.web.reporting.commentary import LONGEST, opened, typed
from hornbook.web.reporting.commentary_forms import CommentsForm
from hornbook.web.reporting.commentary_plan import comments, known
from hornbook.web.reporting.letter_views import letter_of
from hornbook.web.reporting.letters import post
from hornbook.web.reporting.reader import reader
from hornbook.web.reporting.views import year_of
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.wording import many

_STALE = "The texts have changed since you looked. Look at the list again."
_COLUMNS = {"UPN": 16, "Surname": 20, "Forename": 20, "Class": 12, "Comment": 80}


def _commented(code: str) -> LetterFacts:
    """A letter that must say something of progress; 404 where it is none."""
    facts = letter_of(code)
    if not facts.is_written_in:
        raise Http404
    return facts


@require_http_methods(["GET", "POST"])
@needs(Permission.ENTER_RESULTS)
def commentary_page(
    request: SchoolRequest, school: School, code: str, year: int
) -> HttpResponseBase:
    """What each pupil's letter says of progress, and keep what is typed."""
    facts, ends = _commented(code), year_of(year)
    sent = post(reader(request), facts, ends)
    names = [named for named, _ in sent.to_write_in]
    fields = opened(names, sent.commentaries)
    if request.method == "POST":
        fields = tuple(typed(names, sent.commentaries, request.POST))
        actions.write_commentaries(
            texts={one.named.key: one.text for one in fields if one.is_new},
            school=school,
            letter=facts,
            year=year,
            by=request.user,
        )
        if not any(one.wrong for one in fields):
            return redirect(f"{request.path}?kept=1")
    context = {
        "facts": facts,
        "year": ends,
        "fields": fields,
        "longest": LONGEST,
        "wrong": [one for one in fields if one.wrong],
        "kept": "kept" in request.GET,
    }
    return render(request, "reporting/commentary.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.ENTER_RESULTS)
def comments_page(
    request: SchoolRequest, school: School, code: str, year: int
) -> HttpResponseBase:
    """A list of comments: who would get what, then kept once approved."""
    facts, ends = _commented(code), year_of(year)
    is_name = known(school, facts, ends).is_name
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CommentsForm(is_name, *sent)
    if form.is_valid() and "approved" in request.POST:
        return _keep(request, facts, ends, form)
    return _show(request, facts, ends, form)


def _show(
    request: SchoolRequest, facts: LetterFacts, year: AcademicYear, form: CommentsForm
) -> HttpResponseBase:
    found = None
    if form.is_valid():
        found = comments(reader(request), facts, year, form.lines)
    context = {
        "facts": facts,
        "year": year,
        "form": form,
        "found": found,
        "longest": LONGEST,
    }
    return render(request, "reporting/comments.html", context)


def _keep(
    request: SchoolRequest, facts: LetterFacts, year: AcademicYear, form: CommentsForm
) -> HttpResponseBase:
    """Keep what was approved, or show it again where it has become something else."""
    try:
        kept = actions.take_comments(
            reader=reader(request),
            letter=facts,
            year=year,
            lines=form.lines,
            approved=request.POST["approved"],
            write_over="write_over" in request.POST,
        )
    except actions.CommentsAreStale:
        messages.warning(request, _STALE)
        return _show(request, facts, year, form)
    messages.success(request, f"Kept for {many(len(kept), 'pupil')}.")
    return redirect(
        "reporting:commentary", request.school.laestab, facts.code, year.ends
    )


@require_GET
@needs(Permission.ENTER_RESULTS)
def comments_sheet(
    request: SchoolRequest, school: School, code: str, year: int
) -> HttpResponseBase:
    """A sheet to write the comments in: every pupil, and the text that there is."""
    facts, ends = _commented(code), year_of(year)
    person = reader(request)
    sent, upns = post(person, facts, ends), queries.upns(person.user, school)
    title = f"Comments, {facts.title} {ends.folder}"
    rows = [
        (
            upns[named.key],
            named.surname,
            named.forename,
            named.class_name,
            sent.commentaries.get(named.key, ""),
        )
        for named, _ in sent.to_write_in
    ]
    actions.note_taken_out(school=school, table=title, by=person.user)
    file = written(List(title=title, columns=_COLUMNS, rows=rows), "xlsx")
    name = f"comments-{code}-{ends.folder}-personal-data.xlsx"
    return attached(file.content, file.content_type, name)
