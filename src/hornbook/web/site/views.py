"""Home, a school's home, about, and help for every rule."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from hornbook import findings
from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Rulebook
from hornbook.rulebook.news import news
from hornbook.rulebook.profiles import RECIPIENTS, shipped
from hornbook.web.schools import queries as schools
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.site import guides, queries, quick_start
from hornbook.web.site.glossary import entries

# A number of an address that is likely meant as a school year.
_LIKELY: Final = range(2000, 2100)


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """A person's school, or the list of them where there is more than one."""
    mine = list(School.objects.seen_by(request.user)[:2])
    if len(mine) == 1 and schools.listed(request.user).count() == 1:
        return redirect("schools:home", mine[0].laestab)
    return redirect("schools:list")


@needs(Permission.SEE_TOTALS)
def school_home(request: SchoolRequest, school: School) -> HttpResponseBase:
    """This year's collections: by when, how complete, and where to go."""
    today = timezone.localdate()
    year = _asked(request.GET.get("year", "")) or schools.year_in_use(today)
    duties = queries.duties(school, year, request.user, request.permitted, today)
    context = {
        "year": year,
        "years": list(reversed(years())),
        "duties": duties,
        "coming": queries.coming(year),
        "sees_pupils": any(duty.progress.pupils for duty in duties),
        "has_pupils": queries.has_pupils(school, year),
        "nobody": f"No pupils of {year} yet",
        "may_set_up": schools.may_set_up(request.user),
    }
    return render(request, "site/school.html", context)


def _asked(text: str) -> AcademicYear | None:
    """The year of the address, where the rulebook has it."""
    return next((year for year in years() if str(year.ends) == text), None)


def no_such_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page; where the address names a year not held, that is said."""
    found = request.resolver_match
    asked = found.kwargs.get("year") if found else None
    return render(request, "404.html", {"not_held": _not_held(asked)}, status=404)


def _not_held(asked: object) -> dict[str, object]:
    """The year and those that the rulebook has; empty where it has the year."""
    if not isinstance(asked, int) or asked not in _LIKELY:
        return {}
    year, held = AcademicYear(asked), years()
    if year in held:
        return {}
    return {"year": year, "to_come": year > held[-1], "years": reversed(held)}


def about(request: HttpRequest) -> HttpResponse:
    """The version, the years it knows, how to upgrade, licences, whom to ask."""
    context = {
        "years": [queries.year_known(rulebook(year)) for year in reversed(years())],
        "licences": queries.licences(),
    }
    return render(request, "site/about.html", context)


def rule_list(request: HttpRequest) -> HttpResponse:
    """Every rule by its code, the file's first."""
    return render(request, "site/rules.html", {"groups": queries.grouped()})


def rule(request: HttpRequest, code: str) -> HttpResponse:
    """What one rule finds, why it matters and how to put it right."""
    try:
        found = findings.rule(code.upper())
    except KeyError as fault:
        raise Http404 from fault
    context = {
        "rule": found,
        "facts": queries.facts(found),
        "colour": queries.COLOURS[found.severity],
    }
    return render(request, "site/rule.html", context)


def glossary(request: HttpRequest) -> HttpResponse:
    """The words of Hornbook and of the files it reads."""
    return render(request, "site/glossary.html", {"entries": entries()})


def guide_list(request: HttpRequest) -> HttpResponse:
    """Every MIS and portal that there is help with."""
    return render(request, "site/guides.html", {"guides": guides.guides()})


def guide(request: HttpRequest, code: str) -> HttpResponse:
    """How to load a file into one MIS, or what is where on a portal."""
    try:
        found = guides.guide(code)
    except LookupError as fault:
        raise Http404 from fault
    return render(request, "site/guide.html", {"guide": found})


def changes(request: HttpRequest, year: int) -> HttpResponse:
    """What changed in a year, in sentences."""
    book = _book(year)
    if book.year == years()[0]:
        raise Http404
    context = {
        "year": book.year,
        "before": AcademicYear(year - 1),
        "years": list(reversed(years()[1:])),
        "news": news(book.year),
    }
    return render(request, "site/news.html", context)


def quick(request: HttpRequest, year: int) -> HttpResponse:
    """The year's collections on two sides of paper."""
    book = _book(year)
    ways = [(shipped(code).name, shipped(code).way(book.year)) for code in RECIPIENTS]
    context = {
        "year": book.year,
        "years": list(reversed(years())),
        "parts": quick_start.parts(book),
        "ways": [(name, way.text) for name, way in ways if way],
    }
    return render(request, "site/quick_start.html", context)


def _book(year: int) -> Rulebook:
    """The rulebook of a year; 404 where there is none."""
    found = _asked(str(year))
    if found is None:
        raise Http404
    return rulebook(found)
