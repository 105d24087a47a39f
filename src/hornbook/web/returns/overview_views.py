"""Where several schools stand with their returns, a school a row."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hornbook.rulebook.load import years
from hornbook.web.returns.access import year_asked
from hornbook.web.returns.queries import book_of
from hornbook.web.returns.standing import Standing
from hornbook.web.returns.standings import standings_by_school
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import compared_by

_ON_A_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A school, and where each of its collections stands."""

    school: School
    standings: tuple[Standing, ...]


@require_GET
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Every collection of a year in each school: how complete, made, sent, answered."""
    schools = compared_by(request)
    book, today = book_of(year_asked(request)), timezone.localdate()
    page = Paginator(schools, _ON_A_PAGE).get_page(request.GET.get("page"))
    found = standings_by_school(list(page), book, today)
    context = {
        "year": book.year,
        "years": tuple(reversed(years())),
        "collections": tuple(book.returns.values()),
        "page": page,
        "rows": [Row(school, found[school.pk]) for school in page],
    }
    return render(request, "returns/overview.html", context)
