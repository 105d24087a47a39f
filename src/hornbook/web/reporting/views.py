"""Reports: the headlines, a report of a year, the governors', the pupils behind."""

from collections.abc import Sequence

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from hornbook.identifiers import AcademicYear
from hornbook.measures.conversions import matrix
from hornbook.measures.tally import Tally
from hornbook.reports import charts
from hornbook.reports.section import section
from hornbook.rulebook.load import years
from hornbook.rulebook.measures import (
    ReportFacts,
    conversions,
    measures,
    report_of,
    reports,
)
from hornbook.web.reporting import documents, lists, pages, queries
from hornbook.web.reporting.forms import Choice, KeepForm
from hornbook.web.reporting.keeping_views import keep, kept_here, opened_by
from hornbook.web.reporting.reader import reader
from hornbook.web.results.queries import Sight
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.schools.queries import year_in_use


def year_of(ends: int) -> AcademicYear:
    """A year that the rulebook holds; 404 where it does not."""
    if AcademicYear(ends) not in years():
        raise Http404
    return AcademicYear(ends)


def facts_of(code: str) -> ReportFacts:
    """A report; 404 where there is none."""
    if code not in reports():
        raise Http404
    return reports()[code]


@require_GET
@needs(Permission.SEE_TOTALS)
def index(request: SchoolRequest, school: School) -> HttpResponseBase:
    """The headlines of a year, and the way to everything else."""
    asked = request.GET.get("year", "")
    known = {str(year.ends): year for year in years()}
    person = reader(request)
    year = known.get(asked) or queries.latest_with_results(
        person.sight.pupils, year_in_use(timezone.localdate())
    )
    pupils = queries.cohorts(person.sight, [year])[year]
    england = queries.england(school)
    sections = [
        section(facts, year, pupils, person.guard, england)
        for facts in reports().values()
    ]
    headlines = [line for one in sections for line in one.headlines]
    context = {
        "reader": person,
        "year": year,
        "years": tuple(reversed(years())),
        "sections": [one for one in sections if not one.empty],
        "without": [one for one in sections if one.empty],
        "bars": charts.bars(f"Headlines, {year}", headlines),
        "missing": england.missing(year),
        "kept": kept_here(person),
        "forms": documents.FORMS.items(),
    }
    return render(request, "reporting/index.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_TOTALS)
def report(
    request: SchoolRequest, school: School, code: str, year: int
) -> HttpResponseBase:
    """A report of one year: measures, groups, pictures, years before; keep choices."""
    facts, ends = facts_of(code), year_of(year)
    person = reader(request)
    opened = opened_by(person, request.GET.get("kept", ""))
    named = {"name": opened.name} if opened else {}
    keeping = KeepForm(request.POST or None, initial=named)
    if keeping.is_valid():
        return keep(request, facts, keeping.cleaned_data)
    choice = Choice.of(facts, request.GET)
    cohorts = queries.cohorts(person.sight, queries.up_to(ends))
    names = queries.names(person.user, school, ends) if person.named else {}
    context = {
        "reader": person,
        "facts": facts,
        "year": ends,
        "years": tuple(reversed(years())),
        "choice": choice,
        "forms": documents.FORMS.items(),
        "page": pages.for_reader(
            person, facts, cohorts, queries.england(school), choice, names
        ),
        "keeping": keeping,
        "opened": opened,
        "kept": kept_here(person),
    }
    return render(request, "reporting/report.html", context)


@require_GET
@needs(Permission.SEE_TOTALS)
def governors(request: SchoolRequest, school: School, year: int) -> HttpResponseBase:
    """Every report of a year as it may leave the school; the same for every reader."""
    ends = year_of(year)
    pupils = queries.cohorts(Sight.whole(school), [ends])[ends]
    context = {
        "year": ends,
        "years": tuple(reversed(years())),
        "sections": pages.everything_outside(ends, pupils, queries.england(school)),
    }
    return render(request, "reporting/governors.html", context)


def pupils_behind(
    request: SchoolRequest, year: AcademicYear, code: str, which: str
) -> tuple[Tally, lists.PupilList]:
    """A measure of all or of a group, and its pupils; 404 where there is none."""
    if code not in measures() or which not in lists.WHICH:
        raise Http404
    person = reader(request)
    pupils = queries.cohorts(person.sight, [year])[year]
    found = lists.narrowed(measures()[code], year, pupils, request.GET)
    names = queries.names(person.user, person.school, year)
    return found, lists.behind(found, which, pupils, names)


@require_GET
@needs(Permission.VIEW_PUPILS)
def pupil_list(
    request: SchoolRequest, school: School, year: int, code: str, which: str
) -> HttpResponseBase:
    """The pupils behind a number of a measure."""
    ends = year_of(year)
    found, listed = pupils_behind(request, ends, code, which)
    where = [school.laestab, code, year, which]
    context = {
        "year": ends,
        "facts": report_of(found.measure),
        "found": found,
        "list": listed,
        "away": _away("reporting:pupils_file", where, request),
    }
    return render(request, "reporting/pupils.html", context)


def _away(
    name: str, where: Sequence[object], request: SchoolRequest
) -> list[tuple[str, str]]:
    """The forms in which a list of pupils is taken away, each with its address."""
    asked = request.GET.urlencode()
    return [
        (title, f"{reverse(name, args=[*where, form])}?{asked}")
        for form, title in documents.FORMS.items()
        if form != documents.PDF
    ]


def pupils_in_cell(
    request: SchoolRequest, year: AcademicYear, code: str
) -> lists.PupilList:
    """The pupils of the cell that the address names; 404 where there is no table."""
    if code not in conversions():
        raise Http404
    person = reader(request)
    pupils = queries.cohorts(person.sight, [year])[year]
    names = queries.names(person.user, person.school, year)
    found = matrix(conversions()[code], year, pupils)
    row, column = request.GET.get("before", ""), request.GET.get("now", "")
    return lists.in_cell(found, row, column, pupils, names)


@require_GET
@needs(Permission.VIEW_PUPILS)
def cell(
    request: SchoolRequest, school: School, year: int, code: str
) -> HttpResponseBase:
    """The pupils of one cell of a conversion."""
    ends = year_of(year)
    listed = pupils_in_cell(request, ends, code)
    context = {
        "year": ends,
        "facts": reports()[conversions()[code].report],
        "list": listed,
        "away": _away("reporting:cell_file", [school.laestab, code, year], request),
    }
    return render(request, "reporting/pupils.html", context)
