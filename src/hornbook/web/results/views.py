"""The pages that show a grid: itself, one pupil at a time, and sheets of paper."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Rulebook
from hornbook.web.results import (
    live,
    onepupil,
    printed,
    pupil_groups,
    queries,
)
from hornbook.web.results.actions import Sheet
from hornbook.web.results.grid import Addresses, Choice, build
from hornbook.web.results.locks import standing as locks_of
from hornbook.web.results.on_sheet import look_only, sheet_or_404
from hornbook.web.results.queries import Sight
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.schools.queries import year_in_use


@require_GET
@needs(Permission.VIEW_PUPILS)
def start(request: SchoolRequest, school: School) -> HttpResponseBase:
    """Go to the first grid of the year in use that has any pupil the person sees."""
    book = rulebook(year_in_use(timezone.localdate()))
    collections = tuple(book.collections.values())
    seen = queries.cohorts(Sight.asked(request), book, collections)
    first = next((one for one in collections if seen[one.code]), collections[0])
    return redirect("results:grid", school.laestab, first.code, book.year.ends)


@require_GET
@needs(Permission.VIEW_PUPILS)
def grid(
    request: SchoolRequest, school: School, collection: str, year: int
) -> HttpResponseBase:
    """The grid of a collection in a year."""
    return render(
        request, "results/grid.html", _context(request, school, collection, year)
    )


@require_GET
@needs(Permission.VIEW_PUPILS)
def one(
    request: SchoolRequest, school: School, collection: str, year: int
) -> HttpResponseBase:
    """The same results one pupil at a time, with big targets."""
    context = _context(request, school, collection, year)
    everybody = context["grid"]
    grid = onepupil.narrowed(everybody, onepupil.Wanted.read(request.GET))
    return render(
        request,
        "results/one.html",
        context
        | {
            "grid": grid,
            "everybody": everybody,
            "areas": onepupil.areas(grid),
            "data": onepupil.data(grid),
            "held": onepupil.held(grid),
        },
    )


@require_GET
@needs(Permission.VIEW_PUPILS)
def paper(
    request: SchoolRequest, school: School, collection: str, year: int, kind: str
) -> HttpResponseBase:
    """Sheets to print, a class on each: blank to write on, or with what stands."""
    context = _context(request, school, collection, year)
    sheets = printed.sheets(context["grid"], request.GET.get("class", ""))
    return render(
        request,
        "results/paper.html",
        context | {"sheets": sheets, "kind": kind, "kinds": printed.KINDS},
    )


def _context(
    request: SchoolRequest, school: School, collection: str, year: int
) -> dict[str, Any]:
    """What the grid, the page of one pupil and the sheets all show."""
    sheet = sheet_or_404(school, collection, year)
    locks = locks_of(school, sheet.year)
    since = live.now(locks, sheet.collection.code)
    members = queries.cohort(Sight.asked(request), sheet.book, sheet.collection, locks)
    over = locks.over(sheet.collection.code)
    return {
        "school": school,
        "collection": sheet.collection,
        "year": sheet.book.year,
        "locks": locks.of(sheet.collection.code),
        "reopened": locks.reopened(sheet.collection.code),
        "grid": build(
            sheet.collection,
            members,
            _addresses(sheet),
            locked=over.in_words if over else look_only(request),
            since=since.text,
            facts=queries.facts(members, ["upn", *pupil_groups.facts()]),
            apart=queries.namesakes(members),
        ),
    }


def _addresses(sheet: Sheet) -> Addresses:
    school, code, year = sheet.school.laestab, sheet.collection.code, sheet.year
    return Addresses(
        save=reverse("results:save", args=[school, code, year]),
        preview=reverse("results:preview", args=[school, code, year]),
        changes=reverse("results:changes", args=[school, code, year]),
        history=reverse("results:history", args=[school, code, year, 0, "ITEM"]),
        choices=_collections(school, sheet.book, code),
        years=_years(school, code, year),
    )


def _collections(school: str, book: Rulebook, current: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            one.short_title,
            reverse("results:grid", args=[school, one.code, book.year.ends]),
            one.code == current,
        )
        for one in book.collections.values()
    )


def _years(school: str, code: str, current: int) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            str(year),
            reverse("results:grid", args=[school, code, year.ends]),
            year.ends == current,
        )
        for year in reversed(years())
    )
