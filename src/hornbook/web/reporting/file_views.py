"""Reports to take away."""

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from hornbook.measures.disclosure import Guards, InSchool
from hornbook.reports.document import Document
from hornbook.sheets.lists import written
from hornbook.web.downloads import attached
from hornbook.web.reporting import actions, documents, lists, queries
from hornbook.web.reporting.forms import Choice
from hornbook.web.reporting.reader import outside, reader
from hornbook.web.reporting.views import (
    facts_of,
    pupils_behind,
    pupils_in_cell,
    year_of,
)
from hornbook.web.results.queries import Sight
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs


def form_of(form: str) -> str:
    """A form that reports are made in; 404 where it is none."""
    if form not in documents.FORMS:
        raise Http404
    return form


def document_away(
    made: Document, form: str, stem: str, guards: Guards
) -> HttpResponseBase:
    """A document as a file whose name says whether it may leave the school."""
    file = documents.as_file(made, form_of(form))
    name = documents.file_name(stem, guards, form)
    return attached(file.content, file.content_type, name)


@require_GET
@needs(Permission.SEE_TOTALS)
def report_file(
    request: SchoolRequest, school: School, code: str, year: int, form: str
) -> HttpResponseBase:
    """A report without small groups, or whole for use in school where it is asked."""
    facts, ends = facts_of(code), year_of(year)
    person = reader(request)
    inside = request.GET.get("for") == "school" and person.named
    sight = person.sight if inside else Sight.whole(school)
    cohorts = queries.cohorts(sight, queries.up_to(ends))
    told = (facts, school.name, cohorts, queries.england(school), timezone.localdate())
    if inside:
        names = queries.names(person.user, school, ends)
        choice = Choice.of(facts, request.GET)
        whole = documents.in_school(*told, names, choice)
        made = documents.as_read_by(whole, person)
        title = f"{facts.title} {ends}, for use in school"
        actions.note_taken_out(school=school, table=title, by=person.user)
    else:
        made = documents.outside_school(*told)
    guards = InSchool if inside else outside
    return document_away(made, form, f"{code}-{ends.folder}", guards)


@require_GET
@needs(Permission.SEE_TOTALS)
def headlines_file(
    request: SchoolRequest, school: School, year: int, form: str
) -> HttpResponseBase:
    """The headlines of a year, as the reader sees them."""
    ends = year_of(year)
    person = reader(request)
    guards = InSchool if person.named else outside
    made = documents.headlines(
        school.name,
        queries.cohorts(person.sight, [ends]),
        queries.england(school),
        timezone.localdate(),
        guards,
    )
    made = documents.as_read_by(made, person)
    return document_away(made, form, f"headlines-{ends.folder}", guards)


@require_GET
@needs(Permission.SEE_TOTALS)
def governors_file(
    request: SchoolRequest, school: School, year: int, form: str
) -> HttpResponseBase:
    """The governors' report."""
    ends = year_of(year)
    cohorts = queries.cohorts(Sight.whole(school), queries.up_to(ends))
    made = documents.for_governors(
        school.name, cohorts, queries.england(school), timezone.localdate()
    )
    return document_away(made, form, f"governors-{ends.folder}", outside)


@require_GET
@needs(Permission.VIEW_PUPILS)
def pupils_file(
    request: SchoolRequest, school: School, year: int, code: str, which: str, form: str
) -> HttpResponseBase:
    """The pupils behind a number, to take away."""
    ends = year_of(year)
    _, listed = pupils_behind(request, ends, code, which)
    return _list_away(request, listed, f"{code}-{which}-{ends.folder}", form)


@require_GET
@needs(Permission.VIEW_PUPILS)
def cell_file(
    request: SchoolRequest, school: School, year: int, code: str, form: str
) -> HttpResponseBase:
    """The pupils of one cell of a conversion, to take away."""
    ends = year_of(year)
    listed = pupils_in_cell(request, ends, code)
    return _list_away(request, listed, f"{code}-{ends.folder}", form)


def _list_away(
    request: SchoolRequest, listed: lists.PupilList, name: str, form: str
) -> HttpResponseBase:
    """A list of pupils as a file, and an event that it was taken out."""
    if form_of(form) == documents.PDF:
        raise Http404
    file = written(lists.as_list(listed), form)
    actions.note_taken_out(school=request.school, table=listed.title, by=request.user)
    return attached(file.content, file.content_type, f"{name}-personal-data.{form}")
